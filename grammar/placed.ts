/**
 * Words and numbers that keep their place in themselves. A large netlist is little else than these, and
 * moving what lives is most of what its reading costs, so that an object less for each is felt.
 * `span` belongs to the class: a copy by `{ ...word }` lacks it.
 */

import type { Expression, Word } from './expression.ts';
import type { Source, Span } from './source.ts';

class Placed {
  readonly #source: Source;
  readonly #start: number;
  readonly #end: number;

  constructor({ source, start, end }: Span) {
    this.#source = source;
    this.#start = start;
    this.#end = end;
  }

  get span(): Span {
    return { source: this.#source, start: this.#start, end: this.#end };
  }
}

export class PlacedWord extends Placed implements Word {
  readonly text: string;

  constructor(text: string, span: Span) {
    super(span);
    this.text = text;
  }
}

type NumberExpression = Extract<Expression, { kind: 'number' }>;

/** A number without a unit. */
export class PlacedNumber extends Placed implements NumberExpression {
  readonly kind = 'number';
  readonly value: number;

  constructor(value: number, span: Span) {
    super(span);
    this.value = value;
  }
}
