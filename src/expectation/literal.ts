/** A number in a formula -> its value [SI] and what it is measured in. */

import type { Expression } from '../../grammar/expression.ts';
import { FormulaFault } from './fault.ts';
import { NONE, spelledUnit, type Unit } from './unit.ts';

export interface Literal {
  readonly value: number;
  /** Absent for a bare number, which takes the unit of its neighbours. */
  readonly unit?: Unit;
}

/** @throws {FormulaFault} for a unit that no DC quantity has. */
export function literalOf({ value, unit, span }: Extract<Expression, { kind: 'number' }>): Literal {
  if (unit === undefined) return { value };
  const text = span.source.text.slice(span.start, span.end);
  // The p of ppm is no pico.
  const parts = /^(.*\d\.?)ppm$/i.exec(text);
  if (parts !== null) return { value: Number(parts[1]) * 1e-6, unit: NONE };
  if (unit.toLowerCase() === 'db') {
    throw new FormulaFault(
      span,
      `"${text}" is a level, not a value.`,
      'Write the ratio: 80 dB is 10^(80/20).',
    );
  }
  const known = spelledUnit(unit);
  if (known === undefined) {
    throw new FormulaFault(
      span,
      `"${unit}" is not a unit of a DC quantity.`,
      'Units are V, A, ohm, S, W, K, %, ppm and V/V.',
    );
  }
  return { value: value * known.factor, unit: known.unit };
}
