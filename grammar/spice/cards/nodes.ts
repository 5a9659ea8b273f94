/** The nodes of a card, and the faults of a card that has too few of them. */

import type { Word } from '../../expression.ts';
import { shorten } from '../../expression-faults.ts';
import type { CardReader } from '../card-reader.ts';
import { OpenToken, WordToken } from '../tokens.ts';
import type { NodePair } from '../tree.ts';

/** The next node. @throws {SyntaxFault} `missing_node` */
export function node(reader: CardReader, { of, which }: { of: Word; which: string }): Word {
  const word = reader.optionalWord();
  if (word !== undefined) return word;
  throw reader.missing(
    'missing_node',
    `"${shorten(of.text)}" lacks its ${which}.`,
    'Nodes stand behind the name, separated by blanks.',
  );
}

export function twoNodes(reader: CardReader, of: Word): NodePair {
  return [node(reader, { of, which: 'first node' }), node(reader, { of, which: 'second node' })];
}

/** `POLY(2)`, `POLY 2`: the dimension, with the reader at the keyword. */
export function dimension(reader: CardReader): number {
  const keyword = reader.take();
  if (reader.peek()?.tokenType === OpenToken) reader.take();
  const token = reader.take();
  const count =
    token?.tokenType === WordToken && /^\d{1,4}$/.test(token.image) ? Number(token.image) : 0;
  if (count > 0) return count;
  throw reader.fault('bad_number', reader.spanOf(token ?? keyword), {
    message: 'POLY lacks its number of controlling quantities.',
    hint: 'Write POLY(1), POLY(2), ...',
  });
}
