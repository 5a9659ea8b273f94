/**
 * A calculation sheet against the circuit: every equality of every line. The first wrong step is marked, and what is
 * right by itself but made of something wrong is told apart from further mistakes.
 */

import { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { Expression } from '../../../grammar/expression.ts';
import { formatEngineering } from '../../../grammar/number.ts';
import { parseSheet } from '../../../grammar/sheet/parse.ts';
import type { SheetEntry, SheetTerm } from '../../../grammar/sheet/tree.ts';
import { position, type Source, type Span } from '../../../grammar/source.ts';
import { symbolsOf } from '../../../grammar/walk.ts';
import type { CircuitAnalysis } from '../../analysis/circuit-analysis.ts';
import type { Circuit } from '../../circuit/circuit.ts';
import { obedience } from '../declarations.ts';
import { compareUnits } from '../dimensions.ts';
import { FormulaFault } from '../fault.ts';
import { formulaCompiler } from '../formula.ts';
import { quantityOf } from '../quantities.ts';
import { Units, unitSymbol } from '../unit.ts';
import { type Bounds, boundsOf, rangeOf } from './bounds.ts';
import { about, equal, type Side, type Verdict } from './compare.ts';
import { Notebook, nameOf } from './notebook.ts';
import type { SheetLine, SheetResult, SheetStep } from './result.ts';
import { difference, writtenNumber } from './rounding.ts';

type Calculation = Extract<SheetEntry, { kind: 'calculation' }>;

/** The sheet as it stands, line by line. */
export async function checkSheet(
  source: Source,
  { circuit, result }: { readonly circuit: Circuit; readonly result: CircuitAnalysis },
): Promise<SheetResult> {
  const compile = await formulaCompiler();
  const diagnostics = new Diagnostics();
  const obey = obedience(circuit, { compile, diagnostics });
  const notebook = new Notebook({ circuit, result, obey }, compile);
  const { entries } = parseSheet(source);
  if (entries.length === 0) {
    diagnostics.error(
      'no_calculation',
      { source, start: 0, end: Math.min(1, source.text.length) },
      'There is no calculation in this sheet.',
      'A calculation is a line with a relation sign: G_N = 1 + R3/R2 = 10.05.',
    );
  }
  const lines = entries.map((entry): SheetLine => {
    if (entry.kind === 'unread') return unread(entry.span, entry, diagnostics);
    try {
      return calculated(entry, notebook);
    } catch (fault) {
      if (!(fault instanceof FormulaFault)) throw fault;
      return unread(
        entry.span,
        { message: fault.message, hint: fault.hint ?? '', at: fault.span },
        diagnostics,
      );
    }
  });
  const wrong = lines.flatMap(({ line, steps }) =>
    steps.flatMap(({ status, text, reason }) =>
      status === 'wrong' ? [{ line, text, reason: reason ?? '' }] : [],
    ),
  );
  return { file: source.name, lines, first: wrong[0] ?? null, diagnostics: diagnostics.all };
}

function unread(
  span: Span,
  { message, hint, at }: { readonly message: string; readonly hint: string; readonly at?: Span },
  diagnostics: Diagnostics,
): SheetLine {
  diagnostics.error('unread_line', at ?? span, message, hint);
  return { line: lineOf(span), text: textAt(span), status: 'unread', steps: [], note: message };
}

function lineOf({ source, start }: Span): number {
  return position(source, start).line;
}

function textAt({ source, start, end }: Span): string {
  return source.text.slice(start, end).replace(/\s+/g, ' ').trim();
}

function calculated(entry: Calculation, notebook: Notebook): SheetLine {
  const line = lineOf(entry.span);
  const common = { line, text: textAt(entry.span) };
  const [head, second] = entry.terms;
  if (head === undefined || second === undefined) {
    return { ...common, status: 'unread', steps: [], note: 'A relation has two sides.' };
  }
  const notes: string[] = [];
  const name = nameOf(head.expression);
  const symbol = notebook.symbol(head.expression);
  const isNew = head.expression.kind === 'name' && symbol === undefined;
  if (isNew && name !== undefined) {
    notebook.define(name, notebook.meant(second.expression));
    if (entry.terms.length === 2) notes.push(`${name} is defined here`);
  }
  const number = writtenValue(entry.terms, notebook);
  const given = symbol === undefined ? undefined : notebook.limits(symbol);
  if (given !== undefined && number !== undefined && entry.terms.every(isEqual)) {
    const { low, high } = rangeOf(given.limits);
    const unit = symbol === undefined ? undefined : quantityOf(symbol, notebook.subject)?.unit;
    if (notebook.assume(given, number)) {
      const shown = (value: number) =>
        formatEngineering(value, { unit: unit === undefined ? '' : unitSymbol(unit) });
      notes.push(
        high === Number.POSITIVE_INFINITY
          ? `taken, at least ${shown(low)}`
          : `taken, between ${shown(low)} and ${shown(high)}`,
      );
    }
  }
  const terms = isNew ? entry.terms.slice(1) : entry.terms;
  const steps = stepsOf(terms, { notebook, line });
  const blame = steps.find(({ status }) => status !== 'holds');
  const last = entry.terms.at(-1);
  const value = last === undefined ? undefined : valueOfTerm(last, notebook);
  if (name !== undefined && value !== undefined) {
    const from = blame === undefined ? undefined : (blame.from ?? line);
    const exact = notebook.value(notebook.meant(head.expression));
    notebook.note(head.expression, { value, exact, line, blame: from });
  }
  const status = steps.some((step) => step.status === 'wrong')
    ? 'wrong'
    : blame !== undefined
      ? 'follows'
      : notes.length > 0
        ? 'taken'
        : 'holds';
  return { ...common, status, steps, note: notes.length > 0 ? notes.join('; ') : null };
}

function isEqual({ relation }: SheetTerm): boolean {
  return relation === undefined || relation === '=';
}

/** The number at the end of a chain without any formula, as in `I_BN = 5 nA + 0.5 nA = 5.5 nA`. */
function writtenValue(terms: readonly SheetTerm[], notebook: Notebook): number | undefined {
  const others = terms.slice(1);
  if (others.some(({ expression }) => symbolsOf(expression).length > 0)) return undefined;
  const [first] = others;
  return first === undefined ? undefined : notebook.value(first.expression);
}

function valueOfTerm({ expression }: SheetTerm, notebook: Notebook): number | undefined {
  return writtenNumber(expression)?.value ?? notebook.value(notebook.meant(expression));
}

function stepsOf(
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
  { left, right, unrounded }: { left: SheetTerm; right: SheetTerm; unrounded: number | undefined },
  notebook: Notebook,
): SheetStep {
  const sign = right.relation === '->' ? '=' : (right.relation ?? '=');
  const text = `${textAt(left.span)} ${sign} ${textAt(right.span)}`;
  const [a, b] = [notebook.meant(left.expression), notebook.meant(right.expression)];
  const common = { text, identity: null, from: null };
  let unit = '';
  try {
    unit = unitOfBoth(a, b, notebook);
  } catch (fault) {
    if (!(fault instanceof FormulaFault)) throw fault;
    const reason = fault.message.replace(/\.$/, '');
    return { ...common, status: 'wrong', actual: null, expected: null, unit, reason };
  }
  const sides = [side(left, a, notebook), side(right, b, notebook)] as const;
  const [one, two] = sides;
  if (one === undefined || two === undefined) {
    const reason = 'the circuit does not have this quantity';
    return { ...common, status: 'wrong', actual: null, expected: null, unit, reason };
  }
  const step = { left: one, right: two, unit, unrounded };
  const verdict =
    sign === '\u2248'
      ? about(step)
      : sign === '<=' || sign === '>='
        ? limited(step, { sign, notebook })
        : equal(step, notebook);
  return {
    ...common,
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

/** `<=` and `>=`: for all values that the specifications allow. */
function limited(
  { left, right, unit }: { readonly left: Side; readonly right: Side; readonly unit: string },
  { sign, notebook }: { readonly sign: '<=' | '>='; readonly notebook: Notebook },
): Verdict {
  const bounds: Bounds = boundsAt(left, notebook) ?? { low: left.value, high: left.value };
  const limit = right.value;
  const slack = (right.written?.step ?? 0) / 2 + 1e-9 * Math.abs(limit);
  const largest = Math.max(Math.abs(bounds.low), Math.abs(bounds.high));
  const isInside =
    right.term.plusMinus || left.term.plusMinus
      ? largest <= Math.abs(limit) + slack
      : sign === '<='
        ? bounds.high <= limit + slack
        : bounds.low >= limit - slack;
  if (isInside) return { status: 'holds' };
  const reached = right.term.plusMinus ? largest : sign === '<=' ? bounds.high : bounds.low;
  const reason = difference(reached, right.written ?? { value: limit, step: 0 }, unit);
  const [past] = notebook.wrongPasts(left.term.expression);
  return past?.blame === undefined
    ? { status: 'wrong', reason }
    : { status: 'follows', from: past.blame };
}

function boundsAt({ meant }: Side, notebook: Notebook): Bounds | undefined {
  if (meant.kind !== 'name' && meant.kind !== 'probe') return undefined;
  return boundsOf(meant, notebook.original);
}
