/** The calculations of a stretch: the parts with a relation between words and commas, and whether these are prose. */

import type { IToken } from 'chevrotain';
import { Close, Comma, NumberLiteral, Open } from '../expression-tokens.ts';
import { is } from './implied.ts';
import { readSheetNumber } from './number.ts';
import {
  type Doubt,
  doubtBefore,
  doubtBehind,
  doubtBetween,
  doubtInMathematics,
  GROUPED,
} from './prose.ts';
import type { Stretch } from './stretches.ts';
import { Compared, Other, OtherRelation } from './tokens.ts';

export interface Chain {
  readonly chain: readonly IToken[];
  readonly isFirst: boolean;
  /** What beside it or in it keeps it from being read. */
  readonly doubt: Doubt | undefined;
}

interface Part {
  readonly tokens: IToken[];
  readonly start: number;
}

/** `text` is what the tokens were made of. */
export function chainsIn(
  tokens: readonly IToken[],
  { text, mode }: { readonly text: string; readonly mode: Stretch['mode'] },
): Chain[] {
  const parts: Part[] = [{ tokens: [], start: 0 }];
  let depth = 0;
  for (const token of tokens) {
    if (is(token, Open)) depth++;
    if (is(token, Close)) depth--;
    const isComma = token.tokenType === Comma && depth <= 0;
    if (token.tokenType === Other || isComma) {
      parts.push({ tokens: [], start: token.startOffset });
      depth = 0;
    } else parts.at(-1)?.tokens.push(token);
  }
  const calculations = parts.flatMap(({ tokens: chain }, index) =>
    chain.some(isRelation) ? [{ chain, isFirst: index === 0 }] : [],
  );
  return calculations.map(({ chain, isFirst }, index) => {
    const behind = endOf(calculations[index - 1]?.chain);
    const [first] = chain;
    const begin = first?.startOffset ?? 0;
    const end = endOf(chain);
    const next = calculations[index + 1]?.chain[0]?.startOffset ?? text.length;
    const doubt =
      otherRelation(chain) ??
      poweredUnit(chain) ??
      groupedAt(text, begin) ??
      groupedAt(text, end) ??
      (mode === 'mathematics'
        ? (doubtInMathematics(text.slice(behind, begin), { isFirst: index === 0 }) ??
          doubtInMathematics(text.slice(end, next), { isFirst: false }))
        : (besideBefore(text.slice(behind, begin), isFirst) ??
          (index + 1 < calculations.length ? doubtBetween(text.slice(end, next)) : undefined) ??
          doubtBehind(text.slice(end, next), { bareNumber: endsBare(chain) })));
    return { chain, isFirst, doubt };
  });
}

function isRelation({ tokenType }: IToken): boolean {
  return tokenType === Compared || tokenType === OtherRelation;
}

function otherRelation(chain: readonly IToken[]): Doubt | undefined {
  const found = chain.find(({ tokenType }) => tokenType === OtherRelation);
  if (found === undefined) return undefined;
  return {
    message: `The relation sign "${found.image}" is not one that can be verified.`,
    hint: 'Use = for equal, ≈ for about equal, <= or >= for a limit.',
  };
}

function besideBefore(rest: string, isFirst: boolean): Doubt | undefined {
  return isFirst ? undefined : doubtBefore(rest);
}

function endOf(chain: readonly IToken[] | undefined): number {
  const last = chain?.at(-1);
  return last === undefined ? 0 : last.startOffset + last.image.length;
}

/** Whether digits go on at both sides of a comma, a blank or an apostrophe at a place. */
function groupedAt(text: string, at: number): Doubt | undefined {
  const before = text.slice(Math.max(0, at - 3), at);
  const behind = text.slice(at, at + 4);
  const isGrouped = /^(?:[,'\u2019]|\s+)\d/.test(behind) && /\d$/.test(before);
  const isGroup = /\d(?:[,'\u2019]|\s+)$/.test(before) && /^\d/.test(behind);
  return isGrouped || isGroup ? GROUPED : undefined;
}

/** `3 mV²` may mean two things. */
function poweredUnit(chain: readonly IToken[]): Doubt | undefined {
  const found = chain.find((token, index) => {
    const next = chain[index + 1]?.image;
    return (next === '^' || next === '**') && unitOf(token) !== undefined;
  });
  if (found === undefined) return undefined;
  return {
    message: `A power of "${found.image}" may be that of the number or that of the unit.`,
    hint: `Write (${found.image})^2 for the square of both.`,
  };
}

function unitOf(token: IToken): string | undefined {
  if (!is(token, NumberLiteral)) return undefined;
  const number = readSheetNumber(token.image);
  return 'fault' in number ? undefined : number.unit;
}

function endsBare(chain: readonly IToken[]): boolean {
  const last = chain.at(-1);
  return last !== undefined && is(last, NumberLiteral) && unitOf(last) === undefined;
}
