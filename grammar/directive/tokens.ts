/**
 * The words of a directive: names, quantities with their units, and what joins them. The formulas of
 * `output` and `expect` are lexed as arithmetic instead.
 */

import { createToken, Lexer } from 'chevrotain';
import { type LexerChoice, startChars } from '../expression-tokens.ts';

/** `3.8m`, `75dB`, `12uV/C`, `0.1%`; `4k7` is none and becomes a word. */
export const QuantityToken = createToken({
  name: 'Quantity',
  pattern:
    /(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eEdD][+-]?\d+)?[A-Za-z\u00b5\u03bc\u03a9\u2126\u00b0%]*(?:\/[A-Za-z\u00b5\u03bc\u00b0]+)?(?![\w/])/,
  start_chars_hint: startChars(/[\d.]/),
  line_breaks: false,
});
export const PlusMinus = createToken({ name: 'PlusMinus', pattern: /\+-|\+\/-|\u00b1/ });
export const RangeDots = createToken({ name: 'RangeDots', pattern: '..' });
export const SignToken = createToken({ name: 'SignToken', pattern: /[+-]/ });
export const RelationToken = createToken({
  name: 'RelationToken',
  pattern: /<=|>=|=|[\u2264\u2265]/,
});
export const ListComma = createToken({ name: 'ListComma', pattern: ',' });
/** A name, a pattern or a keyword. */
export const DirectiveWord = createToken({
  name: 'DirectiveWord',
  pattern: /[^\s=<>,()\u00b1\u2264\u2265;+-][^\s=<>,()\u00b1\u2264\u2265;]*/,
  line_breaks: false,
  start_chars_hint: startChars(/[^\s=<>,()\u00b1\u2264\u2265;+-]/),
});
/** `pins` before its `=`: what follows is a list of roles. */
export const PinsKey = createToken({
  name: 'PinsKey',
  pattern: /[pP][iI][nN][sS](?=[ \t]*=)/,
  line_breaks: false,
  start_chars_hint: ['p', 'P'],
});
/** A supply that a voltage counts from, behind `=` or `..`: `vdd-1.2`, `vss`. Elsewhere it is a name. */
export const RailToken = createToken({
  name: 'RailToken',
  pattern: /(?<=(?:=|\.\.)[ \t]*)(?:vdd|vcc|vss|vee)(?![^\s+.-]|\.(?!\.))/i,
  line_breaks: false,
  start_chars_hint: ['v', 'V'],
});
const Blank = createToken({ name: 'DirectiveBlank', pattern: /\s+/, group: Lexer.SKIPPED });
/** Anything else: makes the parser complain. */
const Unknown = createToken({
  name: 'DirectiveUnknown',
  pattern: /[\s\S]/,
  line_breaks: false,
  start_chars_hint: startChars(/[\s\S]/),
});

export const directiveTokens = [
  QuantityToken,
  PlusMinus,
  RangeDots,
  SignToken,
  RelationToken,
  ListComma,
  PinsKey,
  RailToken,
  DirectiveWord,
  Blank,
  Unknown,
];

export function directiveLexer({ validate = false }: LexerChoice = {}): Lexer {
  return new Lexer(directiveTokens, { positionTracking: 'onlyOffset', skipValidations: !validate });
}
