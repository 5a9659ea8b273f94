/** The properties of a symbol or a sheet. */

import type { Word } from '../expression.ts';
import { Atom, type List } from './expression.ts';

/** By name, in the spelling of the file. */
export function fieldsOf(list: List): Map<string, Word> {
  const fields = new Map<string, Word>();
  for (const property of list.lists('property')) {
    // `private` may stand before the name.
    const atoms = property.items.filter((item): item is Atom => item instanceof Atom);
    const [name, value] = atoms[1]?.text === 'private' ? atoms.slice(2) : atoms.slice(1);
    if (name !== undefined && value !== undefined) fields.set(name.text, value);
  }
  return fields;
}
