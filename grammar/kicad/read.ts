/** Text -> S-expression. */

import type { Diagnostics } from '../diagnostic.ts';
import type { Source } from '../source.ts';
import { Atom, List } from './expression.ts';

/** Lists within lists; KiCad's own files have about ten. */
const DEEPEST = 100;

/** A quoted text, a parenthesis, or a word. */
const TOKEN = /"(?:[^"\\]|\\[\s\S])*"|[()]|[^\s()"]+|"/g;

/** The list that the text is; undefined, with an error, where it is none. */
export function readExpression(source: Source, diagnostics: Diagnostics): List | undefined {
  const open: List[] = [];
  const hint = 'The file is damaged or cut off; open it in KiCad and save it again.';
  TOKEN.lastIndex = 0;
  for (const { 0: token, index } of source.text.matchAll(TOKEN)) {
    const end = index + token.length;
    const last = open.at(-1);
    const place = { source, start: index, end };
    if (token === '(') {
      if (open.length === DEEPEST) {
        const message = `The lists of the file are nested more than ${DEEPEST} deep.`;
        diagnostics.error('too_deep', place, message, hint);
        return undefined;
      }
      const list = new List(source, index);
      last?.items.push(list);
      open.push(list);
    } else if (token === ')') {
      if (last === undefined) break;
      last.end = end;
      open.pop();
      if (open.length === 0) return last;
    } else if (token === '"') {
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
