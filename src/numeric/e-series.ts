/** The preferred values of IEC 60063, as which resistors are sold. */

/** The 24 values of a decade; they do not follow the geometric series everywhere. */
const E24 = [
  10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30, 33, 36, 39, 43, 47, 51, 56, 62, 68, 75, 82, 91,
].map((value) => value / 10);
const E96 = Array.from({ length: 96 }, (_, i) => Math.round(100 * 10 ** (i / 96)) / 100);

const SERIES = { E24, E96 } as const;
export type SeriesName = keyof typeof SERIES;

/** The value of the series whose ratio to `value` > 0 is nearest to 1. */
export function nearestPreferred(value: number, series: SeriesName): number {
  const decade = Math.floor(Math.log10(value));
  const candidates = [decade, decade + 1].flatMap((power) =>
    // A decimal number, as the printed one: 2.2 times 1e-3 would be another double than 0.0022.
    SERIES[series].map((digits) => Number(`${digits}e${power}`)),
  );
  const distance = (candidate: number) => Math.abs(Math.log(candidate / value));
  return candidates.reduce((best, each) => (distance(each) < distance(best) ? each : best));
}
