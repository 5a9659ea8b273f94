/**
 * The MOSFET of BSIM3v3 (levels 8 and 49; 7 of PSpice): terminals, sheet resistances and bulk junctions around its channel.
 *
 *   u = (Vgs, Vds, Vbs) of the inner drain and source, f = (I drain' -> source', I bulk -> drain', I bulk -> source')
 */

import { Dual } from '../numeric/dual.ts';
import { type Bsim3Currents, bsim3Currents } from './bsim3-current.ts';
import { diffusion } from './bsim3-diffusion.ts';
import { bsim3Instance } from './bsim3-instance.ts';
import { bulkCurrent, bulkJunctions } from './bsim3-junctions.ts';
import { BSIM3_PARAMETERS } from './bsim3-parameters.ts';
import { bsim3Threshold } from './bsim3-threshold.ts';
import type {
  Conditions,
  DeviceData,
  DeviceKind,
  Evaluation,
  Law,
  SeriesResistor,
  Structure,
} from './device.ts';
import { limitChannel } from './field-effect-limit.ts';
import { limitJunction } from './junction.ts';
import { names, positive } from './parameters.ts';

export const bsim3: DeviceKind = {
  parameters: {
    used: BSIM3_PARAMETERS,
    inert:
      names(`capmod nqsmod acnqsmod noimod xpart cgso cgdo cgbo cgsl cgdl ckappa cf clc cle dlc dwc llc lwc lwlc
      wlc wwc wwlc vfbcv acde moin noff voffcv elm cj mj pb cjsw mjsw pbsw cjswg mjswg pbswg tcj tpb tcjsw tpbsw tcjswg
      tpbswg cta ctp pta ptp noia noib noic em ef af kf nlev gdsnoi lintnoi lmin lmax wmin wmax tlev tlevc sfvtflag
      vfbflag`),
  },
  instanceParameters: {
    used: names('l w m ad as pd ps nrd nrs delvto mulu0 temp dtemp'),
    inert: names('off ic nqsmod acnqsmod geo'),
  },
  structure,
  law,
};

const ENDS = [
  { end: 'drain', name: 'RD' },
  { end: 'source', name: 'RS' },
] as const;

function structure(data: DeviceData): Structure {
  const multiplier = positive(data.instance.get('m') ?? 1, 'm');
  const resistors: SeriesResistor[] = [];
  const [drain = 'drain', source = 'source'] = ENDS.map(({ end, name }) => {
    const { resistance } = diffusion(data, end);
    if (resistance === 0) return end;
    const inner = `${end}'`;
    resistors.push({ name, pair: [end, inner], resistance: resistance / multiplier });
    return inner;
  });
  return {
    resistors,
    inputs: (
      [
        ['gate', source],
        [drain, source],
        ['bulk', source],
      ] as const
    ).map((pair) => ({ quantity: 'V', pair })),
    outputs: [
      [drain, source],
      ['bulk', drain],
      ['bulk', source],
    ],
  };
}

/** (vgs, vds, vbs) as an N-channel transistor has them [V]. */
interface Voltages {
  readonly vgs: number;
  readonly vds: number;
  readonly vbs: number;
}

type Channel = ReturnType<typeof bsim3Currents>;

function law(data: DeviceData): Law {
  const { polarity, instance } = data;
  const parameters = bsim3Instance(data);
  const channel = bsim3Currents(parameters);
  const threshold = bsim3Threshold(parameters);
  const junctions = bulkJunctions(data);
  const multiplier = positive(instance.get('m') ?? 1, 'm');

  function voltages(u: Float64Array): Voltages {
    const [vgs = 0, vds = 0, vbs = 0] = u.map((v) => polarity * v);
    return { vgs, vds, vbs };
  }

  return {
    start: Float64Array.of(polarity * parameters.threshold, 0, -polarity),

    evaluate(u: Float64Array, { values, jacobian }: Evaluation, { gmin }: Conditions): void {
      const at = voltages(u);
      const isReversed = at.vds < 0;
      const { channel: current, substrate } = inDirection(channel, at);
      const drain = bulkCurrent(at.vbs - at.vds, junctions.drain, gmin);
      const source = bulkCurrent(at.vbs, junctions.source, gmin);
      const toDrain = new Dual(drain.value, 0, -drain.slope, drain.slope);
      const toSource = new Dual(source.value, 0, 0, source.slope);
      // Hot carriers go to the bulk from the end with the higher voltage.
      const rows = [
        current,
        isReversed ? toDrain : toDrain.minus(substrate),
        isReversed ? toSource.minus(substrate) : toSource,
      ];
      rows.forEach(({ value, d0, d1, d2 }, i) => {
        values[i] = polarity * multiplier * value;
        jacobian.set([multiplier * d0, multiplier * d1, multiplier * d2], 3 * i);
      });
    },

    limit(u: Float64Array, before: Float64Array): boolean {
      const [to, from] = [voltages(u), voltages(before)];
      // Towards the lower end of the channel.
      const lower = Math.min(from.vds, 0);
      const { voltage } = threshold(
        Dual.constant(from.vds - 2 * lower),
        Dual.constant(from.vbs - lower),
      );
      const step = { before: from, threshold: voltage.value };
      const limited = { ...to, ...limitChannel(to, step) };
      if (limited.vds >= 0) limited.vbs = limitJunction(to.vbs, from.vbs, junctions.source);
      else {
        const toVbd = to.vbs - limited.vds;
        const vbd = limitJunction(toVbd, from.vbs - from.vds, junctions.drain);
        if (vbd !== toVbd) limited.vbs = vbd + limited.vds;
      }
      const next = [limited.vgs, limited.vds, limited.vbs].map((v) => polarity * v);
      const changed = next.some((v, i) => v !== u[i]);
      u.set(next);
      return changed;
    },

    region(u: Float64Array): string {
      const at = voltages(u);
      const { threshold, saturation } = inDirection(channel, at);
      const [vgs, vds] = at.vds >= 0 ? [at.vgs, at.vds] : [at.vgs - at.vds, -at.vds];
      if (vgs <= threshold) return 'weak inversion';
      return vds < saturation ? 'linear' : 'saturation';
    },
  };
}

/** The channel in either direction, differentiated by vgs, vds and vbs. */
function inDirection(channel: Channel, at: Voltages): Bsim3Currents {
  const vgs = new Dual(at.vgs, 1, 0, 0);
  const vds = new Dual(at.vds, 0, 1, 0);
  const vbs = new Dual(at.vbs, 0, 0, 1);
  if (at.vds >= 0) return channel({ vgs, vds, vbs });
  // Drain and source change places.
  const exchanged = channel({ vgs: vgs.minus(vds), vds: vds.negated(), vbs: vbs.minus(vds) });
  return { ...exchanged, channel: exchanged.channel.negated() };
}
