// Iterative refinement: x = A\b as if A were factored exactly, from a factorisation in doubles.
//
//   r = b - A x     element by element in double-double, A being the unsummed terms
//   x = x + LU\r    x in double-double
//
// Each step multiplies the error by the relative error of LU ("contraction"), until the roundings of r are left: about
// 2^-104 |A^-1| |A| |x|. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., chapter 12; Skeel (1980).

import { perturbation } from './condition.ts';
import { addProductTo, addTo, type DoubleVector } from './double-double.ts';
import { type Lu, solve, solveTransposed } from './lu.ts';
import type { Terms } from './terms.ts';

/** b = high + low (n); no low part means that high is exact. */
export interface RightHandSide {
  readonly high: Float64Array;
  readonly low?: Float64Array | undefined;
  /** Solve Aᵀ x = b instead of A x = b. */
  readonly transposed?: boolean | undefined;
}

/** x = high + low (n). When `converged` and `error` is far below 2^-53, high is the solution correctly rounded. */
export interface Refined extends DoubleVector {
  /** Solutions with LU that were used. */
  readonly iterations: number;
  /** Largest ratio of one correction to that before, while they mattered: about the relative error of solve(lu, b). */
  readonly contraction: number;
  /** Estimated error of x by its largest component: the last correction, or what the roundings of r can do to x. */
  readonly error: number;
  /** Every correction was at most half of that before, down to 2^-60 of x. False: LU says little about A. */
  readonly converged: boolean;
}

const MAX_ITERATIONS = 30;
const TARGET = 2 ** -100; // of the largest component: near the precision of x itself
const SMALL_TARGET = 2 ** -60; // of each component, so that a small unknown is rounded correctly too
const SUFFICIENT = 2 ** -60; // corrections that stop shrinking below this have met the roundings of r, not a bad LU
const U2 = 2 ** -106; // u²
const RESOLUTION = 2 ** -105; // of x itself
const POLISH = 2; // steps spent on small components after the target is met; a true zero never meets SMALL_TARGET

/** x = A\b, or Aᵀ\b, to about 2^-100 of its largest component; lu factors (about) the sum of the terms of A. */
export function refine(terms: Terms, lu: Lu, b: RightHandSide): Refined {
  const system: Terms = b.transposed
    ? { ...terms, rows: terms.columns, columns: terms.rows }
    : terms;
  const correct = b.transposed ? solveTransposed : solve;
  const { n } = system;
  const x = { high: new Float64Array(n), low: new Float64Array(n) };
  const r = { high: b.high.slice(), low: b.low ? b.low.slice() : new Float64Array(n) };
  let iterations = 0;
  let contraction = 0;
  let before = Number.POSITIVE_INFINITY; // size of the correction before
  let error = 0; // the last correction over x
  let polished = 0;
  let stagnant = false;
  while (iterations < MAX_ITERATIONS && !stagnant) {
    const d = correct(lu, r.high);
    const correction = largest(d);
    const ratio = correction / before;
    stagnant = iterations > 0 && !(ratio <= 0.5);
    const relevant = iterations > 0 && !(before <= SUFFICIENT * largest(x.high));
    if (relevant)
      contraction = Number.isNaN(ratio) ? Number.POSITIVE_INFINITY : Math.max(contraction, ratio);
    iterations++;
    for (let i = 0; i < n; i++) addTo(x, i, d[i]!, 0);
    const size = largest(x.high);
    error = correction === 0 ? 0 : correction / size;
    before = correction;
    if (correction <= TARGET * size) {
      if (polished === POLISH || everyComponentSettled(d, x.high)) break;
      polished++;
    }
    residual(system, b, x, r);
  }
  const converged = contraction <= 0.5 && error <= SUFFICIENT;
  const size = largest(x.high);
  if (converged && size > 0) {
    const roundings = perturbation(lu, residualRounding(system, b, x.high), b.transposed) / size;
    error = Math.max(error, roundings, RESOLUTION);
  }
  return { ...x, iterations, contraction, error, converged };
}

/** r = b - A x, to within residualRounding. */
function residual(A: Terms, b: RightHandSide, x: DoubleVector, r: DoubleVector): void {
  r.high.set(b.high);
  if (b.low) r.low.set(b.low);
  else r.low.fill(0);
  const { rows, columns, high, low } = A;
  for (let t = 0; t < rows.length; t++) {
    const j = columns[t]!;
    addProductTo(r, rows[t]!, -high[t]!, -low[t]!, x.high[j]!, x.low[j]!);
  }
}

/**
 * A bound (n) of the error of `residual`: row by row (3 m + 8) u² (|b| + |A| |x|), A unsummed, for m terms in the row. Each
 * product is within 5 u² and each of m additions within 3 u² of its partial sum (double-double.ts).
 */
function residualRounding(A: Terms, b: RightHandSide, x: Float64Array): Float64Array {
  const w = b.high.map(Math.abs);
  const counts = new Int32Array(A.n);
  for (let t = 0; t < A.rows.length; t++) {
    const i = A.rows[t]!;
    counts[i]!++;
    w[i]! += Math.abs(A.high[t]! * x[A.columns[t]!]!);
  }
  return w.map((value, i) => (3 * counts[i]! + 8) * U2 * value);
}

/** max_i |v_i|, NaN if any is. */
function largest(v: Float64Array): number {
  let most = 0;
  for (let i = 0; i < v.length; i++) most = Math.max(most, Math.abs(v[i]!));
  return most;
}

function everyComponentSettled(d: Float64Array, x: Float64Array): boolean {
  for (let i = 0; i < d.length; i++) {
    if (Math.abs(d[i]!) > SMALL_TARGET * Math.abs(x[i]!)) return false;
  }
  return true;
}
