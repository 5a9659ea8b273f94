/** `.include` and `.lib`: which file is meant, and the bounds on files within files. */

import type { Diagnostics } from '../diagnostic.ts';
import type { Word } from '../expression.ts';
import { shorten } from '../expression-faults.ts';
import type { Source } from '../source.ts';
import type { ParseLimits, ParseOptions } from './parse.ts';
import { type RecognisedDialect, recogniseIncluded } from './recognise.ts';

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
  /** Libraries that were not found, in the order of the text. */
  readonly missing: Word[];
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
    shared: { resolve: resolve ?? (() => undefined), limits, count: 0, missing: [] },
  };
}

/** A path of somebody else's machine: `C:\\x.lib`, `/home/x.lib`, `\\\\server\\x.lib`, `~/x.lib`. */
const FOREIGN = /^(?:[A-Za-z]:[\\/]|[\\/]|~|%\w+%|\$)/;

/** Files that hold the circuit itself, or its parts, rather than models. */
const CIRCUIT = /\.(?:net|cir|ckt|sp)$/i;

export interface IncludeRequest {
  readonly includes: Includes;
  readonly diagnostics: Diagnostics;
  readonly dialect: RecognisedDialect;
  readonly section?: string;
  /** True for `.lib`, whose file holds models. */
  readonly library: boolean;
}

/**
 * The file that `path` names. A fault is reported at the path, and undefined returned; a library that
 * is not there is only noted in `missing`.
 */
export function includeFile(path: Word, request: IncludeRequest): Includes | undefined {
  const { includes, diagnostics, section } = request;
  const { shared, depth } = includes;
  const quoted = `"${shorten(path.text)}"`;
  const source = findFile(path.text, includes);
  if (source === 'forbidden') {
    const hint = 'Allow its folder: --allow-include FOLDER.';
    const message = `The file ${quoted} lies outside the folder of the netlist.`;
    diagnostics.error('forbidden_include', path.span, message, hint);
    return undefined;
  }
  if (source === undefined) {
    if (mayBeMissing(path.text, request)) {
      shared.missing.push(path);
      return undefined;
    }
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

/** Whose rules an included file is read by; one that has other rules than its includer is told of. */
export function includedDialect(
  source: Source,
  {
    path,
    root,
    includer,
    diagnostics,
  }: {
    readonly path: Word;
    readonly root: RecognisedDialect;
    readonly includer: RecognisedDialect;
    readonly diagnostics: Diagnostics;
  },
): RecognisedDialect {
  const own = recogniseIncluded(source, { root, includer });
  if (own.name !== includer.name) {
    const message = `"${shorten(path.text)}" is read by the rules of ${own.facts.label} (${own.evidence}).`;
    const hint = `To have it read otherwise: --dialect ${root.name}.`;
    diagnostics.info('included_dialect', path.span, message, hint);
  }
  return own;
}

/** As written, with the other kind of slash, then by its bare name beside the file that asks for it. */
function findFile(path: string, { shared, source }: Includes): Source | 'forbidden' | undefined {
  const slashed = path.replace(/\\/g, '/');
  const candidates = [path, slashed];
  if (FOREIGN.test(path)) candidates.push(slashed.slice(slashed.lastIndexOf('/') + 1));
  for (const candidate of new Set(candidates)) {
    const found = candidate === '' ? undefined : shared.resolve(candidate, source);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** True if the circuit can be understood without the file. */
function mayBeMissing(path: string, { library, dialect }: IncludeRequest): boolean {
  if (library || FOREIGN.test(path)) return true;
  return dialect.facts.foreignLibraries && !CIRCUIT.test(path);
}
