/** The parts of one card from left to right: which stands next, where it stands, and what is missing. */

import type { IToken } from 'chevrotain';
import type { Diagnostics } from '../diagnostic.ts';
import type { Word } from '../expression.ts';
import { shorten } from '../expression-faults.ts';
import { type PartPlaces, PlacedWord } from '../placed.ts';
import { SyntaxFault } from '../precedence.ts';
import type { Source, Span } from '../source.ts';
import { strayParenthesis } from './balance.ts';
import type { RawCard } from './parser.ts';
import type { RecognisedDialect } from './recognise.ts';
import { CloseToken, CommaToken, Equals, OpenToken, WordToken } from './tokens.ts';

/** What the cards of a region have in common. */
export interface CardPlace {
  readonly places: PartPlaces;
  readonly diagnostics: Diagnostics;
  readonly dialect: RecognisedDialect;
}

/** Where the reading of a card stands: its parts, their places and what lacks. */
export class CardCursor {
  readonly #card: RawCard;
  readonly #place: CardPlace;
  #next: number;

  constructor(card: RawCard, place: CardPlace) {
    this.#card = card;
    this.#place = place;
    this.#next = card.first;
  }

  get source(): Source {
    return this.#place.places.source;
  }

  get diagnostics(): Diagnostics {
    return this.#place.diagnostics;
  }

  get dialect(): RecognisedDialect {
    return this.#place.dialect;
  }

  /** The places of the parts, which `position` counts. */
  get places(): PartPlaces {
    return this.#place.places;
  }

  get #first(): IToken | undefined {
    return this.#card.parts[this.#card.first];
  }

  get #last(): IToken | undefined {
    return this.#card.parts[this.#card.end - 1];
  }

  /** What the card begins with. */
  get keyword(): string {
    return this.#first?.image ?? '';
  }

  /** The whole card. */
  get span(): Span {
    return this.spanOf(this.#first, this.#last);
  }

  /** From the next part to the end of the card. */
  get rest(): Span {
    const last = this.#last;
    const first = this.peek();
    if (first === undefined) {
      const { end } = this.span;
      return { source: this.source, start: end, end };
    }
    return this.spanOf(first, last);
  }

  get atEnd(): boolean {
    return this.#next >= this.#card.end;
  }

  peek(ahead = 0): IToken | undefined {
    const index = this.#next + ahead;
    return index < this.#card.end ? this.#card.parts[index] : undefined;
  }

  /** Index of the next part. */
  get position(): number {
    return this.#next;
  }

  set position(index: number) {
    this.#next = index;
  }

  /** Undoes one `take`. */
  back(): void {
    this.#next--;
  }

  take(): IToken | undefined {
    const token = this.peek();
    this.#next++;
    return token;
  }

  spanOf(first: IToken | undefined, last: IToken | undefined = first): Span {
    const { source, base } = this.places;
    const start = base + (first?.startOffset ?? 0);
    const end = last === undefined ? start : base + last.startOffset + last.image.length;
    return { source, start, end };
  }

  wordOf(token: IToken): Word {
    const { source, base } = this.places;
    return new PlacedWord(token.image, { source, start: base + token.startOffset });
  }

  fault(code: string, span: Span, options: { message: string; hint?: string }): SyntaxFault {
    const { message, hint } = options;
    return new SyntaxFault(message, { code, start: span.start, end: span.end, hint });
  }

  /** A fault at the next part, or at the last one when something is missing behind it. */
  missing(code: string, message: string, hint?: string): SyntaxFault {
    const token = this.peek() ?? this.#last;
    return this.fault(code, this.spanOf(token), {
      message,
      ...(hint === undefined ? {} : { hint }),
    });
  }

  /** Skips `,`, `(` and `)`, which separate like blanks once they are known to balance. */
  skipSeparators(): void {
    for (;;) {
      const type = this.peek()?.tokenType;
      if (type !== CommaToken && type !== OpenToken && type !== CloseToken) return;
      this.#next++;
    }
  }

  skipCommas(): void {
    while (this.peek()?.tokenType === CommaToken) this.#next++;
  }

  /** True if the next part is a word (in this spelling, any case) and no `=` follows it. */
  nextIsWord(spelling?: string): boolean {
    const token = this.peek();
    if (token?.tokenType !== WordToken) return false;
    if (spelling !== undefined && token.image.toLowerCase() !== spelling) return false;
    return this.peek(1)?.tokenType !== Equals;
  }

  /** True if all that is left are `count` words. */
  leftAreWords(count: number): boolean {
    const { parts, end } = this.#card;
    if (end - this.#next !== count) return false;
    for (let index = this.#next; index < end; index++) {
      if (parts[index]?.tokenType !== WordToken) return false;
    }
    return true;
  }

  nextIsAssignment(): boolean {
    return this.peek()?.tokenType === WordToken && this.peek(1)?.tokenType === Equals;
  }

  /** A node, name or keyword, separators skipped before it; undefined when a value or `key=` stands there. */
  optionalWord(): Word | undefined {
    this.skipSeparators();
    if (!this.nextIsWord()) return undefined;
    const token = this.take();
    return token === undefined ? undefined : this.wordOf(token);
  }

  /** Everything that is left on the card. */
  takeAll(): IToken[] {
    const left: IToken[] = [];
    for (let token = this.take(); token !== undefined; token = this.take()) left.push(token);
    return left;
  }

  /** The key of a `key = ...` pair, with the reader then behind the `=`. */
  keyOfPair(): Word {
    const token = this.take();
    this.take();
    if (token === undefined) throw new Error('no key to read');
    return this.wordOf(token);
  }

  extra(): SyntaxFault {
    const token = this.peek();
    const text = shorten(token?.image ?? '');
    return this.fault('extra_argument', this.spanOf(token), {
      message: `"${text}" is one argument too many for ${this.keyword}.`,
      hint: 'Remove it, or write it as key=value.',
    });
  }

  /** True if one of `words` (in upper case) stands on the card behind its name. */
  mentions(words: ReadonlySet<string>): boolean {
    const { parts, first, end } = this.#card;
    for (let index = first + 1; index < end; index++) {
      const part = parts[index];
      if (part?.tokenType === WordToken && words.has(part.image.toUpperCase())) return true;
    }
    return false;
  }

  /** Throws at the first parenthesis without a partner. */
  checkParentheses(): void {
    const stray = strayParenthesis(this.#card);
    if (stray === undefined) return;
    const opens = stray.tokenType === OpenToken;
    throw this.fault(opens ? 'unclosed_parenthesis' : 'stray_parenthesis', this.spanOf(stray), {
      message: opens ? 'This "(" is not closed.' : 'This ")" closes nothing.',
      hint: opens ? 'Add the missing ")".' : 'Remove it, or add the "(" that it closes.',
    });
  }
}
