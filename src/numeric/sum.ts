// Sums that do not depend on the order of their terms: budgets add many small errors of either sign.
//
// Shewchuk, "Adaptive precision floating-point arithmetic" (1997): the partial sums are kept as a non-overlapping
// expansion, so the total is exact and is rounded once.

import { addProductTo } from './double-double.ts';

/** Σ values, correctly rounded; the empty sum is 0. An infinite or NaN term gives what plain addition gives. */
export function sum(values: Iterable<number>): number {
  const partials: number[] = []; // non-overlapping, ascending magnitude
  let plain = 0;
  for (const value of values) {
    plain += value;
    let x = value;
    let kept = 0;
    for (let k = 0; k < partials.length; k++) {
      const y = partials[k]!;
      const s = x + y;
      const yVirtual = s - x;
      const error = x - (s - yVirtual) + (y - yVirtual);
      if (error !== 0) partials[kept++] = error;
      x = s;
    }
    partials.length = kept;
    partials.push(x);
  }
  if (!Number.isFinite(plain)) return plain;
  return roundExpansion(partials);
}

/** The non-overlapping expansion rounded to the nearest double, ties to even. */
function roundExpansion(partials: readonly number[]): number {
  let k = partials.length - 1;
  if (k < 0) return 0;
  let high = partials[k]!;
  let low = 0;
  while (k > 0 && low === 0) {
    const y = partials[--k]!;
    const s = high + y;
    low = y - (s - high);
    high = s;
  }
  // high + low was rounded to even on a tie, but what lies below the tie may ask for the other neighbour.
  if (k > 0 && Math.sign(low) === Math.sign(partials[k - 1]!)) {
    const twice = 2 * low;
    const other = high + twice;
    if (other - high === twice) return other;
  }
  return high;
}

/** Σ a_i b_i, accumulated in double-double: to about n 2^-104 Σ |a_i b_i|, then rounded. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) {
    throw new RangeError(`Vectors of ${a.length} and ${b.length} components have no dot product.`);
  }
  const total = { high: new Float64Array(1), low: new Float64Array(1) };
  for (let i = 0; i < a.length; i++) addProductTo(total, 0, a[i]!, 0, b[i]!, 0);
  return total.high[0]!;
}
