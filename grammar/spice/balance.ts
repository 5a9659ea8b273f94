/** Parentheses and braces that lack their partner. */

import type { IToken } from 'chevrotain';
import type { RawCard } from './parser.ts';
import { CloseToken, OpenToken } from './tokens.ts';

/** The first `)` that closes nothing, else the last `(` that is not closed. */
export function strayParenthesis({ parts, first, end }: RawCard): IToken | undefined {
  let depth = 0;
  for (let index = first; index < end; index++) {
    const type = parts[index]?.tokenType;
    if (type === OpenToken) depth++;
    else if (type === CloseToken && depth-- === 0) return parts[index];
  }
  return depth === 0 ? undefined : lastUnclosed(parts.slice(first, end));
}

function lastUnclosed(parts: readonly IToken[]): IToken | undefined {
  let closed = 0;
  return parts.findLast(({ tokenType }) => {
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
