import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  determinant,
  factor,
  type Lu,
  refactor,
  SingularMatrixError,
  solve,
  solveTransposed,
} from '../../src/numeric/lu.ts';
import { analyse } from '../../src/numeric/symbolic.ts';
import { compress, type SparseMatrix, type Terms } from '../../src/numeric/terms.ts';
import * as q from '../support/rational.ts';
import { exactMatrix, grid, scaled, sparseTerms, termsOf, times, transposed } from './matrices.ts';

const small = sparseTerms(fc.oneof(scaled(-1, 1), fc.constantFrom(1, -1, 0.5)), 12);
const rightHandSide = fc.array(scaled(-3, 3), { minLength: 12, maxLength: 12 });

/** The factorisation, or undefined when A is found singular. */
function factored(A: SparseMatrix): Lu | undefined {
  try {
    return factor(A, analyse(A));
  } catch (error) {
    expect(error).toBeInstanceOf(SingularMatrixError);
    return undefined;
  }
}

/** max |v|. */
const norm = (v: Iterable<number>) => Math.max(0, ...Array.from(v, Math.abs));

/** The terms with the rounded sums as entries: what the LU factors exactly. */
function rounded(A: SparseMatrix): Terms {
  return termsOf(
    A.n,
    Array.from({ length: A.n }).flatMap((_, j) =>
      Array.from({ length: A.columnPointers[j + 1]! - A.columnPointers[j]! }, (_, p) => {
        const at = A.columnPointers[j]! + p;
        return [A.rowIndices[at]!, j, A.values[at]!] as const;
      }),
    ),
  );
}

describe('factor', () => {
  it('gives P R A Q = L U to rounding, with |L| <= 10', () => {
    fc.assert(
      fc.property(small, (terms) => {
        const A = compress(terms);
        const lu = factored(A);
        if (!lu) return;
        const n = A.n;
        const L = Array.from({ length: n }, (_, i) =>
          Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)),
        );
        const U = Array.from({ length: n }, (_, i) =>
          Float64Array.from({ length: n }, (_, j) => (i === j ? lu.pivots[i]! : 0)),
        );
        for (let j = 0; j < n; j++) {
          for (let p = lu.lower.pointers[j]!; p < lu.lower.pointers[j + 1]!; p++) {
            expect(lu.lower.indices[p]).toBeGreaterThan(j);
            expect(Math.abs(lu.lower.values[p]!)).toBeLessThanOrEqual(10 * (1 + 1e-15));
            L[lu.lower.indices[p]!]![j]! += lu.lower.values[p]!;
          }
          for (let p = lu.upper.pointers[j]!; p < lu.upper.pointers[j + 1]!; p++) {
            expect(lu.upper.indices[p]).toBeLessThan(j);
            U[lu.upper.indices[p]!]![j]! += lu.upper.values[p]!;
          }
        }
        const exact = exactMatrix(rounded(A));
        for (let i = 0; i < n; i++) {
          const row = lu.rowOrder[i]!;
          for (let j = 0; j < n; j++) {
            let product = 0;
            let magnitude = 0;
            for (let k = 0; k < n; k++) {
              product += L[i]![k]! * U[k]![j]!;
              magnitude += Math.abs(L[i]![k]! * U[k]![j]!);
            }
            const entry = q.toNumber(exact[row]![lu.columnOrder[j]!]!) * lu.rowScale[row]!;
            expect(Math.abs(product - entry)).toBeLessThanOrEqual(4 * n * 2 ** -53 * magnitude); // Higham, theorem 9.3
          }
        }
      }),
      { numRuns: 250 },
    );
  });

  it('throws exactly when integer matrices are singular', () => {
    const integer = sparseTerms(fc.integer({ min: -2, max: 2 }), 7);
    fc.assert(
      fc.property(integer, (terms) => {
        const A = compress(terms);
        const lu = factored(A);
        const det = q.determinant(exactMatrix(terms));
        if (!lu) expect(det).toEqual(q.ZERO);
        if (lu && det.numerator === 0n) {
          // rounding left a pivot: it must be noise
          expect(Math.min(...lu.pivots.map(Math.abs))).toBeLessThan(1e-13);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('names a column that depends on others', () => {
    const A = compress(
      termsOf(3, [
        [0, 0, 1],
        [1, 0, 1],
        [2, 2, 1],
      ]),
    );
    expect(() => factor(A, analyse(A))).toThrow(SingularMatrixError);
    try {
      factor(A, analyse(A));
    } catch (error) {
      expect((error as SingularMatrixError).column).toBe(1);
    }
  });

  it('takes the empty matrix', () => {
    const A = compress(termsOf(0, []));
    const lu = factor(A, analyse(A));
    expect(solve(lu, new Float64Array(0)).length).toBe(0);
    expect(determinant(lu)).toEqual({ sign: 1, logMagnitude: 0 });
  });
});

describe('solve and solveTransposed', () => {
  it('are backward stable against exact rationals', () => {
    let solved = 0;
    fc.assert(
      fc.property(small, rightHandSide, (terms, right) => {
        const A = compress(terms);
        const lu = factored(A);
        if (!lu) return;
        const exact = exactMatrix(rounded(A));
        const b = right.slice(0, A.n);
        const inverse = inverseNorms(exact);
        if (!inverse) return;
        for (const [matrix, x] of [
          [exact, solve(lu, Float64Array.from(b))],
          [transposed(exact), solveTransposed(lu, Float64Array.from(b))],
        ] as const) {
          const truth = q.solve(matrix, b.map(q.fromNumber))!.map(q.toNumber);
          const error = norm(truth.map((t, i) => t - x[i]!));
          // forward error <= condition x backward error; pivots of 0.1 may let elements grow
          expect(error).toBeLessThanOrEqual(1e-12 * inverse * norm(truth));
          if (inverse < 1e8) solved++;
        }
      }),
      { numRuns: 250 },
    );
    expect(solved).toBeGreaterThan(100);
  });

  it('agree with each other: cᵀ (A\\b) = (Aᵀ\\c)ᵀ b on a 70 x 70 grid, whose equations they solve', () => {
    const terms = grid(70, 70, (edge) => 1000 + 37 * (edge % 101));
    const A = compress(terms);
    const lu = factor(A, analyse(A));
    const b = new Float64Array(A.n);
    const c = new Float64Array(A.n);
    b[4899] = 1e-3;
    c[2450] = 1;
    const x = solve(lu, b);
    const y = solveTransposed(lu, c);
    expect(Math.abs(x[2450]! - y[4899]! * 1e-3)).toBeLessThanOrEqual(1e-11 * Math.abs(x[2450]!));
    // 1 mA through the 1 ohm resistor to ground
    expect(Math.abs(x[0]! - 1e-3)).toBeLessThanOrEqual(1e-9 * 1e-3);
    const residual = times(A, x).map((value, i) => value - b[i]!);
    expect(norm(residual)).toBeLessThanOrEqual(1e-15 * norm(x));
  });
});

/** ‖A‖ ‖A⁻¹‖ in the largest-entry sense over rows and columns (an upper bound of both condition numbers), or undefined. */
function inverseNorms(A: q.Rational[][]): number | undefined {
  const n = A.length;
  const columns: number[][] = [];
  for (let j = 0; j < n; j++) {
    const column = q.solve(
      A,
      A.map((_, i) => q.rational(i === j ? 1n : 0n)),
    );
    if (!column) return undefined;
    columns.push(column.map(q.toNumber));
  }
  const a = A.map((row) => row.map(q.toNumber));
  return n * n * norm(a.flat()) * norm(columns.flat());
}

describe('refactor', () => {
  it('repeats factor bit by bit for the same values', () => {
    fc.assert(
      fc.property(sparseTerms(scaled(-15, 3), 14), (terms) => {
        const A = compress(terms);
        const lu = factored(A);
        if (lu) expect(refactor(lu, A)).toEqual(lu);
      }),
    );
    const A = compress(grid(20, 20, (edge) => 1 + edge));
    const lu = factor(A, analyse(A));
    expect(refactor(lu, A)).toEqual(lu);
  });

  it('solves with new values and leaves the old factors alone', () => {
    const A = compress(grid(12, 12, (edge) => 1 + (edge % 7)));
    const B = compress(grid(12, 12, (edge) => 2 + (edge % 5)));
    const lu = factor(A, analyse(A));
    const before = structuredClone(lu);
    const again = refactor(lu, B);
    expect(lu).toEqual(before);
    const b = Float64Array.from({ length: 144 }, (_, i) => Math.sin(i));
    const x = solve(again, b);
    const fresh = solve(factor(B, analyse(B)), b);
    expect(norm(x.map((value, i) => value - fresh[i]!))).toBeLessThanOrEqual(1e-11 * norm(fresh));
    expect(norm(times(B, x).map((value, i) => value - b[i]!))).toBeLessThanOrEqual(1e-11 * norm(b));
  });

  it('refuses another pattern and a vanished pivot', () => {
    const A = compress(
      termsOf(2, [
        [0, 0, 1],
        [1, 1, 1],
      ]),
    );
    const lu = factor(A, analyse(A));
    expect(() =>
      refactor(
        lu,
        compress(
          termsOf(2, [
            [0, 1, 1],
            [1, 0, 1],
          ]),
        ),
      ),
    ).toThrow(RangeError);
    expect(() =>
      refactor(
        lu,
        compress(
          termsOf(2, [
            [0, 0, 1],
            [1, 1, 0],
          ]),
        ),
      ),
    ).toThrow(SingularMatrixError);
  });
});

describe('determinant', () => {
  it('has the sign and magnitude of the exact one', () => {
    let compared = 0;
    fc.assert(
      fc.property(sparseTerms(fc.integer({ min: -9, max: 9 }), 8), (terms) => {
        const exact = q.toNumber(q.determinant(exactMatrix(terms)));
        const lu = factored(compress(terms));
        if (!lu || exact === 0) return;
        compared++;
        const { sign, logMagnitude } = determinant(lu);
        expect(sign).toBe(Math.sign(exact));
        expect(Math.abs(Math.exp(logMagnitude) - Math.abs(exact))).toBeLessThanOrEqual(
          1e-9 * Math.abs(exact),
        );
      }),
      { numRuns: 1000 },
    );
    expect(compared).toBeGreaterThan(300);
  });

  it('of a permutation matrix is its sign', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 9 })
          .chain((n) => fc.shuffledSubarray([...Array(n).keys()], { minLength: n })),
        (P) => {
          const terms = termsOf(
            P.length,
            P.map((i, j) => [i, j, 1] as const),
          );
          const lu = factored(compress(terms))!;
          expect(determinant(lu)).toEqual({
            sign: q.toNumber(q.determinant(exactMatrix(terms))),
            logMagnitude: 0,
          });
        },
      ),
    );
  });
});
