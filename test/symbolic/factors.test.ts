// Factors, divisors and determinants of polynomials: products and exact values decide.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonDivisor } from '../../src/symbolic/common-divisor.ts';
import { determinantFactors, type Row } from '../../src/symbolic/determinant.ts';
import { factored } from '../../src/symbolic/factors.ts';
import {
  add,
  constant,
  evaluated,
  keyOf,
  multiply,
  type Polynomial,
  product,
  quotient,
  scale,
  variable,
} from '../../src/symbolic/polynomial.ts';
import { determinant, rational, toNumber } from '../support/rational.ts';
import { SEED } from '../support/seed.ts';

/** A sum of one to four products of the variables first .. first + 3, each at most once. */
function multilinear(first: number): fc.Arbitrary<Polynomial> {
  const term = fc.record({
    inside: fc.subarray([0, 1, 2, 3], { minLength: 0 }),
    coefficient: fc.constantFrom(-3n, -1n, 1n, 1n, 2n),
  });
  return fc
    .array(term, { minLength: 1, maxLength: 4 })
    .map((terms) =>
      terms
        .map(({ inside, coefficient }) =>
          scale(product(inside.map((v) => variable(first + v))), coefficient),
        )
        .reduce(add),
    )
    .filter(({ size }) => size > 0);
}

function multipliedOut(p: Polynomial): Polynomial {
  const { content, factors } = factored(p);
  return scale(
    product(factors.flatMap(({ base, power }) => new Array<Polynomial>(power).fill(base))),
    content,
  );
}

describe('factors', () => {
  it('multiplied give the polynomial', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }),
        multilinear(0),
        multilinear(4),
        (more, a, b) => {
          const p = product([a, b, ...more.map((v) => add(variable(v), variable(v + 8)))]);
          expect(keyOf(multipliedOut(p))).toBe(keyOf(p));
        },
      ),
      { seed: SEED },
    );
  });

  it('of other variables are found', () => {
    const [a, b, c, d, e] = [0, 1, 2, 3, 4].map(variable) as [
      Polynomial,
      Polynomial,
      Polynomial,
      Polynomial,
      Polynomial,
    ];
    // (a + b)(c d + 2 e)(-3) a-free: three factors, and no further ones
    const p = scale(multiply(add(a, b), add(multiply(c, d), scale(e, 2n))), -3n);
    const { content, factors } = factored(p);
    expect(content).toBe(-3n);
    expect(factors.map(({ base }) => base.size).sort()).toEqual([2, 2]);
    const whole = add(add(multiply(a, b), multiply(b, c)), multiply(a, c));
    expect(factored(whole).factors).toHaveLength(1);
  });

  it('that repeat are powers', () => {
    const s = add(variable(0), variable(1));
    const { content, factors } = factored(
      product([s, s, s, variable(2), variable(2), constant(-2n)]),
    );
    expect(content).toBe(-2n);
    expect(factors.map(({ power }) => power).sort()).toEqual([2, 3]);
  });
});

it('a common divisor divides, and contains what was put in', () => {
  fc.assert(
    fc.property(multilinear(0), multilinear(1), multilinear(2), (a, b, common) => {
      const [p, q] = [multiply(a, common), multiply(b, common)];
      const divisor = commonDivisor(p, q);
      expect(quotient(p, divisor)).toBeDefined();
      expect(quotient(q, divisor)).toBeDefined();
      expect(quotient(scale(divisor, 6n ** 4n), common)).toBeDefined();
    }),
    { seed: SEED, numRuns: 50 },
  );
});

it('the factors of a determinant multiply to the exact determinant', () => {
  // Each variable in one entry, so that the matrix is multilinear; entry 0 is absent.
  const matrix = fc.integer({ min: 1, max: 5 }).chain((n) =>
    fc.array(fc.array(fc.constantFrom(0, 0, 1, 2), { minLength: n, maxLength: n }), {
      minLength: n,
      maxLength: n,
    }),
  );
  fc.assert(
    fc.property(matrix, (pattern) => {
      const n = pattern.length;
      const value = (v: number) => 2 + ((7 * v) % 11);
      const rows: Row[] = pattern.map(
        (row, i) =>
          new Map(
            row.flatMap((kind, j): [number, Polynomial][] =>
              kind === 0 ? [] : [[j + 10, kind === 1 ? variable(i * n + j) : constant(3n)]],
            ),
          ),
      );
      const exact = determinant(
        pattern.map((row, i) =>
          row.map((kind, j) =>
            rational(kind === 0 ? 0n : kind === 1 ? BigInt(value(i * n + j)) : 3n),
          ),
        ),
      );
      const factors = determinantFactors(
        rows,
        pattern.map((_, j) => j + 10),
      );
      const found =
        factors === undefined ? 0 : factors.reduce((total, p) => total * evaluated(p, value), 1);
      expect(found + 0).toBe(toNumber(exact)); // -0 is 0
    }),
    { seed: SEED, numRuns: 300 },
  );
});
