/**
 * Expressions of a netlist: `{...}`, `'...'` and the bare ones of `.param`. The operators bind by the
 * table of the dialect; in each `**` is left-associative and binds tighter than a sign (-2**2 = -4).
 */

import type { Lexer } from 'chevrotain';
import type { Diagnostics } from '../diagnostic.ts';
import type { Expression, Word } from '../expression.ts';
import { checkShape, parserFault } from '../expression-faults.ts';
import { ExpressionParser } from '../expression-parser.ts';
import { netlistExpressionLexer } from '../expression-tokens.ts';
import type { NumberSuffixes } from '../number.ts';
import { bindings, type PrecedenceTable, SyntaxFault } from '../precedence.ts';
import type { Span } from '../source.ts';
import type { Dialect } from './dialect.ts';
import { warnCaret, warnLimit } from './expression-doubts.ts';
import { warnDoubtfulSuffix } from './number-doubts.ts';
import type { RecognisedDialect } from './recognise.ts';

/** ngspice 45, measured; `&` and `|` belong to other dialects. */
const ngspice = (comparisons: readonly (readonly string[])[]): PrecedenceTable => ({
  infix: bindings(
    [
      [], // ?:
      ['||'],
      ['&&'],
      ['|'],
      ['&'],
      ...comparisons,
      ['+', '-'],
      ['*', '/', '%', '\\'],
      [], // prefix operators
      ['**', '^'],
    ],
    { as: { '<>': '!=', '^': '**' } },
  ),
  prefix: 8 + comparisons.length,
  conditional: 1,
});
/** In braces and parameters all comparisons bind alike: 5 != 2 >= 7 is 0. */
const NGSPICE = ngspice([['==', '!=', '<>', '<', '<=', '>', '>=']]);
/** In B sources, as in C, it is 1. */
const NGSPICE_SOLUTION = ngspice([
  ['==', '!=', '<>'],
  ['<', '<=', '>', '>='],
]);

/** As in C; `**` binds tighter than a sign. */
function likeC(caret: Dialect['caret']): PrecedenceTable {
  const xor = caret === 'xor';
  return {
    infix: bindings(
      [
        [], // ?:
        ['||'],
        ['&&'],
        ['|'],
        xor ? ['^'] : [],
        ['&'],
        ['==', '!=', '<>'],
        ['<', '<=', '>', '>='],
        ['+', '-'],
        ['*', '/', '%', '\\'],
        [], // prefix operators
        xor ? ['**'] : ['**', '^'],
      ],
      { as: { '<>': '!=', '^': xor ? 'xor' : '**' } },
    ),
    prefix: 11,
    conditional: 1,
  };
}

/** facts: LTspice reference; `&&` and `||` are not in it and read as `&` and `|`. */
const LTSPICE: PrecedenceTable = {
  infix: bindings(
    [
      [], // ?:
      ['&', '|', '^', '&&', '||'],
      ['==', '!=', '<>', '<', '<=', '>', '>='],
      ['+', '-'],
      ['*', '/', '%', '\\'],
      [], // signs
      ['**'],
      [], // ! ~
    ],
    { as: { '<>': '!=', '^': 'xor' } },
  ),
  prefix: 6,
  negation: 8,
  conditional: 1,
};

const TABLES = {
  braces: { ngspice: NGSPICE, flat: LTSPICE },
  solution: { ngspice: NGSPICE_SOLUTION, flat: LTSPICE },
} as const;
const LIKE_C = { power: likeC('power'), xor: likeC('xor') } as const;

function tableOf({ precedence, caret }: Dialect, place: keyof typeof TABLES): PrecedenceTable {
  return precedence === 'c' ? LIKE_C[caret] : TABLES[place][precedence];
}

/** What an expression's meaning depends on. */
export interface Meaning {
  readonly dialect: RecognisedDialect;
  readonly diagnostics: Diagnostics;
  /** True in a transfer function of s, where `^` is a power everywhere. */
  readonly transfer?: boolean;
  /** True where voltages and currents may stand: a program may read numbers there as outside of braces. */
  readonly solution?: boolean;
}

let instances: { readonly lexer: Lexer; readonly parser: ExpressionParser } | undefined;

/** The suffixes of numbers in braces and parameters, or elsewhere. */
export function numberSuffixes({ numbers }: Dialect, inBraces: boolean): NumberSuffixes {
  return inBraces ? { ...numbers, mil: numbers.milInBraces } : numbers;
}

/** The tree of the characters in `region`. @throws {SyntaxFault} */
export function parseExpression(region: Span, meaning: Meaning): Expression {
  instances ??= { lexer: netlistExpressionLexer(), parser: new ExpressionParser() };
  const { lexer, parser } = instances;
  const { source, start: base, end } = region;
  const { tokens } = lexer.tokenize(source.text.slice(base, end));
  if (tokens.length === 0) {
    throw new SyntaxFault('The expression is empty.', {
      code: 'bad_expression',
      start: base,
      end: Math.max(end, base + 1),
      hint: 'Write a number, a parameter name or a formula.',
    });
  }
  checkShape(tokens, base);
  const { dialect, diagnostics, transfer, solution } = meaning;
  const { facts } = dialect;
  const inBraces = solution !== true;
  const table = transfer === true ? NGSPICE : tableOf(facts, inBraces ? 'braces' : 'solution');
  const onDoubt = (suffix: string, number: Word): void =>
    warnDoubtfulSuffix({ suffix, number }, { dialect, diagnostics, inBraces });
  const suffixes = numberSuffixes(facts, inBraces);
  parser.context = { source, base, table, suffixes, onDoubt };
  if (transfer !== true) warnCaret(tokens, { region, dialect, diagnostics });
  warnLimit(tokens, { region, dialect, diagnostics });
  parser.input = tokens;
  const tree = parser.expression();
  const fault = parserFault(parser, { base, end });
  if (fault !== undefined) throw fault;
  return tree;
}
