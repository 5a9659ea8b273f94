// What samples say of the distribution they are from; quantiles come with intervals that hold for any distribution.

import { fractionInterval, quantileRanks, type Ranks } from './binomial.ts';
import type { OrderStatistics } from './order-statistics.ts';
import { SUMMARY } from './sample-memory.ts';
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

export interface Moments {
  /** Samples that are numbers. */
  readonly count: number;
  readonly lowest: number;
  readonly highest: number;
  /** Σ x/n, NaN of none. */
  readonly mean: number;
  /** The root of Σ (x - mean)²/(n - 1), 0 of a single sample. */
  readonly standardDeviation: number;
}

/** Of all portions together, whose sums are of differences from one of the samples (`sample-memory.ts`). */
export function momentsOf(summaries: Float64Array, origin: number): Moments {
  const column = (k: number) => summaries.filter((_, i) => i % SUMMARY === k);
  const count = sum(column(0));
  const first = sum(column(3));
  const squares = sum(column(4)) - first * (first / count);
  return {
    count,
    lowest: column(1).reduce((least, x) => Math.min(least, x), Number.POSITIVE_INFINITY),
    highest: column(2).reduce((most, x) => Math.max(most, x), Number.NEGATIVE_INFINITY),
    mean: origin + first / count,
    standardDeviation: count > 1 ? Math.sqrt(Math.max(0, squares) / (count - 1)) : 0,
  };
}

/** Ranks (from 1) of the smallest sample with at least `probability` of all at or below it, and of its bounds. */
export interface QuantileRanks extends Ranks {
  readonly rank: number;
}

export function ranksOf(probability: number, n: number): QuantileRanks {
  const rank = Math.min(n, Math.max(1, Math.ceil(n * probability)));
  return { rank, ...quantileRanks(n, { probability, risk: RISK }) };
}

export function quantile(
  samples: Pick<OrderStatistics, 'at'>,
  { rank, low, high }: QuantileRanks,
): Quantile {
  const at = (bound: number | null) => (bound === null ? null : samples.at(bound));
  return { value: samples.at(rank), low: at(low), high: at(high) };
}

/** k of n as an estimate of a probability. */
export function fractionOf(k: number, n: number): Fraction {
  return { fraction: k / n, ...fractionInterval(k, { n, risk: RISK }) };
}

/** Edges of bins of equal width from the lowest to the highest sample; of a single one where all are alike. */
export function histogramEdges(
  { lowest, highest }: Pick<Moments, 'lowest' | 'highest'>,
  bins: number,
): number[] {
  if (!(highest > lowest)) return [lowest, highest];
  return Array.from({ length: bins + 1 }, (_, k) =>
    k === bins ? highest : lowest + ((highest - lowest) * k) / bins,
  );
}

/** A sample at an edge is in the bin above it, the highest one in the last bin. */
export function histogram(
  samples: Pick<OrderStatistics, 'below' | 'atMost'>,
  edges: number[],
): Histogram {
  const bins = edges.length - 1;
  const upTo = edges.map((edge, k) => (k === bins ? samples.atMost(edge) : samples.below(edge)));
  return { edges, counts: upTo.slice(1).map((count, k) => count - upTo[k]!) };
}
