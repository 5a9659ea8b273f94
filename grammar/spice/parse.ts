/**
 * Netlist text -> syntax tree, included files in their places. Every fault of the text is reported
 * in one run; a card with a fault is not in the tree.
 */

import { Diagnostics } from '../diagnostic.ts';
import type { Source } from '../source.ts';
import type { DialectName } from './dialect.ts';
import { FileReader } from './file-reader.ts';
import { rootIncludes } from './include.ts';
import { reportLibraryFaults } from './library-faults.ts';
import { lineEnd, nextLine } from './lines.ts';
import { reportMissing } from './missing.ts';
import { recogniseDialect } from './recognise.ts';
import { beginsLibrary, titleOf, warnTitle } from './title.ts';
import type { Netlist } from './tree.ts';

export interface ParseLimits {
  /** Files within files. */
  readonly includeDepth: number;
  /** Included files in all. */
  readonly includes: number;
  /** Errors and warnings, after which the reading stops. */
  readonly diagnostics: number;
}

/** Finds an included file; `forbidden` when it is there and must not be read. */
export type IncludeResolver = (path: string, from: Source) => Source | 'forbidden' | undefined;

export interface ParseOptions {
  /** The text of a file that `from` includes; without it, or when undefined, `missing_include`. */
  readonly resolve?: IncludeResolver;
  /** True for a text without a title line. */
  readonly include?: boolean;
  /** Whose rules hold; recognised when it is not given. */
  readonly dialect?: DialectName;
  readonly limits?: Partial<ParseLimits>;
}

const LIMITS: ParseLimits = { includeDepth: 20, includes: 1000, diagnostics: 1000 };

/** The syntax tree of `source` and every fault in it; never throws for a text. */
export function parseNetlist(source: Source, options: ParseOptions = {}): Netlist {
  const diagnostics = new Diagnostics();
  const limits = { ...LIMITS, ...options.limits };
  const dialect = recogniseDialect(source, options.dialect);
  const start = source.text.startsWith('\uFEFF') ? 1 : 0;
  const at = { source, start, end: Math.min(start + 1, source.text.length) };
  if (source.text.includes('\0')) {
    const hint = 'Give the text of a netlist; UTF-16 text has to be decoded first.';
    diagnostics.error('binary_file', at, `"${source.name}" is a binary file, not a netlist.`, hint);
    return { source, title: '', dialect, statements: [], diagnostics: diagnostics.all };
  }
  const root = rootIncludes(source, { resolve: options.resolve, limits });
  const file = new FileReader({ source, diagnostics, dialect, includes: root, limits });
  const firstLine = source.text.slice(start, lineEnd(source.text, start));
  const library = beginsLibrary(firstLine);
  const titled = options.include !== true && !library;
  if (library && options.include !== true) {
    const span = { source, start, end: start + firstLine.length };
    const message = 'The first line is a definition, not a title: the file is read as a library.';
    diagnostics.warning('title_line', span, message, 'Put a title above it.');
  }
  const body = titled ? nextLine(source.text, lineEnd(source.text, start)) : start;
  if (titled) warnTitle({ source, start, end: lineEnd(source.text, start) }, diagnostics);
  const statements = file.read(body);
  reportLibraryFaults(statements, diagnostics);
  reportMissing(root.shared.missing, { statements, diagnostics });
  const title = file.title ?? (titled ? titleOf(firstLine) : '');
  if (!diagnostics.hasErrors && statements.every(({ kind }) => kind === 'directive')) {
    const message = `"${source.name}" contains no circuit.`;
    const hint = 'The first line is the title; element cards such as "R1 a b 1k" follow it.';
    diagnostics.error('empty_netlist', at, message, hint);
  }
  return { source, title, dialect, statements, diagnostics: diagnostics.all };
}
