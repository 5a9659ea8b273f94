/** The library files that parts name in their simulation fields. */

import type { Word } from '../../../grammar/expression.ts';
import type { Source } from '../../../grammar/source.ts';
import type { IncludeResolver } from '../../../grammar/spice/parse.ts';

export class Libraries {
  readonly #resolve: IncludeResolver;
  readonly #schematic: Source;
  readonly included = new Map<string, Word>();

  constructor(schematic: Source, resolve: IncludeResolver) {
    this.#schematic = schematic;
    this.#resolve = resolve;
  }

  /** Its text, and from now on it is included; undefined where it is not beside the schematic. */
  include(library: Word): Source | undefined {
    const found = this.#resolve(library.text, this.#schematic);
    if (found === undefined || found === 'forbidden') return undefined;
    this.included.set(library.text, library);
    return found;
  }
}

/** The type of a `.model` line in a library: `NPN`; undefined where it has none of the name. */
export function modelType(text: string, model: string): string | undefined {
  for (const [, name, type] of text.matchAll(/^[ \t]*\.model[ \t]+(\S+)[ \t]+([a-z]+)/gim))
    if (name?.toLowerCase() === model.toLowerCase()) return type?.toUpperCase();
  return undefined;
}
