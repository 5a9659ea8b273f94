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
  const block = outputs.subarray(0, BLOCK);
  const end = Math.min(samples.length, (portion + 1) * PORTION);
  let settled = 0;
  engine.begin(seed, portion);
  for (let start = portion * PORTION; start < end; start += BLOCK) {
    const safety = engine.next();
    const length = Math.min(BLOCK, end - start);
    samples.set(length === BLOCK ? block : block.subarray(0, length), start);
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

/**
 * Sums up the samples of a portion, and adds them to the counts of a thread. `settled`: how many were, which may be NaN and
 * then do not count.
 */
export function summarise(
  { samples, counts, summaries }: SampleMemory,
  {
    portion,
    thread,
    measure,
    settled,
  }: { portion: number; thread: number; measure: Measure; settled: number },
): void {
  const drawn = samples.subarray(portion * PORTION, (portion + 1) * PORTION);
  const known = settled === 0 ? drawn : drawn.filter((x) => !Number.isNaN(x));
  const mine = counts.subarray(thread * BUCKETS, (thread + 1) * BUCKETS);
  summaries.set(summary(known, { counts: mine, measure }), portion * SUMMARY);
}

/** Two samples at a time, whose sums do not wait for each other. */
function summary(
  samples: Float64Array,
  { counts, measure }: { counts: Int32Array; measure: Measure },
): readonly number[] {
  const { scale, origin } = measure;
  const n = samples.length;
  // One by one: out of an array they would stay boxed, which doubles the time.
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let squares = 0;
  let sum2 = 0;
  let squares2 = 0;
  for (let i = 0; i < n; i += 2) {
    const x = samples[i]!;
    const difference = x - origin;
    sum += difference;
    squares += difference * difference;
    if (x < lowest) lowest = x;
    if (x > highest) highest = x;
    counts[bucketOf(x, scale)]!++;
    if (i + 1 === n) break;
    const y = samples[i + 1]!;
    const difference2 = y - origin;
    sum2 += difference2;
    squares2 += difference2 * difference2;
    if (y < lowest) lowest = y;
    if (y > highest) highest = y;
    counts[bucketOf(y, scale)]!++;
  }
  return [n, lowest, highest, sum + sum2, squares + squares2];
}
