/** The calculations in a text: chains of terms that are said to be equal, about equal, or limits of each other. */

import type { Expression } from '../expression.ts';
import type { Source, Span } from '../source.ts';

export type SheetRelation = '=' | '≈' | '<=' | '>=' | '->';

export interface SheetTerm {
  /** What stands in front of it; the first term has none. An arrow means "is chosen as". */
  readonly relation?: SheetRelation;
  readonly expression: Expression;
  /** A limit of both signs: `±38 mV`. */
  readonly plusMinus: boolean;
  readonly span: Span;
}

export type SheetEntry =
  | {
      readonly kind: 'calculation';
      readonly terms: readonly SheetTerm[];
      readonly span: Span;
    }
  /** It has a relation sign but is none of the above. */
  | {
      readonly kind: 'unread';
      readonly message: string;
      readonly hint: string;
      readonly span: Span;
    };

export interface Sheet {
  readonly source: Source;
  readonly entries: readonly SheetEntry[];
}
