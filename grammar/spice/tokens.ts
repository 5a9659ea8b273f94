/**
 * The words of a card. Numbers, nodes and names are one token type, because `1k` is a legal node name:
 * what a word means is decided when the card is built. A line break before a `+`, with the comments
 * around it, is skipped, so that every offset stays the offset in the file.
 */

import { type CustomPatternMatcherFunc, createToken, Lexer } from 'chevrotain';
import { type LexerChoice, startChars } from '../expression-tokens.ts';
import { DIALECTS, type LexicalRules } from './dialect.ts';
import { isCommentLine, isDollarName, isLineEnd, lineEnd, nextLine, skipBlanks } from './lines.ts';

/** Whatever may stand on a card. */
export const Part = createToken({ name: 'Part', pattern: Lexer.NA });

/** DOS ends a file with ^Z: it counts as a blank. */
const CONTROL_Z = String.fromCharCode(26);
const BLANK = `[^\\S\\r\\n]|${CONTROL_Z}`;
const IN_WORD = `[^\\s(){},=;'"${CONTROL_Z}]`;
/** The same without a backslash that ends its line. */
const IN_LINE = `[^\\s(){},=;'"\\\\${CONTROL_Z}]+|\\\\(?!\\\\?[ \\t]*[\\r\\n])`;

/**
 * The rules of the text being lexed. chevrotain hands a pattern the text and nothing else, and a lexer
 * for each dialect would cost its start-up time each.
 */
let rules: LexicalRules = DIALECTS.ngspice.lexical;

/** The result of `work`, in which texts are lexed by `chosen`. */
export function withRules<T>(chosen: LexicalRules, work: () => T): T {
  const before = rules;
  rules = chosen;
  try {
    return work();
  } finally {
    rules = before;
  }
}

/** A parenthesis that is glued to a minus belongs to the word, as in KiCad's `Net-(R1-Pad1)`. */
export const WordToken = createToken({
  name: 'Word',
  pattern: new RegExp(`(?:${IN_LINE}|(?<=-)\\(${IN_WORD}*\\))+`),
  categories: [Part],
  line_breaks: false,
  start_chars_hint: startChars(new RegExp(IN_WORD)),
});
export const Equals = createToken({ name: 'Equals', pattern: '=', categories: [Part] });
export const CommaToken = createToken({ name: 'Comma', pattern: ',', categories: [Part] });
export const OpenToken = createToken({ name: 'Open', pattern: '(', categories: [Part] });
export const CloseToken = createToken({ name: 'Close', pattern: ')', categories: [Part] });
export const StrayBrace = createToken({ name: 'StrayBrace', pattern: '}', categories: [Part] });

/**
 * Offset of the first character behind the line end at `offset` that stands on no blank line and in no
 * comment, or of the end of the text: a `+` there goes on with the card, anything else begins another.
 */
function behindLineEnd(text: string, offset: number): number {
  let at = nextLine(text, offset);
  while (at < text.length) {
    const first = skipBlanks(text, at);
    if (!isLineEnd(text, first) && !isCommentLine(text, { start: at, first }, rules)) return first;
    at = nextLine(text, lineEnd(text, first));
  }
  return at;
}

const matched = (text: string, start: number, end: number): RegExpExecArray | null =>
  end > start ? ([text.slice(start, end)] as unknown as RegExpExecArray) : null;

const BACKSLASHES = /\\\\?[ \t]*(?:\r?\n|\r)/y;

/** A line end before a `+` line, or a backslash form of the dialect. */
const continuation: CustomPatternMatcherFunc = (text, offset) => {
  if (text[offset] !== '\\') {
    const next = behindLineEnd(text, offset);
    return text[next] === '+' ? matched(text, offset, next + 1) : null;
  }
  BACKSLASHES.lastIndex = offset;
  const found = BACKSLASHES.exec(text);
  if (found === null || rules.backslash === 'none') return null;
  if (rules.backslash === 'double' && text[offset + 1] !== '\\') return null;
  return matched(text, offset, offset + found[0].length);
};

/** A backslash at the end of a line that goes on nowhere: it separates. */
const strayBackslash: CustomPatternMatcherFunc = (text, offset) =>
  text[offset] === '\\' ? matched(text, offset, offset + 1) : null;

const BEHIND = /[\s,]/;

/** `;` anywhere; `//` and `$` where the dialect has them, behind a blank or comma. */
const comment: CustomPatternMatcherFunc = (text, offset) => {
  const character = text[offset];
  if (character !== ';') {
    const before = text[offset - 1] ?? '\n';
    if (!BEHIND.test(before)) return null;
    if (character === '/') {
      if (!rules.slashes || text[offset + 1] !== '/') return null;
    } else if (character !== '$' || rules.dollar === 'text' || isDollarName(text, offset)) {
      return null;
    }
  }
  return matched(text, offset, lineEnd(text, offset));
};

const endOfCard: CustomPatternMatcherFunc = (text, offset) =>
  matched(text, offset, behindLineEnd(text, offset));

/** From an opening brace or quote to its partner, over continuation lines; without one, to the card's end. */
function enclosed(text: string, offset: number): RegExpExecArray | null {
  const open = text[offset];
  const close = open === '{' ? '}' : open;
  let depth = 1;
  let at = offset + 1;
  while (at < text.length) {
    const character = text[at];
    if (character === '\n' || character === '\r') {
      const next = behindLineEnd(text, at);
      if (text[next] !== '+') break;
      at = next + 1;
      continue;
    }
    at++;
    if (character === close) {
      if (--depth === 0) break;
    } else if (character === open) depth++;
  }
  return matched(text, offset, at);
}

/** `{...}`, `'...'`: an expression. Its image lacks the last character when it is not closed. */
export const Enclosed = createToken({
  name: 'Enclosed',
  pattern: { exec: enclosed },
  categories: [Part],
  line_breaks: true,
  start_chars_hint: ['{', "'"],
});
export const StringToken = createToken({
  name: 'String',
  pattern: /"[^"\r\n]*"?/,
  categories: [Part],
});

const Continuation = createToken({
  name: 'Continuation',
  pattern: { exec: continuation },
  group: Lexer.SKIPPED,
  line_breaks: true,
  start_chars_hint: ['\r', '\n', '\\'],
});
export const EndOfCard = createToken({
  name: 'EndOfCard',
  pattern: { exec: endOfCard },
  line_breaks: true,
  start_chars_hint: ['\r', '\n'],
});
/** Almost every blank is one of these; a token of one character is found without a regular expression. */
const Space = createToken({ name: 'Space', pattern: ' ', group: Lexer.SKIPPED });
const Blank = createToken({
  name: 'Blank',
  pattern: new RegExp(`(?:${BLANK})+`),
  group: Lexer.SKIPPED,
  line_breaks: false,
  start_chars_hint: startChars(new RegExp(BLANK)),
});
const Comment = createToken({
  name: 'Comment',
  pattern: { exec: comment },
  group: Lexer.SKIPPED,
  line_breaks: false,
  start_chars_hint: [';', '/', '$'],
});
const StrayBackslash = createToken({
  name: 'StrayBackslash',
  pattern: { exec: strayBackslash },
  group: Lexer.SKIPPED,
  line_breaks: false,
  start_chars_hint: ['\\'],
});

export const cardTokens = [
  Comment,
  WordToken,
  Space,
  Blank,
  Equals,
  OpenToken,
  CloseToken,
  CommaToken,
  StrayBrace,
  Continuation,
  EndOfCard,
  Enclosed,
  StringToken,
  StrayBackslash,
  Part,
];

export function cardLexer({ validate = false }: LexerChoice = {}): Lexer {
  return new Lexer(cardTokens, { positionTracking: 'onlyOffset', skipValidations: !validate });
}
