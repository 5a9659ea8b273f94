// Order statistics against sorting everything.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BUCKETS,
  type BucketScale,
  bucketOf,
  bucketScale,
  OrderStatistics,
} from '../../src/numeric/order-statistics.ts';
import { SEED } from '../support/seed.ts';

function counted(samples: Float64Array, scale: BucketScale) {
  const counts = new Int32Array(BUCKETS);
  for (const x of samples) if (!Number.isNaN(x)) counts[bucketOf(x, scale)]! += 1;
  return { samples, scale, counts };
}

const value = fc.oneof(
  fc.double({ noNaN: true }),
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc.constantFrom(0, -0, 1, 1 + 2 ** -52, 1e-320),
);
const samples = fc
  .array(fc.oneof({ arbitrary: value, weight: 9 }, fc.constant(Number.NaN)), { maxLength: 200 })
  .map((xs) => Float64Array.from(xs));
/** As it is made of samples, of some of them or of others. */
const scale = fc
  .tuple(value, value)
  .map(([a, b]) => bucketScale({ lowest: Math.min(a, b), highest: Math.max(a, b) }));

describe('order statistics', () => {
  it('are those of all samples sorted, whatever the scale is', () => {
    fc.assert(
      fc.property(samples, scale, fc.array(value, { maxLength: 5 }), (xs, at, values) => {
        const sorted = xs.filter((x) => !Number.isNaN(x)).sort();
        const ranks = [...sorted.keys()].map((k) => k + 1).filter((k) => k % 3 === 1);
        const found = new OrderStatistics(counted(xs, at), { ranks, values });
        for (const rank of ranks) expect(found.at(rank) === sorted[rank - 1]).toBe(true);
        for (const v of values) {
          expect(found.below(v)).toBe(sorted.filter((x) => x < v).length);
          expect(found.atMost(v)).toBe(sorted.filter((x) => x <= v).length);
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('buckets do not fall as values grow', () => {
    fc.assert(
      fc.property(value, value, scale, (a, b, at) => {
        expect(bucketOf(Math.min(a, b), at)).toBeLessThanOrEqual(bucketOf(Math.max(a, b), at));
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });
});
