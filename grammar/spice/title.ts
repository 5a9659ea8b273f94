/** The first line is the title, whatever stands on it: a card or directive there is lost in silence. */

import type { Diagnostics } from '../diagnostic.ts';
import { shorten } from '../expression-faults.ts';
import type { Span } from '../source.ts';

/** `R1 a b 1k`: a name, two words and a value, as no sentence has it. */
const CARD =
  /^[rclviegfh]\w*[ \t]+\S+[ \t]+\S+[ \t].*\d|^x\w*[ \t]+\S+[ \t]+\S+[ \t]+\S+[ \t]+\S|^\.(?!title\b)[a-z]+\b/i;
const DIRECTIVE = /^\* ?@/;

/** The title as the first line gives it; KiCad writes `.title NAME` there. */
export function titleOf(line: string): string {
  return line.replace(/^[ \t]*\.title\b/i, '').trim();
}

/** A file that begins with a definition is a library and has no title. */
export function beginsLibrary(line: string): boolean {
  return /^[ \t]*\.(?:subckt|macro|model)[ \t]+\S/i.test(line);
}

/** True if a line reads like an element or dot card. */
export function looksLikeCard(line: string): boolean {
  return line.length <= 500 && CARD.test(line);
}

/** Warns when the title line `span` looks like something that should be read. */
export function warnTitle(span: Span, diagnostics: Diagnostics): void {
  const line = span.source.text.slice(span.start, span.end).trim();
  if (!looksLikeCard(line) && !(line.length <= 500 && DIRECTIVE.test(line))) return;
  diagnostics.warning(
    'title_line',
    span,
    `"${shorten(line)}" is the title, because it is the first line.`,
    'Put a title above it if it should be read.',
  );
}
