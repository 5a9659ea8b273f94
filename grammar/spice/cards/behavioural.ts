/** B: `B1 a b V={...}`; in PSpice a GaAs transistor and in HSPICE a buffer, unless it has such a form. */

import type { Expression, Word } from '../../expression.ts';
import { shorten } from '../../expression-faults.ts';
import type { CardReader } from '../card-reader.ts';
import { Equals } from '../tokens.ts';
import type { Assignment, BehaviouralCard, OtherCard } from '../tree.ts';
import { bareExpression } from './assignments.ts';
import { buildOther } from './device.ts';
import { twoNodes } from './nodes.ts';
import { polynomial } from './polynomial.ts';

const QUANTITY = /^[virp]$/i;
const TRANSFER = /^laplace$/i;
const FLAG = /^nojacob\w*$/i;

/** With the reader behind the name. */
export function buildBehavioural(reader: CardReader, name: Word): BehaviouralCard | OtherCard {
  if (!saysQuantity(reader) && reader.dialect.facts.letterB !== 'behavioural') {
    return buildOther(reader, name);
  }
  reader.checkParentheses();
  const nodes = twoNodes(reader, name);
  const parameters: Assignment[] = [];
  const flags: Word[] = [];
  let found: { quantity: Word; expression: Expression } | undefined;
  for (reader.skipCommas(); !reader.atEnd; reader.skipCommas()) {
    const token = reader.peek();
    if (token === undefined) break;
    if (FLAG.test(token.image)) {
      flags.push(reader.wordOf(token));
      reader.take();
    } else if (!reader.nextIsAssignment()) throw reader.extra();
    else if (TRANSFER.test(token.image)) parameters.push(transferFunction(reader));
    else if (!QUANTITY.test(token.image)) parameters.push(reader.assignment());
    else if (found !== undefined) throw reader.extra();
    else {
      const quantity = reader.keyOfPair();
      found = {
        quantity,
        expression: polynomial(reader) ?? bareExpression(reader, { solution: true }),
      };
    }
  }
  if (found === undefined) {
    const message = `"${shorten(name.text)}" has no expression.`;
    throw reader.missing('missing_value', message, 'Write V={expression} or I={expression}.');
  }
  const card = { kind: 'card', letter: 'B', name, nodes, ...found, parameters } as const;
  return { ...card, ...(flags.length === 0 ? {} : { flags }), span: reader.span };
}

/** LTspice `laplace=1/(1+s)`, bare up to the next `name =`. */
function transferFunction(reader: CardReader): Assignment {
  const key = reader.keyOfPair();
  const value = bareExpression(reader, { transfer: true });
  return { kind: 'assignment', key, value, span: { ...key.span, end: value.span.end } };
}

/** True if `V=`, `I=`, `R=` or `P=` stands on the card. */
function saysQuantity(reader: CardReader): boolean {
  for (let ahead = 0; ; ahead++) {
    const token = reader.peek(ahead);
    if (token === undefined) return false;
    if (QUANTITY.test(token.image) && reader.peek(ahead + 1)?.tokenType === Equals) return true;
  }
}
