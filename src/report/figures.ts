/** How the figures of a report are written: engineering notation, dashes for what does not exist. */

import { formatEngineering } from '../../grammar/number.ts';
import type { Circuit } from '../circuit/circuit.ts';
import type { Column } from './document.ts';

const DIGITS = 6;

/** Keeps a number and its unit on one line; renderers write it as a blank. */
export const NO_BREAK = '\u00a0';

export function number(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined) return '-';
  if (isUnbounded(value, unit)) return 'without bound';
  // A gain reads better as 10.05 than as 10.05 V/V behind every number.
  const text = formatEngineering(value, { digits: DIGITS, unit: unit === 'V/V' ? '' : unit });
  return text.replace(' ', NO_BREAK);
}

/** `±1 mV`, of what may be without bound. */
export function plusMinus(value: number, unit: string): string {
  return isUnbounded(value, unit) ? number(value, unit) : `±${number(value, unit)}`;
}

/** No output is infinite: within its tolerances the circuit reaches a pole, or passes it. */
function isUnbounded(value: number, unit: string): boolean {
  return !Number.isFinite(value) && (unit === 'V' || unit === 'A');
}

export function outputUnit({ output }: Circuit): string {
  return output?.quantity === 'I' ? 'A' : 'V';
}

export const left = (title: string): Column => ({ title, align: 'left' });
export const right = (title: string): Column => ({ title, align: 'right' });
