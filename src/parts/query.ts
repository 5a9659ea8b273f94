/** Words -> the parts that have them all: `MCP601`, `auto-zeroed`, `class=cmos`, `manufacturer=texas`. */

import type { PartLibrary } from './library.ts';
import { partKey } from './name.ts';
import type { Part } from './part.ts';

const FIELDS = {
  name: ({ name, alsoFor }: Part) => [name, ...alsoFor],
  manufacturer: ({ manufacturer }: Part) => [manufacturer],
  class: (part: Part) => [part.class],
  input: ({ input }: Part) => [input ?? ''],
  document: ({ document }: Part) => [document.number ?? '', document.title ?? ''],
};
type Field = keyof typeof FIELDS;

/** The fields that a query may name. */
export const QUERY_FIELDS = Object.keys(FIELDS) as readonly Field[];

/** A word `field=text` whose field does not exist; undefined when the query is understood. */
export function unknownField(words: readonly string[]): string | undefined {
  return words
    .map((word) => /^([^=]*)=/.exec(word)?.[1])
    .find((name) => name !== undefined && !isField(name));
}

/** All parts for no words; a single word that is a part as netlists name it finds that part in all its grades. */
export function partsMatching(library: PartLibrary, words: readonly string[]): readonly Part[] {
  const [only, ...more] = words;
  const named = only === undefined || more.length > 0 ? undefined : library.find(only);
  if (named !== undefined) {
    const name = 'part' in named ? named.part.name : named.of;
    const grades = library.parts.filter((part) => part.name === name);
    const says = 'part' in named && named.assumed === undefined && named.part.grades.length > 0;
    return says ? [named.part] : grades;
  }
  return library.parts.filter((part) => words.every((word) => has(part, word)));
}

function has(part: Part, word: string): boolean {
  const [, name, text = word] = /^([^=]*)=(.*)$/.exec(word) ?? [];
  const fields = name === undefined ? QUERY_FIELDS : QUERY_FIELDS.filter((field) => field === name);
  const lower = text.toLowerCase();
  return fields.some((field) =>
    FIELDS[field](part).some((value) =>
      field === 'name'
        ? partKey(value).startsWith(partKey(text))
        : value.toLowerCase().includes(lower),
    ),
  );
}

function isField(name: string): name is Field {
  return QUERY_FIELDS.some((field) => field === name);
}
