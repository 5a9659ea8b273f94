/**
 * BSIM4, the MOSFET model of UC Berkeley for short channels, at DC: BSIM4.8.0 MOSFET Model User's Manual (2013). The channel
 * stands between its terminals with the currents through the gate, at the drain's edge and of the junctions around it.
 *
 *   u = (Vgs, Vds, Vbs, V of the drain's and of the source's junction), of the inner nodes
 *   f = (I drain' -> source', I drain' -> bulk', I source' -> bulk', I of both junctions, and with tunnelling through the
 *        gate I gate' -> source', I gate' -> drain', I gate' -> bulk')
 */

import { bsim4Currents, type InnerVoltages } from './bsim4-currents.ts';
import { geometryOf } from './bsim4-geometry.ts';
import { type BulkJunction, bulkCurrent, bulkJunction } from './bsim4-junctions.ts';
import { BSIM4_INSTANCE, BSIM4_MODEL } from './bsim4-names.ts';
import { bsim4Process } from './bsim4-process.ts';
import { refuseUnmodelled } from './bsim4-refusals.ts';
import { terminalsOf } from './bsim4-resistors.ts';
import { hasTunnelling } from './bsim4-tunnelling.ts';
import type { Conditions, DeviceData, DeviceKind, Evaluation, Law, Structure } from './device.ts';
import { limitChannel } from './field-effect-limit.ts';
import { limitJunction } from './junction.ts';
import { positive } from './parameters.ts';

export const bsim4: DeviceKind = {
  parameters: BSIM4_MODEL,
  instanceParameters: BSIM4_INSTANCE,
  structure,
  law,
};

function structure(data: DeviceData): Structure {
  refuseUnmodelled(data);
  const { resistors, drain, gate, source, bulk, drainBulk, sourceBulk } = terminalsOf(
    data,
    geometryOf(data),
  );
  const pairs = [
    [gate, source],
    [drain, source],
    [bulk, source],
    [drainBulk, drain],
    [sourceBulk, source],
  ] as const;
  const outputs = [
    [drain, source],
    [drain, bulk],
    [source, bulk],
    [drainBulk, drain],
    [sourceBulk, source],
  ] as const;
  const tunnelling = [
    [gate, source],
    [gate, drain],
    [gate, bulk],
  ] as const;
  return {
    resistors,
    inputs: pairs.map((pair) => ({ quantity: 'V', pair })),
    outputs: hasTunnelling(data.model) ? [...outputs, ...tunnelling] : outputs,
  };
}

/** As an N-channel transistor has them [V]. */
interface Voltages extends InnerVoltages {
  /** Of the junctions, bulk against drain and source. */
  readonly vjd: number;
  readonly vjs: number;
}

function law(data: DeviceData): Law {
  refuseUnmodelled(data);
  const { polarity, model, instance } = data;
  const process = bsim4Process(data);
  const multiplier = positive(instance.get('m') ?? 1, 'm');
  const parallel = multiplier * process.geometry.fingers;
  const channel = bsim4Currents(data, process);
  const junctions = {
    drain: bulkJunction(data, process, 'drain'),
    source: bulkJunction(data, process, 'source'),
  };
  const tied = (instance.get('rbodymod') ?? model.get('rbodymod') ?? 0) === 0;

  function voltages(u: Float64Array): Voltages {
    const [vgs = 0, vds = 0, vbs = 0, vjd = 0, vjs = 0] = u.map((v) => polarity * v);
    return { vgs, vds, vbs, vjd, vjs };
  }

  return {
    start: Float64Array.from([process.vth0 + 0.1, 0.1, 0, tied ? -0.1 : 0, 0], (v) => polarity * v),

    evaluate(u: Float64Array, { values, jacobian }: Evaluation, { gmin }: Conditions): void {
      const at = voltages(u);
      const { currents } = channel.at(at);
      jacobian.fill(0);
      for (const [i, current] of currents.entries()) {
        const row = i < 3 ? i : i + 2;
        values[row] = polarity * parallel * current.value;
        jacobian.set(
          [current.d0, current.d1, current.d2].map((d) => parallel * d),
          5 * row,
        );
      }
      const ends: readonly (readonly [row: number, v: number, junction: BulkJunction])[] = [
        [3, at.vjd, junctions.drain],
        [4, at.vjs, junctions.source],
      ];
      for (const [row, v, junction] of ends) {
        const { value, slope } = bulkCurrent(v, junction);
        values[row] = polarity * multiplier * (value + gmin * v);
        jacobian[5 * row + row] = multiplier * (slope + gmin);
      }
    },

    limit(u: Float64Array, before: Float64Array): boolean {
      const [to, from] = [voltages(u), voltages(before)];
      const threshold = channel.threshold(from);
      const { vgs, vds } = limitChannel(to, { before: from, threshold });
      const { drain, source } = junctions;
      let { vbs } = to;
      if (vds >= 0) vbs = limitJunction(to.vbs, from.vbs, source);
      else {
        const vbd = to.vbs - vds;
        const limited = limitJunction(vbd, from.vbs - from.vds, drain);
        if (limited !== vbd) vbs = limited + vds;
      }
      const kept = vbs === to.vbs && vds === to.vds;
      const vjd = tied && !kept ? vbs - vds : limitJunction(to.vjd, from.vjd, drain);
      const vjs = tied && !kept ? vbs : limitJunction(to.vjs, from.vjs, source);
      const next = [vgs, vds, vbs, vjd, vjs].map((v) => polarity * v);
      const changed = next.some((v, i) => v !== u[i]);
      u.set(next);
      return changed;
    },

    region(u: Float64Array): string {
      const at = voltages(u);
      const { threshold, vdsat } = channel.at(at);
      if ((at.vds >= 0 ? at.vgs : at.vgs - at.vds) <= threshold) return 'weak inversion';
      return Math.abs(at.vds) < vdsat ? 'linear' : 'saturation';
    },
  };
}
