/** Parentheses and braces that lack their partner. */

import type { IToken } from 'chevrotain';
import type { RawCard } from './parser.ts';
import { CloseToken, OpenToken } from './tokens.ts';

/** The first `)` that closes nothing, else the last `(` that is not closed. */
export function strayParenthesis(card: RawCard): IToken | undefined {
  let depth = 0;
  for (const token of card) {
    if (token.tokenType === OpenToken) depth++;
    else if (token.tokenType === CloseToken && depth-- === 0) return token;
  }
  return depth === 0 ? undefined : lastUnclosed(card);
}

function lastUnclosed(card: RawCard): IToken | undefined {
  let closed = 0;
  return card.findLast(({ tokenType }) => {
    if (tokenType === CloseToken) closed++;
    return tokenType === OpenToken && closed-- === 0;
  });
}

/** True if every `{` of an enclosed part has its `}`; an image that ran to the card's end may not. */
export function balancedBraces(image: string): boolean {
  if (image[0] !== '{') return true;
  let depth = 0;
  for (const character of image) {
    if (character === '{') depth++;
    else if (character === '}') depth--;
  }
  return depth === 0;
}
