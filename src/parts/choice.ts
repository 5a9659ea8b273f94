/**
 * Which row of a data sheet limits a quantity in a circuit: one that covers the temperatures of the
 * circuit, at its supplies if there is one, of those the one for the narrowest range of temperature, and of equal
 * ones the least favourable. Where no row fits, the nearest limit serves and a remark says so; a typical
 * value never does.
 */

import {
  boundName,
  guaranteed,
  limitText,
  magnitude,
  QUANTITY_TITLES,
  supplyText,
  temperatureText,
} from './limit.ts';
import type { Interval, Part, QuantityName, Row } from './part.ts';

/** In what circuit the part is. */
export interface Surroundings {
  /** All the temperatures of the circuit [deg C]. */
  readonly temperature: Interval;
  /** V+ - V- [V]; undefined when the circuit does not fix it. */
  readonly supply?: number;
}

export interface Remark {
  readonly severity: 'warning' | 'info';
  readonly code: string;
  readonly message: string;
  /** Of which no limit is known at all. */
  readonly missing?: QuantityName;
}

/** A limit with the rows that it rests on. */
export interface Choice {
  readonly limit: Interval;
  readonly rows: readonly Row[];
  readonly remarks: readonly Remark[];
}

/** A limit at 25 deg C is one at room temperature: it serves so far to either side [K]. */
const ROOM_WIDTH = 5;

/** A supply of 5 V +-5 % is 5 V. */
const SUPPLY_WIDTH = 0.05;

/** The rows of a quantity that guarantee something. */
export function limitRows({ rows }: Part, quantity: QuantityName): Row[] {
  return rows.filter((row) => row.quantity === quantity && guaranteed(row) !== undefined);
}

/** True if a row holds at all the temperatures. */
export function covers({ conditions: { temperature } }: Row, wanted: Interval): boolean {
  const width = temperature.low === temperature.high ? ROOM_WIDTH : 0;
  return temperature.low - width <= wanted.low && wanted.high <= temperature.high + width;
}

/** The limit of a quantity whose temperature dependence follows no law; undefined when no row limits it. */
export function chosen(
  part: Part,
  { quantity, surroundings }: { quantity: QuantityName; surroundings: Surroundings },
): Choice | undefined {
  const rows = limitRows(part, quantity);
  const { temperature } = surroundings;
  const covering = rows.filter((row) => covers(row, temperature));
  const candidates = covering.length > 0 ? covering : nearestInTemperature(rows, temperature);
  const { rows: supplied, remarks } = atSupply(candidates, surroundings);
  const row = leastFavourable(narrowest(supplied));
  const limit = row === undefined ? undefined : guaranteed(row);
  if (row === undefined || limit === undefined) return undefined;
  const beyond: Remark[] =
    covering.length > 0
      ? []
      : [
          {
            severity: 'warning',
            code: 'limit_beyond_temperature',
            message: `${missingText(part, { row, temperature })}; the limit at ${temperatureText(row.conditions.temperature)}, ${limitText(row)}, is used.`,
          },
        ];
  return { limit, rows: [row], remarks: [...beyond, ...remarks] };
}

/** `no maximum of I_B is specified at 100..125 °C, the typical value 450pA is not used` */
export function missingText(
  part: Part,
  { row, temperature }: { row: Row; temperature: Interval },
): string {
  const title = QUANTITY_TITLES[row.quantity];
  const typical = part.rows.find(
    (other) =>
      other.quantity === row.quantity &&
      other.typ !== undefined &&
      guaranteed(other) === undefined &&
      covers(other, temperature),
  )?.typ;
  const unused = typical === undefined ? '' : `, the typical value ${typical.text} is not used`;
  return `no ${boundName(row)} of ${title} is specified at ${temperatureText(temperature)}${unused}`;
}

/** The rows at the supply of the circuit, or else those at the nearest one, with a remark. */
export function atSupply(
  rows: readonly Row[],
  { supply }: Surroundings,
): { rows: readonly Row[]; remarks: readonly Remark[] } {
  if (supply === undefined) return { rows, remarks: [] };
  const distances = rows.map((row) => supplyDistance(row, supply));
  const nearest = Math.min(...distances);
  const kept = rows.filter((_, index) => distances[index] === nearest);
  const [row] = kept;
  const specified = row?.conditions.supply;
  if (nearest === 0 || row === undefined || specified === undefined) {
    return { rows: kept, remarks: [] };
  }
  return {
    rows: kept,
    remarks: [
      {
        severity: 'info',
        code: 'other_supply',
        message: `the limit of ${QUANTITY_TITLES[row.quantity]} is specified at supplies of ${supplyText(specified)}, not at the ${supply} V of the circuit.`,
      },
    ],
  };
}

/** How far a supply is from those of a row [V]. */
function supplyDistance({ conditions: { supply: range } }: Row, supply: number): number {
  if (range === undefined) return 0;
  const below = range.low * (1 - SUPPLY_WIDTH) - supply;
  const above = supply - range.high * (1 + SUPPLY_WIDTH);
  return Math.max(0, below, above);
}

/** The rows that cover most of the temperatures; of single temperatures the nearest. */
function nearestInTemperature(rows: readonly Row[], { low, high }: Interval): readonly Row[] {
  const overlap = ({ conditions: { temperature } }: Row) =>
    Math.min(high, temperature.high) - Math.max(low, temperature.low);
  const most = Math.max(...rows.map(overlap));
  return rows.filter((row) => overlap(row) === most);
}

/** The larger, the worse: of the highest voltage that is guaranteed the lower one counts. */
function narrowness(quantity: QuantityName, limit: Interval): number {
  if (quantity === 'vcmLow' || quantity === 'voutLow') return limit.low;
  if (quantity === 'vcmHigh' || quantity === 'voutHigh') return -limit.high;
  return magnitude(limit);
}

function narrowest(rows: readonly Row[]): readonly Row[] {
  const width = ({ conditions: { temperature } }: Row) => temperature.high - temperature.low;
  const least = Math.min(...rows.map(width));
  return rows.filter((row) => width(row) === least);
}

function leastFavourable(rows: readonly Row[]): Row | undefined {
  const size = (row: Row) => narrowness(row.quantity, guaranteed(row) ?? { low: 0, high: 0 });
  return rows.reduce<Row | undefined>(
    (worst, row) => (worst === undefined || size(row) > size(worst) ? row : worst),
    undefined,
  );
}
