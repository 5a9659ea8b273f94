/** What to say of a name that the library does not have: the nearest name, or those that begin like it. */

import { didYouMean } from '../../grammar/suggest.ts';
import { partKey } from './name.ts';

/** Fewer common characters say nothing: `A` begins many names. */
const SHORTEST_BEGINNING = 2;
/** So many are shown. */
const MOST_NAMES = 5;

/** ` (did you mean "OPA2188"?)`, ` (with the same beginning it has LT1006, ...)`, or nothing. */
export function nearNames(query: string, names: readonly string[]): string {
  const misspelt = didYouMean(query, names);
  if (misspelt !== '') return misspelt;
  const wanted = partKey(query);
  const common = names.map((name) => ({ name, length: commonLength(partKey(name), wanted) }));
  const longest = Math.max(...common.map(({ length }) => length), 0);
  if (longest < SHORTEST_BEGINNING) return '';
  const near = common.filter(({ length }) => length === longest).map(({ name }) => name);
  const more = near.length > MOST_NAMES ? ', ...' : '';
  return ` (with the same beginning it has ${near.slice(0, MOST_NAMES).join(', ')}${more})`;
}

function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}
