import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factor, type Lu, SingularMatrixError } from '../../src/numeric/lu.ts';
import { type Refined, type RightHandSide, refine } from '../../src/numeric/refine.ts';
import { analyse } from '../../src/numeric/symbolic.ts';
import { compress, type Terms, TermsBuilder } from '../../src/numeric/terms.ts';
import * as q from '../support/rational.ts';
import { exactMatrix, grid, resistorNetwork, scaled, sparseTerms, transposed } from './matrices.ts';

function factored(terms: Terms): Lu | undefined {
  const A = compress(terms);
  try {
    return factor(A, analyse(A));
  } catch (error) {
    expect(error).toBeInstanceOf(SingularMatrixError);
    return undefined;
  }
}

function exactSolution(terms: Terms, b: RightHandSide): q.Rational[] | undefined {
  const A = exactMatrix(terms);
  const right = Array.from(b.high, (high, i) => q.fromNumbers(high, b.low?.[i] ?? 0));
  return q.solve(b.transposed ? transposed(A) : A, right);
}

/** What `converged` promises: |x - truth| <= error of the largest component. */
function expectExact(refined: Refined, truth: readonly q.Rational[]): void {
  const most = truth.map(q.absolute).reduce((a, b) => (q.compare(a, b) > 0 ? a : b));
  truth.forEach((t, i) => {
    const x = q.fromNumbers(refined.high[i]!, refined.low[i]!);
    const error = Math.abs(q.ratio(q.subtract(x, t), most));
    expect(error).toBeLessThanOrEqual(refined.error);
    // A component far above the error is correctly rounded, unless it is within the error of a tie.
    const relative = Math.abs(q.ratio(t, most));
    const margin = q.multiply(most, q.fromNumbers(refined.error, 0));
    const below = q.toNumber(q.subtract(t, margin));
    const above = q.toNumber(q.add(t, margin));
    if (below === above && relative * 2 ** -75 > Math.max(1e-28, 4 * refined.error))
      expect(refined.high[i]).toBe(q.toNumber(t));
  });
}

const right = fc.array(fc.tuple(scaled(-9, 3), fc.double({ min: -1, max: 1, noNaN: true })), {
  minLength: 9,
  maxLength: 9,
});

function check(terms: Terms, numbers: readonly (readonly [number, number])[]): boolean {
  const lu = factored(terms);
  if (!lu) return false;
  const high = Float64Array.from(numbers.slice(0, terms.n), ([h]) => h);
  const low = Float64Array.from(numbers.slice(0, terms.n), ([h, l]) => h * l * 2 ** -54);
  let all = true;
  for (const b of [{ high }, { high, low }, { high, low, transposed: true }]) {
    const refined = refine(terms, lu, b);
    const truth = exactSolution(terms, b);
    if (!truth) expect(refined.converged).toBe(false);
    else if (refined.converged) expectExact(refined, truth);
    if (!refined.converged) all = false;
  }
  return all;
}

describe('refine', () => {
  it('is the exact solution, correctly rounded, for well scaled sparse matrices', () => {
    let converged = 0;
    fc.assert(
      fc.property(sparseTerms(scaled(-1, 1)), right, (terms, b) => {
        if (check(terms, b)) converged++;
      }),
      { numRuns: 150 },
    );
    expect(converged).toBeGreaterThan(120);
  });

  it('is so, or says that it is not, for entries from 1e-15 to 1e3', () => {
    let converged = 0;
    fc.assert(
      fc.property(sparseTerms(scaled(-15, 3)), right, (terms, b) => {
        if (check(terms, b)) converged++;
      }),
      { numRuns: 200 },
    );
    expect(converged).toBeGreaterThan(100);
  });

  it('is so for resistor networks whose diagonals lose conductances in their sums', () => {
    let converged = 0;
    fc.assert(
      fc.property(resistorNetwork(scaled(0, 12)), right, (terms, b) => {
        if (check(terms, b)) converged++;
      }),
      { numRuns: 150 },
    );
    expect(converged).toBeGreaterThan(75);
  });

  it('finds what the summed diagonal has lost: 1 kΩ to a node held by 1e12 Ω', () => {
    const terms = new TermsBuilder(2); // 1 A into node 0; 1 S from 0 to 1, 1e-12 S from 1 to ground
    for (const [i, j, g] of [
      [0, 0, 1],
      [0, 1, -1],
      [1, 0, -1],
      [1, 1, 1],
      [1, 1, 1e-12],
    ] as const)
      terms.add(i, j, g);
    const built = terms.build();
    const b = { high: Float64Array.of(1, 0) };
    const refined = refine(built, factored(built)!, b);
    const truth = exactSolution(built, b)!;
    expect(refined.converged).toBe(true);
    expect(Array.from(refined.high)).toEqual(truth.map(q.toNumber));
    expect(refined.contraction).toBeGreaterThan(1e-6); // the LU alone knew 4 digits
  });

  it('admits a lost cause: 1 mΩ held by 1e15 Ω, where the sum is singular but for rounding', () => {
    const terms = new TermsBuilder(2);
    for (const [i, j, g] of [
      [0, 0, 1e3],
      [0, 1, -1e3],
      [1, 0, -1e3],
      [1, 1, 1e3 * (1 + 2 ** -52)],
      [1, 1, -(2 ** -43)],
      [1, 1, 1e-15],
    ] as const)
      terms.add(i, j, g);
    const built = terms.build();
    const lu = factored(built);
    if (lu) expect(refine(built, lu, { high: Float64Array.of(1, 0) }).converged).toBe(false);
    const other = new TermsBuilder(1);
    other.add(0, 0, 1);
    const identity = other.build();
    const wrong = new TermsBuilder(1);
    wrong.add(0, 0, 3);
    // x = 1 with the factorisation of 3 instead of 1: each step leaves 2/3
    const refined = refine(identity, factored(wrong.build())!, { high: Float64Array.of(1) });
    expect(refined.converged).toBe(false);
    expect(refined.contraction).toBeGreaterThan(0.5);
  });

  it('of zero is zero', () => {
    const terms = grid(3, 3, () => 1);
    const refined = refine(terms, factored(terms)!, { high: new Float64Array(9) });
    expect(refined).toMatchObject({ iterations: 1, contraction: 0, error: 0, converged: true });
    expect(Array.from(refined.high)).toEqual(new Array(9).fill(0));
  });

  it('leaves the right-hand side alone', () => {
    const terms = grid(2, 2, () => 3);
    const b = { high: Float64Array.of(1, 2, 3, 4), low: Float64Array.of(0, 2 ** -60, 0, 0) };
    const copy = structuredClone(b);
    refine(terms, factored(terms)!, b);
    expect(b).toEqual(copy);
  });

  it('solves a 70 x 70 grid: all current returns through the grounded ohm', () => {
    const terms = grid(70, 70, (edge) => 1000 + 37 * (edge % 101));
    const lu = factored(terms)!;
    const high = new Float64Array(4900);
    high[4899] = 1;
    const refined = refine(terms, lu, { high });
    const adjoint = refine(terms, lu, { high, transposed: true });
    expect(refined.converged).toBe(true);
    expect(refined.high[0]).toBe(1);
    expect(Array.from(adjoint.high)).toEqual(Array.from(refined.high)); // reciprocity
  });
});
