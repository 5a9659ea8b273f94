/**
 * The tokens of a calculation with what is not written put in: products of neighbours, `\frac{a}{b}` as a quotient,
 * and one spelling per operator. In text two words side by side are prose, and a break is put between them.
 */

import { createToken, createTokenInstance, type IToken, type TokenType } from 'chevrotain';
import {
  Bar,
  Close,
  Infix,
  Name,
  NumberLiteral,
  Open,
  Prefix,
  ProbeClose,
  ProbeOpen,
} from '../expression-tokens.ts';
import type { Stretch } from './stretches.ts';
import { Fraction, Other, Superscript } from './tokens.ts';

/** A product or quotient that no character stands for. */
export const Implied = createToken({
  name: 'Implied',
  pattern: /(?!)/,
  categories: [Infix],
  start_chars_hint: [],
  line_breaks: false,
});

const FUNCTIONS = /^\\?(?:sqrt|abs|exp|ln|log10|log|min|max|parallel)$/;

const SPELLINGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '\\cdot': '*',
    '\\times': '*',
    '\\ast': '*',
    '\u2a2f': '*',
    '\u2219': '*',
    '\u2022': '*',
    '\u2217': '*',
    '\uff0a': '*',
    '\u00d7': '*',
    '\u00b7': '*',
    '\u22c5': '*',
    '\\div': '/',
    '\u00f7': '/',
    '\u2215': '/',
    '\u2044': '/',
    '\uff0f': '/',
    '\\parallel': '||',
    '\\|': '||',
    '//': '||',
    '\u2225': '||',
    '\u2212': '-',
    '\u2013': '-',
  }),
);

export function productsIn(tokens: readonly IToken[], mode: Stretch['mode']): IToken[] {
  const result: IToken[] = [];
  for (const token of fractionsIn(tokens.flatMap(raised).map(spelled))) {
    const previous = result.at(-1);
    if (previous !== undefined && endsOperand(previous) && beginsOperand(token)) {
      if (isFunction(previous) && is(token, Open)) {
        // the parenthesis of a call
      } else if (is(previous, NumberLiteral) && is(token, NumberLiteral)) {
        result.push(implied(' ', token, Other)); // the digits of one number, or no calculation
      } else if (mode === 'mathematics' || isProduct(previous, token)) {
        result.push(implied('*', token, Implied));
      } else result.push(implied(' ', token, Other));
    }
    result.push(token);
  }
  return result;
}

const RAISED = '\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079';

/** `²` -> `^2`, `⁻³` -> `^-3` */
function raised(token: IToken): IToken[] {
  if (token.tokenType !== Superscript) return [token];
  const digits = token.image.replace('\u207b', '');
  const end = token.startOffset + token.image.length;
  const exponent = [...digits].map((digit) => RAISED.indexOf(digit)).join('');
  return [
    implied('^', token, Implied),
    ...(digits === token.image ? [] : [implied('-', token, Prefix)]),
    implied(exponent, { ...token, startOffset: end - digits.length }, NumberLiteral),
  ];
}

function spelled(token: IToken): IToken {
  const image = SPELLINGS.get(token.image);
  if (image !== undefined && token.tokenType !== Other) return { ...token, image };
  if (is(token, Name) && FUNCTIONS.test(token.image)) {
    return { ...token, image: token.image.replace('\\', '') };
  }
  // The parser of expressions knows these by their own types.
  for (const type of [Open, Close, Bar]) {
    if (!is(token, type)) continue;
    const bare = token.image.replace(/^\\(?=[{}])/, '');
    return { ...token, image: bare, tokenType: type, tokenTypeIdx: type.tokenTypeIdx ?? 0 };
  }
  return token;
}

/** `\frac{a}{b}` -> `({a}/{b})` */
function fractionsIn(tokens: readonly IToken[]): IToken[] {
  const result: IToken[] = [];
  /** Braces of the two parts of each fraction that is open: how deep, and whether the first part is done. */
  const open: { depth: number; part: 'above' | 'below' }[] = [];
  let depth = 0;
  for (const token of tokens) {
    if (token.tokenType === Fraction) {
      open.push({ depth, part: 'above' });
      result.push(implied('(', token, Open));
      continue;
    }
    result.push(token);
    if (is(token, Open)) depth++;
    if (!is(token, Close)) continue;
    depth--;
    // A part that ends may end the fraction around it, too.
    for (
      let inner = open.at(-1);
      inner !== undefined && inner.depth === depth;
      inner = open.at(-1)
    ) {
      if (inner.part === 'above') {
        inner.part = 'below';
        result.push(implied('/', token, Implied));
        break;
      }
      open.pop();
      result.push(implied(')', token, Close));
    }
  }
  return result;
}

/** A token without extent at the place of another. */
function implied(image: string, { startOffset }: IToken, type: TokenType): IToken {
  return { ...createTokenInstance(type, image, startOffset, startOffset, 1, 1, 1, 1), image };
}

/** Whether a token is of a type or its category. */
export function is({ tokenType }: IToken, wanted: TokenType): boolean {
  return tokenType === wanted || (tokenType.CATEGORIES?.includes(wanted) ?? false);
}

function isFunction(token: IToken): boolean {
  return is(token, Name) && FUNCTIONS.test(token.image);
}

function endsOperand(token: IToken): boolean {
  return [NumberLiteral, Name, Close, ProbeClose].some((type) => is(token, type));
}

function beginsOperand(token: IToken): boolean {
  return [NumberLiteral, Name, Open, ProbeOpen].some((type) => is(token, type));
}

/** In text: with a parenthesis between, a number before a symbol, or two symbols, which words are not. */
function isProduct(previous: IToken, next: IToken): boolean {
  if (is(previous, Open) || is(previous, Close)) return !isWord(next);
  if (is(next, Open)) return !isWord(previous);
  return !isWord(previous) && !isWord(next) && !is(next, NumberLiteral);
}

/** A name without a digit, an index or a second capital letter. */
function isWord(token: IToken): boolean {
  if (!is(token, Name)) return false;
  return !/[_\d\\]|[A-Z]{2}|[\u0370-\u03ff]/.test(token.image);
}
