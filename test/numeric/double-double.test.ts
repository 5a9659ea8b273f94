import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as dd from '../../src/numeric/double-double.ts';
import * as q from '../support/rational.ts';
import { scaled } from './matrices.ts';

const U2 = 2 ** -106; // u²
const double = scaled(-70, 70);
const pair = fc
  .tuple(double, fc.double({ min: -1, max: 1, noNaN: true }))
  .map(([x, f]) => dd.twoSum(x, x * f * 2 ** -53));
const exact = (a: dd.DoubleDouble) => q.fromNumbers(...a);
const relative = (a: dd.DoubleDouble, truth: q.Rational) =>
  Math.abs(q.ratio(q.subtract(exact(a), truth), truth));
const runs = { numRuns: 600 };

describe('double-double', () => {
  it('two-sum and two-product are exact', () => {
    fc.assert(
      fc.property(double, double, (a, b) => {
        expect(q.compare(exact(dd.twoSum(a, b)), q.fromNumbers(a, b))).toBe(0);
        const product = q.multiply(q.fromNumber(a), q.fromNumber(b));
        expect(q.compare(exact(dd.twoProduct(a, b)), product)).toBe(0);
      }),
      runs,
    );
  });

  it('adds, subtracts, multiplies and divides within the bounds of Joldes, Muller and Popescu', () => {
    fc.assert(
      fc.property(pair, pair, (a, b) => {
        expect(relative(dd.add(a, b), q.add(exact(a), exact(b)))).toBeLessThanOrEqual(3.01 * U2);
        expect(relative(dd.subtract(a, b), q.subtract(exact(a), exact(b)))).toBeLessThanOrEqual(
          3.01 * U2,
        );
        expect(relative(dd.multiply(a, b), q.multiply(exact(a), exact(b)))).toBeLessThanOrEqual(
          5.01 * U2,
        );
        expect(relative(dd.divide(a, b), q.divide(exact(a), exact(b)))).toBeLessThanOrEqual(
          10 * U2,
        );
      }),
      runs,
    );
  });

  it('adds with cancellation', () => {
    fc.assert(
      fc.property(
        pair,
        fc.integer({ min: -4, max: 4 }),
        fc.integer({ min: -4, max: 4 }),
        (a, k, m) => {
          const b = dd.twoSum(-a[0] * (1 + k * 2 ** -52), -a[1] * (1 + m * 2 ** -52));
          expect(relative(dd.add(a, b), q.add(exact(a), exact(b)))).toBeLessThanOrEqual(3.01 * U2);
        },
      ),
      runs,
    );
  });

  it('accumulates in place what the functions return', () => {
    fc.assert(
      fc.property(pair, pair, pair, (a, b, c) => {
        const v = { high: Float64Array.of(0, a[0]), low: Float64Array.of(0, a[1]) };
        dd.addTo(v, 1, ...b);
        expect([v.high[1], v.low[1]]).toEqual(dd.add(a, b));
        dd.addProductTo(v, 1, ...b, ...c);
        expect([v.high[1], v.low[1]]).toEqual(dd.add(dd.add(a, b), dd.multiply(b, c)));
        expect([v.high[0], v.low[0]]).toEqual([0, 0]);
      }),
      runs,
    );
  });

  it('keeps high = fl(high + low)', () => {
    fc.assert(
      fc.property(pair, pair, (a, b) => {
        for (const [h, l] of [
          dd.add(a, b),
          dd.multiply(a, b),
          dd.divide(a, b),
          dd.reciprocal(a[0]),
        ]) {
          expect(h + l).toBe(h);
        }
      }),
      runs,
    );
  });

  it('reciprocal is within 1e-31, also at 1e±150', () => {
    fc.assert(
      fc.property(scaled(-150, 150), (x) => {
        const truth = q.divide(q.rational(1n), q.fromNumber(x));
        expect(dd.reciprocal(x)[0]).toBe(1 / x);
        // 1e-150 x 1e150 leaves the low part far above underflow
        expect(relative(dd.reciprocal(x), truth)).toBeLessThanOrEqual(Math.min(2 * U2, 1e-31));
      }),
      runs,
    );
    expect(dd.reciprocal(3)).toEqual([1 / 3, 2 ** -54 / 3]);
    expect(dd.reciprocal(Number.POSITIVE_INFINITY)).toEqual([0, 0]);
    expect(dd.reciprocal(0)).toEqual([Number.POSITIVE_INFINITY, 0]);
  });
});
