// One portion of samples: drawn, settled where digits were lost, and summed up.

import { BLOCK } from './kernel/kernel.ts';
import { BUCKETS, type BucketScale, bucketOf } from './order-statistics.ts';
import { PORTION, type SampleEngine } from './sample-engine.ts';
import { type SampleMemory, SUMMARY } from './sample-memory.ts';

/** A smaller pivot, in units of the nominal one, has lost digits that the others have. */
const SAFE = 1 / 16;

/** For the block that the engine has just drawn: the output of its sample i in full, NaN where there is none. */
export type Settle = () => (sample: number) => number;

/**
 * Draws a portion of the stream of `seed` into its place among all samples. How many samples were settled; undefined when
 * one must be and nobody can.
 */
export function drawPortion(
  engine: SampleEngine,
  {
    samples,
    seed,
    portion,
    settle,
  }: {
    readonly samples: Float64Array;
    readonly seed: number;
    readonly portion: number;
    readonly settle?: Settle | undefined;
  },
): number | undefined {
  const { outputs } = engine;
  const end = Math.min(samples.length, (portion + 1) * PORTION);
  let settled = 0;
  engine.begin(seed, portion);
  for (let start = portion * PORTION; start < end; start += BLOCK) {
    const safety = engine.next();
    const length = Math.min(BLOCK, end - start);
    samples.set(outputs.subarray(0, length), start);
    if (safety >= SAFE) continue;
    if (settle === undefined) return undefined;
    const output = settle();
    for (let i = 0; i < length; i++) {
      if (outputs[BLOCK + i]! >= SAFE && Number.isFinite(outputs[i])) continue;
      samples[start + i] = output(i);
      settled++;
    }
  }
  return settled;
}

/** What samples are counted and summed by: the same for all portions. */
export interface Measure {
  readonly scale: BucketScale;
  /** Differences from it do not cancel where the spread is small beside the value. */
  readonly origin: number;
}

/** Sums up the samples of a portion, and adds them to the counts of a thread. */
export function summarise(
  { samples, counts, summaries }: SampleMemory,
  { portion, thread, measure }: { portion: number; thread: number; measure: Measure },
): void {
  const { scale, origin } = measure;
  const mine = counts.subarray(thread * BUCKETS, (thread + 1) * BUCKETS);
  const end = Math.min(samples.length, (portion + 1) * PORTION);
  // One by one: out of an array they would stay boxed, which doubles the time.
  let count = 0;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let squares = 0;
  for (let i = portion * PORTION; i < end; i++) {
    const x = samples[i]!;
    if (Number.isNaN(x)) continue;
    const difference = x - origin;
    count++;
    sum += difference;
    squares += difference * difference;
    if (x < lowest) lowest = x;
    if (x > highest) highest = x;
    mine[bucketOf(x, scale)]!++;
  }
  summaries.set([count, lowest, highest, sum, squares], portion * SUMMARY);
}
