/**
 * `"2mV"`, `"80dB"`, `"100uV/V"`, `0.002` -> Figure. A number without a unit is in SI units; a gain or a
 * rejection becomes its inverse, whichever of the two is written.
 */

import { quantity } from '../../grammar/directive/quantity.ts';
import { SyntaxFault } from '../../grammar/precedence.ts';
import type { Figure, QuantityName } from './part.ts';

/** Why a text is no figure of the quantity. */
export interface FigureFault {
  readonly message: string;
  readonly hint?: string;
}

const UNITS: Readonly<Record<QuantityName, readonly string[]>> = {
  vos: ['V'],
  tcvos: ['V/K'],
  ib: ['A'],
  ios: ['A'],
  aol: ['dB', 'V/V'],
  cmrr: ['dB', 'V/V'],
  psrr: ['dB', 'V/V'],
  vcmLow: ['V'],
  vcmHigh: ['V'],
  voutLow: ['V'],
  voutHigh: ['V'],
};

const SPELLINGS: Readonly<Record<string, string>> = {
  V: 'V',
  A: 'A',
  'V/K': 'V/C',
  dB: 'dB',
  'V/V': 'V/mV or uV/V',
};

const RATIOS: ReadonlySet<QuantityName> = new Set(['aol', 'cmrr', 'psrr']);

/** True for a gain or a rejection, whose figures are kept as inverses. */
export function isRatio(name: QuantityName): boolean {
  return RATIOS.has(name);
}

/** `bound`: of a rejection a minimum is a ratio (80dB, 10k), a maximum its inverse (100uV/V). */
export function figure(
  written: string | number,
  { name, bound }: { readonly name: QuantityName; readonly bound: 'min' | 'typ' | 'max' },
): Figure | FigureFault {
  const text = String(written);
  const read = quantityOf(text);
  if ('message' in read) return read;
  const units = UNITS[name];
  if (read.unit !== undefined && !units.includes(read.unit)) {
    return {
      message: `"${name}" cannot be given in ${read.unit}`,
      hint: `Write it in ${units.map((unit) => SPELLINGS[unit]).join(' or ')}, or without a unit in SI units.`,
    };
  }
  if (!isRatio(name)) return { value: read.value, text };
  if (read.value <= 0) return { message: `a ratio must be positive, not ${text}` };
  // 50 V/mV is a gain, 20 uV/V the inverse of a rejection.
  const isInverse = read.unit !== 'dB' && read.value < 1;
  if ((bound === 'min' && isInverse) || (bound === 'max' && !isInverse)) {
    return {
      message: `${text} limits "${name}" from the wrong side`,
      hint: 'A ratio (80dB, 50V/mV) has a minimum, an inverse ratio (100uV/V) a maximum.',
    };
  }
  if (read.unit === 'dB') return { value: 10 ** (-read.value / 20), text };
  return { value: isInverse ? read.value : 1 / read.value, text };
}

function quantityOf(text: string): { value: number; unit?: string } | FigureFault {
  try {
    return quantity(text, { source: { name: '', text }, start: 0, end: text.length });
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault;
    return {
      message: fault.message.replace(/\.$/, ''),
      ...(fault.hint === undefined ? {} : { hint: fault.hint }),
    };
  }
}
