/**
 * One `*@` line -> DirectiveLine. The keyword selects a rule of the parser; what the rule found is
 * checked here: keys, pin roles, units.
 */

import type { Lexer } from 'chevrotain';
import type { Diagnostics } from '../diagnostic.ts';
import type { Expression, Word } from '../expression.ts';
import { checkShape, parserFault, shorten } from '../expression-faults.ts';
import { formulaLexer } from '../expression-tokens.ts';
import { bindings, type PrecedenceTable, SyntaxFault } from '../precedence.ts';
import type { Source, Span } from '../source.ts';
import { suggestionHint } from '../suggest.ts';
import { type DirectiveKind, directiveBuilders } from './build.ts';
import { DirectiveParser } from './parser.ts';
import { directiveLexer } from './tokens.ts';
import type { Directive, DirectiveLine } from './tree.ts';

/** `||` is two resistors in parallel: tighter than `*`, looser than a sign; `^` is right-associative. */
const FORMULA: PrecedenceTable = {
  infix: bindings([['+', '-'], ['*', '/'], ['||'], [] /* signs */, ['^', '**']], {
    right: ['^', '**'],
  }),
  prefix: 4,
};

const HEAD = /^\*( ?)@[ \t]*/;
/** A comment behind the directive. */
const COMMENT = /(?:^|[ \t]);.*$/;

interface Instances {
  readonly words: Lexer;
  readonly formula: Lexer;
  readonly parser: DirectiveParser;
}
let made: Instances | undefined;

function instances(): Instances {
  made ??= { words: directiveLexer(), formula: formulaLexer(), parser: new DirectiveParser() };
  return made;
}

const isKind = (word: string): word is DirectiveKind => Object.hasOwn(directiveBuilders, word);

/** The directive on the line `span`, which begins with `*@`; undefined when it has a fault, which is reported. */
export function parseDirective(
  span: Span,
  { diagnostics }: { diagnostics: Diagnostics },
): DirectiveLine | undefined {
  const { source } = span;
  const line = source.text.slice(span.start, span.end).replace(COMMENT, '').trimEnd();
  const head = HEAD.exec(line);
  if (head === null) return undefined;
  const start = span.start + head[0].length;
  const word = /^[^\s=<>(),;]*/.exec(line.slice(head[0].length))?.[0] ?? '';
  const keyword: Word = {
    text: word,
    span: { source, start, end: start + Math.max(1, word.length) },
  };
  const kind = word.toLowerCase();
  if (!isKind(kind)) {
    const known = Object.keys(directiveBuilders);
    const hint = suggestionHint(word, { known, otherwise: `Directives are ${known.join(', ')}.` });
    const message = `"${shorten(word)}" is not a directive.`;
    // LTspice writes schematic comments as `* text`, so this one may be no directive at all.
    const report = head[1] === '' ? 'error' : 'warning';
    diagnostics[report]('unknown_directive', keyword.span, message, hint);
    return undefined;
  }
  const region = { source, start: keyword.span.end, end: span.start + line.length };
  try {
    const directive = read(kind, { keyword, region });
    return { kind: 'directive', directive, span: { source, start: span.start, end: region.end } };
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault;
    const at = { source, start: fault.start, end: fault.end };
    diagnostics.error(fault.code, at, fault.message, fault.hint);
    return undefined;
  }
}

function read(
  kind: DirectiveKind,
  { keyword, region }: { keyword: Word; region: Span },
): Directive {
  const { words, formula, parser } = instances();
  const { source, start: base, end } = region;
  const { usage, formula: isFormula, build } = directiveBuilders[kind];
  const { tokens } = (isFormula ? formula : words).tokenize(source.text.slice(base, end));
  if (tokens.length === 0) {
    throw new SyntaxFault(`The directive "${shorten(keyword.text)}" says nothing.`, {
      code: 'incomplete_directive',
      start: keyword.span.start,
      end: keyword.span.end,
      hint: `Write *@ ${usage}.`,
    });
  }
  checkShape(tokens, base);
  parser.context = { source, base, table: FORMULA };
  parser.input = tokens;
  const directive = build(parser, { keyword, region });
  const fault = parserFault(parser, { base, end });
  if (fault !== undefined) {
    const { start, end: last } = fault;
    const ended = fault.message.includes('too early');
    const text = shorten(source.text.slice(start, last));
    const message = ended
      ? `The directive "${shorten(keyword.text)}" ends too early.`
      : `Unexpected "${text}" in the directive "${shorten(keyword.text)}".`;
    const code = ended ? 'incomplete_directive' : 'bad_directive';
    const sign = kind === 'expect' ? /^[<>]/.exec(text)?.[0] : undefined;
    const hint = sign === undefined ? `Write *@ ${usage}.` : `Write ${sign}= instead of ${sign}.`;
    throw new SyntaxFault(message, { code, start, end: last, hint });
  }
  return directive();
}

/** The formula that a whole text is. @throws {SyntaxFault} */
export function parseFormula(source: Source): Expression {
  const { formula, parser } = instances();
  const end = source.text.length;
  const { tokens } = formula.tokenize(source.text);
  checkShape(tokens, 0);
  parser.context = { source, base: 0, table: FORMULA };
  parser.input = tokens;
  const expression = parser.expression();
  const fault = parserFault(parser, { base: 0, end });
  if (fault === undefined) return expression;
  const { start, end: last, message } = fault;
  throw new SyntaxFault(message, { code: 'bad_formula', start, end: last });
}
