import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { perturbation } from '../../src/numeric/condition.ts';
import { factor, type Lu } from '../../src/numeric/lu.ts';
import { analyse } from '../../src/numeric/symbolic.ts';
import { compress } from '../../src/numeric/terms.ts';
import * as q from '../support/rational.ts';
import { exactMatrix, resistorNetwork, scaled, sparseTerms, transposed } from './matrices.ts';

/** max_i Σ_j |A⁻¹|_ij w_j exactly; undefined when A is singular. */
function exactPerturbation(A: q.Rational[][], w: Float64Array): number | undefined {
  const rows = A.map(() => 0);
  for (let j = 0; j < A.length; j++) {
    const column = q.solve(
      A,
      A.map((_, i) => q.rational(i === j ? 1n : 0n)),
    );
    if (!column) return undefined;
    column.forEach((value, i) => {
      rows[i]! += Math.abs(q.toNumber(value)) * w[j]!;
    });
  }
  return Math.max(...rows);
}

describe('perturbation', () => {
  it('is at most the exact value and rarely below a third of it', () => {
    let close = 0;
    let all = 0;
    const terms = fc.oneof(resistorNetwork(scaled(0, 4)), sparseTerms(scaled(-1, 1)));
    fc.assert(
      fc.property(
        terms,
        fc.array(scaled(-3, 3), { minLength: 9, maxLength: 9 }),
        fc.boolean(),
        (A, numbers, flip) => {
          const matrix = compress(A);
          let lu: Lu;
          try {
            lu = factor(matrix, analyse(matrix));
          } catch {
            return;
          }
          const w = Float64Array.from(numbers.slice(0, A.n), Math.abs);
          const exact = exactPerturbation(flip ? transposed(exactMatrix(A)) : exactMatrix(A), w);
          if (exact === undefined) return;
          const estimate = perturbation(lu, w, flip);
          expect(estimate).toBeLessThanOrEqual(exact * 1.001); // the LU's own error, 1e-16 x condition
          all++;
          if (estimate >= exact / 3) close++;
        },
      ),
      { numRuns: 400, seed: 1984 },
    );
    expect(close).toBeGreaterThanOrEqual(0.98 * all);
  });
});
