/**
 * Words and numbers that keep their place in themselves. A large netlist is little else than these, and
 * moving what lives is most of what its reading costs, so that an object less for each is felt.
 * `span` belongs to the class: a copy by `{ ...word }` lacks it.
 */

import type { Expression, Word } from './expression.ts';
import type { Source, Span } from './source.ts';

/** A word that is written as it is read. */
export class PlacedWord implements Word {
  readonly text: string;
  readonly #source: Source;
  readonly #start: number;

  constructor(text: string, { source, start }: Pick<Span, 'source' | 'start'>) {
    this.text = text;
    this.#source = source;
    this.#start = start;
  }

  get span(): Span {
    return { source: this.#source, start: this.#start, end: this.#start + this.text.length };
  }
}

type NumberExpression = Extract<Expression, { kind: 'number' }>;

/** A number without a unit. */
export class PlacedNumber implements NumberExpression {
  readonly kind = 'number';
  readonly value: number;
  readonly #source: Source;
  readonly #start: number;
  readonly #end: number;

  constructor(value: number, { source, start, end }: Span) {
    this.value = value;
    this.#source = source;
    this.#start = start;
    this.#end = end;
  }

  get span(): Span {
    return { source: this.#source, start: this.#start, end: this.#end };
  }
}
