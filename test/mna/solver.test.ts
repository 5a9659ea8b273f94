// Large systems: fronts with static pivots where they serve, and chosen pivots where they do not. Right-hand sides are exact
// images of whole numbers, so that the solution is known to every digit.

import { describe, expect, it } from 'vitest';
import { Solver } from '../../src/mna/solver.ts';
import type { System } from '../../src/mna/system.ts';
import { factor, type Lu } from '../../src/numeric/lu.ts';
import { multifrontal } from '../../src/numeric/multifrontal.ts';
import { refine } from '../../src/numeric/refine.ts';
import { analyse } from '../../src/numeric/symbolic.ts';
import { compress } from '../../src/numeric/terms.ts';
import { type Triplet, termsOf, times } from '../numeric/matrices.ts';

/** Unknowns beside those that are hard: enough to make the system a large one. */
const CHAIN = 20_000;

/** A block of `n` unknowns beside a chain that is easy. */
function beside(
  block: readonly Triplet[],
  n: number,
): Pick<System, 'terms' | 'matrix' | 'symbolic'> {
  const triplets = [...block];
  for (let i = n; i < n + CHAIN; i++) {
    triplets.push([i, i, 4]);
    if (i > n) triplets.push([i, i - 1, -1], [i - 1, i, -1]);
  }
  const terms = termsOf(n + CHAIN, triplets);
  const matrix = compress(terms);
  return { terms, matrix, symbolic: analyse(matrix) };
}

/** What the solver reads of a system is its matrix. */
const solverOf = (parts: ReturnType<typeof beside>) => new Solver(parts as System);

function transposed(triplets: readonly Triplet[]): Triplet[] {
  return triplets.map(([i, j, value]) => [j, i, value]);
}

const rightHandSide = (high: Float64Array) => ({ high, low: new Float64Array(high.length) });

/** Largest difference of a solution from what it should be. */
function largestError({ high }: { readonly high: Float64Array }, x: Float64Array): number {
  return high.reduce((most, value, i) => Math.max(most, Math.abs(value - x[i]!)), 0);
}

function expectExact(block: readonly Triplet[], n: number): void {
  const x = Float64Array.from({ length: n + CHAIN }, (_, i) => 1 + (i % 7));
  const parts = beside(block, n);
  expect(largestError(solverOf(parts).solve(rightHandSide(times(parts.matrix, x))), x)).toBe(0);
  const turned = beside(transposed(block), n).matrix;
  expect(largestError(solverOf(parts).solveTransposed(rightHandSide(times(turned, x))), x)).toBe(0);
}

/** Every principal minor of order two is near 0: whichever pivot comes first leaves none for the second. */
const WITHOUT_STATIC_PIVOTS: readonly Triplet[] = [
  [0, 0, 0.5],
  [0, 1, 0.5],
  [0, 2, 1],
  [1, 1, 1],
  [1, 2, 1],
  [2, 0, -1],
  [2, 1, 0.5],
  [2, 2, 0.5],
];

/**
 * Wilkinson's matrix with a little beside it: every static pivot is usable, and together they double the last column at
 * each step, where chosen pivots do not.
 */
function growing(n: number): Triplet[] {
  const triplets: Triplet[] = [];
  let state = 20_169_877;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) triplets.push([i, j, -1]);
    triplets.push([i, i, 1]);
    if (i === n - 1) break;
    state = (state * 48_271) % 2_147_483_647;
    triplets.push([i, n - 1, 1], [i, (i + 1) % (n - 1), (1e-3 * state) / 2_147_483_647]);
  }
  return triplets;
}

describe('a large system', () => {
  it('is solved by fronts where static pivots serve', () => {
    const block: Triplet[] = [
      [0, 0, 3],
      [0, 1, 1],
      [1, 0, -2],
      [1, 1, 5],
    ];
    const { matrix, symbolic } = beside(block, 2);
    expect(multifrontal(matrix, symbolic)).toBeDefined();
    expectExact(block, 2);
  });

  it('is solved by chosen pivots where a static one vanishes', () => {
    const { matrix, symbolic } = beside(WITHOUT_STATIC_PIVOTS, 3);
    expect(multifrontal(matrix, symbolic)).toBeUndefined();
    expectExact(WITHOUT_STATIC_PIVOTS, 3);
  });

  it('is solved by chosen pivots where static ones lose every digit', () => {
    const n = 56;
    const parts = beside(growing(n), n);
    const b = rightHandSide(Float64Array.from({ length: n + CHAIN }, (_, i) => Math.sin(i)));
    const refined = (lu: Lu) => refine(parts.terms, lu, b);
    expect(refined(multifrontal(parts.matrix, parts.symbolic)!).converged).toBe(false);
    const { converged, high } = refined(factor(parts.matrix, parts.symbolic));
    expect(converged).toBe(true);
    expect(largestError(solverOf(parts).solve(b), high)).toBe(0);
  });
});
