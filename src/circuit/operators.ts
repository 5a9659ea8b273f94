/** What the operators of netlist expressions compute. */

import type { BinaryOperator } from '../../grammar/expression.ts';
import type { Binary } from '../devices/elementary.ts';

const OPERATIONS: Readonly<Record<Exclude<BinaryOperator, '**' | '^'>, Binary>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '%': 'remainder',
  '\\': 'integerDivide',
  xor: 'xor',
  '<': 'less',
  '<=': 'lessOrEqual',
  '>': 'greater',
  '>=': 'greaterOrEqual',
  '==': 'equal',
  '!=': 'notEqual',
  '&': 'and',
  '&&': 'and',
  '|': 'or',
  '||': 'or',
};

/** The operation of an operator; a power is what the dialect says. */
export function operationOf(operator: BinaryOperator, power: Binary): Binary {
  return operator === '**' || operator === '^' ? power : OPERATIONS[operator];
}
