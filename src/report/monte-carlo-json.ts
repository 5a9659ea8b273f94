/** StatisticalAnalysis -> the `monteCarlo` of `analyze --json`: the nominal temperature, then all of them as `corners`. */

import type { MonteCarlo } from '../analysis/monte-carlo/monte-carlo.ts';
import type {
  StatisticalAnalysis,
  TemperatureCorner,
} from '../analysis/monte-carlo/temperature-corners.ts';
import { record } from './record.ts';

export function monteCarloJson({ request, corners }: StatisticalAnalysis) {
  const { samples, seed, distribution } = request;
  const nominal = corners.find(({ isNominal }) => isNominal);
  return {
    samples,
    seed,
    distribution,
    ...figures(nominal?.monteCarlo ?? null),
    corners: corners.map(cornerJson),
  };
}

function cornerJson({ temperature, extremes, rss, monteCarlo }: TemperatureCorner) {
  return {
    temperature,
    worstCase:
      extremes === null
        ? null
        : {
            low: extremes.low?.value ?? null,
            high: extremes.high?.value ?? null,
            status: extremes.status,
          },
    rss,
    ...figures(monteCarlo),
  };
}

function figures(found: MonteCarlo | null) {
  if (found === null) return NO_FIGURES;
  const { quantiles, yield: good, ...rest } = found;
  return {
    ...rest,
    quantiles: record(
      quantiles.map(({ probability, ...quantile }) => [String(probability), quantile]),
    ),
    yield:
      good === null
        ? null
        : {
            limits: { low: finite(good.limits.low), high: finite(good.limits.high) },
            fraction: good.fraction,
            low: good.low,
            high: good.high,
          },
  };
}

const NO_FIGURES = {
  mean: null,
  standardDeviation: null,
  quantiles: {},
  yield: null,
  histogram: null,
  linearisationGap: null,
};

function finite(limit: number): number | null {
  return Number.isFinite(limit) ? limit : null;
}
