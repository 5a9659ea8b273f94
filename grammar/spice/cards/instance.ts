/** X, K and the cards that are kept word by word. */

import type { Word } from '../../expression.ts';
import { shorten } from '../../expression-faults.ts';
import { parseNumber } from '../../number.ts';
import type { CardReader } from '../card-reader.ts';
import { CloseToken, CommaToken, OpenToken, WordToken } from '../tokens.ts';
import type { CouplingCard, InstanceCard, OtherCard } from '../tree.ts';

/** `PARAMS:`, alone or glued to what follows. */
const PARAMS = /^params:$/i;

/** `X1 a b c NAME [PARAMS:] k=v`: the last word before the parameters names the subcircuit. */
export function buildInstance(reader: CardReader, name: Word): InstanceCard {
  const words: Word[] = [];
  for (let word = reader.optionalWord(); word !== undefined; word = reader.optionalWord()) {
    if (PARAMS.test(word.text)) break;
    words.push(word);
  }
  const subcircuit = words.pop();
  if (subcircuit === undefined) {
    const message = `"${shorten(name.text)}" names no subcircuit.`;
    throw reader.missing('missing_subcircuit', message, 'Write X1 node node ... NAME.');
  }
  const parameters = reader.assignments();
  return {
    kind: 'card',
    letter: 'X',
    name,
    nodes: words,
    subcircuit,
    parameters,
    span: reader.span,
  };
}

/** `K1 L1 L2 0.99`: every word that is no number and no parameter names an inductor or a core. */
export function buildCoupling(reader: CardReader, name: Word): CouplingCard {
  const inductors: Word[] = [];
  for (reader.skipSeparators(); !reader.atEnd; reader.skipSeparators()) {
    const token = reader.take();
    if (token?.tokenType !== WordToken || !('fault' in parseNumber(token.image))) continue;
    if (/^l/i.test(token.image)) inductors.push(reader.wordOf(token));
  }
  if (inductors.length === 0) {
    const message = `"${shorten(name.text)}" names no inductor.`;
    throw reader.missing('missing_inductor', message, 'Write K1 L1 L2 coefficient.');
  }
  return { kind: 'card', letter: 'K', name, inductors, span: reader.span };
}

/** Every part of the card, `=` and `{...}` too; parentheses and commas only separate. */
export function buildOther(reader: CardReader, name: Word): OtherCard {
  const words: Word[] = [];
  for (let token = reader.take(); token !== undefined; token = reader.take()) {
    const type = token.tokenType;
    if (type === CommaToken || type === OpenToken || type === CloseToken) continue;
    words.push(reader.wordOf(token));
  }
  return {
    kind: 'card',
    letter: name.text.slice(0, 1).toUpperCase(),
    name,
    words,
    span: reader.span,
  };
}
