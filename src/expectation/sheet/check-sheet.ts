/**
 * A calculation sheet against the circuit: every equality of every line. The first wrong step is marked, and what is
 * right by itself but made of something wrong is told apart from further mistakes.
 */

import { Diagnostics } from '../../../grammar/diagnostic.ts';
import { formatEngineering } from '../../../grammar/number.ts';
import { parseSheet } from '../../../grammar/sheet/parse.ts';
import type { SheetEntry, SheetTerm } from '../../../grammar/sheet/tree.ts';
import { position, type Source, type Span } from '../../../grammar/source.ts';
import { symbolsOf } from '../../../grammar/walk.ts';
import type { CircuitAnalysis } from '../../analysis/circuit-analysis.ts';
import type { Circuit } from '../../circuit/circuit.ts';
import { obedience } from '../declarations.ts';
import { FormulaFault } from '../fault.ts';
import { formulaCompiler } from '../formula.ts';
import { quantityOf } from '../quantities.ts';
import { unitSymbol } from '../unit.ts';
import { rangeOf } from './bounds.ts';
import { Notebook, nameOf } from './notebook.ts';
import type { SheetLine, SheetResult } from './result.ts';
import { writtenNumber } from './rounding.ts';
import { mixture, stepsOf, textAt } from './steps.ts';

type Calculation = Extract<SheetEntry, { kind: 'calculation' }>;

/** The sheet as it stands, line by line. */
export async function checkSheet(
  source: Source,
  { circuit, result }: { readonly circuit: Circuit; readonly result: CircuitAnalysis },
): Promise<SheetResult> {
  const compile = await formulaCompiler();
  const diagnostics = new Diagnostics();
  const obey = obedience(circuit, compile);
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
  const defined = isNew ? notebook.meant(second.expression) : undefined;
  if (defined !== undefined && name !== undefined) notebook.define(name, defined);
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
  const faulty =
    defined === undefined ? undefined : mixture(defined, { span: entry.span, notebook });
  const steps = faulty === undefined ? stepsOf(terms, { notebook, line }) : [faulty];
  if (isNew && steps.length === 0) notes.push(`${name} is defined here`);
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
