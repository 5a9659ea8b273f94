/** The currents of a diode, gmin apart, and their derivatives. */

import type { DiodeModel, Recombination, Reverse } from './diode-model.ts';
import { exponential, junctionCurrent, type Slope } from './junction.ts';

/** i(v) [A] and di/dv [S] of the whole diode. */
export function diodeCurrent(v: number, model: DiodeModel): Slope {
  const { junctions, recombination, tunnelling, softBreakdown } = model;
  const isForward = v >= -3 * (junctions[0]?.emission ?? 0);
  let [value, slope] = [0, 0];
  const add = (current: Slope) => {
    value += current.value;
    slope += current.slope;
  };
  for (const junction of junctions) add(junctionCurrent(v, junction));
  // ngspice leaves it out further down, where PSpice has ISR (1 - v/VJ)^M.
  if (recombination !== undefined && isForward) add(recombinationCurrent(v, recombination));
  if (tunnelling !== undefined) add(reverseCurrent(v, tunnelling, 1));
  if (softBreakdown !== undefined) {
    add(reverseCurrent(v + softBreakdown.voltage, softBreakdown, 0));
  }
  const knee = isForward ? model.forwardKnee : model.reverseKnee;
  return highInjection({ value, slope }, isForward ? knee : -knee);
}

/** ISR (exp(v / NR Vt) - 1) ((1 - v/VJ)^2 + 0.005)^(M/2) // PSpice */
function recombinationCurrent(v: number, recombination: Recombination): Slope {
  const { saturation, emission, potential, grading } = recombination;
  const { value, slope } = exponential(v / emission);
  const x = 1 - v / potential;
  const square = x ** 2 + 0.005;
  const factor = square ** (grading / 2);
  const factorSlope = (-grading * x * factor) / (square * potential);
  return {
    value: saturation * (value - 1) * factor,
    slope: saturation * ((slope / emission) * factor + (value - 1) * factorSlope),
  };
}

/** -I (exp(-v / emission) - offset) */
function reverseCurrent(v: number, { saturation, emission }: Reverse, offset: 0 | 1): Slope {
  const { value, slope } = exponential(-v / emission);
  return { value: -saturation * (value - offset), slope: (saturation * slope) / emission };
}

/** i / (1 + sqrt(i k)): as i for i << 1/k, as sqrt(i/k) beyond; i itself where i k is not positive. */
function highInjection({ value, slope }: Slope, k: number): Slope {
  const product = value * k;
  if (!(product > 0)) return { value, slope };
  const root = Math.sqrt(product);
  return { value: value / (1 + root), slope: (slope * (1 + root / 2)) / (1 + root) ** 2 };
}
