// What several threads share while they draw samples: whose turn a portion is, the samples, and what is counted of them.
// Only numbers are in it, so that it can be handed to a thread as it is.

import { BUCKETS } from './order-statistics.ts';
import { PORTION } from './sample-engine.ts';

export interface SampleMemory {
  /** The next portion to be taken, and how many are done with. */
  readonly progress: Int32Array;
  /** Of each portion (0 until it is done with). */
  readonly states: Int32Array;
  /** Of each thread, one after the other. */
  readonly counts: Int32Array;
  /** Of each portion, SUMMARY numbers. */
  readonly summaries: Float64Array;
  /** NaN where the circuit has no stable output. */
  readonly samples: Float64Array;
}

/** A portion whose samples and summary are there, or one that whoever asked has to draw himself. */
export const DRAWN = 1;
export const LEFT = 2;

/** Numbers of a summary: count, lowest, highest, sum and sum of squares of the differences from the origin. */
export const SUMMARY = 5;

/** Where the two numbers of `progress` are. */
const [NEXT, DONE] = [0, 1];

export function sampleMemory({
  samples,
  threads,
}: {
  readonly samples: number;
  readonly threads: number;
}): SampleMemory {
  const portions = Math.ceil(samples / PORTION);
  const buffer = (bytes: number) =>
    threads > 1 ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  return {
    progress: new Int32Array(buffer(8)),
    states: new Int32Array(buffer(4 * portions)),
    counts: new Int32Array(buffer(4 * threads * BUCKETS)),
    summaries: new Float64Array(buffer(8 * SUMMARY * portions)),
    samples: new Float64Array(buffer(8 * samples)),
  };
}

/** A portion that nobody has taken; undefined when there is none. */
export function takePortion({ progress, states }: SampleMemory): number | undefined {
  const portion = Atomics.add(progress, NEXT, 1);
  return portion < states.length ? portion : undefined;
}

/** Tells that a taken portion is `state`. */
export function finishPortion(
  { progress, states }: SampleMemory,
  { portion, state }: { readonly portion: number; readonly state: typeof DRAWN | typeof LEFT },
): void {
  Atomics.store(states, portion, state);
  Atomics.add(progress, DONE, 1);
  Atomics.notify(progress, DONE);
}

/** Waits until all portions are done with; false when none became so for `patience` [ms]. */
export function awaitPortions({ progress, states }: SampleMemory, patience: number): boolean {
  for (;;) {
    const done = Atomics.load(progress, DONE);
    if (done >= states.length) return true;
    if (!hasChanged(progress, { done, patience })) return false;
  }
}

function hasChanged(
  progress: Int32Array,
  { done, patience }: { readonly done: number; readonly patience: number },
): boolean {
  try {
    return Atomics.wait(progress, DONE, done, patience) !== 'timed-out';
  } catch {
    // The main thread of a page may not sleep; the last portions take less than a millisecond.
    const end = Date.now() + patience;
    while (Atomics.load(progress, DONE) === done) if (Date.now() > end) return false;
    return true;
  }
}

/** The counts of all threads together. */
export function totalCounts({ counts }: SampleMemory): Int32Array {
  const total = new Int32Array(BUCKETS);
  counts.forEach((count, k) => {
    total[k % BUCKETS]! += count;
  });
  return total;
}
