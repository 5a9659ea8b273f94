/**
 * Precedence climbing: a flat list of operands and operators becomes a tree by a table. Dialects
 * differ in the table only (`^` is a power or an XOR, `**` is left- or right-associative).
 */

import type { IToken } from 'chevrotain';
import type { BinaryOperator, Expression, UnaryOperator } from './expression.ts';
import type { Source } from './source.ts';

/** A fault at a token, told by throwing; the caller makes a diagnostic of it. */
export class SyntaxFault extends Error {
  readonly code: string;
  readonly start: number;
  readonly end: number;
  readonly hint: string | undefined;

  constructor(
    message: string,
    place: { code: string; start: number; end: number; hint?: string | undefined },
  ) {
    super(message);
    this.code = place.code;
    this.start = place.start;
    this.end = place.end;
    this.hint = place.hint;
  }
}

export type Item =
  | { readonly operand: Expression }
  | { readonly prefix: IToken }
  | { readonly infix: IToken };

interface Binding {
  readonly operator: BinaryOperator;
  readonly precedence: number;
  readonly right?: boolean;
}

export interface PrecedenceTable {
  readonly infix: ReadonlyMap<string, Binding>;
  /** An infix operator of lower precedence does not reach into the operand of a prefix operator. */
  readonly prefix: number;
  /** The same for `!` and `~`, where they bind otherwise than a sign. */
  readonly negation?: number;
  /** Precedence of `?:`, if the dialect has it. */
  readonly conditional?: number;
}

/** Groups of operators from loose to tight; `as` gives the operator that a spelling means. */
export function bindings(
  groups: readonly (readonly string[])[],
  options: { as?: Readonly<Record<string, BinaryOperator>>; right?: readonly string[] } = {},
): ReadonlyMap<string, Binding> {
  const table = new Map<string, Binding>();
  for (const [index, group] of groups.entries()) {
    for (const spelling of group) {
      const operator = options.as?.[spelling] ?? (spelling as BinaryOperator);
      const right = options.right?.includes(spelling) ?? false;
      table.set(spelling, { operator, precedence: index + 1, right });
    }
  }
  return table;
}

const HINTS: Readonly<Record<string, string>> = {
  '=': 'Write == to compare.',
  '?': 'Write test ? value : otherwise.',
  ':': 'Write test ? value : otherwise.',
};

/** The tree of `items`, which alternate: prefixes, an operand, an infix operator, prefixes ... */
export function climb(
  items: readonly Item[],
  options: { table: PrecedenceTable; source: Source; base: number },
): Expression {
  const { table, source, base } = options;
  let next = 0;

  const fault = (token: IToken): SyntaxFault =>
    new SyntaxFault(`Unexpected "${token.image}" in an expression.`, {
      code: 'bad_expression',
      start: base + token.startOffset,
      end: base + token.startOffset + token.image.length,
      hint: HINTS[token.image] ?? 'It cannot stand between two operands.',
    });

  const infix = (): IToken | undefined => {
    const item = items[next];
    return item !== undefined && 'infix' in item ? item.infix : undefined;
  };

  const operand = (): Expression => {
    const item = items[next++];
    if (item === undefined || 'infix' in item)
      throw new Error('operators and operands must alternate');
    if ('operand' in item) return item.operand;
    const sign = item.prefix.image === '-' || item.prefix.image === '+';
    const inner = level(sign ? table.prefix : (table.negation ?? table.prefix));
    return {
      kind: 'unary',
      operator: item.prefix.image as UnaryOperator,
      operand: inner,
      span: { source, start: base + item.prefix.startOffset, end: inner.span.end },
    };
  };

  const conditional = (test: Expression, precedence: number): Expression => {
    const question = items[next++];
    const consequent = level(precedence);
    const colon = infix();
    if (colon?.image !== ':') {
      if (question === undefined || !('infix' in question))
        throw new Error('expected a question mark');
      throw fault(question.infix);
    }
    next++;
    const alternative = level(precedence);
    const span = { source, start: test.span.start, end: alternative.span.end };
    return { kind: 'conditional', test, consequent, alternative, span };
  };

  const level = (minimum: number): Expression => {
    let left = operand();
    for (let token = infix(); token !== undefined; token = infix()) {
      if (token.image === '?' && table.conditional !== undefined) {
        if (table.conditional < minimum) break;
        left = conditional(left, table.conditional);
        continue;
      }
      const binding = table.infix.get(token.image);
      if (binding === undefined || binding.precedence < minimum) break;
      next++;
      const right = level(binding.precedence + (binding.right === true ? 0 : 1));
      const span = { source, start: left.span.start, end: right.span.end };
      left = { kind: 'binary', operator: binding.operator, left, right, span };
    }
    return left;
  };

  const tree = level(0);
  const rest = infix();
  if (rest !== undefined) throw fault(rest);
  return tree;
}
