/** POLY(n) p0 p1 ... pn p11 p12 ...: a constant, linear terms, and products behind them. */

import type { Expression, Word } from '../../grammar/expression.ts';
import { products } from '../../grammar/spice/products.ts';
import { binary, constant, type Formula, joined } from '../devices/formula.ts';
import type { Place } from './place.ts';
import { EvaluationFault } from './scope.ts';

/** More would be no polynomial that anybody has fitted. */
const MAXIMUM_COEFFICIENTS = 2000;

/**
 * The polynomial of the variables in SPICE2's order of products. A single coefficient of POLY(1) is p1
 * by the rule of SPICE2. Linear terms are kept even where they are zero.
 */
export function polynomial(
  coefficients: readonly Expression[],
  { name, variables, place }: { name: Word; variables: readonly Formula[]; place: Place },
): Formula {
  if (coefficients.length > MAXIMUM_COEFFICIENTS) {
    const message = `POLY of "${name.text}" has more than ${MAXIMUM_COEFFICIENTS} coefficients.`;
    throw new EvaluationFault('expression_too_long', name.span, message);
  }
  const stated = coefficients.map((coefficient) => place.scope.evaluate(coefficient));
  const values = inOrder(stated, { name, order: variables.length, place });
  const order = products(variables.length, values.length);
  const known = new Map<string, Formula>();
  const terms = values.map((value, index) => {
    const coefficient = constant(value);
    const indices = order[index] ?? [];
    if (indices.length === 0) return coefficient;
    if (value === 0 && indices.length > 1) return constant(0);
    return binary('multiply', [coefficient, product(indices, { variables, known })]);
  });
  return joined(
    'add',
    terms.filter((term, index) => index === 0 || !isZero(term)),
  );
}

/** p0, p1 ... pn, and what stands behind them. */
function inOrder(
  values: readonly number[],
  { name, order, place }: { name: Word; order: number; place: Place },
): readonly number[] {
  const [only] = values;
  if (order === 1 && values.length === 1 && only !== undefined) {
    place.diagnostics.warning(
      'single_coefficient',
      name.span,
      `POLY(1) of "${name.text}" has one coefficient, which is taken as the gain (SPICE2); ngspice takes it as a constant.`,
      'Write "0 gain" to be understood alike everywhere.',
    );
    return [0, only];
  }
  const missing = Math.max(0, order + 1 - values.length);
  return [...values, ...Array.from({ length: missing }, () => 0)];
}

/** x_i x_j x_k ...; a product that begins like another one shares its beginning. */
function product(
  indices: readonly number[],
  at: { readonly variables: readonly Formula[]; readonly known: Map<string, Formula> },
): Formula {
  const key = indices.join(' ');
  const known = at.known.get(key);
  if (known !== undefined) return known;
  const last = at.variables[indices.at(-1) ?? 0] ?? constant(0);
  const formula =
    indices.length === 1 ? last : binary('multiply', [product(indices.slice(0, -1), at), last]);
  at.known.set(key, formula);
  return formula;
}

function isZero(formula: Formula): boolean {
  return formula.kind === 'constant' && formula.value === 0;
}
