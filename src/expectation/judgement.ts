/** Whether the two sides of an expectation are in the relation that it states. */

import { placeOf } from '../../grammar/source.ts';
import { textOf } from '../../grammar/walk.ts';
import type { Expectation } from '../circuit/circuit.ts';
import type { Sides } from './identity.ts';

/** What an equality allows when the line says nothing. */
export const DEFAULT_RELATIVE = 1e-9;

/** The sides, and the upper end of a range. */
export type Values = Sides & { readonly high?: number };

export interface Judgement {
  /** As written behind `expect`. */
  readonly text: string;
  readonly line: number;
  readonly quantity: string;
  /** The left side and the right side [SI]; null where the circuit does not have the quantity. */
  readonly actual: number | null;
  readonly expected: number | null;
  /** Both ends of a range [SI]. */
  readonly range?: { readonly low: number; readonly high: number };
  readonly passes: boolean;
}

/** Of all values under which the expectation must hold, those with which it is nearest to failing. */
export function judged(expectation: Expectation, sides: readonly Values[]): Judgement {
  const worst = sides.reduce<Values | undefined>(
    (found, side) =>
      found === undefined || excess(expectation, side) > excess(expectation, found) ? side : found,
    undefined,
  );
  return {
    ...named(expectation),
    actual: worst?.actual ?? null,
    expected: worst === undefined ? null : nearestEnd(worst),
    ...(worst?.high === undefined ? {} : { range: { low: worst.expected, high: worst.high } }),
    passes: worst !== undefined && excess(expectation, worst) <= 0,
  };
}

/** Of a range the end that the value is nearer to. */
function nearestEnd({ actual, expected, high }: Values): number {
  return high !== undefined && Math.abs(high - actual) < Math.abs(expected - actual)
    ? high
    : expected;
}

/** The words of an expectation. */
export function named(expectation: Expectation) {
  return {
    text: expectation.text.trim(),
    line: placeOf(expectation.span).line,
    quantity: textOf(expectation.left),
  };
}

/** How far the relation is from holding; not above 0 when it holds, NaN counts as broken. */
function excess(
  { relation, relative, absolute }: Expectation,
  { actual, expected, high }: Values,
): number {
  const given = relative !== undefined || absolute !== undefined;
  const toleranceAt = (value: number): number =>
    (relative ?? (given ? 0 : DEFAULT_RELATIVE)) * Math.abs(value) + Math.abs(absolute?.value ?? 0);
  const tolerance = toleranceAt(expected);
  const distance =
    relation === '='
      ? Math.abs(actual - expected) - tolerance
      : relation === '<='
        ? actual - expected - (given ? tolerance : 0)
        : relation === '>='
          ? expected - actual - (given ? tolerance : 0)
          : Math.max(
              expected - actual - (given ? tolerance : 0),
              actual - (high ?? expected) - (given ? toleranceAt(high ?? expected) : 0),
            );
  return Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance;
}
