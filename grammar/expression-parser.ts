/**
 * Arithmetic as a chevrotain parser: it finds operands, parentheses, calls and probes, and hands each
 * flat list of operands and operators to `climb`. Nesting and length are bounded before it runs, so
 * that no text can exhaust the stack.
 */

import { EmbeddedActionsParser, type IToken } from 'chevrotain';
import type { Expression, Word } from './expression.ts';
import {
  Bar,
  Close,
  Comma,
  Infix,
  Name,
  NumberLiteral,
  Open,
  Prefix,
  ProbeClose,
  ProbeComma,
  ProbeOpen,
  ProbeWord,
  vocabulary,
} from './expression-tokens.ts';
import { parseNumber } from './number.ts';
import { climb, type Item, type PrecedenceTable, SyntaxFault } from './precedence.ts';
import type { Source, Span } from './source.ts';

/** Parentheses within parentheses. */
export const DEEPEST_EXPRESSION = 200;
/** Operators in one expression: a tree of so many levels is still walked recursively. */
const MOST_OPERATORS = 2000;

/** Where a text stands, and how its operators bind. */
export interface ExpressionContext {
  readonly source: Source;
  /** Offset of the lexed text in the source. */
  readonly base: number;
  readonly table: PrecedenceTable;
}

const NOWHERE: ExpressionContext = {
  source: { name: '', text: '' },
  base: 0,
  table: { infix: new Map(), prefix: 0 },
};

/** The rules of arithmetic; directives add their own. Call `performSelfAnalysis` in the leaf class. */
export class ExpressionRules extends EmbeddedActionsParser {
  context: ExpressionContext = NOWHERE;

  protected span(first: IToken, last: IToken = first): Span {
    const { source, base } = this.context;
    const end = base + last.startOffset + last.image.length;
    return { source, start: base + first.startOffset, end };
  }

  protected word(token: IToken): Word {
    return this.ACTION(() => ({ text: token.image, span: this.span(token) }));
  }

  readonly expression = this.RULE('expression', (): Expression => {
    const items: Item[] = [];
    this.MANY(() => {
      items.push({ prefix: this.CONSUME(Prefix) });
    });
    items.push({ operand: this.SUBRULE(this.operand) });
    this.MANY1(() => {
      items.push({ infix: this.CONSUME(Infix) });
      this.MANY2(() => {
        items.push({ prefix: this.CONSUME2(Prefix) });
      });
      items.push({ operand: this.SUBRULE2(this.operand) });
    });
    return this.ACTION(() => climb(items, this.context));
  });

  private readonly operand = this.RULE(
    'operand',
    (): Expression =>
      this.OR<Expression>([
        { ALT: () => this.SUBRULE(this.number) },
        { ALT: () => this.SUBRULE(this.nameOrCall) },
        { ALT: () => this.SUBRULE(this.probe) },
        { ALT: () => this.SUBRULE(this.group) },
        { ALT: () => this.SUBRULE(this.magnitude) },
      ]),
  );

  protected readonly number = this.RULE('number', (): Expression => {
    const token = this.CONSUME(NumberLiteral);
    return this.ACTION((): Expression => {
      const parsed = parseNumber(token.image);
      if ('fault' in parsed) throw numberFault(token.image, this.span(token));
      return { kind: 'number', ...parsed, span: this.span(token) };
    });
  });

  private readonly nameOrCall = this.RULE('nameOrCall', (): Expression => {
    const name = this.CONSUME(Name);
    const list: Expression[] = [];
    let close: IToken | undefined;
    this.OPTION(() => {
      this.CONSUME(Open);
      this.MANY_SEP({ SEP: Comma, DEF: () => list.push(this.SUBRULE(this.expression)) });
      close = this.CONSUME(Close);
    });
    return this.ACTION((): Expression => {
      if (close === undefined) return { kind: 'name', name: name.image, span: this.span(name) };
      const span = this.span(name, close);
      return this.call(this.word(name), { list, span });
    });
  });

  protected call(name: Word, { list, span }: { list: Expression[]; span: Span }): Expression {
    return { kind: 'call', name: name.text, arguments: list, span };
  }

  protected readonly probe = this.RULE('probe', (): Expression => {
    const open = this.CONSUME(ProbeOpen);
    const names: Word[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: ProbeComma,
      DEF: () => names.push(this.word(this.CONSUME(ProbeWord))),
    });
    const close = this.CONSUME(ProbeClose);
    return this.ACTION((): Expression => {
      const quantity = open.image.slice(0, -1).trimEnd();
      return { kind: 'probe', quantity, names, span: this.span(open, close) };
    });
  });

  private readonly group = this.RULE('group', (): Expression => {
    this.CONSUME(Open);
    const inner = this.SUBRULE(this.expression);
    this.CONSUME(Close);
    return inner;
  });

  private readonly magnitude = this.RULE('magnitude', (): Expression => {
    const open = this.CONSUME(Bar);
    const operand = this.SUBRULE(this.expression);
    const close = this.CONSUME2(Bar);
    return this.ACTION(
      (): Expression => ({ kind: 'magnitude', operand, span: this.span(open, close) }),
    );
  });
}

/** The parser of netlist expressions. */
export class ExpressionParser extends ExpressionRules {
  constructor({ validate = false }: { validate?: boolean } = {}) {
    super(vocabulary, { skipValidations: !validate, maxLookahead: 2 });
    this.performSelfAnalysis();
  }
}

/** What is wrong with a word that should be a number. */
export function numberFault(text: string, { start, end }: Span): SyntaxFault {
  const parsed = parseNumber(text);
  if ('fault' in parsed && parsed.fault === 'rkm') {
    return new SyntaxFault(`"${shorten(text)}" is not a SPICE number.`, {
      code: 'rkm_number',
      start,
      end,
      hint: `ngspice reads ${shorten(text)} as ${parsed.ngspiceReads}; write ${parsed.suggestion}.`,
    });
  }
  if ('fault' in parsed && parsed.fault === 'range') {
    return new SyntaxFault(`The number "${shorten(text)}" is too large.`, {
      code: 'bad_number',
      start,
      end,
      hint: 'The largest number is about 1.8e308.',
    });
  }
  return new SyntaxFault(`"${shorten(text)}" is not a number.`, {
    code: 'bad_number',
    start,
    end,
    hint: 'Write a number such as 4.7k or 12u, a parameter name, or an expression in braces.',
  });
}

/** A quotation that fits into a sentence. */
export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}

/** @throws {SyntaxFault} at unbalanced parentheses, too deep a nesting, or too many operators. */
export function checkShape(tokens: readonly IToken[], base: number): void {
  const open: IToken[] = [];
  let operators = 0;
  let bars = 0;
  const fault = (token: IToken, code: string, message: string, hint?: string): SyntaxFault => {
    const start = base + token.startOffset;
    return new SyntaxFault(message, { code, start, end: start + token.image.length, hint });
  };
  for (const token of tokens) {
    const type = token.tokenType;
    const image = token.image;
    if (type === Bar && ++bars > DEEPEST_EXPRESSION) {
      throw fault(token, 'nested_too_deep', 'The expression has too many magnitude bars.');
    }
    if (image === '(' || image.endsWith('(')) {
      open.push(token);
      if (open.length > DEEPEST_EXPRESSION) {
        const hint = `At most ${DEEPEST_EXPRESSION} levels are accepted.`;
        throw fault(token, 'nested_too_deep', 'The parentheses are nested too deep.', hint);
      }
    } else if (type === Close || type === ProbeClose) {
      if (open.pop() === undefined) {
        const hint = 'Remove it, or add the "(" that it closes.';
        throw fault(token, 'stray_parenthesis', 'This ")" closes nothing.', hint);
      }
    } else if (type.CATEGORIES?.includes(Infix) || type.CATEGORIES?.includes(Prefix)) {
      if (++operators > MOST_OPERATORS) {
        const message = `The expression has more than ${MOST_OPERATORS} operators.`;
        throw fault(token, 'expression_too_long', message, 'Split it into parameters.');
      }
    }
  }
  const unclosed = open.pop();
  if (unclosed !== undefined) {
    const message = 'This "(" is not closed.';
    throw fault(unclosed, 'unclosed_parenthesis', message, 'Add the missing ")".');
  }
}

/** The first fault that the parser met, in our words. */
export function parserFault(
  parser: EmbeddedActionsParser,
  region: { base: number; end: number },
): SyntaxFault | undefined {
  const first = parser.errors[0];
  if (first === undefined) return undefined;
  const { token } = first;
  if (Number.isNaN(token.startOffset) || token.image === '') {
    return new SyntaxFault('The expression ends too early.', {
      code: 'bad_expression',
      start: Math.max(region.base, region.end - 1),
      end: region.end,
      hint: 'An operand is missing.',
    });
  }
  const start = region.base + token.startOffset;
  return new SyntaxFault(`Unexpected "${shorten(token.image)}" in an expression.`, {
    code: 'bad_expression',
    start,
    end: start + token.image.length,
    hint: 'Expected an operator between operands, or an operand after an operator.',
  });
}
