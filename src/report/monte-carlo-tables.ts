/** Worst case, RSS and Monte Carlo side by side, and what the samples say of the distribution of the output. */

import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import type { MonteCarlo } from '../analysis/monte-carlo/monte-carlo.ts';
import type {
  StatisticalAnalysis,
  TemperatureCorner,
} from '../analysis/monte-carlo/temperature-corners.ts';
import type { Circuit } from '../circuit/circuit.ts';
import type { Block } from './document.ts';
import { left, number, outputUnit, right } from './figures.ts';
import { hasRanges, WITHOUT_RANGES } from './source-conditions.ts';

type Outer = Pick<MonteCarlo, 'quantiles'>;

export function monteCarloBlocks({ statistics }: CircuitAnalysis, circuit: Circuit): Block[] {
  if (statistics === null) return [];
  const unit = outputUnit(circuit);
  const label = circuit.output?.label ?? 'the output';
  const { corners } = statistics;
  const rows = corners.flatMap((corner) => cornerRows(corner, unit));
  const nominal = corners.find(({ isNominal }) => isNominal);
  return [
    {
      kind: 'heading',
      text: `Worst case, RSS and Monte Carlo of ${label}, ${drawnBy(statistics)}${hasRanges(circuit) ? `, ${WITHOUT_RANGES}` : ''}`,
    },
    {
      kind: 'table',
      columns: [left('temperature'), left('method'), right('from'), right('to'), left('')],
      rows,
    },
    ...(nominal?.monteCarlo
      ? distribution(nominal, nominal.monteCarlo, { unit, label, circuit })
      : []),
  ];
}

/** `100000 samples, normal, seed 1` */
function drawnBy({ request: { samples, distribution, seed } }: StatisticalAnalysis): string {
  return `${samples} samples, ${distribution}, seed ${seed}`;
}

function cornerRows(corner: TemperatureCorner, unit: string): string[][] {
  const { temperature, extremes, rss, monteCarlo } = corner;
  const where = temperature === null ? '' : number(temperature, '°C');
  const ends = (low: number | undefined, high: number | undefined) => [
    number(low, unit),
    number(high, unit),
  ];
  const rows = [
    [
      where,
      'worst case',
      ...ends(extremes?.low?.value, extremes?.high?.value),
      extremes?.status.replaceAll('_', ' ') ?? '',
    ],
    ['', `RSS, ${rss.sigma} sigma`, ...ends(rss.low, rss.high), ''],
  ];
  if (monteCarlo === null) return [...rows, ['', 'Monte Carlo', '-', '-', 'no sample is stable']];
  const [first, last] = outer(monteCarlo);
  const { mean, standardDeviation } = monteCarlo;
  const spread = `mean ${number(mean, unit)}, sigma ${number(standardDeviation, unit)}`;
  return [...rows, ['', 'Monte Carlo, 99.73 %', ...ends(first?.value, last?.value), spread]];
}

function outer({ quantiles }: Outer) {
  return [quantiles[0], quantiles.at(-1)] as const;
}

function distribution(
  corner: TemperatureCorner,
  monteCarlo: MonteCarlo,
  { unit, label, circuit }: { unit: string; label: string; circuit: Circuit },
): Block[] {
  const { quantiles, histogram } = monteCarlo;
  const { extremes, rss } = corner;
  const [first, last] = outer(monteCarlo);
  const bracket = (name: string, low: number | undefined, high: number | undefined) =>
    low !== undefined && high !== undefined && Number.isFinite(high - low)
      ? [{ label: name, low, high }]
      : [];
  const where = corner.temperature === null ? '' : ` at ${number(corner.temperature, '°C')}`;
  return [
    { kind: 'heading', text: `Distribution of ${label}${where}` },
    {
      kind: 'histogram',
      title: `Distribution of ${label}`,
      picture: {
        ...histogram,
        brackets: [
          ...bracket('worst case', extremes?.low?.value, extremes?.high?.value),
          ...bracket(`RSS, ${rss.sigma} sigma`, rss.low, rss.high),
          ...bracket('Monte Carlo, 99.73 %', first?.value, last?.value),
        ],
      },
      tick: (value) => number(value, unit),
    },
    {
      kind: 'table',
      columns: [right('quantile'), right(label), right('95 % interval from'), right('to')],
      rows: quantiles.map(({ probability, value, low, high }) => [
        percent(probability),
        number(value, unit),
        number(low, unit),
        number(high, unit),
      ]),
    },
    {
      kind: 'paragraph',
      text: [...sentences(monteCarlo, { unit, label }), variedText(circuit)].join(' '),
    },
  ];
}

/** `0.135 %`, with the digits that a share has. */
function percent(share: number): string {
  return `${Number((100 * share).toPrecision(7))} %`;
}

function sentences(
  { yield: good, linearisationGap, latched, lowest, highest }: MonteCarlo,
  { unit, label }: { unit: string; label: string },
): string[] {
  const { low, high } = good?.limits ?? { low: 0, high: 0 };
  const interval = Number.isFinite(low)
    ? Number.isFinite(high)
      ? `between ${number(low, unit)} and ${number(high, unit)}`
      : `of at least ${number(low, unit)}`
    : `of at most ${number(high, unit)}`;
  return [
    ...(good === null
      ? [`No yield: no *@ expect bounds ${label} or VOE by numbers.`]
      : [
          `Yield ${percent(good.fraction)} ${interval} (${percent(good.low)} to ${percent(good.high)} with 95 % confidence).`,
        ]),
    `All samples lie between ${number(lowest, unit)} and ${number(highest, unit)}.`,
    `A first-order calculation is off by up to ${number(linearisationGap.largest, unit)}, ${number(linearisationGap.rms, unit)} RMS.`,
    ...(latched === 0 ? [] : [`In ${latched} samples the feedback turns over.`]),
  ];
}

const VARIED = 'What has a tolerance or limits varies, all else stays at its value.';

function variedText(circuit: Circuit): string {
  return hasRanges(circuit)
    ? `${VARIED} Ranges of *@ range are not in here; in the budget they are in the terms of A_OL, CMRR and PSRR alone.`
    : VARIED;
}
