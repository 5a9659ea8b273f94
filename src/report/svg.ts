/** Charts as SVG text, made without a DOM. Colours come from the page, so that dark pages need nothing else. */

/** Text within SVG and HTML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

export interface Bar {
  readonly label: string;
  readonly low: number;
  readonly high: number;
  /** The ends of the bar in words: `-1.2 mV ... 1.2 mV`. */
  readonly value: string;
  /** A sum, which a line sets apart from the rows above. */
  readonly total?: boolean;
}

const ROW = 22;
const LABELS = 150;
const CHART = 460;
const VALUES = 190;
const TICKS = 34;

/** A bar from low to high per row, around a common zero, without bound to the end of the chart; `tick` writes the numbers of the axis. */
export function tornado(
  bars: readonly Bar[],
  { title, tick }: { readonly title: string; readonly tick: (value: number) => string },
): string {
  const finite = bars.flatMap((bar) => [bar.low, bar.high]).filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...finite), Math.max(0, ...finite)];
  const span = high - low || 1;
  const x = (value: number) =>
    LABELS + ((Math.min(Math.max(value, low), high) - low) / span) * CHART;
  const height = bars.length * ROW + TICKS;
  const rows = bars.map((bar, i) => {
    const y = i * ROW;
    const left = x(bar.low);
    const width = Math.max(1, x(bar.high) - left);
    const rule =
      bar.total === true && bars[i - 1]?.total !== true
        ? line(0, y, LABELS + CHART + VALUES, y)
        : '';
    return `${rule}<g${bar.total === true ? ' class="total"' : ''}><title>${escaped(`${bar.label}: ${bar.value}`)}</title>${text(LABELS - 8, y + 15, bar.label, 'end')}<rect class="bar" x="${round(left)}" y="${y + 4}" width="${round(width)}" height="${ROW - 8}"/>${text(LABELS + CHART + 8, y + 15, bar.value, 'start')}</g>`;
  });
  const axis = ticksOf(low, high).map(
    (value) =>
      `${line(x(value), 0, x(value), height - TICKS + 4, 'grid')}${text(x(value), height - TICKS + 18, tick(value), 'middle')}`,
  );
  const zero = line(x(0), 0, x(0), height - TICKS + 4, 'zero');
  return `<svg role="img" aria-label="${escaped(title)}" viewBox="0 0 ${LABELS + CHART + VALUES} ${height}" class="chart">${axis.join('')}${rows.join('')}${zero}</svg>`;
}

/** Three to seven round numbers within [low, high]. */
export function ticksOf(low: number, high: number): number[] {
  const span = high - low;
  if (!(span > 0)) return [0];
  const raw = span / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step =
    [1, 2, 5, 10].map((factor) => factor * power).find((size) => span / size <= 6) ?? raw;
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step); k * step <= high * (1 + 1e-12); k++) ticks.push(k * step);
  return ticks;
}

export function line(x1: number, y1: number, x2: number, y2: number, kind = 'rule'): string {
  return `<line class="${kind}" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`;
}

export function text(
  x: number,
  y: number,
  content: string,
  anchor: 'start' | 'middle' | 'end',
): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escaped(content)}</text>`;
}

export function round(value: number): string {
  return value.toFixed(1);
}
