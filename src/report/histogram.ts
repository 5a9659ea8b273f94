/** The distribution of the output as SVG: samples per bin, and brackets for the totals it is compared with. */

import { escaped, line, round, text, ticksOf } from './svg.ts';

/** An interval below the bars: what a method says the output does not leave. */
export interface Bracket {
  readonly label: string;
  readonly low: number;
  readonly high: number;
}

export interface HistogramPicture {
  /** One more than counts. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  readonly brackets: readonly Bracket[];
}

const LABELS = 150;
const CHART = 460;
const MARGIN = 190;
const BARS = 180;
const BRACKET = 22;
const TICKS = 28;

export function histogramChart(
  { edges, counts, brackets }: HistogramPicture,
  { title, tick }: { readonly title: string; readonly tick: (value: number) => string },
): string {
  const all = [...edges, ...brackets.flatMap(({ low, high }) => [low, high])];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const span = high - low || 1;
  const x = (value: number) => LABELS + ((value - low) / span) * CHART;
  const most = Math.max(1, ...counts);
  const bars = counts.map((count, k) => {
    const [from, to] = [x(edges[k] ?? low), x(edges[k + 1] ?? high)];
    const height = (count / most) * BARS;
    const width = Math.max(0.5, to - from);
    return `<rect class="bar" x="${round(from)}" y="${round(BARS - height)}" width="${round(width)}" height="${round(height)}"/>`;
  });
  const rows = brackets.map((bracket, k) => {
    const y = BARS + TICKS + k * BRACKET + BRACKET / 2;
    const [from, to] = [x(bracket.low), x(bracket.high)];
    const ends = [from, to].map((at) => line(at, y - 5, at, y + 5, 'zero')).join('');
    const interval = `${tick(bracket.low)} … ${tick(bracket.high)}`;
    return `<g><title>${escaped(`${bracket.label}: ${interval}`)}</title>${text(LABELS - 8, y + 4, bracket.label, 'end')}${line(from, y, to, y, 'zero')}${ends}${text(LABELS + CHART + 8, y + 4, interval, 'start')}</g>`;
  });
  const axis = ticksOf(low, high).map(
    (value) =>
      `${line(x(value), 0, x(value), BARS, 'grid')}${text(x(value), BARS + 16, tick(value), 'middle')}`,
  );
  const base = line(LABELS, BARS, LABELS + CHART, BARS, 'zero');
  const height = BARS + TICKS + brackets.length * BRACKET;
  return `<svg role="img" aria-label="${escaped(title)}" viewBox="0 0 ${LABELS + CHART + MARGIN} ${height}" class="chart">${axis.join('')}${bars.join('')}${base}${rows.join('')}</svg>`;
}
