/** The value of a tree with a bound of its rounding error: operation by operation, to first order. */

import type { Tree } from './tree.ts';

export interface CertainValue {
  readonly value: number;
  readonly error: number;
}

/** Unit roundoff. */
const EPSILON = 2 ** -53;

export function certainValue(tree: Tree, valueAt: (name: string) => number): CertainValue {
  const visit = (at: Tree): CertainValue => {
    switch (at.kind) {
      case 'number':
        return { value: Number(at.value), error: 0 };
      case 'symbol':
        return { value: valueAt(at.name), error: 0 };
      case 'negative': {
        const { value, error } = visit(at.operand);
        return { value: -value, error };
      }
      case 'sum':
        return at.terms.map(visit).reduce(plus);
      case 'product':
        return at.factors.map(visit).reduce(by);
      case 'quotient':
        return over(visit(at.over), visit(at.under));
      case 'power':
        return new Array<CertainValue>(at.exponent).fill(visit(at.base)).reduce(by);
      case 'parallel':
        return at.operands.map(visit).reduce((a, b) => over(by(a, b), plus(a, b)));
    }
  };
  return visit(tree);
}

function plus(a: CertainValue, b: CertainValue): CertainValue {
  const value = a.value + b.value;
  return { value, error: a.error + b.error + EPSILON * Math.abs(value) };
}

function by(a: CertainValue, b: CertainValue): CertainValue {
  const value = a.value * b.value;
  const error = Math.abs(a.value) * b.error + Math.abs(b.value) * a.error;
  return { value, error: error + EPSILON * Math.abs(value) };
}

function over(a: CertainValue, b: CertainValue): CertainValue {
  const value = a.value / b.value;
  const error = (a.error + Math.abs(value) * b.error) / Math.abs(b.value);
  return { value, error: error + EPSILON * Math.abs(value) };
}
