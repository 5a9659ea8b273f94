/** Names in quotation marks, as a shell has them: `"VP VM"`. */

import type { Word } from '../expression.ts';

/** The names without the marks around all of them; those that are not in marks as they are. */
export function unquoted(names: readonly Word[]): readonly Word[] {
  const first = names[0];
  const last = names.at(-1);
  const mark = first?.text[0];
  if (first === undefined || last === undefined || (mark !== '"' && mark !== "'")) return names;
  if (!last.text.endsWith(mark) || names.map(({ text }) => text).join('').length < 3) return names;
  return names.map((name) => {
    const from = name === first ? 1 : 0;
    const to = name.text.length - (name === last ? 1 : 0);
    const { start } = name.span;
    const span = { ...name.span, start: start + from, end: start + to };
    return { text: name.text.slice(from, to), span };
  });
}
