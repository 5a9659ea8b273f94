/**
 * One card as its builder reads it, from left to right: words, values, `key=value`. A fault is thrown
 * as a SyntaxFault, so that a broken card never becomes a tree; warnings are collected.
 */

import type { IToken } from 'chevrotain';
import type { Expression, Word } from '../expression.ts';
import { numberFault, shorten } from '../expression-faults.ts';
import { doubtfulSuffix, parseNumber } from '../number.ts';
import { PlacedNumber } from '../placed.ts';
import type { Span } from '../source.ts';
import { balancedBraces } from './balance.ts';
import { CardCursor } from './card-cursor.ts';
import { numberSuffixes, parseExpression } from './expression.ts';
import { warnDoubtfulSuffix } from './number-doubts.ts';
import { Enclosed, Equals, StringToken, WordToken } from './tokens.ts';
import type { Assignment } from './tree.ts';

/** A parameter or model name, as opposed to a misspelt number. */
const IDENTIFIER = /^[A-Za-z_\u0080-\uffff][^+\-*/^<>|&!?{}]*$/;

/** How an expression is read. */
export interface Reading {
  /** True for a transfer function of s. */
  readonly transfer?: boolean;
  /** True where voltages and currents may stand. */
  readonly solution?: boolean;
  /** True for a number without braces that is read as in braces: that of a parameter. */
  readonly parameter?: boolean;
}

export class CardReader extends CardCursor {
  /** The value of a part, if it can have one: a number, a name, or an expression in braces or quotes. */
  value(token: IToken | undefined, { parameter = false }: Reading = {}): Expression {
    if (token === undefined) {
      throw this.missing(
        'missing_value',
        'A value is missing.',
        'Write a number, a name or {expression}.',
      );
    }
    if (token.tokenType === Enclosed) return this.enclosed(token);
    const span = this.spanOf(token);
    if (token.tokenType === StringToken && this.dialect.name === 'hspice') {
      return this.expression(this.unquoted(token).span);
    }
    if (token.tokenType !== WordToken) {
      const message = `A value is missing before ${shorten(token.image)}.`;
      throw this.fault('missing_value', span, {
        message,
        hint: 'Write a number, a name or {expression}.',
      });
    }
    const parsed = parseNumber(token.image, numberSuffixes(this.dialect.facts, parameter));
    if (!('fault' in parsed)) {
      const suffix = doubtfulSuffix(token.image);
      if (suffix !== undefined) {
        const { dialect, diagnostics } = this;
        const number = this.wordOf(token);
        warnDoubtfulSuffix({ suffix, number }, { dialect, diagnostics, inBraces: parameter });
      }
      const { value, unit } = parsed;
      return unit === undefined
        ? new PlacedNumber(value, span)
        : { kind: 'number', value, unit, span };
    }
    const next = this.peek();
    const signed = /^[+-]$/.test(token.image) && next?.tokenType === Enclosed;
    if (signed && next.startOffset === token.startOffset + 1) {
      this.take();
      return this.expression(this.spanOf(token, next));
    }
    if (parsed.fault === 'not_a_number' && IDENTIFIER.test(token.image)) {
      return { kind: 'name', name: token.image, span };
    }
    throw numberFault(token.image, span);
  }

  /** The expression within `{...}` or `'...'`. */
  enclosed(token: IToken, how: Reading = {}): Expression {
    const span = this.spanOf(token);
    const open = token.image[0] ?? '';
    const close = open === '{' ? '}' : open;
    if (token.image.length < 2 || !token.image.endsWith(close) || !balancedBraces(token.image)) {
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
    const inner = { source: this.source, start: span.start + 1, end: span.end - 1 };
    return this.expression(inner, how);
  }

  /** The bare expression that `span` covers. */
  expression(span: Span, { transfer = false, solution = false }: Reading = {}): Expression {
    const { dialect, diagnostics } = this;
    return parseExpression(span, { dialect, diagnostics, transfer, solution });
  }

  /** True if the next part is the number or expression of a value. */
  nextIsNumber(ahead = 0): boolean {
    const token = this.peek(ahead);
    if (token?.tokenType === Enclosed) return true;
    if (token?.tokenType !== WordToken || this.peek(ahead + 1)?.tokenType === Equals) return false;
    return this.isNumber(token.image);
  }

  /** True for a plain number; `2N2222`, which LTspice could read as one, is a name where it matters. */
  isNumber(text: string): boolean {
    const parsed = parseNumber(text);
    return !('fault' in parsed) || parsed.fault === 'range';
  }

  /** `key = value`, with the reader at the key. */
  assignment(how: Reading = {}): Assignment {
    const keyToken = this.peek();
    const key = this.keyOfPair();
    const token = this.take();
    if (
      token === undefined ||
      (token.tokenType === WordToken && this.peek()?.tokenType === Equals)
    ) {
      const message = `The parameter "${shorten(key.text)}" has no value.`;
      throw this.fault('missing_value', key.span, { message, hint: `Write ${key.text}=value.` });
    }
    const value = token.tokenType === StringToken ? this.string(token) : this.value(token, how);
    const span = {
      ...this.spanOf(keyToken),
      end: Math.max(this.spanOf(token).end, value.span.end),
    };
    return { kind: 'assignment', key, value, span };
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

  /** The text of a part without its quotes. */
  unquoted(token: IToken): Word {
    const span = this.spanOf(token);
    if (token.tokenType !== StringToken && token.tokenType !== Enclosed) return this.wordOf(token);
    const closed = token.image.length > 1 && token.image.endsWith(token.image[0] ?? '');
    const end = span.end - (closed ? 1 : 0);
    const inner = { source: this.source, start: span.start + 1, end };
    return { text: this.source.text.slice(inner.start, inner.end), span: inner };
  }
}
