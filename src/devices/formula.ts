/**
 * A formula of the solution as plain data: parameters are numbers, functions of the netlist are inlined,
 * and every operation means one thing, whatever the dialect it was written in. Sub-formulas may be shared:
 * a formula is a graph without cycles, and equal parts that are one object are evaluated once.
 */

import { type Binary, binaryLaw, type Unary, unaryLaw } from './elementary.ts';

export type Formula =
  | { readonly kind: 'constant'; readonly value: number }
  /** u_index */
  | { readonly kind: 'input'; readonly index: number }
  | { readonly kind: 'unary'; readonly operation: Unary; readonly operand: Formula }
  | {
      readonly kind: 'binary';
      readonly operation: Binary;
      readonly left: Formula;
      readonly right: Formula;
    }
  /** The consequent where the test is not 0. */
  | {
      readonly kind: 'conditional';
      readonly test: Formula;
      readonly consequent: Formula;
      readonly alternative: Formula;
    }
  | Table;

/** Straight lines through points with ascending x. */
export interface Table {
  readonly kind: 'table';
  readonly argument: Formula;
  /** Two equal x are a jump; the value there is the first of the two. */
  readonly points: readonly Point[];
  /** Outside: the first and the last value, or the first and the last line. */
  readonly outside: 'level' | 'extended';
}

export type Point = readonly [x: number, y: number];

export function constant(value: number): Formula {
  return { kind: 'constant', value };
}

export function input(index: number): Formula {
  return { kind: 'input', index };
}

/** Operations on constants are constants; they may be NaN or infinite. */
export function unary(operation: Unary, operand: Formula): Formula {
  if (operand.kind === 'constant' && Number.isNaN(operand.value)) return operand;
  if (operand.kind === 'constant') return constant(unaryLaw(operation).value(operand.value));
  return { kind: 'unary', operation, operand };
}

export function binary(operation: Binary, [left, right]: readonly [Formula, Formula]): Formula {
  if (left.kind === 'constant' && right.kind === 'constant') {
    // What has no value in an operand has none in the result: NaN compares as false and has the power 1.
    if (Number.isNaN(left.value) || Number.isNaN(right.value)) return constant(Number.NaN);
    return constant(binaryLaw(operation).value(left.value, right.value));
  }
  return { kind: 'binary', operation, left, right };
}

/** first o second o third ..., from the left. */
export function joined(operation: Binary, operands: readonly Formula[]): Formula {
  return operands.reduce((left, right) => binary(operation, [left, right]));
}

export function conditional(
  test: Formula,
  [consequent, alternative]: readonly [Formula, Formula],
): Formula {
  if (test.kind === 'constant') {
    if (Number.isNaN(test.value)) return test;
    return test.value !== 0 ? consequent : alternative;
  }
  return { kind: 'conditional', test, consequent, alternative };
}

/** `points` must not be empty, and their x must not descend. */
export function table(
  argument: Formula,
  { points, outside }: { readonly points: readonly Point[]; readonly outside: Table['outside'] },
): Formula {
  const formula: Table = { kind: 'table', argument, points, outside };
  if (argument.kind !== 'constant') return formula;
  const { value, slope, from } = segmentAt(formula, argument.value);
  return constant(value + slope * (argument.value - from));
}

/** The line of a table at x: y = value + slope (x - from). At a corner the line to the left of it. */
export function segmentAt(
  { points, outside }: Table,
  x: number,
): { readonly value: number; readonly slope: number; readonly from: number } {
  let [low, high] = [0, points.length - 1]; // points[low].x < x <= points[high].x, where that exists
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.[0] ?? 0) < x) low = middle;
    else high = middle;
  }
  const [[x0, y0], [x1, y1]] = [points[low] ?? [0, 0], points[high] ?? [0, 0]];
  const slope = x1 > x0 ? (y1 - y0) / (x1 - x0) : 0;
  if (x > x1) return { value: y1, slope: outside === 'level' ? 0 : slope, from: x1 };
  if (x <= x0 && outside === 'level') return { value: y0, slope: 0, from: x0 };
  return { value: y0, slope, from: x0 };
}

/** The formulas that a formula is made of, in the order in which they are written. */
export function operandsOf(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case 'constant':
    case 'input':
      return [];
    case 'unary':
      return [formula.operand];
    case 'binary':
      return [formula.left, formula.right];
    case 'conditional':
      return [formula.test, formula.consequent, formula.alternative];
    case 'table':
      return [formula.argument];
  }
}

/** Every distinct part of a formula, operands before what is made of them, the formula itself last. */
export function partsOf(formula: Formula): readonly Formula[] {
  const parts = new Set<Formula>();
  const pending: { readonly part: Formula; readonly opened: boolean }[] = [
    { part: formula, opened: false },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { part, opened } = next;
    if (parts.has(part)) continue;
    if (opened) {
      parts.add(part);
      continue;
    }
    pending.push({ part, opened: true });
    for (const operand of operandsOf(part)) pending.push({ part: operand, opened: false });
  }
  return [...parts];
}

/** The same formula with other formulas for its inputs; shared parts stay shared. */
export function substituted(formula: Formula, inputs: readonly Formula[]): Formula {
  const replaced = new Map<Formula, Formula>();
  const at = (part: Formula): Formula => replaced.get(part) ?? part;
  for (const part of partsOf(formula)) replaced.set(part, rebuilt(part, { at, inputs }));
  return at(formula);
}

function rebuilt(
  part: Formula,
  { at, inputs }: { at: (part: Formula) => Formula; inputs: readonly Formula[] },
): Formula {
  switch (part.kind) {
    case 'constant':
      return part;
    case 'input':
      return inputs[part.index] ?? part;
    case 'unary':
      return unary(part.operation, at(part.operand));
    case 'binary':
      return binary(part.operation, [at(part.left), at(part.right)]);
    case 'conditional':
      return conditional(at(part.test), [at(part.consequent), at(part.alternative)]);
    case 'table':
      return table(at(part.argument), part);
  }
}
