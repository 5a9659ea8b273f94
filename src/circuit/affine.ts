/**
 * A formula that is linear in what it reads: c + sum g_i u_i with constant c and g_i. Such a source is solved
 * without Newton, and its gains enter the matrix as they are written.
 */

import { type Formula, partsOf } from '../devices/formula.ts';

export interface Affine {
  readonly constant: number;
  /** Inputs and their gains; the same input may occur several times. */
  readonly terms: readonly { readonly index: number; readonly gain: number }[];
}

/** Null where a product, quotient or function of inputs stands. */
export function affine(formula: Formula): Affine | null {
  const forms = new Map<Formula, Affine>();
  for (const part of partsOf(formula)) {
    const form = affinePart(part, forms);
    if (form === null) return null;
    forms.set(part, form);
  }
  return forms.get(formula) ?? null;
}

function affinePart(part: Formula, forms: ReadonlyMap<Formula, Affine>): Affine | null {
  switch (part.kind) {
    case 'constant':
      return { constant: part.value, terms: [] };
    case 'input':
      return { constant: 0, terms: [{ index: part.index, gain: 1 }] };
    case 'unary': {
      const operand = forms.get(part.operand);
      return part.operation === 'negate' && operand !== undefined ? scaled(operand, -1) : null;
    }
    case 'binary': {
      const [left, right] = [forms.get(part.left), forms.get(part.right)];
      if (left === undefined || right === undefined) return null;
      return combined(part.operation, left, right);
    }
    default:
      return null;
  }
}

function combined(operation: string, left: Affine, right: Affine): Affine | null {
  switch (operation) {
    case 'add':
      return sum(left, right);
    case 'subtract':
      return sum(left, scaled(right, -1));
    case 'multiply':
      if (left.terms.length === 0) return scaled(right, left.constant);
      return right.terms.length === 0 ? scaled(left, right.constant) : null;
    case 'divide':
      return right.terms.length === 0 ? scaled(left, 1 / right.constant) : null;
    default:
      return null;
  }
}

function scaled({ constant, terms }: Affine, factor: number): Affine {
  return {
    constant: constant * factor,
    terms: terms.map(({ index, gain }) => ({ index, gain: gain * factor })),
  };
}

function sum(a: Affine, b: Affine): Affine {
  return { constant: a.constant + b.constant, terms: [...a.terms, ...b.terms] };
}
