/**
 * At which values of the sources a figure holds, in words: with `*@ range` the terms of A_OL, CMRR and PSRR cover the
 * ranges, while tolerances, the extremes and the samples are those at the nominal values. Nothing without a range.
 */

import type { Budget } from '../analysis/budget.ts';
import type { Circuit } from '../circuit/circuit.ts';

/** The rows that depend on the voltages of the pins. */
const OVER_RANGES: ReadonlyMap<string, string> = new Map([
  ['Aol', 'A_OL'],
  ['Cmrr', 'CMRR'],
  ['Psrr', 'PSRR'],
  ['PsrrPlus', 'PSRR+'],
  ['PsrrMinus', 'PSRR-'],
]);

export function hasRanges({ ranges }: Circuit): boolean {
  return ranges.sources.size > 0 || ranges.opAmps.size > 0;
}

/** `over the ranges: A_OL; at the nominal values of the sources: tolerances of elements` */
export function budgetCondition({ rows }: Budget, circuit: Circuit): string | undefined {
  if (!hasRanges(circuit)) return undefined;
  const over = [...OVER_RANGES].flatMap(([cause, label]) =>
    rows.some((row) => row.cause === cause) ? [label] : [],
  );
  const parts = [
    ...(over.length === 0 ? [] : [`over the ranges: ${over.join(', ')}`]),
    ...(rows.some(({ element }) => element !== undefined)
      ? ['at the nominal values of the sources: tolerances of elements']
      : []),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
}

/** Sources may still have a tolerance. */
export const WITHOUT_RANGES = 'without the ranges of *@ range';
