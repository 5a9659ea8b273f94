/** The parts of one card from left to right: which stands next, where it stands, and what is missing. */

import type { IToken } from 'chevrotain';
import type { Diagnostics } from '../diagnostic.ts';
import type { Word } from '../expression.ts';
import { shorten } from '../expression-faults.ts';
import { PlacedWord } from '../placed.ts';
import { SyntaxFault } from '../precedence.ts';
import type { Source, Span } from '../source.ts';
import { strayParenthesis } from './balance.ts';
import type { RawCard } from './parser.ts';
import type { RecognisedDialect } from './recognise.ts';
import { CloseToken, CommaToken, Equals, OpenToken, WordToken } from './tokens.ts';

export interface CardPlace {
  readonly source: Source;
  /** Offset of the parsed region in the source. */
  readonly base: number;
  readonly diagnostics: Diagnostics;
  readonly dialect: RecognisedDialect;
}

/** Where the reading of a card stands: its parts, their places and what lacks. */
export class CardCursor {
  readonly source: Source;
  readonly diagnostics: Diagnostics;
  readonly dialect: RecognisedDialect;
  readonly #tokens: RawCard;
  readonly #base: number;
  #next = 0;

  constructor(tokens: RawCard, { source, base, diagnostics, dialect }: CardPlace) {
    this.#tokens = tokens;
    this.source = source;
    this.#base = base;
    this.diagnostics = diagnostics;
    this.dialect = dialect;
  }

  /** The whole card. */
  get span(): Span {
    return this.spanOf(this.#tokens[0], this.#tokens.at(-1));
  }

  /** From the next part to the end of the card. */
  get rest(): Span {
    const last = this.#tokens.at(-1);
    const first = this.#tokens[this.#next];
    if (first === undefined) {
      const { end } = this.span;
      return { source: this.source, start: end, end };
    }
    return this.spanOf(first, last);
  }

  get atEnd(): boolean {
    return this.#next >= this.#tokens.length;
  }

  peek(ahead = 0): IToken | undefined {
    return this.#tokens[this.#next + ahead];
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
    return this.#tokens[this.#next++];
  }

  spanOf(first: IToken | undefined, last: IToken | undefined = first): Span {
    const start = this.#base + (first?.startOffset ?? 0);
    const end = last === undefined ? start : this.#base + last.startOffset + last.image.length;
    return { source: this.source, start, end };
  }

  wordOf(token: IToken): Word {
    return new PlacedWord(token.image, this.spanOf(token));
  }

  fault(code: string, span: Span, options: { message: string; hint?: string }): SyntaxFault {
    const { message, hint } = options;
    return new SyntaxFault(message, { code, start: span.start, end: span.end, hint });
  }

  /** A fault at the next part, or at the last one when something is missing behind it. */
  missing(code: string, message: string, hint?: string): SyntaxFault {
    const token = this.peek() ?? this.#tokens.at(-1);
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
      message: `"${text}" is one argument too many for ${this.#tokens[0]?.image}.`,
      hint: 'Remove it, or write it as key=value.',
    });
  }

  /** True if one of `words` (in upper case) stands on the card behind its name. */
  mentions(words: ReadonlySet<string>): boolean {
    return this.#tokens.some(
      ({ image, tokenType }, index) =>
        index > 0 && tokenType === WordToken && words.has(image.toUpperCase()),
    );
  }

  /** Throws at the first parenthesis without a partner. */
  checkParentheses(): void {
    const stray = strayParenthesis(this.#tokens);
    if (stray === undefined) return;
    const opens = stray.tokenType === OpenToken;
    throw this.fault(opens ? 'unclosed_parenthesis' : 'stray_parenthesis', this.spanOf(stray), {
      message: opens ? 'This "(" is not closed.' : 'This ")" closes nothing.',
      hint: opens ? 'Add the missing ")".' : 'Remove it, or add the "(" that it closes.',
    });
  }
}
