/**
 * Whether the units of a formula fit: what is added, compared or put in parallel is of one unit, exponents and the
 * arguments of exp and ln have none. A bare literal takes the unit that makes its neighbours fit.
 */

import type { Expression } from '../../grammar/expression.ts';
import { type SymbolNode, textOf } from '../../grammar/walk.ts';
import { FormulaFault } from './fault.ts';
import { literalOf } from './literal.ts';
import { combined, NONE, over, power, type Unit, type Units, unitName } from './unit.ts';

/** The unit of a name or probe. @throws {FormulaFault} when it means nothing. */
export type UnitOf = (symbol: SymbolNode) => Unit;

/** The unit of a formula. @throws {FormulaFault} where units do not fit. */
export function unitOf(
  expression: Expression,
  at: { readonly units: Units; readonly symbol: UnitOf },
): Unit {
  const { units } = at;
  const of = (inner: Expression): Unit => unitOf(inner, at);
  const without = (inner: Expression, what: string): void => {
    const found = of(inner);
    if (units.unify(found, NONE)) return;
    const name = unitName(units.resolved(found));
    throw mismatch(inner, `${what} has no unit, and ${quoted(inner)} is in ${name}.`);
  };
  switch (expression.kind) {
    case 'number':
      return literalOf(expression).unit ?? units.unknown();
    case 'name':
    case 'probe':
      return at.symbol(expression);
    case 'unary':
    case 'magnitude':
      return of(expression.operand);
    case 'conditional':
      return of(expression.consequent);
    case 'call':
      return called(expression, { of, without, units });
    case 'binary':
      break;
  }
  const { operator, left, right } = expression;
  if (operator === '^' || operator === '**') {
    const exponent = number(right);
    if (exponent !== undefined) return power(of(left), exponent);
    without(right, 'An exponent');
    without(left, 'The base of a power with a formula for exponent');
    return NONE;
  }
  const [a, b] = [of(left), of(right)];
  if (operator === '*') return combined(a, b);
  if (operator === '/') return over(a, b);
  if (units.unify(a, b)) return a;
  const verb =
    operator === '||' ? 'put in parallel with' : operator === '-' ? 'taken from' : 'added to';
  const [first, second] = [unitName(units.resolved(a)), unitName(units.resolved(b))];
  throw mismatch(
    right,
    `${quoted(right)} ${being(second)} and cannot be ${verb} ${quoted(left)}, which ${being(first)}.`,
  );
}

/** The unit of both sides of a relation. @throws {FormulaFault} when they are of different units. */
export function compareUnits(
  { left, right }: { readonly left: Expression; readonly right: Expression },
  at: { readonly units: Units; readonly symbol: UnitOf },
): Unit {
  const { units } = at;
  const [a, b] = [unitOf(left, at), unitOf(right, at)];
  if (units.unify(a, b)) return a;
  const [first, second] = [unitName(units.resolved(a)), unitName(units.resolved(b))];
  throw mismatch(right, `${quoted(right)} ${being(second)}, but ${quoted(left)} ${being(first)}.`);
}

function being(unit: string): string {
  return unit === 'no unit' ? 'has no unit' : `is in ${unit}`;
}

function called(
  { name, arguments: operands }: Extract<Expression, { kind: 'call' }>,
  {
    of,
    without,
    units,
  }: {
    readonly of: (inner: Expression) => Unit;
    readonly without: (inner: Expression, what: string) => void;
    readonly units: Units;
  },
): Unit {
  const [first, ...others] = operands;
  if (first === undefined) return NONE;
  switch (name.toLowerCase()) {
    case 'sqrt':
      return power(of(first), 0.5);
    case 'exp':
    case 'ln':
    case 'log10':
      without(first, `The argument of ${name}`);
      return NONE;
    default: {
      // abs, min, max and parallel give what they are given
      const unit = of(first);
      for (const other of others) {
        const found = of(other);
        if (units.unify(unit, found)) continue;
        const [a, b] = [unitName(units.resolved(unit)), unitName(units.resolved(found))];
        throw mismatch(other, `${quoted(other)} ${being(b)}, but ${quoted(first)} ${being(a)}.`);
      }
      return unit;
    }
  }
}

/** The value of a literal with or without a sign; undefined for anything else. */
function number(expression: Expression): number | undefined {
  if (expression.kind === 'number') return literalOf(expression).value;
  if (expression.kind !== 'unary') return undefined;
  const value = number(expression.operand);
  if (value === undefined) return undefined;
  return expression.operator === '-' ? -value : value;
}

function quoted(expression: Expression): string {
  const text = textOf(expression).replace(/\s+/g, ' ');
  return `"${text.length > 40 ? `${text.slice(0, 37)}...` : text}"`;
}

function mismatch({ span }: Expression, message: string): FormulaFault {
  return new FormulaFault(
    span,
    message,
    'Look for a factor that is missing, or one too many.',
    'unit_mismatch',
  );
}
