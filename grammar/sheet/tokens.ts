/** The words of a calculation: plain text and a subset of TeX. */

import { createToken, Lexer } from 'chevrotain';
import {
  Bar,
  Close,
  Comma,
  Infix,
  type LexerChoice,
  Name,
  NumberLiteral,
  Open,
  Prefix,
  ProbeClose,
  ProbeComma,
  ProbeOpen,
  ProbeWord,
  Sign,
  startChars,
} from '../expression-tokens.ts';
import { SHEET_NUMBER } from './number.ts';

const anywhere = startChars(/[\s\S]/);

/** What only changes the look. */
const Blank = createToken({
  name: 'SheetBlank',
  pattern:
    /(?:[\s~&$`\u00a0\u2009\u202f]|\\[,;:! ]|\\(?:q?quad|displaystyle|left|right|big|Big|bigl|bigr|limits|rm)(?![A-Za-z])|\\(?:begin|end)\{[^{}]*\}(?:\{[^{}]*\})?|\\\\)+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
  start_chars_hint: anywhere,
});
const SheetNumber = createToken({
  name: 'SheetNumber',
  pattern: SHEET_NUMBER,
  categories: [NumberLiteral],
  line_breaks: false,
  start_chars_hint: startChars(/[\d.]/),
});
export const Arrow = createToken({
  name: 'Arrow',
  pattern: /->|=>|[\u2192\u21d2]|\\(?:right|Right)arrow|\\to(?![A-Za-z])/,
  line_breaks: false,
  start_chars_hint: anywhere,
});
export const Compared = createToken({
  name: 'Compared',
  pattern:
    /<=|>=|[\u2264\u2266\u2a7d\u2265\u2267\u2a7e\u2248\u2245\u2243\uff1d\uff1c\uff1e]|\\(?:l|g)(?:eq?q?|eqslant|t)(?![A-Za-z])|\\(?:approx|simeq|cong)(?![A-Za-z])|[=<>]/,
  line_breaks: false,
  start_chars_hint: anywhere,
});
/** Relations that say nothing that could be verified, or are read in more than one way: a line with one is not read. */
export const OtherRelation = createToken({
  name: 'OtherRelation',
  pattern:
    /[\u2250-\u2263\u226a-\u228b\u221d\u2237-\u2242\u2244\u2246\u2247\u2249-\u224f]|\\(?:equiv|doteq|triangleq|lesssim|gtrsim|lessapprox|gtrapprox|neq?|propto|ll|gg|sim|asymp|not)(?![A-Za-z])/,
  line_breaks: false,
  start_chars_hint: anywhere,
});
export const PlusMinusSign = createToken({
  name: 'PlusMinusSign',
  pattern: /\u00b1|\\pm(?![A-Za-z])|\+\/-|\+-/,
  line_breaks: false,
  start_chars_hint: anywhere,
});
const SheetSign = createToken({
  name: 'SheetSign',
  pattern: /[+\-\u2212\u2013]/,
  categories: [Prefix, Infix],
  line_breaks: false,
  start_chars_hint: anywhere,
});
/** Everything that means a product, a quotient, a power or two resistors in parallel. */
export const SheetOperator = createToken({
  name: 'SheetOperator',
  pattern:
    /\\(?:cdot|times|ast|div|parallel)(?![A-Za-z])|\\\||\*\*|\|\||\/\/|[\u2225\u00d7\u2a2f\u00b7\u22c5\u2219\u2022\u2217\uff0a\u00f7\u2215\u2044\uff0f*/^]/,
  categories: [Infix],
  line_breaks: false,
  start_chars_hint: anywhere,
});
/** A power that is raised: `R2²`. */
export const Superscript = createToken({
  name: 'Superscript',
  pattern: /\u207b?[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+/,
  line_breaks: false,
  start_chars_hint: anywhere,
});
export const Fraction = createToken({
  name: 'Fraction',
  pattern: /\\[dt]?frac(?![A-Za-z])/,
  line_breaks: false,
  start_chars_hint: ['\\'],
});
const INDEX = '_(?:\\{(?:[^{}]|\\{[^{}]*\\})*\\}|\\\\(?:text|mathrm|rm)\\{[^{}]*\\})';
const LETTER = '(?:[A-Za-z\\u0370-\\u03ff]|\\\\(?:beta|Delta|alpha|delta)(?![A-Za-z])\\s*)';
const NAME = `(?:\\\\(?:text|mathrm|mathit|operatorname)\\{[^{}]*\\}|${LETTER}(?:[A-Za-z0-9\\u0370-\\u03ff]|_(?![{\\\\])|\\.(?=[A-Za-z])|\\\\(?:beta|Delta)(?![A-Za-z])\\s*)*)(?:${INDEX})?#?\\d*`;
/** A name before a parenthesis that holds nothing but names: `V(out)`, `GN(XU1)`. */
const Application = createToken({
  name: 'Application',
  pattern: new RegExp(
    `(?!(?:sqrt|abs|exp|ln|log10|log|min|max|parallel)\\()${NAME}\\((?=\\s*[A-Za-z0-9_][\\w.]*(?:\\s*,\\s*[A-Za-z0-9_][\\w.]*)*\\s*\\))(?<!\\d\\()`,
  ),
  categories: [ProbeOpen],
  push_mode: 'probe',
  line_breaks: false,
  start_chars_hint: startChars(/[A-Za-z\\\u0370-\u03ff]/),
});
const SheetName = createToken({
  name: 'SheetName',
  pattern: new RegExp(NAME),
  categories: [Name],
  line_breaks: false,
  start_chars_hint: startChars(/[A-Za-z\\\u0370-\u03ff]/),
});
const SheetOpen = createToken({
  name: 'SheetOpen',
  pattern: /[([{]|\\\{/,
  categories: [Open],
  line_breaks: false,
  start_chars_hint: ['(', '[', '{', '\\'],
});
const SheetClose = createToken({
  name: 'SheetClose',
  pattern: /[)\]}]|\\\}/,
  categories: [Close],
  line_breaks: false,
  start_chars_hint: [')', ']', '}', '\\'],
});
const SheetBar = createToken({
  name: 'SheetBar',
  pattern: /\||\\[lr]?vert(?![A-Za-z])/,
  categories: [Bar],
  line_breaks: false,
  start_chars_hint: ['|', '\\'],
});
const ProbeBlank = createToken({
  name: 'ProbeBlank',
  pattern: /[ \t]+/,
  group: Lexer.SKIPPED,
  line_breaks: false,
});
/** Ends a calculation, or keeps it from being one. */
export const Other = createToken({
  name: 'Other',
  pattern: /[\s\S]/,
  line_breaks: true,
  start_chars_hint: anywhere,
});

const sheetMode = [
  Blank,
  SheetNumber,
  Arrow,
  PlusMinusSign,
  Compared,
  OtherRelation,
  SheetOperator,
  Superscript,
  SheetSign,
  Fraction,
  Application,
  SheetName,
  SheetOpen,
  SheetClose,
  SheetBar,
  Comma,
  Other,
];
const probeMode = [ProbeBlank, ProbeWord, ProbeComma, ProbeClose, Other];

export const sheetVocabulary = [
  ...new Set([
    Prefix,
    Infix,
    Name,
    NumberLiteral,
    Open,
    Close,
    Bar,
    Sign,
    ProbeOpen,
    ...sheetMode,
    ...probeMode,
  ]),
];

export function sheetLexer({ validate = false }: LexerChoice = {}): Lexer {
  return new Lexer(
    { modes: { sheet: sheetMode, probe: probeMode }, defaultMode: 'sheet' },
    { positionTracking: 'onlyOffset', skipValidations: !validate },
  );
}
