/** The library that comes with nullor, and the user's files of parts before it. Loaded when first wanted. */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import { parseJson } from '../../grammar/json.ts';
import type { Source } from '../../grammar/source.ts';
import { PartLibrary } from './library.ts';
import type { Part } from './part.ts';
import { readParts } from './read-parts.ts';

/** A larger file of parts is refused [UTF-16 code units]; a part takes about 2500. */
const LARGEST_FILE = 16 * 1024 * 1024;

let builtIn: Promise<readonly Part[]> | undefined;

/** Every part that comes with nullor. */
export function builtInParts(): Promise<readonly Part[]> {
  builtIn ??= load();
  return builtIn;
}

/** The user's parts, which win over built-in ones of the same name; faults of the files go to `diagnostics`. */
export async function partLibrary(
  files: readonly Source[],
  diagnostics: Diagnostics,
): Promise<PartLibrary> {
  const own = files.flatMap((file) => partsOf(file, diagnostics));
  return new PartLibrary(own, await builtInParts());
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

async function load(): Promise<readonly Part[]> {
  const files = await Promise.all([
    import('./library/microchip.json', { with: { type: 'json' } }),
    import('./library/texas-instruments.json', { with: { type: 'json' } }),
    import('./library/analog-devices.json', { with: { type: 'json' } }),
    import('./library/linear-technology.json', { with: { type: 'json' } }),
    import('./library/others.json', { with: { type: 'json' } }),
  ]);
  return files.flatMap((file) => readParts(file.default).parts);
}
