/** X and K. */

import type { Expression, Word } from '../../expression.ts';
import { shorten } from '../../expression-faults.ts';
import type { CardReader } from '../card-reader.ts';
import { Enclosed, WordToken } from '../tokens.ts';
import type { Assignment, CouplingCard, InstanceCard } from '../tree.ts';

/** `PARAMS:`, alone or glued to what follows. */
const PARAMS = /^(?:params|text):$/i;

/** `X1 a b c NAME [PARAMS:] k=v`: the last word before the parameters names the subcircuit. */
export function buildInstance(reader: CardReader, name: Word): InstanceCard {
  const words: Word[] = [];
  for (let word = reader.optionalWord(); word !== undefined; word = reader.optionalWord()) {
    if (PARAMS.test(word.text)) break;
    // Cadence and HSPICE: `X1 a b / NAME`.
    if (word.text !== '/') words.push(word);
  }
  const subcircuit = words.pop();
  if (subcircuit === undefined) {
    const message = `"${shorten(name.text)}" names no subcircuit.`;
    throw reader.missing('missing_subcircuit', message, 'Write X1 node node ... NAME.');
  }
  const parameters = instanceParameters(reader);
  const pins = pinNames(reader, words.length);
  return {
    kind: 'card',
    letter: 'X',
    name,
    nodes: words,
    subcircuit,
    parameters,
    ...(pins === undefined ? {} : { pins }),
    span: reader.span,
  };
}

/** `k=v` in any number; `PARAMS:` and `TEXT:` may stand between them. */
function instanceParameters(reader: CardReader): Assignment[] {
  const found: Assignment[] = [];
  for (reader.skipSeparators(); !reader.atEnd; reader.skipSeparators()) {
    if (reader.nextIsAssignment()) found.push(reader.assignment({ parameter: true }));
    else if (/^(?:params|text):$/i.test(reader.peek()?.image ?? '')) reader.take();
    else throw reader.extra();
  }
  return found;
}

/** `K1 L1 L2 0.99`: every word that is no number and no parameter names an inductor or a core. */
export function buildCoupling(reader: CardReader, name: Word): CouplingCard {
  const inductors: Word[] = [];
  let coefficient: Expression | undefined;
  for (reader.skipSeparators(); !reader.atEnd; reader.skipSeparators()) {
    const token = reader.take();
    if (token === undefined) break;
    if (token.tokenType === Enclosed || reader.isNumber(token.image)) {
      coefficient = reader.value(token);
      continue;
    }
    if (token.tokenType !== WordToken) continue;
    if (/^l/i.test(token.image)) inductors.push(reader.wordOf(token));
  }
  if (inductors.length === 0) {
    const message = `"${shorten(name.text)}" names no inductor.`;
    throw reader.missing('missing_inductor', message, 'Write K1 L1 L2 coefficient.');
  }
  return {
    kind: 'card',
    letter: 'K',
    name,
    inductors,
    ...(coefficient === undefined ? {} : { coefficient }),
    span: reader.span,
  };
}

const PIN_COMMENT = /^[ \t]*;\u00a7pnba[ \t]+([^\r\n]*)/;

/** LTspice's `;\u00a7pnba In+)In-)OUT` behind the card: pin names in node order. */
function pinNames(reader: CardReader, nodes: number): readonly string[] | undefined {
  const { source, span } = reader;
  if (source.text.charCodeAt(span.end) !== SPACE && source.text[span.end] !== ';') return undefined;
  const names = PIN_COMMENT.exec(source.text.slice(span.end, span.end + LONGEST_COMMENT))?.[1];
  const pins = names?.trim().split(')');
  return pins?.length === nodes ? pins : undefined;
}

const SPACE = 32;
const LONGEST_COMMENT = 2000;
