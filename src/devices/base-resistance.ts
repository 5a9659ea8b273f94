/** The current through the base resistance of a transistor, which falls with the current. */

import type { BipolarCurrents } from './bipolar-currents.ts';
import type { BipolarModel } from './bipolar-model.ts';
import { crowding, LARGEST_RATIO, LEAST_RATIO } from './current-crowding.ts';

/** A current and its derivatives to vbe, vbc and the voltage across the resistance. */
export interface BaseCurrent {
  readonly value: number;
  readonly byEmitter: number;
  readonly byCollector: number;
  readonly byBase: number;
}

/** Whether RB depends on the bias at all. */
export function isModulated({ baseResistance, leastBaseResistance }: BipolarModel): boolean {
  return baseResistance !== leastBaseResistance;
}

/** v / R of R = RBM + (RB - RBM) / qb or, with IRB, of R = RBM + 3 (RB - RBM) h(i / IRB) */
export function baseCurrent(
  v: number,
  { currents, model }: { readonly currents: BipolarCurrents; readonly model: BipolarModel },
): BaseCurrent {
  if (model.baseKnee > 0) return crowdedCurrent(v, model);
  const span = model.baseResistance - model.leastBaseResistance;
  const { value: q, byEmitter, byCollector } = currents.baseCharge;
  const R = model.leastBaseResistance + span / q;
  const value = v / R;
  const byCharge = (value * span) / (R * q ** 2);
  return {
    value,
    byEmitter: byCharge * byEmitter,
    byCollector: byCharge * byCollector,
    byBase: 1 / R,
  };
}

const MOST_ITERATIONS = 100;

/**
 * i of i R(i) = v. At DC the current that sets R is the one that flows through it, so the equation stands alone: with
 * R of the junction's current instead, the conductance would grow with the junction's exponential and
 * Newton's iteration could run in a circle. v(i) rises and is concave, so that Newton's iteration from the left converges.
 * (Only a substrate junction that conducts into the base of a lateral transistor makes the two currents differ.)
 */
function crowdedCurrent(v: number, model: BipolarModel): BaseCurrent {
  const { leastBaseResistance: RBM, baseKnee: IRB } = model;
  const span = model.baseResistance - RBM;
  const resistance = (x: number) => RBM + 3 * span * crowding(x).value;
  const constant = (R: number): BaseCurrent => ({
    value: v / R,
    byEmitter: 0,
    byCollector: 0,
    byBase: 1 / R,
  });
  const [most, least] = [resistance(LEAST_RATIO), resistance(LARGEST_RATIO)];
  if (v <= LEAST_RATIO * IRB * most) return constant(most);
  if (v >= LARGEST_RATIO * IRB * least) return constant(least);
  let i = v / most;
  let slope = most; // dv/di
  for (let k = 0; k < MOST_ITERATIONS; k++) {
    const x = i / IRB;
    const h = crowding(x);
    const R = RBM + 3 * span * h.value;
    slope = R + 3 * span * x * h.slope;
    const step = (v - i * R) / slope;
    i += step;
    if (Math.abs(step) <= 1e-15 * i) break;
  }
  return { value: i, byEmitter: 0, byCollector: 0, byBase: 1 / slope };
}
