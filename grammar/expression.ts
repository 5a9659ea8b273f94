/** Arithmetic as the user wrote it: the tree that netlist expressions and directive formulas share. */

import type { Span } from './source.ts';

/**
 * A word of the text: a name, a node, a keyword; in the user's own spelling. Take its parts, do not spread
 * it: `span` may be an accessor of its class.
 */
export interface Word {
  readonly text: string;
  readonly span: Span;
}

export type UnaryOperator = '-' | '+' | '!' | '~';
export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '\\'
  | '**'
  /** A power in a directive formula; no netlist has it (see `**` and `xor`). */
  | '^'
  /** Exactly one of the two is true: `^` of LTspice, PSpice and Xyce. */
  | 'xor'
  | '<'
  | '<='
  | '>'
  | '>='
  | '=='
  | '!='
  | '&'
  | '|'
  | '&&'
  /** A logical OR in a netlist; in a directive formula two resistors in parallel. */
  | '||';

export type Expression =
  | {
      readonly kind: 'number';
      readonly value: number;
      readonly unit?: string;
      /** One unit of the last digit that is written; in calculation sheets only. */
      readonly step?: number;
      readonly span: Span;
    }
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | {
      readonly kind: 'unary';
      readonly operator: UnaryOperator;
      readonly operand: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: 'conditional';
      readonly test: Expression;
      readonly consequent: Expression;
      readonly alternative: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: 'call';
      /** As written; functions are looked up case-insensitively. */
      readonly name: string;
      readonly arguments: readonly Expression[];
      readonly span: Span;
    }
  /** `V(a)`, `V(a,b)`, `I(VX)`, and in directives `GN(XU1)`, `VOS(XU1)`: names, not expressions, inside. */
  | {
      readonly kind: 'probe';
      readonly quantity: string;
      readonly names: readonly Word[];
      readonly span: Span;
    }
  /** `|x|`, in directive formulas only. */
  | { readonly kind: 'magnitude'; readonly operand: Expression; readonly span: Span };
