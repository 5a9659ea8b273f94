/** Decibels beside a logarithm: `20*log10(R2/R1) = 26 dB` is 26, where `R2/R1 = 26 dB` is a ratio of 19.95. */

import type { Expression } from '../../../grammar/expression.ts';
import type { SheetTerm } from '../../../grammar/sheet/tree.ts';
import { operands, withLeaves } from '../../../grammar/walk.ts';
import type { Notebook } from './notebook.ts';

/** Two sides of a relation; where either takes a logarithm, the decibels of both are plain numbers. */
export function withLevels(
  [left, right]: readonly [SheetTerm, SheetTerm],
  notebook: Notebook,
): readonly [SheetTerm, SheetTerm] {
  const isLevel = [left, right].some(({ expression }) =>
    takesLogarithm(notebook.meant(expression)),
  );
  return isLevel ? [plain(left), plain(right)] : [left, right];
}

function takesLogarithm(expression: Expression): boolean {
  if (expression.kind === 'call' && /^log(?:10)?$/i.test(expression.name)) return true;
  return operands(expression).some(takesLogarithm);
}

function plain(term: SheetTerm): SheetTerm {
  const expression = withLeaves(term.expression, (leaf) => {
    if (leaf.kind !== 'number') return leaf;
    const { start, end, source } = leaf.span;
    if (!/dB\W*$/.test(source.text.slice(start, end))) return leaf;
    // d (20 log10 x)/dx = 20/(x ln 10)
    const step = ((leaf.step ?? 0) * 20) / (leaf.value * Math.LN10);
    return { ...leaf, value: 20 * Math.log10(leaf.value), step };
  });
  return { ...term, expression };
}
