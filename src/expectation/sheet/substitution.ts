/** A formula and the same formula with numbers put in: which number stands for which name. */

import type { Expression } from '../../../grammar/expression.ts';

export interface Pair {
  /** A name or probe of the formula. */
  readonly symbol: Expression;
  /** What stands in its place. */
  readonly numbers: Expression;
}

/** The pairs; undefined when the two are not of one shape. */
export function pairsOf(formula: Expression, numbers: Expression | undefined): Pair[] | undefined {
  if (numbers === undefined) return undefined;
  if (formula.kind === 'name' || formula.kind === 'probe') return [{ symbol: formula, numbers }];
  switch (formula.kind) {
    case 'number': {
      if (numbers.kind !== 'number') return undefined;
      const isSame = Math.abs(formula.value - numbers.value) <= (numbers.step ?? 0) / 2;
      return isSame ? [] : undefined;
    }
    case 'unary':
      if (numbers.kind !== 'unary' || numbers.operator !== formula.operator) return undefined;
      return pairsOf(formula.operand, numbers.operand);
    case 'magnitude':
      return numbers.kind === 'magnitude' ? pairsOf(formula.operand, numbers.operand) : undefined;
    case 'binary':
      if (numbers.kind !== 'binary') return undefined;
      return all([
        pairsOf(formula.left, numbers.left),
        pairsOf(formula.right, signed(numbers, formula.operator)),
      ]);
    case 'call': {
      if (numbers.kind !== 'call' || numbers.name.toLowerCase() !== formula.name.toLowerCase()) {
        return undefined;
      }
      if (numbers.arguments.length !== formula.arguments.length) return undefined;
      return all(formula.arguments.map((operand, i) => pairsOf(operand, numbers.arguments[i])));
    }
    case 'conditional':
      return undefined;
  }
}

/** The right operand under another operator: `- 11 µV` is `+ (-11 µV)`. */
function signed(
  { operator, right }: Extract<Expression, { kind: 'binary' }>,
  wanted: string,
): Expression | undefined {
  if (operator === wanted) return right;
  const isSum = (sign: string) => sign === '+' || sign === '-';
  if (!isSum(operator) || !isSum(wanted)) return undefined;
  return { kind: 'unary', operator: '-', operand: right, span: right.span };
}

function all(parts: readonly (readonly Pair[] | undefined)[]): Pair[] | undefined {
  const found: Pair[] = [];
  for (const part of parts) {
    if (part === undefined) return undefined;
    found.push(...part);
  }
  return found;
}
