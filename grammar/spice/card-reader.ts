/**
 * One card as its builder reads it, from left to right: words, values, `key=value`. A fault is thrown
 * as a SyntaxFault, so that a broken card never becomes a tree; warnings are collected.
 */

import type { IToken } from 'chevrotain';
import type { Diagnostics } from '../diagnostic.ts';
import type { Expression, Word } from '../expression.ts';
import { numberFault, shorten } from '../expression-faults.ts';
import { doubtfulSuffix, parseNumber } from '../number.ts';
import { SyntaxFault } from '../precedence.ts';
import type { Source, Span } from '../source.ts';
import { parseExpression } from './expression.ts';
import { warnDoubtfulSuffix } from './number-doubts.ts';
import type { RawCard } from './parser.ts';
import type { RecognisedDialect } from './recognise.ts';
import {
  CloseToken,
  CommaToken,
  Enclosed,
  Equals,
  OpenToken,
  StringToken,
  WordToken,
} from './tokens.ts';
import type { Assignment } from './tree.ts';

/** A parameter or model name, as opposed to a misspelt number. */
const IDENTIFIER = /^[A-Za-z_\u0080-\uffff][^+\-*/^<>|&!?{}]*$/;

export interface CardPlace {
  readonly source: Source;
  /** Offset of the parsed region in the source. */
  readonly base: number;
  readonly diagnostics: Diagnostics;
  readonly dialect: RecognisedDialect;
}

export class CardReader {
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

  take(): IToken | undefined {
    return this.#tokens[this.#next++];
  }

  spanOf(first: IToken | undefined, last: IToken | undefined = first): Span {
    const start = this.#base + (first?.startOffset ?? 0);
    const end = last === undefined ? start : this.#base + last.startOffset + last.image.length;
    return { source: this.source, start, end };
  }

  wordOf(token: IToken): Word {
    return { text: token.image, span: this.spanOf(token) };
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

  /** The value of a part, if it can have one: a number, a name, or an expression in braces or quotes. */
  value(token: IToken | undefined): Expression {
    if (token === undefined) {
      throw this.missing(
        'missing_value',
        'A value is missing.',
        'Write a number, a name or {expression}.',
      );
    }
    if (token.tokenType === Enclosed) return this.enclosed(token);
    const span = this.spanOf(token);
    if (token.tokenType !== WordToken) {
      const message = `A value is missing before ${shorten(token.image)}.`;
      throw this.fault('missing_value', span, {
        message,
        hint: 'Write a number, a name or {expression}.',
      });
    }
    const parsed = parseNumber(token.image, this.dialect.facts.numbers);
    if (!('fault' in parsed)) {
      const suffix = doubtfulSuffix(token.image);
      if (suffix !== undefined) warnDoubtfulSuffix({ suffix, number: this.wordOf(token) }, this);
      return { kind: 'number', ...parsed, span };
    }
    if (parsed.fault === 'not_a_number' && IDENTIFIER.test(token.image)) {
      return { kind: 'name', name: token.image, span };
    }
    throw numberFault(token.image, span);
  }

  /** The expression within `{...}` or `'...'`. */
  enclosed(token: IToken): Expression {
    const span = this.spanOf(token);
    const open = token.image[0] ?? '';
    const close = open === '{' ? '}' : open;
    if (token.image.length < 2 || !token.image.endsWith(close) || !balanced(token.image)) {
      const code = open === '{' ? 'unclosed_brace' : 'unclosed_quote';
      throw this.fault(
        code,
        { ...span, end: span.start + 1 },
        {
          message: `This ${open} is not closed.`,
          hint: `Add the missing ${close}.`,
        },
      );
    }
    return this.expression({ source: this.source, start: span.start + 1, end: span.end - 1 });
  }

  /** The bare expression that `span` covers. */
  expression(span: Span): Expression {
    return parseExpression(span, this);
  }

  /** Everything that is left on the card. */
  takeAll(): IToken[] {
    const left: IToken[] = [];
    for (let token = this.take(); token !== undefined; token = this.take()) left.push(token);
    return left;
  }

  /** True if the next part is the number or expression of a value. */
  nextIsNumber(ahead = 0): boolean {
    const token = this.peek(ahead);
    if (token?.tokenType === Enclosed) return true;
    if (token?.tokenType !== WordToken || this.peek(ahead + 1)?.tokenType === Equals) return false;
    return this.isNumber(token.image);
  }

  isNumber(text: string): boolean {
    const parsed = parseNumber(text, this.dialect.facts.numbers);
    return !('fault' in parsed) || parsed.fault === 'range';
  }

  /** `key = value`, with the reader at the key. */
  assignment(): Assignment {
    const keyToken = this.take();
    this.take();
    if (keyToken === undefined) throw new Error('no key to read');
    const key = this.wordOf(keyToken);
    const token = this.take();
    if (
      token === undefined ||
      (token.tokenType === WordToken && this.peek()?.tokenType === Equals)
    ) {
      const message = `The parameter "${shorten(key.text)}" has no value.`;
      throw this.fault('missing_value', key.span, { message, hint: `Write ${key.text}=value.` });
    }
    const value = token.tokenType === StringToken ? this.string(token) : this.value(token);
    return { kind: 'assignment', key, value, span: this.spanOf(keyToken, token) };
  }

  /** A text (`file="x"`), which has no value as a number: a name in the tree. */
  string(token: IToken): Expression {
    const { text, span } = this.unquoted(token);
    return { kind: 'name', name: text, span };
  }

  /** The `key=value` pairs up to the end of the card; anything else there is an `extra_argument`. */
  assignments(): Assignment[] {
    const found: Assignment[] = [];
    for (this.skipSeparators(); !this.atEnd; this.skipSeparators()) {
      if (!this.nextIsAssignment()) throw this.extra();
      found.push(this.assignment());
    }
    return found;
  }

  extra(): SyntaxFault {
    const token = this.peek();
    const text = shorten(token?.image ?? '');
    return this.fault('extra_argument', this.spanOf(token), {
      message: `"${text}" is one argument too many for ${this.#tokens[0]?.image}.`,
      hint: 'Remove it, or write it as key=value.',
    });
  }

  /** The text of a part without its quotes. */
  unquoted(token: IToken): Word {
    const span = this.spanOf(token);
    if (token.tokenType !== StringToken && token.tokenType !== Enclosed) return this.wordOf(token);
    const closed = token.image.length > 1 && token.image.endsWith(token.image[0] ?? '');
    const end = span.end - (closed ? 1 : 0);
    const inner = { source: this.source, start: span.start + 1, end };
    return { text: this.source.text.slice(inner.start, inner.end), span: inner };
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
    const open: IToken[] = [];
    for (const token of this.#tokens) {
      if (token.tokenType === OpenToken) open.push(token);
      else if (token.tokenType === CloseToken && open.pop() === undefined) {
        const hint = 'Remove it, or add the "(" that it closes.';
        throw this.fault('stray_parenthesis', this.spanOf(token), {
          message: 'This ")" closes nothing.',
          hint,
        });
      }
    }
    const unclosed = open.pop();
    if (unclosed === undefined) return;
    const hint = 'Add the missing ")".';
    throw this.fault('unclosed_parenthesis', this.spanOf(unclosed), {
      message: 'This "(" is not closed.',
      hint,
    });
  }
}

/** True if every `{` of an enclosed part has its `}`; an image that ran to the card's end may not. */
function balanced(image: string): boolean {
  if (image[0] !== '{') return true;
  let depth = 0;
  for (const character of image) {
    if (character === '{') depth++;
    else if (character === '}') depth--;
  }
  return depth === 0;
}
