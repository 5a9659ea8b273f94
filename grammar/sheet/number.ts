/**
 * A number as people write it in a calculation: `20.0 kΩ`, `5 nA`, `2.21k`, `±12 µV/°C`, `100 kV/V`, `75 dB`,
 * `5.02·10^-3`, and the same in TeX. M is mega and m is milli here, whatever SPICE says.
 */

import type { ParsedNumber } from '../number.ts';

/** TeX braces that change the look only. */
const OPEN = '(?:\\\\(?:text|mathrm|rm|mbox|operatorname)\\s*\\{\\s*)?';
const GAP = '(?:[ \\t\\u00a0\\u2009\\u202f]|~|\\\\[,;: ])*';
const PREFIX = '(?:meg|MEG|Meg|\\\\mu|[TGMkKmu\\u00b5\\u03bcnpf])?';
const DEGREE = '(?:\\u00b0|\\^\\\\circ|\\^\\{\\\\circ\\})\\s*';
const BASE = `(?:\\\\Omega|[oO]hms?|[\\u03a9\\u2126]|V|A|S|W|K|F|Hz|H|%|\\\\%|ppm|dB|${DEGREE}${OPEN}C)`;
/** No letter, digit, index or parenthesis behind a unit: `2 V_P` and `2 V(out)` are products. */
const ALONE = '(?![A-Za-z0-9_({\\\\])';
const UNIT = `${OPEN}${PREFIX}\\s*\\}?${GAP}${OPEN}${BASE}\\}?(?:\\s*/\\s*${OPEN}${PREFIX}(?:${BASE}|C)\\}?)?`;
const POWER =
  '(?:[eE][+-]?\\d+|\\s*(?:\\\\times|\\\\cdot|[\\u00d7\\u00b7\\u22c5*])\\s*10\\s*\\^\\s*(?:\\{\\s*[-+\\u2212]?\\d+\\s*\\}|[-+\\u2212]?\\d+))?';
const DIGITS = '(?:\\d+(?:\\.(?!\\.)\\d*)?|\\.\\d+)';

const SUFFIX = '(?:meg|MEG|Meg|[TGMkKmu\\u00b5\\u03bcnpf])';

/** Matches a number with its unit, or with a bare suffix that is glued to it. */
export const SHEET_NUMBER = new RegExp(
  `${DIGITS}${POWER}(?:${GAP}${UNIT}${ALONE}|${SUFFIX}(?![A-Za-z0-9_{\\\\])|\\\\(?:text|mathrm)\\{\\s*${SUFFIX}\\s*\\})?`,
);

const EXPONENTS: Readonly<Record<string, number>> = {
  T: 12,
  G: 9,
  M: 6,
  meg: 6,
  k: 3,
  K: 3,
  m: -3,
  u: -6,
  '\u00b5': -6,
  '\u03bc': -6,
  n: -9,
  p: -12,
  f: -15,
};

/** With a gap it is the unit. */
const KELVIN = new RegExp(`^(?!K)${GAP}K$`);

/** The value [SI], a unit that formulas know, and one unit of the last digit. */
export function readSheetNumber(text: string): ParsedNumber & { readonly step?: number } {
  const match = /^(\d+(?:\.\d*)?|\.\d+)(.*)$/s.exec(text);
  if (match === null) return { fault: 'not_a_number' };
  const [, digits = '', behind = ''] = match;
  const power =
    /^(?:[eE]([+-]?\d+)|\s*(?:\\times|\\cdot|[\u00d7\u00b7\u22c5*])\s*10\s*\^\s*\{?\s*([-+\u2212]?\d+)\s*\}?)/.exec(
      behind,
    );
  const exponent = Number((power?.[1] ?? power?.[2] ?? '0').replace('\u2212', '-'));
  const written = behind.slice(power?.[0].length ?? 0);
  const { factor, unit } = KELVIN.test(written) ? { factor: 0, unit: 'K' } : unitOf(plain(written));
  const decimals = digits.includes('.') ? digits.length - digits.indexOf('.') - 1 : 0;
  const at = exponent + factor;
  const value = Number(`${digits}e${at}`);
  const step = Number(`1e${at - decimals}`);
  if (!Number.isFinite(value)) return { fault: 'range' };
  if (unit === 'dB')
    return {
      value: 10 ** (value / 20),
      unit: 'V/V',
      step: (Math.LN10 / 20) * 10 ** (value / 20) * step,
    };
  return unit === undefined ? { value, step } : { value, unit, step };
}

/** Without braces, gaps and commands of TeX. */
function plain(text: string): string {
  return text
    .replace(/\\Omega/g, '\u03a9')
    .replace(/\\mu/g, '\u00b5')
    .replace(/\^?\{?\\circ\}?/g, '\u00b0')
    .replace(/\\(?:text|mathrm|rm|mbox|operatorname)/g, '')
    .replace(/[\s~{}\\,;:\u00a0\u2009\u202f]/g, '');
}

const SIMPLE: Readonly<Record<string, string>> = {
  V: 'V',
  A: 'A',
  S: 'S',
  W: 'W',
  F: 'F',
  H: 'H',
  Hz: 'Hz',
  K: 'K',
  C: 'K',
  '\u00b0C': 'K',
  '\u03a9': 'ohm',
  '\u2126': 'ohm',
  '%': 'V/V',
  ppm: 'V/V',
  dB: 'dB',
};

/** What a prefix and a unit mean: a power of ten, and a unit in the spelling of formulas. */
function unitOf(text: string): { readonly factor: number; readonly unit?: string } {
  if (text === '') return { factor: 0 };
  const bare = EXPONENTS[/^meg$/i.test(text) ? 'meg' : text];
  // A glued K is kilo, as in 20K.
  if (bare !== undefined) return { factor: bare };
  const [above = '', below] = text.split('/');
  const first = part(above);
  if (below === undefined) return first;
  const second = part(below);
  const factor = first.factor - second.factor;
  if (first.unit === second.unit) return { factor, unit: 'V/V' };
  return { factor, unit: `${first.unit}/${second.unit}`.replace('ohm', '\u03a9') };
}

function part(text: string): { readonly factor: number; readonly unit: string } {
  if (text === '%') return { factor: -2, unit: 'V/V' };
  if (text === 'ppm') return { factor: -6, unit: 'V/V' };
  const spelled = text.replace(/[oO]hms?$/, '\u03a9');
  const [base = ''] = Object.keys(SIMPLE)
    .filter((unit) => spelled.endsWith(unit))
    .sort((a, b) => b.length - a.length);
  const prefix = spelled.slice(0, spelled.length - base.length);
  const factor = EXPONENTS[/^meg$/i.test(prefix) ? 'meg' : prefix] ?? 0;
  return { factor, unit: SIMPLE[base] ?? base };
}
