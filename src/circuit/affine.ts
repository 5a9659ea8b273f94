/**
 * An expression that is linear in the voltages and currents it reads: c + sum g_i x_i with constant c and
 * g_i. What a linear solver can make of VALUE=, B sources and LAPLACE at DC.
 */

import type { Expression } from '../../grammar/expression.ts';
import { EvaluationFault, type Scope } from './scope.ts';

type Probe = Extract<Expression, { kind: 'probe' }>;

export interface Affine {
  readonly constant: number;
  /** Controlling quantities and their gains; the same quantity may occur several times. */
  readonly terms: readonly { readonly probe: Probe; readonly gain: number }[];
}

/** @throws {EvaluationFault} `nonlinear_expression` where a product, quotient or function of probes stands. */
export function affine(expression: Expression, scope: Scope): Affine {
  switch (expression.kind) {
    case 'probe':
      return { constant: 0, terms: [{ probe: expression, gain: 1 }] };
    case 'unary':
      if (expression.operator === '-') return scaled(affine(expression.operand, scope), -1);
      if (expression.operator === '+') return affine(expression.operand, scope);
      break;
    case 'binary':
      if (hasProbe(expression)) return combined(expression, scope);
      break;
    case 'conditional':
      if (!hasProbe(expression.test)) {
        const holds = scope.evaluate(expression.test) !== 0;
        return affine(holds ? expression.consequent : expression.alternative, scope);
      }
      break;
    default:
      break;
  }
  if (hasProbe(expression)) throw nonlinear(expression);
  return { constant: scope.evaluate(expression), terms: [] };
}

function combined(expression: Extract<Expression, { kind: 'binary' }>, scope: Scope): Affine {
  const { operator, left, right } = expression;
  if (operator === '+') return sum(affine(left, scope), affine(right, scope));
  if (operator === '-') return sum(affine(left, scope), scaled(affine(right, scope), -1));
  if (operator === '*' && !hasProbe(left))
    return scaled(affine(right, scope), scope.evaluate(left));
  if (operator === '*' && !hasProbe(right))
    return scaled(affine(left, scope), scope.evaluate(right));
  if (operator === '/' && !hasProbe(right)) {
    const divisor = scope.evaluate(right);
    if (divisor === 0) throw new EvaluationFault('not_finite', right.span, 'Division by zero.');
    return scaled(affine(left, scope), 1 / divisor);
  }
  throw nonlinear(expression);
}

/** Whether the value of an expression depends on the solution. */
export function hasProbe(expression: Expression): boolean {
  switch (expression.kind) {
    case 'probe':
      return true;
    case 'unary':
    case 'magnitude':
      return hasProbe(expression.operand);
    case 'binary':
      return hasProbe(expression.left) || hasProbe(expression.right);
    case 'conditional':
      return [expression.test, expression.consequent, expression.alternative].some(hasProbe);
    case 'call':
      return expression.arguments.some(hasProbe);
    default:
      return false;
  }
}

export function scaled({ constant, terms }: Affine, factor: number): Affine {
  return {
    constant: constant * factor,
    terms: terms.map(({ probe, gain }) => ({ probe, gain: gain * factor })),
  };
}

function sum(a: Affine, b: Affine): Affine {
  return { constant: a.constant + b.constant, terms: [...a.terms, ...b.terms] };
}

function nonlinear({ span }: Expression): EvaluationFault {
  return new EvaluationFault(
    'nonlinear_expression',
    span,
    'This expression is not linear in the voltages and currents it reads, and this version solves linear circuits.',
  );
}
