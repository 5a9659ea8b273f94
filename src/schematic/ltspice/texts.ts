/** What a sheet says beside its parts: the SPICE lines and comments on it, and the models LTspice adds. */

import type { SheetText } from '../../../grammar/ltspice/tree.ts';
import type { NetlistText } from '../netlist-text.ts';
import { attribute, type Part } from './parts.ts';

/** A comment that is a directive, with or without the star that it has in a netlist. */
const DIRECTIVE = /^[ \t]*(\*?)[ \t]*(?=@)/;

/** SPICE lines as they are; comments behind a star, so that `@ output V(out)` and `*@ output V(out)` are directives. */
export function writeTexts(texts: readonly SheetText[], text: NetlistText): void {
  for (const { kind, lines } of texts) {
    for (const { text: line, span } of lines) {
      if (kind === 'comment') {
        const [skipped, star] = DIRECTIVE.exec(line) ?? ['', ''];
        const rest = { ...span, start: span.start + skipped.length };
        text.add(star === '' ? '* ' : '*', span).add(line.slice(skipped.length), rest);
      } else text.add(line, span);
      text.add('\n', span);
    }
  }
}

/** The names that stand for a device of no type, and the library of those that have one, by prefix letter. */
const DEFAULT_MODELS: Readonly<Record<string, { readonly types: string; readonly file: string }>> =
  {
    D: { types: 'D', file: 'standard.dio' },
    Q: { types: 'NPN PNP', file: 'standard.bjt' },
    M: { types: 'NMOS PMOS', file: 'standard.mos' },
    J: { types: 'NJF PJF', file: 'standard.jft' },
  };

/** `.model D D` and LTspice's library of diodes where there are diodes; the other devices likewise. */
export function writeDefaultModels(parts: readonly Part[], text: NetlistText): void {
  for (const [letter, { types, file }] of Object.entries(DEFAULT_MODELS)) {
    const device = (part: Part): boolean => {
      const prefix = attribute(part, 'prefix')?.text.toUpperCase() ?? '';
      return prefix.startsWith(letter) && prefix !== 'J';
    };
    const first = parts.find(device)?.placement;
    if (first === undefined) continue;
    for (const type of types.split(' ')) text.add(`.model ${type} ${type}\n`, first.symbol.span);
    text.add(`.lib ${file}\n`, first.symbol.span);
  }
}
