import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dot, sum } from '../../src/numeric/sum.ts';
import * as q from '../support/rational.ts';
import { scaled } from './matrices.ts';

const wide = fc.array(
  fc.oneof(scaled(-100, 100), scaled(-5, 5), fc.constantFrom(1, -1, 2 ** -53, 2 ** -106)),
);

describe('sum', () => {
  it('is the exact sum correctly rounded', () => {
    fc.assert(
      fc.property(wide, (values) => {
        expect(sum(values) === q.toNumber(q.fromNumbers(...values))).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('is so under total cancellation, in any order', () => {
    fc.assert(
      fc.property(wide, fc.double({ min: -1, max: 1, noNaN: true }), (values, rest) => {
        expect(sum([...values, rest, ...values.map((v) => -v)]) === rest).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('breaks ties by what lies below them', () => {
    expect(sum([1, 2 ** -53])).toBe(1);
    expect(sum([1, 2 ** -53, 2 ** -120])).toBe(1 + 2 ** -52);
    expect(sum([1, 2 ** -53, -(2 ** -120)])).toBe(1);
    expect(sum([1 + 2 ** -52, 2 ** -53, -(2 ** -120)])).toBe(1 + 2 ** -52);
    expect(sum([1e100, 1, -1e100])).toBe(1);
  });

  it('of nothing is 0, and passes non-finite values on', () => {
    expect(sum([])).toBe(0);
    expect(sum([1, Number.POSITIVE_INFINITY])).toBe(Number.POSITIVE_INFINITY);
    expect(sum([1, Number.NaN])).toBeNaN();
  });
});

describe('dot', () => {
  it('is within n 2^-104 Σ |a b| and half an ulp', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(scaled(-20, 20), scaled(-20, 20)), { maxLength: 20 }),
        (pairs) => {
          const products = pairs.map(([a, b]) => q.multiply(q.fromNumber(a), q.fromNumber(b)));
          const truth = products.reduce(q.add, q.ZERO);
          const magnitude = q.toNumber(products.map(q.absolute).reduce(q.add, q.ZERO));
          const value = dot(
            pairs.map(([a]) => a),
            pairs.map(([, b]) => b),
          );
          const error = Math.abs(q.toNumber(q.subtract(q.fromNumber(value), truth)));
          const bound =
            2 ** -53 * Math.abs(q.toNumber(truth)) + pairs.length * 2 ** -104 * magnitude;
          expect(error).toBeLessThanOrEqual(bound);
        },
      ),
    );
    expect(() => dot([1], [])).toThrow(RangeError);
  });
});
