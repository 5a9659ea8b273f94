import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as q from '../support/rational.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('rational', () => {
  it('returns every double unchanged', () => {
    fc.assert(
      fc.property(finite, (x) => {
        expect(q.toNumber(q.fromNumber(x)) === x).toBe(true);
      }),
      { numRuns: 2000 },
    );
    for (const x of [5e-324, -5e-324, 2.2250738585072014e-308, Number.MAX_VALUE]) {
      expect(q.toNumber(q.fromNumber(x))).toBe(x);
    }
  });

  it('rounds sums, products and quotients as the processor does', () => {
    fc.assert(
      fc.property(finite, finite, (x, y) => {
        const [a, b] = [q.fromNumber(x), q.fromNumber(y)];
        expect(q.toNumber(q.add(a, b)) === x + y).toBe(true);
        expect(q.toNumber(q.multiply(a, b)) === x * y).toBe(true);
        if (y !== 0) expect(q.toNumber(q.divide(a, b)) === x / y).toBe(true);
        expect(Math.sign(q.compare(a, b))).toBe(x < y ? -1 : x > y ? 1 : 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('solves and computes determinants of the Hilbert matrix', () => {
    const H = (n: number) =>
      Array.from({ length: n }, (_, i) =>
        Array.from({ length: n }, (_, j) => q.rational(1n, BigInt(i + j + 1))),
      );
    expect(q.determinant(H(4))).toEqual(q.rational(1n, 6048000n)); // OEIS A005249
    const ones = H(5).map((row) => row.reduce(q.add, q.ZERO));
    expect(q.solve(H(5), ones)).toEqual(new Array(5).fill(q.rational(1n)));
    expect(q.rank([...H(3), H(3)[1]!])).toBe(3);
    expect(
      q.rank(
        [
          [0n, 0n, 2n],
          [0n, 0n, 3n],
        ].map((r) => r.map((v) => q.rational(v))),
      ),
    ).toBe(1);
  });

  it('gives a permutation matrix the sign of its permutation', () => {
    const P = [1, 2, 0, 4, 3].map((c) =>
      Array.from({ length: 5 }, (_, j) => q.rational(j === c ? 1n : 0n)),
    );
    expect(q.determinant(P)).toEqual(q.rational(-1n));
  });
});
