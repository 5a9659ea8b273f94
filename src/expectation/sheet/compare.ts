/**
 * One step of a calculation: two terms and the sign between them. Formulas are compared as formulas, at other values,
 * too; a formula and its numbers name by name; a result at the digits that are written.
 */

import type { Expression } from '../../../grammar/expression.ts';
import { formatEngineering } from '../../../grammar/number.ts';
import type { SheetTerm } from '../../../grammar/sheet/tree.ts';
import { textOf, withLeaves } from '../../../grammar/walk.ts';
import { coincidence } from '../coincidence.ts';
import { formulaText } from '../formula-text.ts';
import { agrees, type Equality, holdsElsewhere, type Identity, sidesIn } from '../identity.ts';
import { mistakenFor } from '../mistaken.ts';
import { proposal } from '../proposal.ts';
import { parsedFormula, slipOf, slipText } from '../slip.ts';
import { rangeOf } from './bounds.ts';
import type { Notebook } from './notebook.ts';
import { difference, isRounded, type Written, writtenNumber } from './rounding.ts';
import { isExact, isFine, numberIn, spreadOf, tolerance } from './spread.ts';
import { pairsOf } from './substitution.ts';

/** A term with what it means in the circuit. */
export interface Side {
  readonly term: SheetTerm;
  readonly meant: Expression;
  readonly value: number;
  /** The value with the wrong results of earlier lines in their places. */
  readonly asWritten: number;
  /** The number that the term is. */
  readonly written: Written | undefined;
  readonly isSymbolic: boolean;
}

export interface Verdict {
  readonly status: 'holds' | 'wrong' | 'follows';
  readonly identity?: Identity | null;
  readonly reason?: string;
  /** The line that is to blame. */
  readonly from?: number;
}

const HOLDS: Verdict = { status: 'holds' };
/** What "about" allows. */
const ABOUT = 0.05;
const EXACT = 1e-9;

export interface Step {
  readonly left: Side;
  readonly right: Side;
  readonly unit: string;
  /** The last formula of the chain, which a result may be rounded from. */
  readonly unrounded: number | undefined;
}

export function equal(step: Step, notebook: Notebook): Verdict {
  const { left, right } = step;
  if (left.isSymbolic && right.isSymbolic) return formulas(step, notebook);
  if (left.isSymbolic && right.written === undefined) {
    const found = substituted(step, notebook);
    if (found !== undefined) return found;
  }
  return numbers(step, notebook);
}

export function about({ left, right, unit }: Step): Verdict {
  const allowed = Math.max(ABOUT * Math.abs(right.value), (right.written?.step ?? 0) / 2);
  if (Math.abs(left.value - right.value) <= allowed) return HOLDS;
  return { status: 'wrong', reason: difference(left.value, asNumber(right), unit) };
}

function asNumber({ written, value }: Side): Written {
  return written ?? { value, step: 0 };
}

/** Two formulas: in the values of the circuit, and at others. */
function formulas({ left, right, unit }: Step, notebook: Notebook): Verdict {
  const { compile, trials } = notebook;
  const equality: Equality = {
    left: compile(left.meant),
    right: compile(right.meant),
    prefix: '',
    parameters: new Map(),
    relative: EXACT,
  };
  const here = trials.here(equality);
  const holds = agrees(here, equality) === true;
  // That two elements are equal is a statement about this circuit.
  if (holds && left.meant.kind === 'name' && right.meant.kind === 'name') return HOLDS;
  const elsewhere = holdsElsewhere(equality, trials);
  if (holds && elsewhere !== false) return { status: 'holds', identity: 'holds' };
  // The specifications may have been drawn, because at their known values both sides are 0.
  const sides = sidesIn(here, equality) ?? { actual: left.value, expected: right.value };
  const shown = difference(sides.actual, { value: sides.expected, step: 0 }, unit);
  if (!trials.mayExplain()) {
    return holds
      ? {
          status: 'holds',
          identity: 'coincidence',
          reason: 'true for these values, but not in general',
        }
      : { status: 'wrong', identity: 'fails', reason: shown };
  }
  if (holds) {
    const found = coincidence(equality, trials);
    const condition = found?.condition ?? null;
    const reason =
      condition === null
        ? 'true for these values, but not in general'
        : `true for these values, in general only while ${condition}`;
    return { status: 'holds', identity: 'coincidence', reason };
  }
  const sources = { trials, compile, parse: parsedFormula };
  const slip = slipOf({ equality, right: inText(right.meant) }, sources);
  const other = mistakenFor(equality, sources);
  const closed = proposal(left.meant, { circuit: trials.ground.circuit, prefix: '' });
  const reasons = [
    ...(slip === undefined ? [shown] : [slipText(slip)]),
    ...(other === undefined ? [] : [`${textOf(right.term.expression)} is the formula of ${other}`]),
    ...(slip !== undefined || closed === undefined ? [] : [`the closed form is ${closed}`]),
  ];
  return { status: 'wrong', identity: 'fails', reason: reasons.join('; ') };
}

/** The formula with a text of its own in the names of the circuit, so that parts of it can be exchanged. */
function inText(meant: Expression): Expression {
  const text = formulaText(meant);
  return parsedFormula(text) ?? meant;
}

/** Numbers for the names of a formula, each at the digits that are written; undefined when the shapes differ. */
function substituted({ left, right, unit }: Step, notebook: Notebook): Verdict | undefined {
  const { expression } = left.term;
  const pairs = pairsOf(expression, right.term.expression);
  if (pairs === undefined || expression.kind === 'name' || expression.kind === 'probe') {
    return undefined;
  }
  let from: number | undefined;
  for (const { symbol, numbers: put } of pairs) {
    const value = notebook.value(notebook.meant(symbol));
    const written = numberIn(put, notebook);
    if (value === undefined || written === undefined) return undefined;
    if (isRounded(value, written)) continue;
    const past = notebook.wrongPast(symbol);
    if (past !== undefined && isRounded(past.value, written)) {
      from ??= past.blame;
      continue;
    }
    const shown = (number: number) => formatEngineering(number, { digits: 6 });
    const known = notebook.symbol(symbol);
    const limits = known === undefined ? undefined : notebook.limits(known)?.limits;
    if (limits !== undefined) {
      const { low, high } = rangeOf(limits);
      const slack = EXACT * Math.abs(written.value);
      const isInside = written.value >= low - slack && written.value <= high + slack;
      const name = textOf(symbol);
      const reason = `${name} is between ${shown(low)} and ${shown(high)} by its limits, ${shown(value)} as far as it is known`;
      const how = isInside ? `; a line above takes a value for it: ${name} = ${textOf(put)}` : '';
      return { status: 'wrong', reason: reason + how };
    }
    const reason = `${textOf(put)} stands for ${textOf(symbol)}, which is ${shown(value)}`;
    return { status: 'wrong', reason };
  }
  if (from !== undefined) return { status: 'follows', from };
  // Every number is right: what is left is that of rounding.
  const far =
    Math.abs(left.value - right.value) > tolerance(right, notebook) + tolerance(left, notebook);
  return far ? { status: 'wrong', reason: difference(left.value, asNumber(right), unit) } : HOLDS;
}

function numbers({ left, right, unit, unrounded }: Step, notebook: Notebook): Verdict {
  const magnitude = right.term.plusMinus || left.term.plusMinus;
  const of = (value: number) => (magnitude ? Math.abs(value) : value);
  const result = right.written;
  if (result !== undefined) {
    const written = { value: of(result.value), step: result.step };
    if (isRounded(of(left.value), written)) return HOLDS;
    if (unrounded !== undefined && isRounded(of(unrounded), written)) return HOLDS;
    if (
      left.written !== undefined &&
      Math.abs(of(left.value) - written.value) <= left.written.step / 2
    ) {
      return HOLDS; // more digits of the same
    }
    const [past] = notebook.wrongPasts(left.term.expression);
    if (past?.blame !== undefined && isRounded(of(left.asWritten), written)) {
      return { status: 'follows', from: past.blame };
    }
    const isPercent = /%\s*$/.test(textOf(right.term.expression));
    const shown = isPercent ? '%' : unit;
    return { status: 'wrong', reason: difference(of(left.value), written, shown) };
  }
  if (left.isSymbolic) return madeOf({ left, right, unit }, notebook);
  // What stands on the left is taken as it is written.
  const allowed = tolerance(right, notebook);
  if (Math.abs(of(left.value) - of(right.value)) <= allowed) return HOLDS;
  const [past] = [
    ...notebook.wrongPasts(left.term.expression),
    ...notebook.wrongPasts(right.term.expression),
  ];
  if (past?.blame !== undefined && Math.abs(left.asWritten - right.asWritten) <= allowed) {
    return { status: 'follows', from: past.blame };
  }
  return { status: 'wrong', reason: difference(left.value, asNumber(right), unit) };
}

/** Numbers of another shape than the formula: each stands for the known value that it is the rounding of. */
function madeOf(
  { left, right, unit }: Pick<Step, 'left' | 'right' | 'unit'>,
  notebook: Notebook,
): Verdict {
  if (Math.abs(right.value - left.value) <= EXACT * Math.abs(left.value)) return HOLDS;
  const unknown: Expression[] = [];
  let from: number | undefined;
  const exact = withLeaves(right.term.expression, (leaf) => {
    const written = leaf.kind === 'number' && !isExact(leaf) ? writtenNumber(leaf) : undefined;
    if (written === undefined || leaf.kind !== 'number') return leaf;
    const known = notebook.knownValue(written);
    if (known === undefined) unknown.push(leaf);
    from ??= known?.blame;
    return known === undefined ? leaf : { ...leaf, value: known.value };
  });
  const value = notebook.value(exact) ?? right.value;
  const rounding = spreadOf(exact, {
    value,
    notebook,
    counts: (leaf) => unknown.includes(leaf) && isFine(leaf),
  });
  if (Math.abs(value - left.value) <= EXACT * Math.abs(left.value) + rounding) return HOLDS;
  if (from !== undefined) return { status: 'follows', from };
  const reason = difference(left.value, asNumber(right), unit);
  const [first] = unknown;
  return {
    status: 'wrong',
    reason: first === undefined ? reason : `${reason}; nothing in the circuit is ${textOf(first)}`,
  };
}
