/**
 * Expressions of a netlist: `{...}`, `'...'` and the bare ones of `.param`. The table is ngspice's:
 * `**` and `^` are powers, left-associative, and bind tighter than a sign (-2**2 = -4).
 */

import type { Lexer } from 'chevrotain';
import type { Expression } from '../expression.ts';
import { checkShape, parserFault } from '../expression-faults.ts';
import { ExpressionParser } from '../expression-parser.ts';
import { netlistExpressionLexer } from '../expression-tokens.ts';
import { bindings, type PrecedenceTable, SyntaxFault } from '../precedence.ts';
import type { Span } from '../source.ts';

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

let instances: { readonly lexer: Lexer; readonly parser: ExpressionParser } | undefined;

/** The tree of the characters in `region`. @throws {SyntaxFault} */
export function parseExpression(region: Span): Expression {
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
  parser.context = { source, base, table: NGSPICE };
  parser.input = tokens;
  const tree = parser.expression();
  const fault = parserFault(parser, { base, end });
  if (fault !== undefined) throw fault;
  return tree;
}
