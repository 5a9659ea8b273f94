// What samples say of the distribution they are from. Sums are exact and do not depend on an order; quantiles come with
// intervals that hold for any distribution.

import { fractionInterval, quantileRanks } from './binomial.ts';
import { sum } from './sum.ts';

/** Of an interval, that it misses what it is about. */
export const RISK = 0.05;

export interface Quantile {
  readonly value: number;
  /** Of 95 % confidence; null where the samples are too few for a bound. */
  readonly low: number | null;
  readonly high: number | null;
}

export interface Fraction {
  readonly fraction: number;
  /** Of 95 % confidence. */
  readonly low: number;
  readonly high: number;
}

export interface Histogram {
  /** One more than counts. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** Σ x/n, and the root of Σ (x - mean)²/(n - 1), 0 for a single sample. */
export function moments(samples: Float64Array): {
  readonly mean: number;
  readonly standardDeviation: number;
} {
  const n = samples.length;
  const first = samples[0]!;
  // Deviations from one of the samples do not cancel where the spread is small beside the value.
  const mean = first + sum(samples.map((x) => x - first)) / n;
  const squares = sum(samples.map((x) => (x - mean) ** 2));
  return { mean, standardDeviation: n > 1 ? Math.sqrt(squares / (n - 1)) : 0 };
}

/** The smallest sample with at least `probability` of all at or below it. */
export function quantile(sorted: Float64Array, probability: number): Quantile {
  const n = sorted.length;
  const at = (rank: number | null) => (rank === null ? null : sorted[rank - 1]!);
  const { low, high } = quantileRanks(n, { probability, risk: RISK });
  const rank = Math.min(n, Math.max(1, Math.ceil(n * probability)));
  return { value: sorted[rank - 1]!, low: at(low), high: at(high) };
}

/** k of n as an estimate of a probability. */
export function fractionOf(k: number, n: number): Fraction {
  return { fraction: k / n, ...fractionInterval(k, { n, risk: RISK }) };
}

/** Bins of equal width from the lowest to the highest sample; a single one where all are alike. */
export function histogram(sorted: Float64Array, bins: number): Histogram {
  const [low, high] = [sorted[0]!, sorted.at(-1)!];
  if (!(high > low)) return { edges: [low, high], counts: [sorted.length] };
  const edges = Array.from({ length: bins + 1 }, (_, k) =>
    k === bins ? high : low + ((high - low) * k) / bins,
  );
  const counts = new Array<number>(bins).fill(0);
  let bin = 0;
  for (const x of sorted) {
    while (bin < bins - 1 && x >= edges[bin + 1]!) bin++;
    counts[bin]!++;
  }
  return { edges, counts };
}
