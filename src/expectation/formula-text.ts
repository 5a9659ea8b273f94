/** A formula in the names of the circuit as text, with the parentheses that it needs. */

import type { Expression } from '../../grammar/expression.ts';

export function formulaText(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return `${expression.value}`;
    case 'name':
      return expression.name;
    case 'probe':
      return `${expression.quantity}(${expression.names.map(({ text }) => text).join(',')})`;
    case 'unary':
      return `${expression.operator}${wrapped(expression.operand, 4)}`;
    case 'magnitude':
      return `|${formulaText(expression.operand)}|`;
    case 'call':
      return `${expression.name}(${expression.arguments.map(formulaText).join(', ')})`;
    case 'conditional':
      return '';
    case 'binary': {
      const own = PRECEDENCE[expression.operator] ?? 5;
      const gap = own === 1 || own === 3 ? ' ' : '';
      const [left, right] = [wrapped(expression.left, own), wrapped(expression.right, own + 1)];
      return `${left}${gap}${expression.operator}${gap}${right}`;
    }
  }
}

const PRECEDENCE: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '||': 3 };

function wrapped(expression: Expression, least: number): string {
  const text = formulaText(expression);
  const own =
    expression.kind === 'binary'
      ? (PRECEDENCE[expression.operator] ?? 5)
      : expression.kind === 'unary'
        ? 4
        : 9;
  return own < least ? `(${text})` : text;
}
