/** The currents of the Gummel-Poon transistor inside its series resistances, and their derivatives. */

import type { BipolarModel } from './bipolar-model.ts';
import { junctionCurrent, type Slope } from './junction.ts';

/** A value and its derivatives to vbe and vbc. */
export interface Gradient {
  readonly value: number;
  readonly byEmitter: number;
  readonly byCollector: number;
}

/** Of an NPN; those of a PNP have all signs turned. gmin is across both junctions. */
export interface BipolarCurrents {
  /** Collector to emitter: (ICC - IEC) / qb [A] */
  readonly transport: Gradient;
  /** Base to emitter [A] */
  readonly emitterJunction: Slope;
  /** Base to collector [A] */
  readonly collectorJunction: Slope;
  /** qb */
  readonly baseCharge: Gradient;
}

/** The equations of the Gummel-Poon model // Gummel, Poon 1970; Getreu, Modeling the Bipolar Transistor */
export function bipolarCurrents(
  [vbe, vbc]: readonly [number, number],
  options: { readonly model: BipolarModel; readonly gmin: number },
): BipolarCurrents {
  const { model, gmin } = options;
  const forward = junctionCurrent(vbe, model.forward);
  const reverse = junctionCurrent(vbc, model.reverse);
  const q = baseCharge([vbe, vbc], { model, forward, reverse });
  const transport = (forward.value - reverse.value) / q.value;
  return {
    transport: {
      value: transport,
      byEmitter: (forward.slope - transport * q.byEmitter) / q.value,
      byCollector: (-reverse.slope - transport * q.byCollector) / q.value,
    },
    emitterJunction: sum(
      [forward, 1 / model.forwardBeta],
      junctionCurrent(vbe, model.emitterLeakage),
      { value: gmin * vbe, slope: gmin },
    ),
    collectorJunction: sum(
      [reverse, 1 / model.reverseBeta],
      junctionCurrent(vbc, model.collectorLeakage),
      { value: gmin * vbc, slope: gmin },
    ),
    baseCharge: q,
  };
}

function sum([ideal, factor]: [Slope, number], leakage: Slope, shunt: Slope): Slope {
  return {
    value: ideal.value * factor + leakage.value + shunt.value,
    slope: ideal.slope * factor + leakage.slope + shunt.slope,
  };
}

/**
 * qb = q1 (1 + (1 + 4 q2)^NKF) / 2 with q1 = 1 / (1 - vbc/VAF - vbe/VAR), q2 = ICC/IKF + IEC/IKR
 */
function baseCharge(
  [vbe, vbc]: readonly [number, number],
  {
    model,
    forward,
    reverse,
  }: { readonly model: BipolarModel; readonly forward: Slope; readonly reverse: Slope },
): Gradient {
  const { inverseForwardEarly, inverseReverseEarly, kneeExponent } = model;
  const q1 = reciprocal(1 - vbc * inverseForwardEarly - vbe * inverseReverseEarly);
  const byForward = 4 * model.inverseForwardKnee;
  const byReverse = 4 * model.inverseReverseKnee;
  const injection = Math.max(0, 1 + forward.value * byForward + reverse.value * byReverse);
  const power = injection ** kneeExponent;
  const powerSlope = injection === 0 ? 0 : (kneeExponent * power) / injection;
  const factor = (1 + power) / 2;
  return {
    value: q1.value * factor,
    byEmitter:
      -q1.slope * inverseReverseEarly * factor +
      (q1.value * powerSlope * byForward * forward.slope) / 2,
    byCollector:
      -q1.slope * inverseForwardEarly * factor +
      (q1.value * powerSlope * byReverse * reverse.slope) / 2,
  };
}

/** Less than any transistor in operation has; beyond it Newton's iteration may stray, but not to infinity. */
const LEAST_WIDTH = 1e-3;

/** 1/x, below the least width along its tangent there. */
function reciprocal(x: number): Slope {
  if (x >= LEAST_WIDTH) return { value: 1 / x, slope: -1 / x ** 2 };
  const slope = -1 / LEAST_WIDTH ** 2;
  return { value: 1 / LEAST_WIDTH + slope * (x - LEAST_WIDTH), slope };
}
