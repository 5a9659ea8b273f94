/**
 * The grammar of the `*@` lines: one rule per directive, named like it. A formula is arithmetic, and
 * its rules are inherited.
 */

import type { IToken } from 'chevrotain';
import type { Expression, Word } from '../expression.ts';
import { numberFault } from '../expression-faults.ts';
import { ExpressionRules } from '../expression-parser.ts';
import { Dots, Equals, Name, NumberLiteral, Relation, vocabulary } from '../expression-tokens.ts';
import type { Span } from '../source.ts';
import type { ExpectLine, OpampLine, RawSpecification, TolLine } from './found.ts';
import { quantity } from './quantity.ts';
import {
  DirectiveWord,
  directiveTokens,
  ListComma,
  PinsKey,
  PlusMinus,
  QuantityToken,
  RailToken,
  RangeDots,
  RelationToken,
  SignToken,
} from './tokens.ts';
import type { PinVoltage, Quantity, SpecificationValue } from './tree.ts';
import { type ValueParts, valueOfParts } from './value.ts';

export class DirectiveParser extends ExpressionRules {
  constructor({ validate = false }: { validate?: boolean } = {}) {
    super([...vocabulary, ...directiveTokens], { skipValidations: !validate, maxLookahead: 2 });
    this.performSelfAnalysis();
  }

  /** `parallel(a,b,c)` is `a || b || c`. */
  protected override call(
    name: Word,
    { list, span }: { list: Expression[]; span: Span },
  ): Expression {
    const [first, ...others] = list;
    if (first === undefined || name.text.toLowerCase() !== 'parallel') {
      return super.call(name, { list, span });
    }
    return others.reduce<Expression>(
      (left, right) => ({ kind: 'binary', operator: '||', left, right, span }),
      first,
    );
  }

  /** `V(out)`, as in a formula. */
  readonly output = this.RULE('output', (): Expression => this.SUBRULE(this.probe));

  /** One or more names. */
  readonly words = this.RULE('words', (): Word[] => {
    const words: Word[] = [];
    this.AT_LEAST_ONE(() => {
      words.push(this.SUBRULE(this.name));
      this.OPTION(() => this.CONSUME(ListComma));
    });
    return words;
  });

  readonly opamp = this.RULE('opamp', (): OpampLine => {
    const target = this.SUBRULE(this.name);
    const words: Word[] = [];
    const specifications: RawSpecification[] = [];
    let pins: Word[] | undefined;
    this.MANY(() => {
      this.OR([
        { ALT: () => specifications.push(this.SUBRULE(this.specification)) },
        { ALT: () => words.push(this.SUBRULE2(this.name)) },
        {
          ALT: () => {
            pins = this.SUBRULE(this.pins);
          },
        },
      ]);
    });
    return { target, words, specifications, ...(pins === undefined ? {} : { pins }) };
  });

  /** `VIN -0.3 4.3`, `VIN -0.3..4.3`. */
  readonly range = this.RULE('range', (): { target: Word; low: Quantity; high: Quantity } => {
    const target = this.SUBRULE(this.name);
    const low = this.SUBRULE(this.signed);
    this.OPTION(() => this.CONSUME(RangeDots));
    const high = this.SUBRULE2(this.signed);
    return { target, low, high };
  });

  /** `25 -40..125`. */
  readonly temp = this.RULE('temp', (): { nominal: Quantity; low?: Quantity; high?: Quantity } => {
    const nominal = this.SUBRULE(this.signed);
    let limits: { low: Quantity; high: Quantity } | undefined;
    this.OPTION(() => {
      const low = this.SUBRULE2(this.signed);
      this.OPTION2(() => this.CONSUME(RangeDots));
      const high = this.SUBRULE3(this.signed);
      limits = { low, high };
    });
    return { nominal, ...limits };
  });

  /** `R* 0.1% tc=+-25ppm age=0.05%`. */
  readonly tol = this.RULE('tol', (): TolLine => {
    const target = this.SUBRULE(this.name);
    const strays: Word[] = [];
    const tolerances: Quantity[] = [];
    const specifications: RawSpecification[] = [];
    this.MANY(() => {
      this.OR([
        { ALT: () => specifications.push(this.SUBRULE(this.specification)) },
        { ALT: () => strays.push(this.word(this.CONSUME(DirectiveWord))) },
        {
          ALT: () => {
            this.OPTION(() => this.CONSUME(PlusMinus));
            tolerances.push(this.SUBRULE(this.signed));
          },
        },
      ]);
    });
    return { target, strays, tolerances, specifications };
  });

  /** `R1 R3 0.02%`. */
  readonly match = this.RULE('match', (): { elements: Word[]; mismatch: Quantity } => {
    const elements: Word[] = [];
    this.AT_LEAST_ONE(() => {
      const token = this.CONSUME(DirectiveWord);
      elements.push(this.word(token));
    });
    const mismatch = this.SUBRULE(this.signed);
    return { elements, mismatch };
  });

  /** `R4 = R2`. */
  readonly let = this.RULE('let', (): { target: Word; value: Expression } => {
    const target = this.word(this.CONSUME(Name));
    this.CONSUME(Equals);
    const value = this.SUBRULE(this.expression);
    return { target, value };
  });

  /** `left relation right` or `left = low..high`, then `rel 1e-9` and `abs 10u` in any order. */
  readonly expect = this.RULE('expect', (): ExpectLine => {
    const left = this.SUBRULE(this.expression);
    const relation = this.word(this.CONSUME(Relation));
    const right = this.SUBRULE2(this.expression);
    let high: Expression | undefined;
    this.OPTION(() => {
      this.CONSUME(Dots);
      high = this.SUBRULE3(this.expression);
    });
    const bounds: { key: Word; value: Quantity }[] = [];
    this.MANY(() => {
      const key = this.word(this.CONSUME(Name));
      this.OPTION2(() => this.CONSUME2(Relation));
      const token = this.CONSUME(NumberLiteral);
      const value = this.ACTION(() => quantity(token.image, this.span(token)));
      bounds.push({ key, value });
    });
    return { left, relation, right, bounds, ...(high === undefined ? {} : { high }) };
  });

  /** A name may look like a number: `741`. */
  private readonly name = this.RULE('name', (): Word => {
    const token = this.OR([
      { ALT: () => this.CONSUME(DirectiveWord) },
      { ALT: () => this.CONSUME(QuantityToken) },
    ]);
    return this.word(token);
  });

  private readonly pins = this.RULE('pins', (): Word[] => {
    this.CONSUME(PinsKey);
    this.CONSUME(RelationToken);
    const pins: Word[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: ListComma,
      DEF: () => {
        const token = this.OR([
          { ALT: () => this.CONSUME(SignToken) },
          { ALT: () => this.CONSUME(DirectiveWord) },
          { ALT: () => this.CONSUME(QuantityToken) },
        ]);
        pins.push(this.word(token));
      },
    });
    return pins;
  });

  private readonly specification = this.RULE('specification', (): RawSpecification => {
    const key = this.CONSUME(DirectiveWord);
    const relation = this.CONSUME(RelationToken);
    let parts: ValueParts | undefined;
    let word: IToken | undefined;
    this.OR([
      {
        ALT: () => {
          word = this.CONSUME2(DirectiveWord);
        },
      },
      {
        ALT: () => {
          parts = this.SUBRULE(this.value);
        },
      },
    ]);
    return this.ACTION((): RawSpecification => {
      const value = word === undefined ? undefined : infinite(word, this.span(word));
      return { key: this.word(key), value: value ?? valueOfParts(this.word(relation), parts) };
    });
  });

  /** `+-2m`, `1m+-0.1m`, `1n..5n`, `3.8m`, `vss-0.3..vdd`. */
  private readonly value = this.RULE('value', (): ValueParts => {
    let plusMinus = false;
    let range = false;
    let second: PinVoltage | undefined;
    this.OPTION(() => {
      this.CONSUME(PlusMinus);
      plusMinus = true;
    });
    const first = this.SUBRULE(this.voltage);
    this.OPTION2(() => {
      this.OR([
        { ALT: () => this.CONSUME2(PlusMinus) },
        {
          ALT: () => {
            this.CONSUME(RangeDots);
            range = true;
          },
        },
      ]);
      second = this.SUBRULE2(this.voltage);
    });
    return { plusMinus, range, first, ...(second === undefined ? {} : { second }) };
  });

  /** `3.8m`, or a supply with what is added to it. */
  private readonly voltage = this.RULE('voltage', (): PinVoltage => {
    let rail: IToken | undefined;
    let offset: Quantity | undefined;
    this.OR([
      {
        ALT: () => {
          rail = this.CONSUME(RailToken);
          this.OPTION(() => {
            offset = this.SUBRULE(this.signed);
          });
        },
      },
      {
        ALT: () => {
          offset = this.SUBRULE2(this.signed);
        },
      },
    ]);
    return this.ACTION(() => {
      if (rail === undefined) return { offset: offset as Quantity };
      const span = this.span(rail);
      return { rail: railOf(rail), offset: offset ?? { value: 0, span } };
    });
  });

  private readonly signed = this.RULE('signed', (): Quantity => {
    let sign: IToken | undefined;
    this.OPTION(() => {
      sign = this.CONSUME(SignToken);
    });
    const token = this.CONSUME(QuantityToken);
    return this.ACTION(() => {
      const span = this.span(sign ?? token, token);
      const found = quantity(token.image, this.span(token));
      return { ...found, value: sign?.image === '-' ? -found.value : found.value, span };
    });
  });
}

/** `inf` is the only word that is a value. */
function infinite(token: IToken, span: Span): SpecificationValue {
  if (/^(inf|infinite|infinity|\u221e)$/i.test(token.image)) return { form: 'infinite', span };
  throw numberFault(token.image, span);
}

function railOf({ image }: IToken): 'vdd' | 'vss' {
  return /^v(?:dd|cc)$/i.test(image) ? 'vdd' : 'vss';
}
