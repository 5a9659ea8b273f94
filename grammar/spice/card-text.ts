/** A card as it stands in its file, on one line: without continuations and the comments between them. */

import type { Span } from '../source.ts';
import type { LexicalRules } from './dialect.ts';
import { parseCards } from './parser.ts';

/** Line ends within braces, with the comment lines and the `+` behind them. */
const BREAK =
  /[ \t]*(?:;[^\r\n]*)?(?:\r?\n|\r)(?:[ \t]*(?:\*[^\r\n]*)?(?:\r?\n|\r))*[ \t]*\+[ \t]*/g;

/** Text within braces on one line. */
export function joinLines(text: string): string {
  return text.replace(BREAK, ' ');
}

/** The characters of `span`, which covers one card. */
export function cardText({ source, start, end }: Span, rules: LexicalRules): string {
  const text = source.text.slice(start, end);
  // Almost every card: one line, on which a comment could only stand behind its end.
  if (!/[\r\n]/.test(text)) return /["']/.test(text) ? text : text.replace(/[ \t]+/g, ' ');
  const [card] = parseCards(text, rules);
  let line = '';
  let last = 0;
  for (const token of card?.parts.slice(card.first, card.end) ?? []) {
    const gap = line !== '' && token.startOffset > last;
    line += (gap ? ' ' : '') + joinLines(token.image);
    last = token.startOffset + token.image.length;
  }
  return line;
}
