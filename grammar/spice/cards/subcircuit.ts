/** `.subckt NAME ports [PARAMS:] k=v`: the head of a definition; its body is nested later. */

import type { Word } from '../../expression.ts';
import { shorten } from '../../expression-faults.ts';
import type { CardReader } from '../card-reader.ts';
import type { Assignment } from '../tree.ts';

/** What a `.subckt` line says. */
export interface SubcircuitHead {
  readonly name: Word;
  readonly ports: readonly Word[];
  readonly parameters: readonly Assignment[];
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
    if (/^params:$/i.test(port.text)) break;
    if (/^(optional|text):$/i.test(port.text)) {
      throw reader.fault('unsupported_card', port.span, {
        message: `"${shorten(port.text)}" of PSpice is not supported on .subckt.`,
        hint: 'Make the optional pins ordinary ports, and text parameters ordinary ones.',
      });
    }
    ports.push(port);
  }
  return { name, ports, parameters: reader.assignments() };
}
