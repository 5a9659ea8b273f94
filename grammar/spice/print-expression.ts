/** Expressions back to text. Parentheses stand wherever dialects could read the text differently. */

import type { BinaryOperator, Expression } from '../expression.ts';
import type { Dialect } from './dialect.ts';

/** Whose text is printed, and whose reads it. */
export interface Languages {
  readonly from: Dialect;
  readonly to: Dialect;
}

/** Operators that bind alike in every dialect, from loose to tight; the others get parentheses. */
const LEVELS: Partial<Record<BinaryOperator, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '**': 3 };
const PRIMARY = 9;

/** A number in full: the shortest text that reads back as the same double. A percent sign stays. */
export function printNumber(value: number, unit?: string): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return unit === '%' ? `${text}%` : text;
}

export function printExpression(expression: Expression, languages: Languages): string {
  switch (expression.kind) {
    case 'number':
      return printNumber(expression.value, expression.unit);
    case 'name':
      return expression.name;
    case 'unary':
      return expression.operator + operand(expression.operand, { least: PRIMARY, languages });
    case 'binary':
      return printBinary(expression, languages);
    case 'conditional': {
      const [test, yes, no] = [expression.test, expression.consequent, expression.alternative].map(
        (part) => operand(part, { least: 1, languages }),
      );
      return `${test} ? ${yes} : ${no}`;
    }
    case 'call': {
      const list = expression.arguments.map((each) => printExpression(each, languages));
      return printCall(functionName(expression.name, languages), list, languages);
    }
    case 'probe':
      return `${expression.quantity}(${expression.names.map(({ text }) => text).join(',')})`;
    case 'magnitude':
      return `abs(${printExpression(expression.operand, languages)})`;
  }
}

function printBinary(
  { operator, left, right }: Extract<Expression, { kind: 'binary' }>,
  languages: Languages,
): string {
  const own = LEVELS[operator];
  const least = own ?? PRIMARY;
  const x = operand(left, { least, languages });
  const y = operand(right, { least: own === undefined ? PRIMARY : own + 1, languages });
  if (operator !== 'xor') return own === 3 ? `${x}**${y}` : `${x} ${operator} ${y}`;
  return languages.to.caret === 'xor' ? `${x} ^ ${y}` : `(${x} != 0) != (${y} != 0)`;
}

function operand(
  expression: Expression,
  { least, languages }: { least: number; languages: Languages },
): string {
  const text = printExpression(expression, languages);
  return levelOf(expression) < least ? `(${text})` : text;
}

function levelOf(expression: Expression): number {
  if (expression.kind === 'binary') return LEVELS[expression.operator] ?? 0;
  return expression.kind === 'unary' || expression.kind === 'conditional' ? 0 : PRIMARY;
}

/** ngspice 45 (measured) leaves out the middle one of three operands of max and min. */
function printCall(name: string, list: readonly string[], languages: Languages): string {
  const [first, ...rest] = list;
  const nested = languages.to.name === 'ngspice' && /^(?:max|min)$/i.test(name);
  return nested && first !== undefined && rest.length > 1
    ? `${name}(${first}, ${printCall(name, rest, languages)})`
    : `${name}(${list.join(', ')})`;
}

/** `log` is ln in all programs but one. */
function functionName(name: string, { from, to }: Languages): string {
  if (name.toLowerCase() !== 'log' || from.log === to.log) return name;
  return from.log === 'log10' ? 'log10' : 'ln';
}
