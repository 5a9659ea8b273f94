/**
 * Text <-> number: the only place that knows SI suffixes. A suffix moves the decimal exponent in the
 * text, which is then rounded to a double once, so `4.7k` is the same double as `4700`.
 */

/** What `parseNumber` makes of a text. */
export type ParsedNumber =
  | { readonly value: number; readonly unit?: string }
  /** `4k7`, `2R2`: ngspice reads `ngspiceReads` and drops the rest; `suggestion` is what was meant. */
  | { readonly fault: 'rkm'; readonly suggestion: string; readonly ngspiceReads: string }
  /** Larger than any double. */
  | { readonly fault: 'range' }
  | { readonly fault: 'not_a_number' };

const NUMBER =
  /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:[eEdD]([+-]?\d+))?([A-Za-z\u00b5\u03bc\u03a9\u2126\u00b0%]*(?:\/[A-Za-z\u00b5\u03bc\u00b0\u03a9\u2126%]+)?)$/;
/** Suffixes that only some programs know: `x` = 1e6, `a` = 1e-18. */
export interface NumberSuffixes {
  readonly rkm?: boolean;
  readonly mega?: boolean;
  readonly atto?: boolean;
  /** `mil`: 25.4e-6, or the milli that its first letter says. */
  readonly mil?: 'inch' | 'milli';
}

const RKM = /^([+-]?\d+)(meg|mil|[tgkmunpfr\u00b5\u03bc])(\d+)([a-z\u03a9\u2126]*)$/i;
const SUFFIX = /^(?:meg|mil|[tgkmunpf\u00b5\u03bc])/i;
/** A suffix that programs read differently. */
const DOUBTFUL = /^[+-]?[\d.]+(?:[eEdD][+-]?\d+)?([aAxX\u00b5\u03bc]|[mM][iI][lL]|[rR](?=\d))/;

const EXPONENTS: ReadonlyMap<string, number> = new Map([
  ['t', 12],
  ['g', 9],
  ['meg', 6],
  ['k', 3],
  ['m', -3],
  ['u', -6],
  ['\u00b5', -6],
  ['\u03bc', -6],
  ['n', -9],
  ['p', -12],
  ['f', -15],
  ['x', 6],
  ['a', -18],
]);

const ZERO = 48;
const NINE = 57;
const POINT = 46;

/** An exponent beyond this is as good as infinite, and still an exact integer. */
const FARTHEST = 1e9;

/** mil = 25.4e-6 = 254e-7 [m]. */
const MIL = { factor: 254n, exponent: -7 };

/** The double nearest to `digits` x 10^exponent; `digits` is a plain decimal, as `-1.5`. */
export function shiftDecimal(digits: string, exponent: number): number {
  return Number(`${digits}e${exponent}`);
}

/** `digits` x 25.4e-6, exact until the one rounding. */
function thousandthsOfInch(digits: string, exponent: number): number {
  const point = digits.indexOf('.');
  const decimals = point < 0 ? 0 : digits.length - point - 1;
  const scaled = BigInt(digits.replace(/[+-]|\./g, '')) * MIL.factor;
  const sign = digits.startsWith('-') ? '-' : '';
  return shiftDecimal(`${sign}${scaled}`, exponent + MIL.exponent - decimals);
}

function rkm(text: string, accepted: boolean): ParsedNumber {
  const match = RKM.exec(text);
  if (match === null) return { fault: 'not_a_number' };
  const [, whole = '', letters = '', decimals = '', unit = ''] = match;
  const suffix = /^r$/i.test(letters) ? '' : letters;
  if (accepted) {
    const found = value(`${whole}.${decimals}`, 0, suffix.toLowerCase());
    return unit === '' ? { value: found } : { value: found, unit };
  }
  return {
    fault: 'rkm',
    suggestion: `${whole}.${decimals}${suffix}${unit}`,
    ngspiceReads: `${value(whole, 0, suffix.toLowerCase())}`,
  };
}

function value(digits: string, exponent: number, suffix: string): number {
  if (suffix === 'mil') return thousandthsOfInch(digits, exponent);
  return shiftDecimal(digits, exponent + (EXPONENTS.get(suffix) ?? 0));
}

/** 10^0 ... 10^22: the powers of ten that are doubles. */
const POWERS_OF_TEN = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/** Suffixes that every program reads alike, behind which no unit stands. */
const COMMON_SUFFIXES: ReadonlyMap<string, number> = new Map(
  ['', 't', 'g', 'meg', 'k', 'm', 'u', 'n', 'p', 'f'].flatMap((suffix) => {
    const exponent = EXPONENTS.get(suffix) ?? 0;
    return [[suffix, exponent] as const, [suffix.toUpperCase(), exponent] as const];
  }),
);

/**
 * The value of a short decimal with a common suffix or none, of which most numbers are; NaN for any other
 * text. A mantissa below 2^53 and a power of ten up to 10^22 are doubles, so that their product or
 * quotient is rounded once. // Clinger, How to read floating point numbers accurately, 1990
 */
function shortDecimal(text: string): number {
  let mantissa = 0;
  let point = -1;
  let at = 0;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) mantissa = 10 * mantissa + (code - ZERO);
    else if (code === POINT && point < 0) point = at;
    else break;
  }
  const digits = point < 0 ? at : at - 1;
  if (digits === 0 || digits > 15) return Number.NaN;
  const suffix = COMMON_SUFFIXES.get(at === text.length ? '' : text.slice(at));
  if (suffix === undefined) return Number.NaN;
  const exponent = point < 0 ? suffix : suffix - (at - 1 - point);
  const power = POWERS_OF_TEN[Math.abs(exponent)] ?? Number.NaN;
  return exponent < 0 ? mantissa / power : mantissa * power;
}

/**
 * A SPICE number: digits, an optional exponent (`e` or `d`), a suffix `t g meg k mil m u n p f` in
 * any case (`M` is milli), and a unit that has no effect on the value: `10kohm` is 1e4 `ohm`, and
 * `10F` is 1e-14, because F is femto. `suffixes` are those of a dialect.
 */
export function parseNumber(text: string, suffixes: NumberSuffixes = {}): ParsedNumber {
  const short = shortDecimal(text);
  if (!Number.isNaN(short)) return { value: short };
  const match = NUMBER.exec(text);
  if (match === null) return rkm(text, suffixes.rkm === true);
  const [, sign = '', digits = '', exponent, tail = ''] = match;
  const suffix = tail === '' ? '' : suffixOf(tail, suffixes);
  const power = Math.max(-FARTHEST, Math.min(FARTHEST, Number(exponent ?? 0)));
  const result = value(sign + digits, power, suffix.toLowerCase());
  if (!Number.isFinite(result)) return { fault: 'range' };
  const unit = tail.slice(suffix.length);
  return unit === '' ? { value: result } : { value: result, unit };
}

function suffixOf(tail: string, { mega, atto, mil }: NumberSuffixes): string {
  const found = SUFFIX.exec(tail)?.[0];
  if (mil === 'milli' && found?.toLowerCase() === 'mil') return found.charAt(0);
  if (found !== undefined) return found;
  const first = tail.slice(0, 1).toLowerCase();
  return (first === 'x' && mega === true) || (first === 'a' && atto === true) ? first : '';
}

/** The suffix of a number that programs read differently: `a`, `x`, `r`, `mil`, `\u00b5` or `\u03bc`. */
export function doubtfulSuffix(text: string): string | undefined {
  return DOUBTFUL.exec(text)?.[1]?.toLowerCase();
}

export interface EngineeringFormat {
  /** Significant digits, 6 unless given. */
  readonly digits?: number;
  /** Written behind the prefix: `V`, `Ω`. */
  readonly unit?: string;
}

const PREFIXES = ['f', 'p', 'n', 'µ', 'm', '', 'k', 'M', 'G', 'T'];
const SMALLEST_POWER = -15;

/** Engineering notation for reports: `38.2097 mV`, `2.21 kΩ`, `0 V`; beyond f and T a power of ten. */
export function formatEngineering(
  value: number,
  { digits = 6, unit = '' }: EngineeringFormat = {},
): string {
  const behind = (text: string, prefix = ''): string => {
    const symbol = prefix + unit;
    return symbol === '' ? text : `${text} ${symbol}`;
  };
  if (Number.isNaN(value)) return behind('NaN');
  if (value === 0) return behind('0');
  if (!Number.isFinite(value)) return behind(value < 0 ? '-∞' : '∞');
  // Round first: 999.9999 V is 1 kV at four digits.
  const [mantissa = '', power = '0'] = value.toExponential(digits - 1).split('e');
  const exponent = Number(power);
  const thousands = 3 * Math.floor(exponent / 3);
  const prefix = PREFIXES[(thousands - SMALLEST_POWER) / 3];
  if (prefix === undefined) return behind(`${trimZeros(mantissa)}e${exponent}`);
  const decimals = Math.max(0, digits - 1 - (exponent - thousands));
  return behind(trimZeros(shiftDecimal(mantissa, exponent - thousands).toFixed(decimals)), prefix);
}

function trimZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
