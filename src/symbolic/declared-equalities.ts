/** The declarations of a netlist (`*@ let R4 = R2`) as the equalities that closed forms take. */

import type { Expression } from '../../grammar/expression.ts';
import type { Circuit, Declaration } from '../circuit/circuit.ts';

export interface DeclaredEqualities {
  /** `R4=R2`, `R20=2*R10`, each once. */
  readonly texts: readonly string[];
  /** Declarations of resistances that are no such equality. */
  readonly others: readonly Declaration[];
}

/** Values of independent sources are in no closed form, and neither are their declarations. */
export function declaredEqualities({ declarations, elements }: Circuit): DeclaredEqualities {
  const resistors = new Set(
    elements.filter(({ kind }) => kind === 'resistor').map(({ name }) => name),
  );
  const texts = new Set<string>();
  const others: Declaration[] = [];
  for (const declaration of declarations.filter(({ element }) => resistors.has(element))) {
    const multiple = multipleOf(declaration.value);
    if (multiple === undefined) others.push(declaration);
    else {
      const factor = multiple.factor === 1 ? '' : `${multiple.factor}*`;
      texts.add(`${declaration.element}=${factor}${declaration.prefix}${multiple.name}`);
    }
  }
  return { texts: [...texts], others };
}

/** k times an element, with an integer k > 0; undefined for any other formula. */
function multipleOf(
  expression: Expression,
): { readonly name: string; readonly factor: number } | undefined {
  if (expression.kind === 'name') return { name: expression.name, factor: 1 };
  if (expression.kind !== 'binary' || expression.operator !== '*') return undefined;
  const { left, right } = expression;
  const [number, name] = left.kind === 'number' ? [left, right] : [right, left];
  if (number.kind !== 'number' || name.kind !== 'name' || number.unit !== undefined) {
    return undefined;
  }
  const { value } = number;
  const isFactor = Number.isInteger(value) && value > 0 && value <= LARGEST_FACTOR;
  return isFactor ? { name: name.name, factor: value } : undefined;
}

/** Of the six digits that an equality may have. */
const LARGEST_FACTOR = 999_999;
