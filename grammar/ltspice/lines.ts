/** The lines of LTspice's drawing files: a keyword, then fields, the last of which may be the rest of the line. */

import type { Diagnostics } from '../diagnostic.ts';
import type { Word } from '../expression.ts';
import { shorten } from '../expression-faults.ts';
import type { Source, Span } from '../source.ts';
import { LARGEST_COORDINATE, type Point } from './tree.ts';

/** Blanks around the line are left out; no line is empty. */
export interface Line {
  readonly keyword: string;
  readonly span: Span;
}

const NEWLINE = 10;
const RETURN = 13;

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

export function* linesOf(source: Source): Generator<Line, void, undefined> {
  const { text } = source;
  for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length; ) {
    let end = at;
    while (end < text.length && text.charCodeAt(end) !== NEWLINE && text.charCodeAt(end) !== RETURN)
      end++;
    const next = end + 1;
    while (at < end && isBlank(text.charCodeAt(at))) at++;
    while (end > at && isBlank(text.charCodeAt(end - 1))) end--;
    if (at < end) {
      const keyword = text.slice(at, fieldEnd(text, { at, end }));
      yield { keyword, span: { source, start: at, end } };
    }
    at = next;
  }
}

function fieldEnd(
  text: string,
  { at, end }: { readonly at: number; readonly end: number },
): number {
  let stop = at;
  while (stop < end && !isBlank(text.charCodeAt(stop))) stop++;
  return stop;
}

/** Takes the fields of a line from either end. Reports the first fault only; a faulty line has no fields left. */
export class Fields {
  readonly #source: Source;
  readonly #line: Span;
  readonly #diagnostics: Diagnostics;
  #start: number;
  #end: number;
  #faulty = false;

  constructor({ keyword, span }: Line, diagnostics: Diagnostics) {
    this.#source = span.source;
    this.#line = span;
    this.#diagnostics = diagnostics;
    this.#start = span.start + keyword.length;
    this.#end = span.end;
    this.#trim();
  }

  /** False when a field was missing or wrong. */
  get sound(): boolean {
    return !this.#faulty;
  }

  /** The next field. */
  word(what: string): Word {
    const { text } = this.#source;
    const start = this.#start;
    const end = fieldEnd(text, { at: start, end: this.#end });
    if (start === end) this.#fault(`The line has no ${what}.`);
    this.#start = end;
    this.#trim();
    return this.#wordAt(start, end);
  }

  /** The last field. */
  lastWord(what: string): Word {
    const { text } = this.#source;
    const end = this.#end;
    let start = end;
    while (start > this.#start && !isBlank(text.charCodeAt(start - 1))) start--;
    if (start === end) this.#fault(`The line has no ${what}.`);
    this.#end = start;
    this.#trim();
    return this.#wordAt(start, end);
  }

  /** All that is left, maybe nothing. */
  rest(): Word {
    const word = this.#wordAt(this.#start, this.#end);
    this.#start = this.#end;
    return word;
  }

  point(): Point {
    const x = this.#coordinate(this.word('x coordinate'));
    return { x, y: this.#coordinate(this.word('y coordinate')) };
  }

  lastPoint(): Point {
    const y = this.#coordinate(this.lastWord('y coordinate'));
    return { x: this.#coordinate(this.lastWord('x coordinate')), y };
  }

  #coordinate({ text, span }: Word): number {
    const value = Number(text);
    if (this.#faulty) return 0;
    if (!/^[-+]?\d{1,12}$/.test(text)) {
      this.#fault(`"${shorten(text)}" is no coordinate.`, span);
    } else if (Math.abs(value) > LARGEST_COORDINATE) {
      this.#fault(`The coordinate ${text} lies outside every sheet.`, span);
    }
    return value;
  }

  #wordAt(start: number, end: number): Word {
    const source = this.#source;
    return { text: source.text.slice(start, end), span: { source, start, end } };
  }

  #trim(): void {
    const { text } = this.#source;
    while (this.#start < this.#end && isBlank(text.charCodeAt(this.#start))) this.#start++;
    while (this.#end > this.#start && isBlank(text.charCodeAt(this.#end - 1))) this.#end--;
  }

  #fault(message: string, span = this.#line): void {
    if (this.#faulty) return;
    this.#faulty = true;
    const hint = 'The file is damaged, or LTspice did not write it; save it there again.';
    this.#diagnostics.error('bad_line', span, message, hint);
  }
}
