// Short ways to a part of the library and to what is chosen from its rows.

import { builtInParts } from '../../src/parts/built-in.ts';
import { PartLibrary } from '../../src/parts/library.ts';
import type { Part } from '../../src/parts/part.ts';
import { readParts } from '../../src/parts/read-parts.ts';

export const library = new PartLibrary(await builtInParts());

/** A part of the library, by a name that says its grade. */
export function part(name: string): Part {
  const found = library.find(name);
  if (found === undefined || !('part' in found)) throw new Error(`no part ${name}`);
  return found.part;
}

/** A part with the given tables. */
export function partWith(tables: readonly object[], more: object = {}): Part {
  const document = { title: 'test' };
  const one = { name: 'TEST1', document, ...more, tables };
  const { parts, faults } = readParts({ schema: 'nullor/parts/1', parts: [one] });
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return parts[0]!;
}

export const at = (low: number, high = low) => ({ temperature: { low, high } });
