/** The base resistance of a transistor, which falls with its current. */

import type { BipolarCurrents, Gradient } from './bipolar-currents.ts';
import type { BipolarModel } from './bipolar-model.ts';
import type { Slope } from './junction.ts';

/** Whether RB depends on the bias at all. */
export function isModulated({ baseResistance, leastBaseResistance }: BipolarModel): boolean {
  return baseResistance !== leastBaseResistance;
}

/**
 * RBM + (RB - RBM) / qb, or with IRB, for the crowding of the base current,
 * RBM + 3 (RB - RBM) (tan z - z) / (z tan^2 z) [Ω]
 */
export function baseResistance(currents: BipolarCurrents, model: BipolarModel): Gradient {
  const { leastBaseResistance: least, baseKnee } = model;
  const span = model.baseResistance - least;
  if (baseKnee === 0) {
    const { value: q, byEmitter, byCollector } = currents.baseCharge;
    const slope = -span / q ** 2;
    return {
      value: least + span / q,
      byEmitter: slope * byEmitter,
      byCollector: slope * byCollector,
    };
  }
  const { emitterJunction, collectorJunction } = currents;
  const ratio = (emitterJunction.value + collectorJunction.value) / baseKnee;
  const { value, slope } = crowding(ratio);
  return {
    value: least + 3 * span * value,
    byEmitter: (3 * span * slope * emitterJunction.slope) / baseKnee,
    byCollector: (3 * span * slope * collectorJunction.slope) / baseKnee,
  };
}

// 144 / pi^2 and 24 / pi^2 with the digits that SPICE2 gives them.
const A = 14.59025;
const B = 2.4317;

const LEAST_RATIO = 1e-9;

/** h(z) of z = (sqrt(1 + A x) - 1) / (B sqrt x), x = IB / IRB // Hauser 1964; SPICE2 */
function crowding(x: number): Slope {
  if (x <= LEAST_RATIO) return { value: crowdingOf(angle(LEAST_RATIO).value).value, slope: 0 };
  const z = angle(x);
  const { value, slope } = crowdingOf(z.value);
  return { value, slope: slope * z.slope };
}

/** z(x) and dz/dx */
function angle(x: number): Slope {
  const root = Math.sqrt(1 + A * x);
  const value = (A * Math.sqrt(x)) / (B * (root + 1)); // sqrt(1 + Ax) - 1 without cancellation
  return { value, slope: value / (2 * x * root) };
}

/** h(z) = (tan z - z) / (z tan^2 z) = 1/3 - 4 z^2 / 45 - 4 z^4 / 315 - 8 z^6 / 4725 - ... */
function crowdingOf(z: number): Slope {
  if (z < 0.1) {
    const y = z ** 2;
    return {
      value: 1 / 3 - y * (4 / 45 + y * (4 / 315 + (y * 8) / 4725)),
      slope: -z * (8 / 45 + y * (16 / 315 + (y * 48) / 4725)),
    };
  }
  const t = Math.tan(z);
  const value = (t - z) / (z * t ** 2);
  // (ln h)' = tan^2 z / (tan z - z) - 1/z - 2 (1 + tan^2 z) / tan z
  return { value, slope: value * (t ** 2 / (t - z) - 1 / z - (2 * (1 + t ** 2)) / t) };
}
