/** The steps of a calculation: which terms are compared, and what becomes of each comparison. */

import type { Expression } from '../../../grammar/expression.ts';
import { formatEngineering } from '../../../grammar/number.ts';
import type { SheetTerm } from '../../../grammar/sheet/tree.ts';
import type { Span } from '../../../grammar/source.ts';
import { symbolsOf } from '../../../grammar/walk.ts';
import { compareUnits } from '../dimensions.ts';
import { FormulaFault } from '../fault.ts';
import { quantityOf } from '../quantities.ts';
import { Units, unitSymbol } from '../unit.ts';
import { type Bounds, boundsOf, boundsOfFormula } from './bounds.ts';
import { about, equal, type Side, type Verdict } from './compare.ts';
import { withLevels } from './level.ts';
import type { Notebook } from './notebook.ts';
import type { SheetStep } from './result.ts';
import { writtenNumber } from './rounding.ts';

/** The words of a span in one line. */
export function textAt({ source, start, end }: Span): string {
  return source.text.slice(start, end).replace(/\s+/g, ' ').trim();
}

/** The step that a definition with units that do not fit is. */
export function mixture(
  defined: Expression,
  { span, notebook }: { readonly span: Span; readonly notebook: Notebook },
): SheetStep | undefined {
  try {
    unitOfBoth(defined, defined, notebook);
    return undefined;
  } catch (fault) {
    if (!(fault instanceof FormulaFault)) throw fault;
    return { ...UNJUDGED, text: textAt(span), reason: fault.message.replace(/\.$/, '') };
  }
}

const UNJUDGED = {
  status: 'wrong',
  actual: null,
  expected: null,
  unit: '',
  identity: null,
  from: null,
} as const;

/** Every term with the one before it; a mistake taints what stands behind it. */
export function stepsOf(
  terms: readonly SheetTerm[],
  { notebook, line }: { readonly notebook: Notebook; readonly line: number },
): SheetStep[] {
  const steps: SheetStep[] = [];
  const arrow = terms.findLastIndex(({ relation }) => relation === '->');
  let unrounded: number | undefined;
  let blame: number | undefined;
  for (const [index, right] of terms.entries()) {
    const previous = terms[index - 1];
    if (previous === undefined) continue;
    // Before an arrow stands what is wished for; what is chosen is the element's value.
    const isWish =
      index <= arrow && index === 1 && notebook.symbol(previous.expression) !== undefined;
    if (isWish) continue;
    const isChoice = right.relation === '->';
    const left = isChoice ? terms[0] : previous;
    if (left === undefined || (isChoice && notebook.symbol(left.expression) === undefined))
      continue;
    const step = stepOf({ left, right, unrounded }, notebook);
    const status = step.status === 'holds' && blame !== undefined ? 'follows' : step.status;
    if (status !== 'holds') blame ??= step.from ?? line;
    steps.push({
      ...step,
      status,
      from: status === 'follows' ? (step.from ?? blame ?? null) : null,
    });
    if (symbolsOf(left.expression).length > 0) {
      unrounded = notebook.value(notebook.meant(left.expression));
    }
  }
  return steps;
}

function stepOf(
  {
    left: first,
    right: second,
    unrounded,
  }: { left: SheetTerm; right: SheetTerm; unrounded: number | undefined },
  notebook: Notebook,
): SheetStep {
  const [left, right] = withLevels([first, second], notebook);
  const sign = right.relation === '->' ? '=' : (right.relation ?? '=');
  const text = `${textAt(left.span)} ${sign} ${textAt(right.span)}`;
  const [a, b] = [notebook.meant(left.expression), notebook.meant(right.expression)];
  let unit = '';
  try {
    unit = unitOfBoth(a, b, notebook);
  } catch (fault) {
    if (!(fault instanceof FormulaFault)) throw fault;
    return { ...UNJUDGED, text, reason: fault.message.replace(/\.$/, '') };
  }
  const sides = [side(left, a, notebook), side(right, b, notebook)] as const;
  const [one, two] = sides;
  if (one === undefined || two === undefined) {
    return { ...UNJUDGED, text, unit, reason: 'the circuit does not have this quantity' };
  }
  const step = { left: one, right: two, unit, unrounded };
  const verdict =
    sign === '\u2248'
      ? about(step)
      : sign === '<=' || sign === '>='
        ? limited(step, { sign, notebook })
        : equal(step, notebook);
  return {
    text,
    status: verdict.status,
    identity: verdict.identity ?? null,
    reason: verdict.reason ?? null,
    from: verdict.from ?? null,
    actual: one.value,
    expected: two.value,
    unit,
  };
}

function unitOfBoth(left: Expression, right: Expression, { subject }: Notebook): string {
  const units = new Units();
  const unit = compareUnits(
    { left, right },
    { units, symbol: (symbol) => quantityOf(symbol, subject)?.unit ?? units.unknown() },
  );
  return unitSymbol(units.resolved(unit));
}

function side(term: SheetTerm, meant: Expression, notebook: Notebook): Side | undefined {
  const value = notebook.value(meant);
  const asWritten = notebook.value(notebook.meant(term.expression, { asWritten: true }));
  if (value === undefined || asWritten === undefined) return undefined;
  return {
    term,
    meant,
    value,
    asWritten,
    written: writtenNumber(term.expression),
    isSymbolic: symbolsOf(meant).length > 0,
  };
}

/** `<=` and `>=`: for all values that the specifications allow; a limit is not rounded in favour of what exceeds it. */
function limited(
  { left, right, unit }: { readonly left: Side; readonly right: Side; readonly unit: string },
  { sign, notebook }: { readonly sign: '<=' | '>='; readonly notebook: Notebook },
): Verdict {
  const bounds: Bounds = boundsAt(left, notebook) ?? { low: left.value, high: left.value };
  // A number on the left is the limit of what stands on the right.
  const other = left.isSymbolic ? undefined : boundsAt(right, notebook);
  const limit = (sign === '<=' ? other?.low : other?.high) ?? right.value;
  const slack = 1e-9 * Math.abs(limit);
  const largest = Math.max(Math.abs(bounds.low), Math.abs(bounds.high));
  const isInside =
    right.term.plusMinus || left.term.plusMinus
      ? largest <= Math.abs(limit) + slack
      : sign === '<='
        ? bounds.high <= limit + slack
        : bounds.low >= limit - slack;
  if (isInside) return { status: 'holds' };
  const reached = right.term.plusMinus ? largest : sign === '<=' ? bounds.high : bounds.low;
  const shown = (value: number) => formatEngineering(value, { digits: 6, unit });
  const reason = `it reaches ${shown(reached)}, beyond ${shown(limit)}`;
  const [past] = notebook.wrongPasts(left.term.expression);
  return past?.blame === undefined
    ? { status: 'wrong', reason }
    : { status: 'follows', from: past.blame };
}

function boundsAt({ meant }: Side, notebook: Notebook): Bounds | undefined {
  if (symbolsOf(meant).length === 0) return undefined;
  return meant.kind === 'name' || meant.kind === 'probe'
    ? boundsOf(meant, notebook.original)
    : boundsOfFormula(meant, notebook);
}
