/** By how much a calculation may be off because its numbers are rounded. */

import type { Expression } from '../../../grammar/expression.ts';
import { symbolsOf, withLeaves } from '../../../grammar/walk.ts';
import type { Side } from './compare.ts';
import type { Notebook } from './notebook.ts';
import { type Written, writtenNumber } from './rounding.ts';

/** More rounded numbers than this are not followed. */
const MOST_NUMBERS = 40;
/** What doubles leave of an exact value. */
const EXACT = 1e-9;

/** Of the rounding of the numbers in a term, and of doubles. */
export function tolerance({ term, meant, value }: Side, notebook: Notebook): number {
  const isSymbolic = symbolsOf(meant).length > 0;
  const rounding = isSymbolic ? 0 : spreadOf(term.expression, { value, notebook });
  return rounding + EXACT * Math.abs(value);
}

/** A number, or what numbers make together with the rounding of each. */
export function numberIn(expression: Expression, notebook: Notebook): Written | undefined {
  const plain = writtenNumber(expression);
  if (plain !== undefined) return plain;
  const value = notebook.value(expression);
  if (value === undefined || symbolsOf(expression).length > 0) return undefined;
  return { value, step: 2 * spreadOf(expression, { value, notebook }) };
}

/** Sum of |d value| over the numbers, each moved by half a unit of its last digit; plain integers are exact. */
export function spreadOf(
  expression: Expression,
  {
    value,
    notebook,
    counts = () => true,
  }: {
    readonly value: number;
    readonly notebook: Notebook;
    readonly counts?: (leaf: Expression) => boolean;
  },
): number {
  const rounded: Expression[] = [];
  withLeaves(expression, (leaf) => {
    if (leaf.kind === 'number' && !isExact(leaf) && counts(leaf)) rounded.push(leaf);
    return leaf;
  });
  if (rounded.length > MOST_NUMBERS) return 0;
  return rounded.reduce((spread, at) => {
    const moved = withLeaves(expression, (leaf) =>
      leaf === at && leaf.kind === 'number'
        ? { ...leaf, value: leaf.value + (leaf.step ?? 0) / 2 }
        : leaf,
    );
    return spread + Math.abs((notebook.value(moved) ?? value) - value);
  }, 0);
}

export function isExact({ unit, span }: Extract<Expression, { kind: 'number' }>): boolean {
  const text = span.source.text.slice(span.start, span.end);
  return unit === undefined && /^\d+$/.test(text);
}

/** Three digits or more: the rounding of something that has no name, such as an intermediate result. */
export function isFine(leaf: Expression): boolean {
  if (leaf.kind !== 'number') return false;
  return (leaf.step ?? 0) <= 0.01 * Math.abs(leaf.value);
}
