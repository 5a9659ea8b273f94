/** The library that comes with nullor, and the user's files of parts before it. Loaded when first wanted. */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import { parseJson } from '../../grammar/json.ts';
import type { Source } from '../../grammar/source.ts';
import { entryOf, type PartEntry, PartLibrary } from './library.ts';
import type { Part } from './part.ts';
import { readParts } from './read-parts.ts';

/** A larger file of parts is refused [UTF-16 code units]; a part takes about 2500. */
const LARGEST_FILE = 2 * 1024 * 1024;

/** The user's parts, which win over built-in ones of the same name; faults of the files go to `diagnostics`. */
export async function partLibrary(
  files: readonly Source[],
  diagnostics: Diagnostics,
): Promise<PartLibrary> {
  const own = files.flatMap((file) => partsOf(file, diagnostics)).map(entryOf);
  return new PartLibrary(own, await builtInParts());
}

/** Every part that comes with nullor; its rows are read when it is found. */
export async function builtInParts(): Promise<readonly PartEntry[]> {
  const { FILES } = await import('./built-in-files.ts');
  return FILES.flatMap(({ schema, parts }) => parts.map((part) => unread(part, schema)));
}

/** A part whose object is known to be right; `read-parts.ts` checks those of the user. */
function unread(json: Named, schema: string): PartEntry {
  let read: Part | undefined;
  return {
    names: [json.name, ...(json.alsoFor ?? [])],
    part: () => {
      read ??= readParts({ schema, parts: [json] }).parts[0];
      if (read === undefined) throw new Error(`The part "${json.name}" of the library is faulty.`);
      return read;
    },
  };
}

interface Named {
  readonly name: string;
  readonly alsoFor?: readonly string[];
}

/** The parts of a JSON text; none after a fault, which goes to `diagnostics` with its path and place. */
export function partsOf(file: Source, diagnostics: Diagnostics): readonly Part[] {
  if (file.text.length > LARGEST_FILE) {
    const span = { source: file, start: 0, end: 1 };
    diagnostics.error('file_too_large', span, `"${file.name}" is too large for a file of parts.`);
    return [];
  }
  const json = parseJson(file, diagnostics);
  if (json === undefined) return [];
  const { parts, faults } = readParts(json.value);
  for (const { path, message, hint } of faults) {
    const sentence = path === '' ? `In this file ${message}.` : `At ${path} ${message}.`;
    diagnostics.error('bad_part', json.spanOf(path), sentence, hint);
  }
  return faults.length > 0 ? [] : parts;
}
