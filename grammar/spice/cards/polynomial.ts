/** Xyce writes polynomials into expressions: `B1 a b V={POLY(2) V(c) V(d) 0 1 1}`. */

import type { Expression } from '../../expression.ts';
import { PartPlaces } from '../../placed.ts';
import { CardReader } from '../card-reader.ts';
import { parseCards } from '../parser.ts';
import { products } from '../products.ts';
import { CloseToken, Enclosed, OpenToken } from '../tokens.ts';
import { dimension } from './nodes.ts';

const POLY = /^\{\s*POLY\s*\(/i;

/** The polynomial that stands next, as a sum of products; undefined when there is none. */
export function polynomial(reader: CardReader): Expression | undefined {
  const token = reader.peek();
  if (token?.tokenType !== Enclosed || !POLY.test(token.image)) return undefined;
  reader.take();
  const span = reader.spanOf(token);
  const { source, diagnostics, dialect } = reader;
  const base = span.start + 1;
  const [card] = parseCards(source.text.slice(base, span.end - 1), dialect.facts.lexical);
  if (card === undefined) return undefined;
  const places = new PartPlaces(card.parts, { source, base });
  const inner = new CardReader(card, { places, diagnostics, dialect });
  const count = dimension(inner);
  inner.skipSeparators();
  const variables = Array.from({ length: count }, () => variable(inner));
  const coefficients: Expression[] = [];
  for (inner.skipSeparators(); !inner.atEnd; inner.skipSeparators()) {
    coefficients.push(inner.value(inner.take()));
  }
  return sum({ variables, coefficients });
}

/** `V(a,b)`, `I(V1)`, or a name. */
function variable(reader: CardReader): Expression {
  reader.skipSeparators();
  const first = reader.take();
  if (reader.peek()?.tokenType !== OpenToken) return reader.value(first);
  let last = reader.take();
  while (!reader.atEnd && last?.tokenType !== CloseToken) last = reader.take();
  return reader.expression(reader.spanOf(first, last));
}

/** p0 + p1 x1 + ... + pn xn + p(n+1) x1 x1 + p(n+2) x1 x2 + ..., in SPICE2's order of products. */
function sum({
  variables,
  coefficients,
}: {
  variables: readonly Expression[];
  coefficients: readonly Expression[];
}): Expression | undefined {
  const order = products(variables.length, coefficients.length);
  let total: Expression | undefined;
  coefficients.forEach((coefficient, index) => {
    let term = signed(coefficient);
    for (const factor of order[index] ?? []) {
      const right = variables[factor];
      if (right === undefined) continue;
      term = { kind: 'binary', operator: '*', left: term, right, span: coefficient.span };
    }
    total =
      total === undefined
        ? term
        : { kind: 'binary', operator: '+', left: total, right: term, span: coefficient.span };
  });
  return total;
}

/** A negative number as the sign and the number that an expression would have. */
function signed(coefficient: Expression): Expression {
  if (coefficient.kind !== 'number' || coefficient.value >= 0) return coefficient;
  const operand = { ...coefficient, value: -coefficient.value };
  return { kind: 'unary', operator: '-', operand, span: coefficient.span };
}
