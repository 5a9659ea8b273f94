/** Expressions that programs read differently, told to the user where they stand. */

import type { IToken } from 'chevrotain';
import type { Diagnostics } from '../diagnostic.ts';
import type { Span } from '../source.ts';
import type { RecognisedDialect } from './recognise.ts';

interface Place {
  readonly region: Span;
  readonly dialect: RecognisedDialect;
  readonly diagnostics: Diagnostics;
}

/** `2^3` is a power in some programs and an exclusive OR in others; hardly ever is the latter meant. */
export function warnCaret(
  tokens: readonly IToken[],
  { region, dialect, diagnostics }: Place,
): void {
  const { caret, label } = dialect.facts;
  if (caret === 'power' && dialect.certain) return;
  const token = tokens.find(({ image }) => image === '^');
  if (token === undefined) return;
  const start = region.start + token.startOffset;
  const [here, elsewhere] =
    caret === 'xor'
      ? [`an exclusive OR in ${label}`, 'a power in ngspice and HSPICE']
      : [`read as a power`, 'an exclusive OR in LTspice, PSpice and Xyce'];
  diagnostics.warning(
    'caret_meaning',
    { source: region.source, start, end: start + 1 },
    `"^" is ${here}, and ${elsewhere}.`,
    'Write ** for a power.',
  );
}

/**
 * `limit(x, a, b)` keeps x within a and b in PSpice, LTspice and Xyce; where the function draws a random number
 * of two arguments, a third one shows that the text comes from there.
 */
export function warnLimit(
  tokens: readonly IToken[],
  { region, dialect, diagnostics }: Place,
): void {
  const { limit, label } = dialect.facts;
  if (limit !== 'random') return;
  for (const [i, token] of tokens.entries()) {
    if (!/^limit$/i.test(token.image) || argumentCount(tokens, i + 1) !== 3) continue;
    const start = region.start + token.startOffset;
    diagnostics.warning(
      'limit_meaning',
      { source: region.source, start, end: start + token.image.length },
      `"${token.image}" with three arguments is read as in PSpice: its first argument kept within the other two. ${label} draws a random number.`,
      'Write min(max(x, low), high), or state the dialect with --dialect.',
    );
  }
}

/** Arguments within the parenthesis that opens at `index`; 0 when none opens there. */
function argumentCount(tokens: readonly IToken[], index: number): number {
  if (tokens[index]?.image !== '(') return 0;
  let depth = 0;
  let count = 1;
  for (const { image } of tokens.slice(index)) {
    // A probe brings its parenthesis along: `V(`.
    if (/[({]$/.test(image)) depth++;
    else if (/^[)}]$/.test(image) && --depth === 0) return count;
    else if (image === ',' && depth === 1) count++;
  }
  return count;
}
