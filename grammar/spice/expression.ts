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
import { bindings, type PrecedenceTable, SyntaxFault } from '../precedence.ts';
import type { Span } from '../source.ts';
import type { Dialect } from './dialect.ts';
import { warnCaret, warnLimit } from './expression-doubts.ts';
import { warnDoubtfulSuffix } from './number-doubts.ts';
import type { RecognisedDialect } from './recognise.ts';

/** facts: ngspice 39 `.param` and B sources; `&` and `|` belong to other dialects. */
const NGSPICE: PrecedenceTable = {
  infix: bindings(
    [
      [], // ?:
      ['||'],
      ['&&'],
      ['|'],
      ['&'],
      ['==', '!=', '<>'],
      ['<', '<=', '>', '>='],
      ['+', '-'],
      ['*', '/', '%', '\\'],
      [], // prefix operators
      ['**', '^'],
    ],
    { as: { '<>': '!=', '^': '**' } },
  ),
  prefix: 10,
  conditional: 1,
};

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

const TABLES = { ngspice: NGSPICE, flat: LTSPICE } as const;
const LIKE_C = { power: likeC('power'), xor: likeC('xor') } as const;

function tableOf({ precedence, caret }: Dialect): PrecedenceTable {
  return precedence === 'c' ? LIKE_C[caret] : TABLES[precedence];
}

/** What an expression's meaning depends on. */
export interface Meaning {
  readonly dialect: RecognisedDialect;
  readonly diagnostics: Diagnostics;
  /** True in a transfer function of s, where `^` is a power everywhere. */
  readonly transfer?: boolean;
}

let instances: { readonly lexer: Lexer; readonly parser: ExpressionParser } | undefined;

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
  const { dialect, diagnostics, transfer } = meaning;
  const { facts } = dialect;
  const table = transfer === true ? NGSPICE : tableOf(facts);
  const onDoubt = (suffix: string, number: Word): void =>
    warnDoubtfulSuffix({ suffix, number }, meaning);
  parser.context = { source, base, table, suffixes: facts.numbers, onDoubt };
  if (transfer !== true) warnCaret(tokens, { region, dialect, diagnostics });
  warnLimit(tokens, { region, dialect, diagnostics });
  parser.input = tokens;
  const tree = parser.expression();
  const fault = parserFault(parser, { base, end });
  if (fault !== undefined) throw fault;
  return tree;
}
