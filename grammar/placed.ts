/**
 * Words and numbers that keep their place in themselves, and lists of places from which they are made when
 * they are asked for. A large netlist is little else than these, and moving what lives is most of what its
 * reading costs, so that an object less for each is felt. `span` belongs to the class: a copy by
 * `{ ...word }` lacks it.
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

/** Where the parts of a text stand in its file: two numbers each. */
export class PartPlaces {
  readonly source: Source;
  /** Offset of the text in the file. */
  readonly base: number;
  /** Part i covers the offsets [2i] to [2i + 1] of the file. */
  readonly #offsets: Int32Array;

  constructor(
    parts: readonly { readonly startOffset: number; readonly image: string }[],
    { source, base }: { readonly source: Source; readonly base: number },
  ) {
    this.source = source;
    this.base = base;
    const offsets = new Int32Array(2 * parts.length);
    let at = 0;
    for (const { startOffset, image } of parts) {
      offsets[at++] = base + startOffset;
      offsets[at++] = base + startOffset + image.length;
    }
    this.#offsets = offsets;
  }

  start(part: number): number {
    return this.#offsets[2 * part] ?? this.base;
  }

  span(first: number, last = first): Span {
    const end = this.#offsets[2 * last + 1] ?? this.base;
    return { source: this.source, start: this.start(first), end };
  }

  word(part: number): Word {
    const { source, start, end } = this.span(part);
    return new PlacedWord(source.text.slice(start, end), { source, start });
  }
}
