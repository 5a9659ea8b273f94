/**
 * A number with its unit: `75dB`, `12uV/C`, `0.1%`. A tail that is a unit as a whole is read as one
 * (`ppm` is no pico); otherwise a SPICE suffix comes first, and what is left must be a unit.
 */

import { numberFault, shorten } from '../expression-faults.ts';
import { parseNumber } from '../number.ts';
import { SyntaxFault } from '../precedence.ts';
import type { Span } from '../source.ts';
import { suggestionHint } from '../suggest.ts';
import type { Quantity } from './tree.ts';

/** Spelling in lower case -> the unit in the tree. */
const UNITS: ReadonlyMap<string, string> = new Map([
  ['v', 'V'],
  ['volt', 'V'],
  ['volts', 'V'],
  ['a', 'A'],
  ['amp', 'A'],
  ['ohm', 'ohm'],
  ['ohms', 'ohm'],
  ['\u03c9', 'ohm'],
  ['\u2126', 'ohm'],
  ['db', 'dB'],
  ['%', '%'],
  ['ppm', 'ppm'],
  ['v/v', 'V/V'],
  ['a/a', 'A/A'],
  ['c', 'K'],
  ['degc', 'K'],
  ['\u00b0c', 'K'],
]);

/** `V/K`, `ppm/C`, `/C`: per kelvin. */
const PER_KELVIN = /^(.*)\/(?:k|c|degc|\u00b0c)$/;
/** `V/mV`: a voltage per a small one. */
const PER_VOLT = /^v\/(m|u|\u00b5|\u03bc|n)v$/;
const NUMBER = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:[eEdD]([+-]?\d+))?(.*)$/;
const SUFFIX = /^(?:meg|mil|[tgkmunpf\u00b5\u03bc])/i;
const POWER_PER_VOLT: Readonly<Record<string, number>> = {
  m: 3,
  u: 6,
  '\u00b5': 6,
  '\u03bc': 6,
  n: 9,
};

/** The units that a hint may offer. */
const KNOWN = ['V', 'A', 'ohm', 'dB', '%', 'ppm', 'V/V', 'V/mV', 'V/C', 'V/K', 'A/C', 'ppm/C', 'C'];

/** `unit` in the spelling of the tree; undefined if it is none. */
function unitOf(unit: string): string | undefined {
  const lower = unit.toLowerCase();
  const known = UNITS.get(lower);
  if (known !== undefined) return known;
  const per = PER_KELVIN.exec(lower);
  if (per === null) return undefined;
  if (per[1] === '') return '1/K';
  const above = UNITS.get(per[1] ?? '');
  return above === undefined ? undefined : `${above}/K`;
}

/** The quantity that `text` writes at `span`. @throws {SyntaxFault} */
export function quantity(text: string, span: Span): Quantity {
  const match = NUMBER.exec(text);
  if (match === null || /\d/.test(match[3] ?? '')) throw numberFault(text, span);
  const [, digits = '', exponent = '0', tail = ''] = match;
  const whole = tail === '' ? undefined : unitOf(tail);
  if (whole !== undefined) return { ...number(`${digits}e${exponent}`, span), unit: whole };
  const inverse = PER_VOLT.exec(tail.toLowerCase())?.[1];
  if (inverse !== undefined) {
    const power = Number(exponent) + (POWER_PER_VOLT[inverse] ?? 0);
    return { ...number(`${digits}e${power}`, span), unit: 'V/V' };
  }
  const suffix = SUFFIX.exec(tail)?.[0] ?? '';
  const behind = tail.slice(suffix.length);
  const value = number(`${digits}e${exponent}${suffix}`, span);
  if (behind === '') return value;
  const unit = unitOf(behind);
  if (unit !== undefined) return { ...value, unit };
  throw new SyntaxFault(`"${shorten(tail)}" is not a unit.`, {
    code: 'bad_unit',
    start: span.end - tail.length,
    end: span.end,
    hint: suggestionHint(behind, { known: KNOWN, otherwise: `Units are ${KNOWN.join(', ')}.` }),
  });
}

function number(text: string, span: Span): Quantity {
  const parsed = parseNumber(text);
  if ('fault' in parsed) throw numberFault(text, span);
  return { value: parsed.value, span };
}
