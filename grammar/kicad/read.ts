/** Text -> S-expression. */

import type { Diagnostics } from '../diagnostic.ts';
import type { Source } from '../source.ts';
import { Atom, List } from './expression.ts';

/** Lists within lists; KiCad's own files have about ten. */
const DEEPEST = 100;

const QUOTE = 34;
const OPEN = 40;
const CLOSE = 41;

/** [start, end) of each quoted text, parenthesis and word; a quoted text without an end is its first quote. */
function* tokensOf(text: string): Generator<readonly [number, number], void, undefined> {
  for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code <= 32) {
      at++;
      continue;
    }
    const start = at++;
    if (code === QUOTE) at = quoteEnd(text, start);
    else if (code !== OPEN && code !== CLOSE) while (isWord(text.charCodeAt(at))) at++;
    yield [start, at];
  }
}

/** NaN, behind the end, is none. */
function isWord(code: number): boolean {
  return code > 32 && code !== OPEN && code !== CLOSE && code !== QUOTE;
}

/** Behind the quote that ends the text; a backslash takes the meaning from the sign behind it. */
function quoteEnd(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return start + 1;
    let before = quote;
    while (text[before - 1] === '\\') before--;
    if ((quote - before) % 2 === 0) return quote + 1;
    at = quote;
  }
}

/** The list that the text is; undefined, with an error, where it is none. */
export function readExpression(source: Source, diagnostics: Diagnostics): List | undefined {
  const open: List[] = [];
  const hint = 'The file is damaged or cut off; open it in KiCad and save it again.';
  for (const [index, end] of tokensOf(source.text)) {
    const last = open.at(-1);
    const place = { source, start: index, end };
    const code = source.text.charCodeAt(index);
    if (code === OPEN) {
      if (open.length === DEEPEST) {
        const message = `The lists of the file are nested more than ${DEEPEST} deep.`;
        diagnostics.error('too_deep', place, message, hint);
        return undefined;
      }
      const list = new List(source, index);
      last?.items.push(list);
      open.push(list);
    } else if (code === CLOSE) {
      if (last === undefined) break;
      last.end = end;
      open.pop();
      if (open.length === 0) return last;
    } else if (code === QUOTE && end === index + 1) {
      diagnostics.error('open_quote', place, 'The quoted text has no end.', hint);
      return undefined;
    } else last?.items.push(new Atom(source, { start: index, end }));
  }
  const [top] = open;
  const span = top?.span ?? { source, start: 0, end: Math.min(1, source.text.length) };
  const message =
    top === undefined ? 'The file has no list.' : `The list "(${top.head}" has no end.`;
  diagnostics.error('open_list', span, message, hint);
  return undefined;
}
