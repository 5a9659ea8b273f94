/**
 * How BSIM4 keeps its equations smooth and finite where a parameter or a bias leaves the range it was extracted in. These
 * continuations are not in the equations of the manual; every published implementation of the model has them.
 */

import { Dual } from '../numeric/dual.ts';

/** Exponentials are constant beyond e^34 and below e^-34. */
const LARGEST_EXPONENT = 34;
const LARGEST = 5.834617425e14;
const SMALLEST = 1.713908431e-15;

export function boundedExponential(x: Dual): Dual {
  if (x.value > LARGEST_EXPONENT) return Dual.constant(LARGEST);
  if (x.value < -LARGEST_EXPONENT) return Dual.constant(SMALLEST);
  return x.exponential();
}

/** s ln(1 + e^(x/s)): x far above 0, vanishing far below. */
export function softPlus(x: Dual, s: Dual | number): Dual {
  const scale = typeof s === 'number' ? Dual.constant(s) : s;
  const ratio = x.over(scale);
  if (ratio.value > LARGEST_EXPONENT) return x;
  if (ratio.value < -LARGEST_EXPONENT) return scale.times(SMALLEST);
  const power = Math.exp(ratio.value);
  return scale.times(ratio.mapped(Math.log1p(power), power / (1 + power)));
}

/** (x + (x^2 + width)^1/2) / 2: x above 0, vanishing below, without cancellation. */
export function positivePart(x: Dual, width: Dual | number): Dual {
  const root = x.squared().plus(width).squareRoot();
  if (x.value >= 0) return x.plus(root).times(0.5);
  const excess = typeof width === 'number' ? Dual.constant(width) : width;
  return excess.over(root.minus(x)).times(0.5);
}

/** x down to `floor`, from there on a hyperbola towards floor / 2 with the same slope. */
export function floored(x: Dual, floor: number): Dual {
  if (x.value >= floor) return x;
  return x
    .negated()
    .plus(2 * floor)
    .times(floor)
    .over(x.times(-2).plus(3 * floor));
}

/** 1 + x for x >= -1/2, (1 + 3x) / (3 + 8x) below. */
export function onePlus(x: Dual): Dual {
  if (x.value >= -0.5) return x.plus(1);
  return x.times(3).plus(1).over(x.times(8).plus(3));
}

/** 1 / (1 + x) for x >= -0.9, (17 + 20x) / (0.8 + x) below. */
export function inverseOnePlus(x: Dual): Dual {
  if (x.value >= -0.9) return Dual.constant(1).over(x.plus(1));
  return x.times(20).plus(17).over(x.plus(0.8));
}

/**
 * 1 / (2 cosh x - 2): how a potential of the junctions fades along a channel of x characteristic lengths, the
 * quasi-two-dimensional solution // Liu, Hu et al., IEEE Trans. Electron Devices 40 (1993) 86
 */
export function fading(x: Dual): Dual {
  if (x.value >= LARGEST_EXPONENT) return Dual.constant(1 / (LARGEST - 2));
  const sinh = Math.sinh(x.value / 2);
  const divisor = 4 * sinh ** 2 + 2 * SMALLEST;
  return x.mapped(1 / divisor, (-4 * sinh * Math.cosh(x.value / 2)) / divisor ** 2);
}
