/** What the rules of the larger directives find, before keys, roles and units are checked. */

import type { Expression, Word } from '../expression.ts';
import type { Quantity, SpecificationValue } from './tree.ts';

/** `key relation value`, before the key is known to be one. */
export interface RawSpecification {
  readonly key: Word;
  readonly value: SpecificationValue;
}

export interface OpampLine {
  readonly target: Word;
  readonly words: readonly Word[];
  readonly pins?: readonly Word[];
  readonly specifications: readonly RawSpecification[];
}

export interface TolLine {
  readonly target: Word;
  /** Words that are no key, such as a second name. */
  readonly strays: readonly Word[];
  readonly tolerances: readonly Quantity[];
  readonly specifications: readonly RawSpecification[];
}

export interface ExpectLine {
  readonly left: Expression;
  readonly relation: Word;
  readonly right: Expression;
  /** Behind `..`. */
  readonly high?: Expression;
  readonly bounds: readonly { readonly key: Word; readonly value: Quantity }[];
}
