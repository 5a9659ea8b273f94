/**
 * What a data sheet says of an op amp: rows of minimum, typical and maximum figures, each with the conditions
 * under which it holds. docs/parts.md describes the files they are read from.
 */

/** Names of the quantities, those of the keys of `*@ opamp` where there is one. */
export const QUANTITIES = [
  'vos',
  'tcvos',
  'ib',
  'ios',
  'aol',
  'cmrr',
  'psrr',
  'vcmLow',
  'vcmHigh',
  'voutLow',
  'voutHigh',
] as const;
export type QuantityName = (typeof QUANTITIES)[number];

/** low <= high */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A figure of a data sheet. */
export interface Figure {
  /** [V], [A], [V/K]; of a gain or rejection its inverse [V/V]. */
  readonly value: number;
  /** As written: `2mV`, `80dB`. */
  readonly text: string;
}

/** A voltage between or beyond the supply rails: V- + fraction (V+ - V-) + offset. */
export interface Position {
  readonly fraction: number;
  /** [V] */
  readonly offset: number;
  readonly text: string;
}

/** A single position is an interval of two equal ends. */
export interface PositionInterval {
  readonly low: Position;
  readonly high: Position;
}

export interface Conditions {
  /** [deg C] */
  readonly temperature: Interval;
  /** V+ - V- [V] */
  readonly supply?: Interval;
  readonly commonMode?: PositionInterval;
  readonly output?: PositionInterval;
  /** For the reader: `10k to Vs/2`. */
  readonly load?: string;
}

export interface Row {
  readonly quantity: QuantityName;
  readonly min?: Figure;
  readonly typ?: Figure;
  readonly max?: Figure;
  readonly conditions: Conditions;
  /** Where it was read, when not in a table of the document: `front page`. */
  readonly from?: string;
  readonly note?: string;
}

/**
 * The input stage, which decides how bias currents change with temperature: `cmos` and `jfet` leak, `bipolar`
 * draws base currents; the residue of `bias-cancelled` and `zero-drift` inputs follows no law.
 */
export const INPUTS = ['cmos', 'jfet', 'bipolar', 'bias-cancelled', 'zero-drift'] as const;
export type InputStage = (typeof INPUTS)[number];

export interface Document {
  readonly number?: string;
  readonly title?: string;
  readonly revision?: string;
  readonly date?: string;
}

export interface Part {
  readonly name: string;
  /** Parts with the same limits: the dual and the quad. */
  readonly alsoFor: readonly string[];
  /** Grades whose limits these are, as they begin the suffix of an order number; none when there is one grade. */
  readonly grades: readonly string[];
  /** Grades of the part with other limits, which are not here. */
  readonly otherGrades: readonly string[];
  readonly manufacturer: string;
  readonly document: Document;
  /** `auto-zeroed`, `general-purpose-bipolar`: to filter by. */
  readonly class: string;
  readonly input: InputStage | null;
  readonly channels: number;
  /** V+ - V- [V] */
  readonly supply: Interval;
  /** [deg C] */
  readonly temperature: Interval;
  readonly notes: readonly string[];
  readonly rows: readonly Row[];
  /** The object it was read from. */
  readonly json: unknown;
}

/** `OP07C`, `MCP601`: the name with the grade that the limits are of. */
export function fullName({ name, grades }: Part): string {
  return `${name}${grades[0] ?? ''}`;
}

/** `Microchip DS21314 revision G, 2007` */
export function citation({ manufacturer, document }: Part): string {
  const { number, title, revision, date } = document;
  const named = [manufacturer, number ?? title ?? ''].filter((text) => text !== '').join(' ');
  const revised = revision === undefined ? named : `${named} revision ${revision}`;
  return date === undefined ? revised : `${revised}, ${date}`;
}
