/** The S-expressions that KiCad's files consist of: lists in parentheses of words, quoted texts and lists. */

import type { Word } from '../expression.ts';
import type { Source, Span } from '../source.ts';

export type Node = Atom | List;

/** A word or a quoted text; it is cut out of the file when it is asked for. */
export class Atom implements Word {
  readonly #source: Source;
  readonly start: number;
  readonly end: number;

  constructor(source: Source, { start, end }: { readonly start: number; readonly end: number }) {
    this.#source = source;
    this.start = start;
    this.end = end;
  }

  /** Without quotes, its escapes resolved. */
  get text(): string {
    const { text } = this.#source;
    if (text[this.start] !== '"') return text.slice(this.start, this.end);
    const inner = text.slice(this.start + 1, this.end - 1);
    return inner.includes('\\') ? inner.replace(/\\(.)/gs, (_, sign) => unescaped(sign)) : inner;
  }

  /** Without quotes. */
  get span(): Span {
    const quote = this.#source.text[this.start] === '"' ? 1 : 0;
    return { source: this.#source, start: this.start + quote, end: this.end - quote };
  }
}

function unescaped(sign: string): string {
  if (sign === 'n') return '\n';
  if (sign === 't') return '\t';
  return sign === 'r' ? '\r' : sign;
}

export class List {
  readonly items: Node[] = [];
  readonly #source: Source;
  readonly start: number;
  end: number;

  constructor(source: Source, start: number) {
    this.#source = source;
    this.start = start;
    this.end = start + 1;
  }

  get span(): Span {
    return { source: this.#source, start: this.start, end: this.end };
  }

  /** The word that it begins with: what it is. */
  get head(): string {
    const [first] = this.items;
    return first instanceof Atom ? first.text : '';
  }

  /** The word at `index`, the head being 0. */
  atom(index: number): Atom | undefined {
    const item = this.items[index];
    return item instanceof Atom ? item : undefined;
  }

  /** The lists in it that begin with `head`. */
  lists(head: string): List[] {
    return this.items.filter((item): item is List => item instanceof List && item.head === head);
  }

  list(head: string): List | undefined {
    for (const item of this.items) if (item instanceof List && item.head === head) return item;
    return undefined;
  }

  /** `(key value)` in it -> value. */
  value(key: string): Atom | undefined {
    return this.list(key)?.atom(1);
  }

  /** True for `(key yes)`, `(key)` and a bare `key`, as the versions write it. */
  has(key: string): boolean {
    const list = this.list(key);
    if (list !== undefined) return (list.atom(1)?.text ?? 'yes') === 'yes';
    return this.items.some((item, index) => index > 0 && item instanceof Atom && item.text === key);
  }
}
