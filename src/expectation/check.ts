/**
 * Every `*@ expect` line against the analysed circuit. In an inequality VOE stands for every value the
 * budget allows, in an equality for the known error (design section 4).
 */

import type { Diagnostic } from '../../grammar/diagnostic.ts';
import { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Expression } from '../../grammar/expression.ts';
import { placeOf, type Span } from '../../grammar/source.ts';
import { didYouMean } from '../../grammar/suggest.ts';
import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import type { Circuit, Expectation } from '../circuit/circuit.ts';
import { FormulaFault, formulaCompiler, type Resolve } from './formula.ts';
import { namedValue, probedValue, QUANTITY_NAMES, type Subject } from './quantities.ts';

export interface ExpectationResult {
  /** As written behind `expect`. */
  readonly text: string;
  readonly line: number;
  readonly quantity: string;
  /** The left side and the right side [SI]; null where the circuit does not have the quantity. */
  readonly actual: number | null;
  readonly expected: number | null;
  readonly passes: boolean;
  /** Whether the formula holds for all element values; not decided by this version. */
  readonly identity: null;
}

/** What an equality allows when the line says nothing. */
const DEFAULT_RELATIVE = 1e-9;

/** The results of all expectations, and the faults of formulas as diagnostics. */
export async function checkExpectations(
  circuit: Circuit,
  result: CircuitAnalysis,
): Promise<{
  readonly results: readonly ExpectationResult[];
  readonly diagnostics: readonly Diagnostic[];
}> {
  if (circuit.expectations.length === 0) return { results: [], diagnostics: [] };
  const compile = await formulaCompiler();
  const diagnostics = new Diagnostics();
  const results: ExpectationResult[] = [];
  for (const expectation of circuit.expectations) {
    const subject = { circuit, result, prefix: expectation.prefix };
    try {
      const left = compile(expectation.left);
      const right = compile(expectation.right);
      const sides = values(expectation, subject).map((resolve) => ({
        actual: left.evaluate(resolve),
        expected: right.evaluate(resolve),
      }));
      results.push(judged(expectation, sides));
    } catch (fault) {
      if (!(fault instanceof FormulaFault)) throw fault;
      if (fault instanceof MissingQuantity) {
        results.push(judged(expectation, []));
        continue;
      }
      diagnostics.error('bad_formula', fault.span, fault.message, fault.hint);
    }
  }
  return { results, diagnostics: diagnostics.all };
}

/** A quantity that this circuit does not have: the expectation fails, but the line is right. */
class MissingQuantity extends FormulaFault {}

/** The values under which an expectation must hold. */
function values(expectation: Expectation, subject: Subject): Resolve[] {
  if (expectation.relation === '=') return [resolver(subject, undefined)];
  const { error, budget } = subject.result;
  if (error === null || budget === null) return [resolver(subject, undefined)];
  const low = error.output + budget.opAmps.low;
  const high = error.output + budget.opAmps.high;
  const ends = low < 0 && high > 0 ? [low, 0, high] : [low, high];
  return ends.map((voe) => resolver(subject, voe));
}

function resolver(subject: Subject, voe: number | undefined): Resolve {
  return (symbol) => {
    const isVoe = symbol.kind === 'name' && symbol.name.toUpperCase() === 'VOE';
    if (isVoe && voe !== undefined) return voe;
    const value =
      symbol.kind === 'name' ? namedValue(symbol.name, subject) : probedValue(symbol, subject);
    const written = textOf(symbol.span);
    if (value === undefined) {
      const names = [...subject.circuit.elements.map(({ name }) => name), ...QUANTITY_NAMES];
      throw new FormulaFault(
        symbol.span,
        `"${written}" is no quantity of this circuit${didYouMean(written, names)}.`,
        `Quantities are element names and ${QUANTITY_NAMES.join(', ')}.`,
      );
    }
    if (value === null) throw new MissingQuantity(symbol.span, `"${written}" does not exist here.`);
    return value;
  };
}

function judged(
  expectation: Expectation,
  sides: readonly { readonly actual: number; readonly expected: number }[],
): ExpectationResult {
  const worst = sides.reduce<{ actual: number; expected: number } | undefined>(
    (found, side) =>
      found === undefined || excess(expectation, side) > excess(expectation, found) ? side : found,
    undefined,
  );
  return {
    text: expectation.text.trim(),
    line: placeOf(expectation.span).line,
    quantity: quantityOf(expectation.left),
    actual: worst?.actual ?? null,
    expected: worst?.expected ?? null,
    passes: worst !== undefined && excess(expectation, worst) <= 0,
    identity: null,
  };
}

/** How far the relation is from holding; not above 0 when it holds, NaN counts as broken. */
function excess(
  { relation, relative, absolute }: Expectation,
  { actual, expected }: { actual: number; expected: number },
): number {
  const given = relative !== undefined || absolute !== undefined;
  const tolerance =
    (relative ?? (given ? 0 : DEFAULT_RELATIVE)) * Math.abs(expected) +
    Math.abs(absolute?.value ?? 0);
  const distance =
    relation === '='
      ? Math.abs(actual - expected) - tolerance
      : relation === '<='
        ? actual - expected - (given ? tolerance : 0)
        : expected - actual - (given ? tolerance : 0);
  return Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance;
}

function quantityOf(expression: Expression): string {
  return textOf(expression.span).trim();
}

function textOf({ source, start, end }: Span): string {
  return source.text.slice(start, end);
}
