/** `.subckt NAME ports [OPTIONAL: p=n] [PARAMS:] k=v [TEXT: t="x"]`: the head of a definition; its body is nested later. */

import type { Word } from '../../expression.ts';
import { shorten } from '../../expression-faults.ts';
import type { CardReader } from '../card-reader.ts';
import type { Assignment } from '../tree.ts';

/** What a `.subckt` line says. */
export interface SubcircuitHead {
  readonly name: Word;
  readonly ports: readonly Word[];
  readonly parameters: readonly Assignment[];
  readonly optional?: readonly { readonly port: Word; readonly node: Word }[];
  readonly texts?: readonly Assignment[];
}

/** With the reader behind the keyword. */
export function buildSubcircuitHead(reader: CardReader): SubcircuitHead {
  const name = reader.optionalWord();
  if (name === undefined) {
    throw reader.missing(
      'missing_name',
      'This subcircuit has no name.',
      'Write .subckt NAME port port ...',
    );
  }
  const ports: Word[] = [];
  for (let port = reader.optionalWord(); port !== undefined; port = reader.optionalWord()) {
    if (SECTION.test(port.text)) {
      reader.back();
      break;
    }
    warnOfSecond(port, ports, reader);
    ports.push(port);
  }
  const { optional, texts, parameters } = sections(reader);
  return {
    name,
    ports,
    parameters,
    ...(optional.length === 0 ? {} : { optional }),
    ...(texts.length === 0 ? {} : { texts }),
  };
}

/** The node that an instance connects to the second port of a name reaches nothing inside. */
function warnOfSecond(port: Word, ports: readonly Word[], { diagnostics }: CardReader): void {
  const key = port.text.toLowerCase();
  if (!ports.some(({ text }) => text.toLowerCase() === key)) return;
  const message = `Port "${shorten(port.text)}" is listed twice; the first of the two counts.`;
  diagnostics.warning('duplicate_port', port.span, message, 'Give each port a name of its own.');
}

/** PSpice's words that say what the pairs behind them are. */
const SECTION = /^(?:params|optional|text):$/i;

function sections(reader: CardReader) {
  const optional: { port: Word; node: Word }[] = [];
  const texts: Assignment[] = [];
  const parameters: Assignment[] = [];
  let section = 'params:';
  for (reader.skipSeparators(); !reader.atEnd; reader.skipSeparators()) {
    const word = reader.peek()?.image.toLowerCase() ?? '';
    if (SECTION.test(word)) {
      section = word;
      reader.take();
    } else if (!reader.nextIsAssignment()) throw reader.extra();
    else if (section === 'optional:') optional.push(optionalPort(reader));
    else (section === 'text:' ? texts : parameters).push(reader.assignment({ parameter: true }));
  }
  return { optional, texts, parameters };
}

/** `port = node`, with the reader at the port. */
function optionalPort(reader: CardReader): { port: Word; node: Word } {
  const port = reader.keyOfPair();
  const node = reader.optionalWord();
  if (node !== undefined) return { port, node };
  const message = `The optional port "${shorten(port.text)}" has no node.`;
  throw reader.missing('missing_node', message, 'Write OPTIONAL: port=node.');
}
