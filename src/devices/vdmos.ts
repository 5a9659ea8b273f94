/**
 * The power MOSFET of LTspice and ngspice (VDMOS): a channel that passes smoothly into weak inversion, and the diode between
 * its source and drain.
 *
 *   u = (Vgs, Vds of the inner drain and source, V of the body diode), f = (I channel, I body diode)
 */

import { Dual } from '../numeric/dual.ts';
import {
  type Conditions,
  type DeviceData,
  DeviceFault,
  type DeviceKind,
  type Evaluation,
  type Law,
  type Pair,
  type SeriesResistor,
  type Structure,
  type Values,
} from './device.ts';
import { breakdownOf } from './diode-breakdown.ts';
import { limitChannel } from './field-effect-limit.ts';
import { type Junction, junctionCurrent, limitBreakdown, limitJunction } from './junction.ts';
import { names, nonNegative, positive } from './parameters.ts';
import { polynomial, saturationGrowth, type Warmth, warmthOf } from './thermal.ts';
import { vdmosChannel } from './vdmos-channel.ts';

export const vdmos: DeviceKind = {
  parameters: {
    used: names(`vto vth0 kp lambda theta mtriode ksubthres subshift rd rs rb rds rq is n eg xti bv ibv nbv
      mu tcvth vtotc texp0 trd1 trd2 trs1 trs2 trb1 trb2 tksubthres1 tksubthres2 tnom`),
    inert:
      names(`rg cgdmin cgdmax a cgs cjo cj vj pb m fc tt kf af cthj rthjc rthca mfg qg vds ron phi vq texp1
      trg1 trg2 vgs_max vgd_max vds_max vgsr_max vgdr_max id_max idr_max pd_max te_max rth_ext derating
      pchan nchan`),
  },
  instanceParameters: { used: names('m temp dtemp'), inert: names('off ic l w') },
  structure,
  law,
};

function structure(data: DeviceData): Structure {
  const { model, instance } = data;
  refuseQuasiSaturation(model);
  const warmth = warmthOf(data);
  const multiplier = positive(instance.get('m') ?? 1, 'm');
  const resistors: SeriesResistor[] = [];
  const add = (name: 'rd' | 'rs' | 'rb', [outer, inner]: Pair) => {
    const warm = polynomial(model, [`t${name}1`, `t${name}2`], warmth.rise);
    const power = name === 'rd' ? model.get('texp0') : undefined; // beats TRD1 and TRD2
    const factor = power === undefined ? warm : warmth.ratio ** power;
    const resistance = nonNegative((model.get(name) ?? 0) * factor, name) / multiplier;
    if (resistance === 0) return outer;
    resistors.push({ name: name.toUpperCase(), pair: [outer, inner], resistance });
    return inner;
  };
  const drain = add('rd', ['drain', "drain'"]);
  const source = add('rs', ['source', "source'"]);
  const anode = add('rb', ['source', 'anode']);
  const stated = model.get('rds'); // without it ngspice has one leak, however many are in parallel
  const leak = stated === undefined ? 1e15 : positive(stated, 'rds') / multiplier;
  resistors.push({ name: 'RDS', pair: ['drain', 'source'], resistance: leak });
  const channel: Pair = [drain, source];
  const body: Pair = [anode, 'drain'];
  return {
    resistors,
    inputs: [['gate', source] as const, channel, body].map((pair) => ({ quantity: 'V', pair })),
    outputs: [channel, body],
  };
}

function law(data: DeviceData): Law {
  const { polarity, model } = data;
  refuseQuasiSaturation(model);
  const warmth = warmthOf(data);
  const channel = vdmosChannel(data, warmth);
  const { threshold } = channel;
  const diode = bodyDiode(data, warmth);

  /** As an N-channel transistor has them [V]. */
  function voltages(u: Float64Array) {
    const [vgs = 0, vds = 0, body = 0] = u.map((v) => polarity * v);
    return { vgs, vds, body };
  }

  return {
    start: Float64Array.of(polarity * threshold, 0, 0),

    evaluate(u: Float64Array, { values, jacobian }: Evaluation, { gmin }: Conditions): void {
      const { vgs, vds, body } = voltages(u);
      const current = channel.current(new Dual(vgs, 1, 0, 0), new Dual(vds, 0, 1, 0));
      const { value, slope } = junctionCurrent(body, diode);
      values[0] = polarity * current.value;
      values[1] = polarity * (value + gmin * body);
      jacobian.set([current.d0, current.d1, 0, 0, 0, slope + gmin]);
    },

    limit(u: Float64Array, before: Float64Array): boolean {
      const [to, from] = [voltages(u), voltages(before)];
      const { vgs, vds } = limitChannel(to, { before: from, threshold });
      const forward = limitJunction(to.body, from.body, diode);
      const body = limitBreakdown(forward, from.body, diode);
      const next = [vgs, vds, body].map((v) => polarity * v);
      const changed = next.some((v, i) => v !== u[i]);
      u.set(next);
      return changed;
    },

    region(u: Float64Array): string {
      const { vgs, vds } = voltages(u);
      const upper = Math.max(vgs, vgs - vds); // against the lower end of the channel
      if (upper <= threshold) return 'weak inversion';
      return Math.abs(vds) < channel.saturation(upper) ? 'linear' : 'saturation';
    },
  };
}

const BREAKDOWN = [
  ['ibv', 1e-10],
  ['nbv', 1],
] as const;
const NO_VALUES: Values = new Map();

function bodyDiode(data: DeviceData, warmth: Warmth): Junction {
  const { model, instance } = data;
  const n = positive(model.get('n') ?? 1, 'n');
  const growth = saturationGrowth(warmth, {
    energy: model.get('eg') ?? 1.11,
    exponent: model.get('xti') ?? 3,
    emission: n,
  });
  const multiplier = instance.get('m') ?? 1;
  const saturation = nonNegative(model.get('is') ?? 1e-14, 'is') * Math.exp(growth) * multiplier;
  const emission = n * warmth.thermalVoltage;
  // IBV is what all M of them carry at BV, unlike a diode's.
  const whole = { ...data, model: new Map([...BREAKDOWN, ...model]), instance: NO_VALUES };
  const breakdown = breakdownOf(whole, { saturation, emission, warmth });
  return { saturation, emission, breakdown };
}

function refuseQuasiSaturation(model: Values): void {
  if ((model.get('rq') ?? 0) === 0) return;
  throw new DeviceFault(`RQ is ${model.get('rq')}; quasi-saturation of the drain is not modelled.`);
}
