/** Parameters of a junction field-effect transistor -> the numbers of its equations, for one of its M. */

import { type DeviceData, DeviceFault, type Values } from './device.ts';
import type { Junction } from './junction.ts';
import { nonNegative, positive, stated } from './parameters.ts';
import { saturationGrowth, type Warmth, warmthOf } from './thermal.ts';

export interface JfetModel {
  readonly multiplier: number; // M
  readonly threshold: number; // VTO [V]
  readonly transconductance: number; // BETA [A/V^2]
  readonly modulation: number; // LAMBDA [1/V]
  readonly tail: number; // B
  readonly tailSlope: number; // (1 - B) / (PB - VTO) [1/V]
  readonly junction: Junction; // IS, N
  readonly drainResistance: number; // RD [Ω], of all M
  readonly sourceResistance: number; // RS [Ω], of all M
}

/** @throws {DeviceFault} for another level, or values no transistor has. */
export function jfetModel(data: DeviceData): JfetModel {
  const { model, instance } = data;
  const level = model.get('level') ?? 1;
  if (level !== 1) {
    throw new DeviceFault(`JFET LEVEL=${level} is not available; level 1 is.`);
  }
  const warmth = warmthOf(data);
  const area = positive(instance.get('area') ?? 1, 'AREA');
  const multiplier = positive(instance.get('m') ?? 1, 'M');
  const VTO = stated(model, 'vto', 'vt0') ?? -2;
  const B = model.get('b') ?? 1;
  const N = positive(model.get('n') ?? 1, 'N');
  // Unlike that of diodes, the power of T is not divided by N.
  const exponent = (model.get('xti') ?? 0) * N;
  const gap = { energy: model.get('eg') ?? 1.11, exponent, emission: N };
  const IS = nonNegative(model.get('is') ?? 1e-14, 'IS');
  const BETA = nonNegative(model.get('beta') ?? 1e-4, 'BETA');
  return {
    multiplier,
    threshold: VTO + thresholdShift(model, warmth),
    transconductance: BETA * area * mobilityGrowth(model, warmth),
    modulation: model.get('lambda') ?? 0,
    tail: B,
    tailSlope: B === 1 ? 0 : (1 - B) / positive((model.get('pb') ?? 1) - VTO, 'PB - VTO'),
    junction: {
      saturation: IS * area * Math.exp(saturationGrowth(warmth, gap)),
      emission: N * warmth.thermalVoltage,
    },
    drainResistance: nonNegative(model.get('rd') ?? 0, 'RD') / (area * multiplier),
    sourceResistance: nonNegative(model.get('rs') ?? 0, 'RS') / (area * multiplier),
  };
}

/** VTOTC dT, else -TCV dT [V] */
function thresholdShift(model: Values, { rise }: Warmth): number {
  const VTOTC = model.get('vtotc');
  return VTOTC === undefined ? -(model.get('tcv') ?? 0) * rise : VTOTC * rise;
}

/** 1.01^(BETATCE dT), else (T/Tnom)^BEX */
function mobilityGrowth(model: Values, { rise, ratio }: Warmth): number {
  const BETATCE = model.get('betatce');
  return BETATCE === undefined ? ratio ** (model.get('bex') ?? 0) : 1.01 ** (BETATCE * rise);
}
