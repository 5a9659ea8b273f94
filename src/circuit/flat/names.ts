/**
 * Names of elements in the flat netlist. R1 inside XA is `R.XA.R1`: it begins with its letter, which tells
 * every SPICE what it is, and it is what ngspice itself calls that element when it expands the instance
 * (`i(v.xa.v1)`), so that what is plotted and measured keeps its name. Nodes keep the path: `XA.n`.
 */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { Word } from '../../../grammar/expression.ts';
import { didYouMean } from '../../../grammar/suggest.ts';
import type { Level } from '../level.ts';
import { EvaluationFault } from '../scope.ts';

export interface FlatElement {
  readonly name: string;
  readonly multiplier: number;
}

export class ElementNames {
  readonly #diagnostics: Diagnostics;
  /** By lower-case path, `xa.r1`. */
  readonly #byPath = new Map<string, FlatElement>();
  /** By lower-case flat name, `r.xa.r1`. */
  readonly #byName = new Map<string, FlatElement>();

  constructor(diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics;
  }

  /** An element of a level; a name that is taken already is reported. */
  add({ text, span }: Word, { prefix, multiplier }: Level): void {
    const name = flatName(prefix, text);
    const key = name.toLowerCase();
    if (this.#byName.has(key)) {
      const message = `There are two elements called "${prefix}${text}"${name === text ? '' : `, flat "${name}"`}.`;
      this.#diagnostics.error(
        'duplicate_name',
        span,
        message,
        'Names are compared without regard to case.',
      );
      return;
    }
    const element = { name, multiplier };
    this.#byName.set(key, element);
    this.#byPath.set(`${prefix}${text}`.toLowerCase(), element);
  }

  has(name: string): boolean {
    return this.#byName.has(name.toLowerCase());
  }

  /** The element that a word means at a level; ngspice's own `v.xa.v1` is understood, too. */
  sensed({ text, span }: Word, { prefix }: Level): FlatElement {
    const found =
      this.#byPath.get(`${prefix}${text}`.toLowerCase()) ?? this.#byName.get(text.toLowerCase());
    if (found !== undefined) return found;
    throw new EvaluationFault(
      'unknown_control',
      span,
      `There is no element "${prefix}${text}" in the netlist${didYouMean(text, [...this.#byPath.keys()])}.`,
    );
  }
}

/** `R1` behind the prefix `XA.` is `R.XA.R1`. */
export function flatName(prefix: string, name: string): string {
  return prefix === '' ? name : `${name.charAt(0)}.${prefix}${name}`;
}
