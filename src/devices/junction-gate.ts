/** What JFET and MESFET have in common: a channel between drain and source, and a junction from the gate to each. */

import type { DeviceData, Law, Pair, Structure } from './device.ts';
import { limitGate } from './field-effect-limit.ts';
import { type Junction, junctionCurrent, limitJunction } from './junction.ts';

/** A value and its derivatives to vgs and vgd. */
export interface ChannelCurrent {
  readonly value: number;
  readonly bySource: number;
  readonly byDrain: number;
}

/** One of M transistors in parallel, in the signs of an N-channel one. */
export interface JunctionGate {
  readonly multiplier: number; // M
  readonly threshold: number; // VTO [V]
  readonly junction: Junction;
  readonly drainResistance: number; // RD of all M [Ω]
  readonly sourceResistance: number; // RS of all M [Ω]
  /** The drain current at vgs >= vgd. */
  channel(vgs: number, vgd: number): ChannelCurrent;
  /** Whether the channel is saturated at these gate voltages, the transistor being on. */
  isSaturated(vgs: number, vgd: number): boolean;
}

/** Inputs: vgs, vgd. Outputs: the channel and the two junctions. */
export function junctionGateStructure(transistor: JunctionGate): Structure {
  const { drainResistance: RD, sourceResistance: RS } = transistor;
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
}

export function junctionGateLaw(transistor: JunctionGate, { polarity, instance }: DeviceData): Law {
  // As in SPICE: -1 V, where a depletion transistor conducts, or 0 V with OFF.
  const first = instance.get('off') === 1 ? 0 : -polarity;
  const { multiplier, junction, threshold } = transistor;
  return {
    evaluate(u, { values, jacobian }, { gmin }) {
      const [vgs, vgd] = [polarity * (u[0] ?? 0), polarity * (u[1] ?? 0)];
      const channel = either(vgs, vgd, transistor);
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
    start: Float64Array.of(first, first),
    region(u) {
      const [vgs, vgd] = [polarity * (u[0] ?? 0), polarity * (u[1] ?? 0)];
      const [high, low] = [Math.max(vgs, vgd), Math.min(vgs, vgd)];
      if (high <= threshold) return 'cut-off';
      return transistor.isSaturated(high, low) ? 'saturation' : 'linear';
    },
  };
}

/** The channel; with vds < 0 source and drain exchange their parts. */
function either(vgs: number, vgd: number, transistor: JunctionGate): ChannelCurrent {
  if (vgs >= vgd) return transistor.channel(vgs, vgd);
  const { value, bySource, byDrain } = transistor.channel(vgd, vgs);
  return { value: -value, bySource: -byDrain, byDrain: -bySource };
}
