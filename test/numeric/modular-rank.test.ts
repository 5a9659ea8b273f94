import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  modularNullVectors,
  type ResidueTerms,
  randomResidues,
  residueOf,
} from '../../src/numeric/modular-rank.ts';
import { inverse, multiply, PRIME, power, reduce } from '../../src/numeric/residue.ts';
import { analyse } from '../../src/numeric/symbolic.ts';
import { compress, type Terms } from '../../src/numeric/terms.ts';
import { processorTime } from '../support/processor-time.ts';
import * as q from '../support/rational.ts';
import { exactMatrix, gridEdges, scaled, sparseTerms, termsOf, transposed } from './matrices.ts';

const P = BigInt(PRIME);
const same = (a: number, b: number) => reduce(a - b) === 0;
const modP = (value: bigint) => Number(((value % P) + P) % P);
const residue = fc.integer({ min: -(PRIME - 1), max: PRIME - 1 });

const residuesOf = (terms: Terms): ResidueTerms => ({
  ...terms,
  residues: terms.high.map(residueOf),
});
const nullVectors = (terms: Terms) =>
  modularNullVectors(residuesOf(terms), analyse(compress(terms)));

describe('GF(p)', () => {
  it('p is prime, and the products of residues are exact', () => {
    for (let d = 2; d * d <= PRIME; d++) expect(PRIME % d === 0).toBe(false);
    expect(P * P < 1n << 53n).toBe(true);
  });

  it('reduces, multiplies and inverts as integers do', () => {
    fc.assert(
      fc.property(residue, residue, residue, (a, b, c) => {
        const r = reduce(c - a * b);
        expect(Math.abs(r)).toBeLessThanOrEqual(PRIME / 2 + 2);
        expect(modP(BigInt(r))).toBe(modP(BigInt(c) - BigInt(a) * BigInt(b)));
        expect(reduce(a * PRIME) === 0).toBe(true);
        if (a !== 0) expect(same(multiply(a, inverse(a)), 1)).toBe(true);
      }),
      { numRuns: 5000 },
    );
    for (const t of [
      (PRIME - 1) ** 2,
      -((PRIME - 1) ** 2),
      (PRIME - 1) / 2,
      (PRIME + 1) / 2,
      PRIME,
      -PRIME,
      0,
    ]) {
      expect(modP(BigInt(reduce(t)))).toBe(modP(BigInt(t)));
      expect(Math.abs(reduce(t))).toBeLessThanOrEqual(PRIME / 2 + 2);
    }
    expect(same(power(3, 10), 59049)).toBe(true);
    expect(() => inverse(0)).toThrow(RangeError);
  });

  it('residueOf is a ring homomorphism on doubles', () => {
    const dyadic = fc
      .tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -20, max: 20 }))
      .map(([m, e]) => m * 2 ** e);
    fc.assert(
      fc.property(dyadic, dyadic, (a, b) => {
        expect(same(residueOf(a * b), multiply(residueOf(a), residueOf(b)))).toBe(true);
        expect(same(residueOf(a + b), residueOf(a) + residueOf(b))).toBe(true);
        expect(residueOf(-a) + residueOf(a) === 0).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        const { numerator, denominator } = q.fromNumber(x);
        expect(modP(BigInt(residueOf(x)) * denominator)).toBe(modP(numerator));
        expect(Math.abs(residueOf(x))).toBeLessThanOrEqual((PRIME - 1) / 2);
      }),
    );
    expect([0, 1, -1, 7].map(residueOf)).toEqual([0, 1, -1, 7]);
    expect(() => residueOf(Number.NaN)).toThrow(RangeError);
  });

  it('random residues are non-zero, repeatable and spread', () => {
    const [a, b, c] = [randomResidues(1), randomResidues(1), randomResidues(2)];
    const draws = Array.from({ length: 4000 }, a);
    expect(draws).toEqual(Array.from({ length: 4000 }, b));
    expect(draws).not.toEqual(Array.from({ length: 4000 }, c));
    expect(draws.every((r) => Number.isInteger(r) && r >= 1 && r < PRIME)).toBe(true);
    const mean = draws.reduce((s, r) => s + r / PRIME, 0) / draws.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.03); // 6 standard deviations
    expect(new Set(draws).size).toBeGreaterThan(3990);
  });
});

/** Whether some v with exactly this support has A v = 0: one null vector, non-zero everywhere, of those columns. */
function isSupport(A: q.Rational[][], support: readonly number[]): boolean {
  const columns = (indices: readonly number[]) => A.map((row) => indices.map((j) => row[j]!));
  const rankOf = (indices: readonly number[]) =>
    indices.length === 0 ? 0 : q.rank(columns(indices));
  if (rankOf(support) !== support.length - 1) return false;
  return support.every((j) => rankOf(support.filter((k) => k !== j)) === support.length - 1);
}

describe('modularNullVectors', () => {
  const integers = sparseTerms(fc.integer({ min: -2, max: 2 }), 9);
  /** A product of thin integer factors: of rank at most r. */
  const deficient = fc
    .tuple(
      fc.integer({ min: 2, max: 8 }),
      fc.integer({ min: 1, max: 4 }),
      fc.infiniteStream(fc.constantFrom(0, 0, 0, 1, -1, 2)),
    )
    .map(([n, r, stream]) => {
      const draw = () => stream.next().value as number;
      const B = Array.from({ length: n }, () => Array.from({ length: r }, draw));
      const C = Array.from({ length: r }, () => Array.from({ length: n }, draw));
      return termsOf(
        n,
        B.flatMap((row, i) =>
          C[0]!.map((_, j) => [i, j, row.reduce((s, b, k) => s + b * C[k]![j]!, 0)] as const),
        ),
      );
    });

  it('has the exact rank and supports of null vectors on both sides', () => {
    let singular = 0;
    fc.assert(
      fc.property(fc.oneof(integers, deficient), (terms) => {
        const A = exactMatrix(terms);
        const { rank, rightNullVectors, leftNullVectors } = nullVectors(terms);
        expect(rank).toBe(q.rank(A));
        for (const [matrix, supports] of [
          [A, rightNullVectors],
          [transposed(A), leftNullVectors],
        ] as const) {
          expect(supports.length).toBe(A.length - rank);
          for (const support of supports) expect(isSupport(matrix, support)).toBe(true);
          // each vector has a column of its own, so they are a basis
          for (const [v, support] of supports.entries()) {
            const others = supports.filter((_, w) => w !== v).flat();
            expect(support.some((j) => !others.includes(j))).toBe(true);
          }
        }
        if (rank < A.length) singular++;
      }),
      { numRuns: 1000 },
    );
    expect(singular).toBeGreaterThan(200);
  });

  it('agrees with the exact rank for dyadic entries of any size', () => {
    fc.assert(
      fc.property(sparseTerms(scaled(-15, 3), 6), (terms) => {
        expect(nullVectors(terms).rank).toBe(q.rank(exactMatrix(terms)));
      }),
    );
  });

  it('names the floating part of a grid, on both sides, and is fast', () => {
    const side = 70;
    const n = side * side + 2; // the grid is grounded; two more nodes float, joined by one resistor
    const random = randomResidues(5);
    const triplets = [...gridEdges(side, side), [n - 2, n - 1] as const].flatMap(([i, j]) => {
      const g = random();
      return [
        [i, i, g],
        [j, j, g],
        [i, j, -g],
        [j, i, -g],
      ] as const;
    });
    const terms = termsOf(n, [...triplets, [0, 0, random()]]);
    const order = analyse(compress(terms));
    const start = processorTime();
    expect(modularNullVectors(residuesOf(terms), order)).toEqual({
      rank: n - 1,
      rightNullVectors: [[n - 2, n - 1]],
      leftNullVectors: [[n - 2, n - 1]],
    });
    expect(processorTime() - start).toBeLessThan(2000); // about 70 ms
  });

  it('names the loop of two voltage sources', () => {
    // unknowns v0, i1, i2: both sources from node 0 to ground, 1 S at node 0
    const terms = termsOf(3, [
      [0, 0, 1],
      [0, 1, 1],
      [0, 2, 1],
      [1, 0, 1],
      [2, 0, 1],
    ]);
    expect(nullVectors(terms)).toEqual({
      rank: 2,
      rightNullVectors: [[1, 2]],
      leftNullVectors: [[1, 2]],
    });
  });
});
