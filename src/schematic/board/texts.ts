/** Texts on the sheets: those that begin with `@` are directives, those that begin with a dot are SPICE lines. */

import type { Word } from '../../../grammar/expression.ts';
import type { NetlistText } from '../netlist-text.ts';

export interface TextContext {
  readonly text: NetlistText;
  /** Names of op amps as drawn: `U1A`, which the netlist calls XU1A. */
  readonly opAmps: ReadonlySet<string>;
  /** True if a net of the netlist has the name. */
  readonly isNode: (name: string) => boolean;
}

export function writeTexts(texts: readonly Word[], context: TextContext): void {
  const drawn = new Set([...context.opAmps].map((name) => name.toLowerCase()));
  for (const { text, span } of texts) {
    if (!/^\s*[@.]/.test(text)) continue;
    for (const line of text.split(/\r\n|\n|\r/)) {
      const trimmed = line.trim();
      if (trimmed === '') continue;
      if (trimmed.startsWith('@')) context.text.add('*', span);
      context.text.add(asWritten(trimmed, { ...context, drawn }), span).add('\n', span);
    }
  }
}

/** The names of the drawing as the netlist has them: U1A is XU1A, and the net /out of the root sheet is out. */
function asWritten(
  line: string,
  { drawn, isNode }: Pick<TextContext, 'isNode'> & { readonly drawn: ReadonlySet<string> },
): string {
  const named = line.replace(/(?<![\w.$])[A-Za-z]\w*(?![\w$])/g, (word) =>
    drawn.has(word.toLowerCase()) ? `X${word}` : word,
  );
  return named.replace(/(?<=[(,]\s*)\/([^\s(),/]+)(?=\s*[),])/g, (whole, name: string) =>
    !isNode(whole) && isNode(name) ? name : whole,
  );
}
