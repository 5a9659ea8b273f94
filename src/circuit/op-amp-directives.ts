/** The `*@ opamp` lines of a netlist: which of them speak of an element, and which of none. */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Directive } from '../../grammar/directive/tree.ts';
import type { Span } from '../../grammar/source.ts';
import { NO_MATCH, type Rank, rank } from './pattern.ts';

export type OpAmpDirective = Extract<Directive, { kind: 'opamp' }>;

export interface Entry {
  readonly directive: OpAmpDirective;
  readonly prefix: string;
  readonly span: Span;
  used: boolean;
}

export class OpAmpDirectives {
  readonly #entries: Entry[] = [];
  /** By lower-case prefix: an instance asks only those that can speak of it. */
  readonly #byPrefix = new Map<string, Entry[]>();

  add(directive: OpAmpDirective, { prefix, span }: { prefix: string; span: Span }): void {
    const entry = { directive, prefix, span, used: false };
    this.#entries.push(entry);
    const key = prefix.toLowerCase();
    const siblings = this.#byPrefix.get(key);
    if (siblings === undefined) this.#byPrefix.set(key, [entry]);
    else siblings.push(entry);
  }

  /** The directives for an element, the weakest first. */
  matching(name: string, subcircuit: string | undefined): Entry[] {
    const ranked: { entry: Entry; rank: Rank }[] = [];
    for (const prefix of prefixesOf(name)) {
      for (const entry of this.#byPrefix.get(prefix.toLowerCase()) ?? []) {
        const found = rank(entry.directive.target.text, name.slice(prefix.length), subcircuit);
        if (found === NO_MATCH) continue;
        entry.used = true;
        ranked.push({ entry, rank: found });
      }
    }
    // Of equal rank the outer line wins: who uses a subcircuit knows more than who wrote it.
    const depth = ({ entry }: { entry: Entry }) => entry.prefix.length;
    return ranked.sort((a, b) => a.rank - b.rank || depth(b) - depth(a)).map(({ entry }) => entry);
  }

  /** The directives for one op amp of a package: they name it with its dot, `XU1.A`. */
  matchingChannel(name: string): Entry[] {
    return this.matching(name, undefined).filter(({ directive }) =>
      directive.target.text.includes('.'),
    );
  }

  /** Reports the directives that no element answered to. */
  reportUnused(diagnostics: Diagnostics): void {
    for (const { directive, used } of this.#entries) {
      if (used) continue;
      diagnostics.error(
        'unknown_op_amp',
        directive.target.span,
        `There is no op amp "${directive.target.text}" in the netlist.`,
        'Name an X instance, a subcircuit or an E source; inside instances with a dot: XA.XU1.',
      );
    }
  }
}

/** The instances around `XA.XB.XU1`, outermost first: ``, `XA.`, `XA.XB.`. */
function prefixesOf(name: string): string[] {
  const prefixes = [''];
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    prefixes.push(name.slice(0, dot + 1));
  }
  return prefixes;
}
