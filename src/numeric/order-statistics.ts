// Order statistics of many samples without sorting them all: they are counted in buckets while they are drawn, and what
// is asked for lies in a few of these, whose samples alone are sorted.

/** Of the counts of a scale. */
export const BUCKETS = 8192;

/** Buckets of one width from `low` on; the first and the last one hold what lies beyond, too. */
export interface BucketScale {
  readonly low: number;
  /** Buckets per unit, 0 where all is in one. */
  readonly density: number;
}

/** Twice as wide as these samples are, for others like them. */
export function bucketScale({ lowest, highest }: { lowest: number; highest: number }): BucketScale {
  const span = highest - lowest;
  const density = BUCKETS / (2 * span);
  return Number.isFinite(density) && Number.isFinite(span)
    ? { low: lowest - span / 2, density }
    : { low: 0, density: 0 };
}

/** The bucket of x, which must be a number; it does not fall as x grows. */
export function bucketOf(x: number, { low, density }: BucketScale): number {
  const place = (x - low) * density;
  return place >= BUCKETS - 1 ? BUCKETS - 1 : place > 0 ? place | 0 : 0;
}

/** Samples, NaN among them, and how many numbers are in each bucket. */
export interface CountedSamples {
  readonly samples: Float64Array;
  readonly scale: BucketScale;
  readonly counts: Int32Array;
}

export class OrderStatistics {
  readonly #scale: BucketScale;
  /** How many numbers are in earlier buckets (BUCKETS + 1). */
  readonly #before = new Int32Array(BUCKETS + 1);
  /** The numbers of the buckets that are asked about, sorted; where each of these begins, -1 of others. */
  readonly #sorted: Float64Array;
  readonly #begin = new Int32Array(BUCKETS).fill(-1);

  /** `ranks` count from 1. What is not in the two lists cannot be asked. */
  constructor(
    { samples, scale, counts }: CountedSamples,
    { ranks, values }: { readonly ranks: Iterable<number>; readonly values: Iterable<number> },
  ) {
    this.#scale = scale;
    for (let b = 0; b < BUCKETS; b++) this.#before[b + 1] = this.#before[b]! + counts[b]!;
    const isWanted = new Uint8Array(BUCKETS);
    for (const rank of ranks) isWanted[this.#bucketOfRank(rank)] = 1;
    for (const value of values) isWanted[bucketOf(value, scale)] = 1;
    let total = 0;
    for (let b = 0; b < BUCKETS; b++) {
      if (isWanted[b] === 0) continue;
      this.#begin[b] = total;
      total += counts[b]!;
    }
    const sorted = new Float64Array(total);
    let found = 0;
    for (let i = 0; i < samples.length; i++) {
      const x = samples[i]!;
      // A bucket of NaN is the first one.
      if (isWanted[bucketOf(x, scale)] === 1 && !Number.isNaN(x)) sorted[found++] = x;
    }
    this.#sorted = sorted.sort();
  }

  /** The sample of this rank, from 1 on. */
  at(rank: number): number {
    const bucket = this.#bucketOfRank(rank);
    return this.#sorted[this.#begin[bucket]! + rank - 1 - this.#before[bucket]!]!;
  }

  /** How many samples are less than `value`. */
  below(value: number): number {
    return this.#count(value, (x) => x < value);
  }

  /** How many samples are `value` or less. */
  atMost(value: number): number {
    return this.#count(value, (x) => x <= value);
  }

  /** How many from the lowest one on are such, which all others behind the last such one are not. */
  #count(value: number, isSuch: (x: number) => boolean): number {
    const bucket = bucketOf(value, this.#scale);
    const begin = this.#begin[bucket]!;
    let [low, high] = [begin, begin + this.#before[bucket + 1]! - this.#before[bucket]!];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isSuch(this.#sorted[middle]!)) low = middle + 1;
      else high = middle;
    }
    return this.#before[bucket]! + low - begin;
  }

  #bucketOfRank(rank: number): number {
    let [low, high] = [0, BUCKETS];
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#before[middle]! < rank) low = middle;
      else high = middle;
    }
    return low;
  }
}
