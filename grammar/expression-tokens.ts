/**
 * The words of arithmetic. A netlist and a directive formula are read by one parser and two lexers:
 * in a netlist `|` is an operator and only V(..) and I(..) are probes; in a formula `|x|` is a
 * magnitude and every call that is not a known function is a probe. Probe arguments are names, not
 * expressions (`V(in-,1+)`), so they are lexed in a mode of their own.
 */

import { createToken, Lexer, type TokenType } from 'chevrotain';

const category = (name: string) => createToken({ name, pattern: Lexer.NA });

/** Stands before an operand. */
export const Prefix = category('Prefix');
/** Stands between two operands; `?` and `:` too. */
export const Infix = category('Infix');

export const Sign = createToken({ name: 'Sign', pattern: /[+-]/, categories: [Prefix, Infix] });
const Not = createToken({ name: 'Not', pattern: /[!~]/, categories: [Prefix] });
const Operator = createToken({
  name: 'Operator',
  pattern: /\*\*|&&|\|\||==|!=|<>|<=|>=|[*/%\\^<>&|?:=]/,
  categories: [Infix],
});
const FormulaOperator = createToken({
  name: 'FormulaOperator',
  pattern: /\*\*|\|\||[*/^]/,
  categories: [Infix],
});
export const Bar = createToken({ name: 'Bar', pattern: '|' });
export const Relation = createToken({ name: 'Relation', pattern: /<=|>=|[\u2264\u2265]/ });
export const Equals = createToken({ name: 'Equals', pattern: '=', categories: [Relation] });
/** Between the ends of a range. */
export const Dots = createToken({ name: 'Dots', pattern: '..' });

export const NumberLiteral = createToken({
  name: 'NumberLiteral',
  pattern: /(?:\d+(?:\.\d*)?|\.\d+)(?:[eEdD][+-]?\d+)?[\w.\u00b5\u03bc\u03a9\u2126]*/,
});
const FormulaNumber = createToken({
  name: 'FormulaNumber',
  pattern: /(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eEdD][+-]?\d+)?[\w\u00b5\u03bc\u03a9\u2126\u00b0%]*/,
  categories: [NumberLiteral],
});
export const Name = createToken({
  name: 'Name',
  pattern: /[A-Za-z_\u00a7-\uffef][\w.$@#\u00a7-\uffef]*/,
  line_breaks: false,
  start_chars_hint: startChars(/[A-Za-z_\u00a7-\uffef]/),
});
/** Braces within an expression group like parentheses: `{ IF(V(a) > {VTH}, 1, 0) }`. */
export const Open = createToken({ name: 'Open', pattern: /[({]/ });
export const Close = createToken({ name: 'Close', pattern: /[)}]/ });
export const Comma = createToken({ name: 'Comma', pattern: ',' });

export const ProbeOpen = createToken({ name: 'ProbeOpen', pattern: Lexer.NA });
const NodeProbe = createToken({
  name: 'NodeProbe',
  pattern: /[vViI][ \t]*\(/,
  categories: [ProbeOpen],
  push_mode: 'probe',
  start_chars_hint: ['v', 'V', 'i', 'I'],
  line_breaks: false,
});
/** Functions of a formula; any other name before a parenthesis is a probe. */
const FUNCTIONS =
  'sqrt|abs|exp|ln|log10|log|min|max|sin|cos|tan|asin|acos|atan|atan2|pow|sgn|sign|parallel|round|floor|ceil';
const AnyProbe = createToken({
  name: 'AnyProbe',
  pattern: new RegExp(`(?!(?:${FUNCTIONS})[ \\t]*\\()[A-Za-z_]\\w*[ \\t]*\\(`, 'i'),
  categories: [ProbeOpen],
  push_mode: 'probe',
  start_chars_hint: startChars(/[A-Za-z_]/),
  line_breaks: false,
});
/** A node name may hold a parenthesis that is glued to a minus: `Net-(R1-Pad1)`. */
export const ProbeWord = createToken({
  name: 'ProbeWord',
  pattern: /(?:[^\s(){},='";]|(?<=-)\([^\s(){},='";]*\))+/,
  line_breaks: false,
  start_chars_hint: startChars(/[^\s(){},='";]/),
});
export const ProbeComma = createToken({ name: 'ProbeComma', pattern: ',' });
export const ProbeClose = createToken({ name: 'ProbeClose', pattern: ')', pop_mode: true });

/** Blanks, and the line break before a `+` together with the comments around it. */
const Blank = createToken({
  name: 'Blank',
  pattern: /[^\S\r\n]+/,
  group: Lexer.SKIPPED,
  line_breaks: false,
});
const Continuation = createToken({
  name: 'Continuation',
  pattern:
    /(?:;[^\r\n]*)?(?:\r?\n|\r(?!\n))(?:[^\S\r\n]*(?:\*[^\r\n]*)?(?:\r?\n|\r(?!\n)))*[^\S\r\n]*\+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
  start_chars_hint: ['\r', '\n', ';'],
});
const ANYTHING = /[\s\S]/;
/** Any character that has no place here: it makes the parser, not the lexer, complain. */
const Unknown = createToken({
  name: 'Unknown',
  pattern: ANYTHING,
  line_breaks: true,
  start_chars_hint: startChars(ANYTHING),
});

/**
 * The characters that a token may begin with, for chevrotain's first-character table. It is exact below
 * 256; above, one entry stands for 255 characters, and the pattern is tried for all of them, because
 * Unicode has blanks among its letters.
 */
export function startChars(pattern: RegExp): number[] {
  const codes: number[] = [];
  for (let code = 0; code < 256; code++) {
    if (pattern.test(String.fromCharCode(code))) codes.push(code);
  }
  for (let code = 256; code < 65535; code += 255) codes.push(code);
  return [...codes, 65535];
}

const probeMode = [Continuation, Blank, ProbeWord, ProbeComma, ProbeClose, Unknown];
const common = [Open, Close, Comma, Continuation, Blank, Unknown];

const netlistMode = [NodeProbe, Name, NumberLiteral, Operator, Sign, Not, ...common];
const formulaMode = [
  AnyProbe,
  Name,
  FormulaNumber,
  FormulaOperator,
  Bar,
  Dots,
  Equals,
  Relation,
  Sign,
  ...common,
];

/** Every token type that the expression parser may meet. */
export const vocabulary: TokenType[] = [
  ...new Set([Prefix, Infix, ProbeOpen, ...netlistMode, ...formulaMode, ...probeMode]),
];

const lexerOptions = { positionTracking: 'onlyOffset' } as const;

export interface LexerChoice {
  /** True to check the token definitions, which a test does. */
  readonly validate?: boolean;
}

export function netlistExpressionLexer({ validate = false }: LexerChoice = {}): Lexer {
  const modes = { expression: netlistMode, probe: probeMode };
  return new Lexer(
    { modes, defaultMode: 'expression' },
    { ...lexerOptions, skipValidations: !validate },
  );
}

export function formulaLexer({ validate = false }: LexerChoice = {}): Lexer {
  const modes = { formula: formulaMode, probe: probeMode };
  return new Lexer(
    { modes, defaultMode: 'formula' },
    { ...lexerOptions, skipValidations: !validate },
  );
}
