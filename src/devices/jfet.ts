/**
 * The junction field-effect transistor of SPICE at DC: square law with channel-length modulation and doping tail, and
 * the two junctions of the gate.
 */

import type { DeviceData, DeviceKind, Law, Pair } from './device.ts';
import { limitGate } from './field-effect-limit.ts';
import { channelCurrent } from './jfet-channel.ts';
import { type JfetModel, jfetModel } from './jfet-model.ts';
import { junctionCurrent, limitJunction } from './junction.ts';
import { names } from './parameters.ts';

export const jfet: DeviceKind = {
  parameters: {
    used: names(`level tnom tref vto vt0 beta lambda rd rs is n b pb tcv vtotc bex betatce
      xti eg`),
    // Not among them: ISR, NR, ALPHA and VK of PSpice, a gate current that ngspice does not have.
    inert: names(`njf pjf cgs cgd fc m kf af nlev gdsnoi mfg type`),
  },
  instanceParameters: {
    used: names('area m temp dtemp'),
    inert: names('off ic ic-vds ic-vgs'),
  },
  structure(data) {
    const { drainResistance: RD, sourceResistance: RS } = jfetModel(data);
    const drain = RD > 0 ? "drain'" : 'drain';
    const source = RS > 0 ? "source'" : 'source';
    const gateSource: Pair = ['gate', source];
    const gateDrain: Pair = ['gate', drain];
    return {
      resistors: [
        { name: 'RD', pair: ['drain', drain] as const, resistance: RD },
        { name: 'RS', pair: ['source', source] as const, resistance: RS },
      ].filter(({ resistance }) => resistance > 0),
      inputs: [
        { quantity: 'V', pair: gateSource },
        { quantity: 'V', pair: gateDrain },
      ],
      outputs: [[drain, source], gateSource, gateDrain],
    };
  },
  law: (data) => lawOf(jfetModel(data), data),
};

function lawOf(model: JfetModel, { polarity }: DeviceData): Law {
  const { multiplier, junction, threshold } = model;
  return {
    evaluate(u, { values, jacobian }, { gmin }) {
      const [vgs, vgd] = [polarity * (u[0] ?? 0), polarity * (u[1] ?? 0)];
      const channel = channelCurrent(vgs, vgd, model);
      const source = junctionCurrent(vgs, junction);
      const drain = junctionCurrent(vgd, junction);
      const signed = polarity * multiplier;
      values[0] = signed * channel.value;
      values[1] = signed * (source.value + gmin * vgs);
      values[2] = signed * (drain.value + gmin * vgd);
      jacobian.set([
        ...[multiplier * channel.bySource, multiplier * channel.byDrain],
        ...[multiplier * (source.slope + gmin), 0],
        ...[0, multiplier * (drain.slope + gmin)],
      ]);
    },
    limit(u, before) {
      let changed = false;
      for (const j of [0, 1]) {
        const [v, last] = [polarity * (u[j] ?? 0), polarity * (before[j] ?? 0)];
        const limited = limitGate(limitJunction(v, last, junction), { before: last, threshold });
        if (limited === v) continue;
        u[j] = polarity * limited;
        changed = true;
      }
      return changed;
    },
    start: Float64Array.of(-polarity, -polarity), // SPICE's: a depletion transistor that conducts
    region(u) {
      const [vgs, vgd] = [polarity * (u[0] ?? 0), polarity * (u[1] ?? 0)];
      if (Math.max(vgs, vgd) <= threshold) return 'cut-off';
      return Math.min(vgs, vgd) <= threshold ? 'saturation' : 'linear';
    },
  };
}
