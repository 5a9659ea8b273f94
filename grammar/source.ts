/**
 * Text and places in it. Everything that is read from a file keeps a Span, so that any later message
 * can point at the characters it speaks of. Offsets are UTF-16 code units from the start of the text.
 */

export interface Source {
  /** What the user calls it: a file name, or `<stdin>`. */
  readonly name: string;
  readonly text: string;
  /** Of a text that was written from other ones, as the netlist of a schematic: where [start, end) comes from. */
  readonly origin?: (start: number, end: number) => Span;
}

/** The characters [start, end) of a source. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

export interface Position {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
}

const lineStarts = new WeakMap<Source, readonly number[]>();

/** Offsets at which the lines of a source begin; a line ends at LF, CRLF or a lone CR. */
function lineTable(source: Source): readonly number[] {
  let table = lineStarts.get(source);
  if (table === undefined) {
    const starts = [0];
    for (const newline of source.text.matchAll(/\r\n|\n|\r/g)) {
      starts.push(newline.index + newline[0].length);
    }
    table = starts;
    lineStarts.set(source, table);
  }
  return table;
}

/** Index into the line table of the line that holds `offset`. */
function lineIndex(source: Source, offset: number): number {
  const table = lineTable(source);
  let low = 0;
  let high = table.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((table[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function position(source: Source, offset: number): Position {
  const index = lineIndex(source, offset);
  return { line: index + 1, column: offset - (lineTable(source)[index] ?? 0) + 1 };
}

/** The text of the line that holds `offset`, without its line end. */
export function lineText(source: Source, offset: number): string {
  const table = lineTable(source);
  const index = lineIndex(source, offset);
  return source.text.slice(table[index], table[index + 1]).replace(/[\r\n]+$/, '');
}

/** Where the user finds `span`: in the text that he gave, if it lies in one that was written from it. */
export function original(span: Span): Span {
  const { source, start, end } = span;
  return source.origin === undefined ? span : original(source.origin(start, end));
}

/** Where `span` begins for the user. */
export function placeOf(span: Span): Position & { readonly file: string } {
  const { source, start } = original(span);
  return { file: source.name, ...position(source, start) };
}

/** The smallest span that covers both; they must be of one source. */
export function join(first: Span, last: Span): Span {
  return { source: first.source, start: first.start, end: Math.max(first.end, last.end) };
}

/** The name of what is typed behind a command, which overrides what the netlist says. */
export const COMMAND_LINE = 'command line';
