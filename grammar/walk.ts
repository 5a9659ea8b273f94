/** Walks over expressions. */

import type { Expression } from './expression.ts';
import type { Span } from './source.ts';

/** What an operator, a function or a pair of bars works on, from left to right. */
export function operands(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'name':
    case 'probe':
      return [];
    case 'unary':
    case 'magnitude':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.test, expression.consequent, expression.alternative];
    case 'call':
      return expression.arguments;
  }
}

export type SymbolNode = Extract<Expression, { kind: 'name' | 'probe' }>;

/** The names and probes of an expression from left to right, each as often as it is written. */
export function symbolsOf(expression: Expression): SymbolNode[] {
  if (expression.kind === 'name' || expression.kind === 'probe') return [expression];
  return operands(expression).flatMap(symbolsOf);
}

/** The same expression working on other operands: what `change` makes of each. */
export function withOperands(
  expression: Expression,
  change: (operand: Expression) => Expression,
): Expression {
  switch (expression.kind) {
    case 'number':
    case 'name':
    case 'probe':
      return expression;
    case 'unary':
    case 'magnitude':
      return { ...expression, operand: change(expression.operand) };
    case 'binary':
      return { ...expression, left: change(expression.left), right: change(expression.right) };
    case 'conditional':
      return {
        ...expression,
        test: change(expression.test),
        consequent: change(expression.consequent),
        alternative: change(expression.alternative),
      };
    case 'call':
      return { ...expression, arguments: expression.arguments.map(change) };
  }
}

/** The same expression with other leaves: what `leaf` gives takes the place of a number, name or probe. */
export function withLeaves(
  expression: Expression,
  leaf: (at: Extract<Expression, { kind: 'number' | 'name' | 'probe' }>) => Expression,
): Expression {
  switch (expression.kind) {
    case 'number':
    case 'name':
    case 'probe':
      return leaf(expression);
    default:
      return withOperands(expression, (operand) => withLeaves(operand, leaf));
  }
}

/** The span of an expression with the parentheses around its ends, which belong to no node. */
export function extentOf({ span }: Expression): Span {
  const { text } = span.source;
  let { start, end } = span;
  let open = 0;
  let missing = 0;
  for (const character of text.slice(start, end)) {
    if (character === '(') open++;
    if (character === ')' && --open < 0) {
      missing++;
      open = 0;
    }
  }
  for (; missing > 0; missing--) start = text.lastIndexOf('(', start - 1);
  for (; open > 0; open--) end = text.indexOf(')', end) + 1;
  return { source: span.source, start, end };
}

/** An expression as it is written. */
export function textOf(expression: Expression): string {
  const { source, start, end } = extentOf(expression);
  return source.text.slice(start, end).trim();
}
