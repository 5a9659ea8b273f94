/**
 * The functions that simulators draw tolerances with, as limits: `mc(x,tol)`, `flat(x)`, `gauss`, `agauss`, `unif`,
 * `aunif`, and `wc(x,tol,index)`, which users define by an idiom of LTspice. Their nominal value is what
 * evaluation gives.
 */

import type { Expression } from '../../grammar/expression.ts';
import { operands, withOperands } from '../../grammar/walk.ts';
import type { Scope } from './scope.ts';
import type { Deviation } from './tolerance.ts';

type Call = Extract<Expression, { kind: 'call' }>;

/** Of a normal distribution without limits. */
export const SIGMAS = 3;

/** nominal and half-width of a call with these arguments. */
const LIMITS: Readonly<Record<string, (x: readonly number[]) => readonly [number, number]>> = {
  mc: ([nominal = 0, part = 0]) => [nominal, nominal * part], // LTspice
  flat: ([half = 0]) => [0, half], // LTspice
  // LTspice: gauss(sigma). HSPICE, ngspice, Xyce: gauss(nominal, part, n), part = n sigma.
  gauss: ([first = 0, part]) => (part === undefined ? [0, SIGMAS * first] : [first, first * part]),
  agauss: ([nominal = 0, half = 0]) => [nominal, half],
  unif: ([nominal = 0, part = 0]) => [nominal, nominal * part],
  aunif: ([nominal = 0, half = 0]) => [nominal, half],
};

/** `.func wc(nom,tol,index) if(run==numruns,nom,if(binary(run,index),nom*(1+tol),nom*(1-tol)))` */
function isCornerIdiom({ name, arguments: operands }: Call, scope: Scope): boolean {
  return /^wc$/i.test(name) && operands.length === 3 && scope.userFunction(name) !== undefined;
}

function isRandom(call: Call, scope: Scope): boolean {
  if (isCornerIdiom(call, scope)) return true;
  return (
    Object.hasOwn(LIMITS, call.name.toLowerCase()) && scope.userFunction(call.name) === undefined
  );
}

/** Calls beyond this number would need too many combinations. */
const MOST_CALLS = 6;

/** The outermost random calls of an expression. */
export function randomCalls(expression: Expression, scope: Scope): readonly Call[] {
  const found: Call[] = [];
  const visit = (part: Expression): void => {
    if (part.kind === 'call' && isRandom(part, scope)) found.push(part);
    else for (const inner of operands(part)) visit(inner);
  };
  visit(expression);
  return found;
}

/** The expression with the nominal value in place of every `wc(...)`, whose body needs a run that there is not. */
export function atNominalCorner(expression: Expression, scope: Scope): Expression {
  if (expression.kind === 'number') return expression;
  return replaced(expression, (call) =>
    isCornerIdiom(call, scope) ? call.arguments[0] : undefined,
  );
}

/**
 * The lowest and the highest value of an expression over all its random calls, as parts of the nominal one;
 * undefined without such calls, for a nominal value of 0 and for more than six calls.
 * @throws {EvaluationFault} as `Scope.evaluate`.
 */
export function randomDeviation(expression: Expression, scope: Scope): Deviation | undefined {
  const calls = randomCalls(expression, scope);
  const nominal = scope.evaluate(atNominalCorner(expression, scope));
  if (calls.length === 0 || calls.length > MOST_CALLS || nominal === 0) return undefined;
  const limits = new Map(calls.map((call) => [call, limitsOf(call, scope)]));
  const parts = Array.from({ length: 2 ** calls.length }, (_, corner) => {
    const at = (call: Call): Expression | undefined => {
      const [low, high] = limits.get(call) ?? [];
      const value = (corner >> calls.indexOf(call)) & 1 ? high : low;
      return value === undefined ? undefined : { kind: 'number', value, span: call.span };
    };
    return scope.evaluate(replaced(expression, at)) / nominal - 1;
  });
  return { low: Math.min(0, ...parts), high: Math.max(0, ...parts) };
}

function limitsOf(call: Call, scope: Scope): readonly [low: number, high: number] {
  const operands = call.arguments.map((operand) => scope.evaluate(operand));
  const of = LIMITS[isCornerIdiom(call, scope) ? 'mc' : call.name.toLowerCase()];
  const [nominal, half] = of?.(operands) ?? [0, 0];
  return [nominal - half, nominal + half];
}

/** The expression with other ones in place of some calls. */
function replaced(expression: Expression, by: (call: Call) => Expression | undefined): Expression {
  const found = expression.kind === 'call' ? by(expression) : undefined;
  return found ?? withOperands(expression, (operand) => replaced(operand, by));
}
