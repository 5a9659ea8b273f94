/**
 * What a file says about a subcircuit in front of its first element: the names of its ports and the
 * comment lines around its `.subckt` line. It is read from the text, not from the tree, so that a body
 * with faults hides nothing, and columns are as the author saw them.
 */

import { position } from '../../../grammar/source.ts';
import type { Subcircuit } from '../../../grammar/spice/tree.ts';

export interface CommentLine {
  /** Behind the stars, columns kept. */
  readonly text: string;
  /** 1-based line of the file. */
  readonly line: number;
}

export interface Description {
  readonly name: string;
  readonly ports: readonly string[];
  /** Line of `.subckt`. */
  readonly line: number;
  /** The comment lines above `.subckt` up to the next card, in reading order. */
  readonly above: readonly CommentLine[];
  /** The rest of the `.subckt` line behind `;`, and the comment lines below it up to the first card. */
  readonly below: readonly CommentLine[];
  /** The text of the definition behind its first line. */
  readonly body: string;
}

/** How many comment lines on either side are read, how long one may be, how much of a body. */
const MOST_LINES = 300;
const LONGEST_LINE = 400;
const LONGEST_BODY = 100_000;

export function describe({ name, ports, span }: Subcircuit): Description {
  const { source, start, end } = span;
  const { line } = position(source, start);
  const lines = linesFrom(source.text, end);
  const rest = lines.next().value ?? '';
  const inline = /;(.*)/.exec(rest)?.[1];
  const headLines = position(source, end).line;
  return {
    name: name.text,
    ports: ports.map(({ text }) => text),
    line,
    above: commentsAbove(source.text, { start, line }),
    below: [
      ...(inline === undefined ? [] : [comment(inline, headLines)]),
      ...commentsBelow(lines, headLines),
    ],
    body: body(source.text, end),
  };
}

function comment(text: string, line: number): CommentLine {
  return { text: untabbed(text.slice(0, LONGEST_LINE)), line };
}

/** Tab stops every 8 columns, as the authors of such comments had them. */
function untabbed(text: string): string {
  let column = '';
  for (const part of text.split('\t')) {
    column += column === '' ? part : ' '.repeat(8 - (column.length % 8)) + part;
  }
  return column.trimEnd();
}

/** The text of a comment line behind its stars; `undefined` for a card, '' for a blank line. */
function commentText(line: string): string | undefined {
  const text = line.slice(0, LONGEST_LINE);
  // A Ctrl-Z ends the files of old tools.
  if (/^\s*$/.test(text.replaceAll('\u001a', ''))) return '';
  return /^\s*[*;]+(.*)$/s.exec(text)?.[1];
}

function commentsAbove(text: string, { start, line }: { start: number; line: number }) {
  const found: CommentLine[] = [];
  // From the line end in front of `.subckt` (or what stands before it on its line) upwards.
  let end = lineEndBefore(text, start);
  for (let at = line - 1; end >= 0 && line - at <= MOST_LINES; at--) {
    const before = lineEndBefore(text, end);
    const begin = before < 0 ? 0 : nextLine(text, before);
    const inner = commentText(text.slice(begin, end));
    if (inner === undefined) break;
    if (inner.trim() !== '') found.push(comment(inner, at));
    end = before;
  }
  return found.reverse();
}

function commentsBelow(lines: Iterable<string>, headLine: number): CommentLine[] {
  const found: CommentLine[] = [];
  let line = headLine;
  for (const text of lines) {
    line++;
    const inner = commentText(text);
    if (inner === undefined) {
      // What stands above an inner definition describes that one.
      return /^\s*\.(?:subckt|macro)\b/i.test(text) ? [] : found;
    }
    if (inner.trim() !== '') found.push(comment(inner, line));
    if (line - headLine >= MOST_LINES) break;
  }
  return found;
}

/** The lines from `offset` on, the first one from there; they end at LF, CRLF or a lone CR. */
function* linesFrom(text: string, offset: number): Generator<string, undefined> {
  for (let at = offset; at <= text.length; ) {
    const end = lineEnd(text, at);
    yield text.slice(at, end);
    if (end === text.length) return;
    at = nextLine(text, end);
  }
}

function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && !isNewline(text, at)) at++;
  return at;
}

/** Where the nearest line in front of `offset` ends; -1 when there is none. */
function lineEndBefore(text: string, offset: number): number {
  let at = offset - 1;
  while (at >= 0 && !isNewline(text, at)) at--;
  return at > 0 && text[at] === '\n' && text[at - 1] === '\r' ? at - 1 : at;
}

/** Offset behind the line end at `end`. */
function nextLine(text: string, end: number): number {
  return text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1;
}

function isNewline(text: string, at: number): boolean {
  return text[at] === '\n' || text[at] === '\r';
}

function body(text: string, offset: number): string {
  const window = text.slice(offset, offset + LONGEST_BODY);
  return window.slice(0, /^[ \t]*\.(?:ends|eom)\b/im.exec(window)?.index ?? window.length);
}
