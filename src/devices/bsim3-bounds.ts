/**
 * How BSIM3 keeps a quantity that its polynomials could carry through zero on its side: below a bound a hyperbola
 * that meets the quantity there in value and slope. BSIM3v3 manual, appendix B, notes.
 */

import { Dual } from '../numeric/dual.ts';

/** x >= bound: x; below: (2 bound - x) / (3 - 2 x / bound), which is above bound / 2. */
export function keptAbove(bound: number, x: Dual): Dual {
  if (x.value >= bound) return x;
  return x
    .negated()
    .plus(2 * bound)
    .over(x.times(-2 / bound).plus(3));
}

/** 1 + x, for x < -0.5 (1 + 3 x) / (3 + 8 x), which is above 3/8. */
export function keptFactor(x: Dual): Dual {
  if (x.value >= -0.5) return x.plus(1);
  return x.times(3).plus(1).over(x.times(8).plus(3));
}

/** The largest magnitude of an exponent: e^-34 = 1.7e-15 is the smallest ratio, e^34 = 5.8e14 V an infinite voltage. */
export const LARGEST_EXPONENT = 34;
export const INFINITE_VOLTAGE = Math.exp(LARGEST_EXPONENT); // [V]

/** e^x, at least e^-34. */
export function decay(x: Dual): Dual {
  if (x.value <= -LARGEST_EXPONENT) return Dual.constant(Math.exp(-LARGEST_EXPONENT));
  return x.exponential();
}
