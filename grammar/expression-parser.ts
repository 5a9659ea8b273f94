/**
 * Arithmetic as a chevrotain parser: it finds operands, parentheses, calls and probes, and hands each
 * flat list of operands and operators to `climb`. Nesting and length are bounded before it runs, so
 * that no text can exhaust the stack.
 */

import { EmbeddedActionsParser, type IToken } from 'chevrotain';
import type { Expression, Word } from './expression.ts';
import { numberFault } from './expression-faults.ts';
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
import { doubtfulSuffix, type NumberSuffixes, type ParsedNumber, parseNumber } from './number.ts';
import { climb, type Item, type PrecedenceTable } from './precedence.ts';
import type { Source, Span } from './source.ts';

/** Where a text stands, and how its operators bind. */
export interface ExpressionContext {
  readonly source: Source;
  /** Offset of the lexed text in the source. */
  readonly base: number;
  readonly table: PrecedenceTable;
  readonly suffixes?: NumberSuffixes;
  /** How a number is read; default `parseNumber`. */
  readonly read?: (text: string) => ParsedNumber & { readonly step?: number };
  /** Told of every number whose suffix programs read differently. */
  readonly onDoubt?: (suffix: string, number: Word) => void;
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
      const { read, suffixes } = this.context;
      const parsed = read?.(token.image) ?? parseNumber(token.image, suffixes);
      if ('fault' in parsed) throw numberFault(token.image, this.span(token));
      const doubt = doubtfulSuffix(token.image);
      if (doubt !== undefined) this.context.onDoubt?.(doubt, this.word(token));
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
