/**
 * The grammar of a netlist: cards, each a line of parts. Which parts belong together depends on the
 * card's first letter and is decided in `cards/`, so that one rule serves every card of every dialect
 * and no text can make the parser lose its way.
 */

import { EmbeddedActionsParser, type IToken, type Lexer } from 'chevrotain';
import type { LexicalRules } from './dialect.ts';
import { cardLexer, cardTokens, EndOfCard, Part, withRules } from './tokens.ts';

/** One card: `parts` from `first` to before `end`, offsets counted from the start of the parsed region. */
export interface RawCard {
  /** Those of all cards of the region, line ends among them. */
  readonly parts: readonly IToken[];
  readonly first: number;
  readonly end: number;
}

export class CardParser extends EmbeddedActionsParser {
  constructor({ validate = false }: { validate?: boolean } = {}) {
    super(cardTokens, { skipValidations: !validate, maxLookahead: 1 });
    this.performSelfAnalysis();
  }

  /** Cards between line ends; the last one may lack its line end. */
  readonly cards = this.RULE('cards', (): RawCard[] => {
    const cards: RawCard[] = [];
    const parts = this.input;
    let first = 0;
    let next = 0;
    const finish = (): void => {
      if (next > first) cards.push({ parts, first, end: next });
    };
    this.MANY(() => {
      this.CONSUME(Part);
      next++;
    });
    this.MANY1(() => {
      this.CONSUME(EndOfCard);
      finish();
      next++;
      first = next;
      this.MANY2(() => {
        this.CONSUME1(Part);
        next++;
      });
    });
    finish();
    return cards;
  });
}

let instances: { readonly lexer: Lexer; readonly parser: CardParser } | undefined;

/** The cards of `text`; every text is a sequence of cards. */
export function parseCards(text: string, rules: LexicalRules): readonly RawCard[] {
  instances ??= { lexer: cardLexer(), parser: new CardParser() };
  const { lexer, parser } = instances;
  const { tokens, errors } = withRules(rules, () => lexer.tokenize(text));
  parser.input = tokens;
  const cards = parser.cards();
  const fault = errors[0]?.message ?? parser.errors[0]?.message;
  if (fault !== undefined) throw new Error(`the card grammar must accept every text: ${fault}`);
  return cards;
}
