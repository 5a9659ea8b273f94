/** `.include` and `.lib`: which file is meant, and the bounds on files within files. */

import type { Diagnostics } from '../diagnostic.ts';
import type { Word } from '../expression.ts';
import { shorten } from '../expression-faults.ts';
import type { Source } from '../source.ts';
import type { ParseLimits, ParseOptions } from './parse.ts';

/** A file being read, and the files it was included from. */
export interface Includes {
  readonly source: Source;
  /** The section that is read of it, in lower case. */
  readonly section: string | undefined;
  readonly parent?: Includes;
  readonly depth: number;
  readonly shared: Shared;
}

/** What all files of one run share. */
interface Shared {
  readonly resolve: NonNullable<ParseOptions['resolve']>;
  readonly limits: ParseLimits;
  /** Included files so far. */
  count: number;
}

export function rootIncludes(
  source: Source,
  { resolve, limits }: { resolve: ParseOptions['resolve']; limits: ParseLimits },
): Includes {
  return {
    source,
    section: undefined,
    depth: 0,
    shared: { resolve: resolve ?? (() => undefined), limits, count: 0 },
  };
}

/** The file that `path` names; a fault is reported at the path, and undefined returned. */
export function includeFile(
  path: Word,
  {
    includes,
    diagnostics,
    section,
  }: { includes: Includes; diagnostics: Diagnostics; section?: string },
): Includes | undefined {
  const { shared, depth } = includes;
  const quoted = `"${shorten(path.text)}"`;
  const source = shared.resolve(path.text, includes.source);
  if (source === undefined) {
    const hint = 'Give the path relative to the file that includes it.';
    diagnostics.error('missing_include', path.span, `The file ${quoted} was not found.`, hint);
    return undefined;
  }
  for (let at: Includes | undefined = includes; at !== undefined; at = at.parent) {
    if (at.source !== source && at.source.name !== source.name) continue;
    // A section may be made of other sections of its own file.
    if (at.section !== section) continue;
    const hint = 'Remove one of the .include cards of the circle.';
    diagnostics.error('include_cycle', path.span, `The file ${quoted} includes itself.`, hint);
    return undefined;
  }
  const { includeDepth, includes: most } = shared.limits;
  if (depth >= includeDepth || shared.count >= most) {
    const hint = `At most ${includeDepth} levels and ${most} files are read.`;
    diagnostics.error(
      'include_too_deep',
      path.span,
      `The file ${quoted} is included too deep.`,
      hint,
    );
    return undefined;
  }
  shared.count++;
  if (source.text.includes('\0')) {
    const hint = 'Give the text of a netlist; UTF-16 text has to be decoded first.';
    diagnostics.error('binary_file', path.span, `The file ${quoted} is a binary file.`, hint);
    return undefined;
  }
  return { source, section, parent: includes, depth: depth + 1, shared };
}
