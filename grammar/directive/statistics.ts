/** `*@ sigma 3` and `*@ montecarlo 100000 seed=1 normal`: what limits mean to statistics, and the run to make. */

import type { Word } from '../expression.ts';
import { shorten } from '../expression-faults.ts';
import type { Span } from '../source.ts';
import { suggestionHint } from '../suggest.ts';
import { faultAt } from './fault.ts';
import type { OpampLine, RawSpecification } from './found.ts';
import { quantity } from './quantity.ts';
import { DISTRIBUTIONS, type Directive, type Distribution, type Quantity } from './tree.ts';

/** More would not fit into memory. */
const MOST_SAMPLES = 1e7;
const LARGEST_SEED = 2 ** 32 - 1;

const isDistribution = (word: string): word is Distribution =>
  DISTRIBUTIONS.some((name) => name === word);

/** A number for all limits, or a name and the number for its limits. */
export function sigma(words: readonly Word[]): Directive {
  const [first, second, extra] = words;
  if (first === undefined) throw new Error('a word list has a word');
  if (extra !== undefined) {
    throw faultAt(extra.span, {
      code: 'extra_argument',
      message: `"${shorten(extra.text)}" is not expected here.`,
      hint: 'Write *@ sigma 3, or *@ sigma XU1 6.',
    });
  }
  const number = second ?? first;
  const count = plainNumber(quantity(number.text, number.span));
  if (!(count.value > 0)) {
    throw faultAt(count.span, {
      code: 'bad_sigma',
      message: `Limits cannot be at ${count.value} sigma.`,
      hint: 'Write how many standard deviations a limit is from the middle: *@ sigma 3.',
    });
  }
  return { kind: 'sigma', ...(second === undefined ? {} : { target: first }), count };
}

export function monteCarlo({ target, words, pins, specifications }: OpampLine): Directive {
  const samples = plainNumber(quantity(target.text, target.span));
  whole(samples, { least: 1, most: MOST_SAMPLES, what: 'The number of samples' });
  if (pins !== undefined) throw unexpected(target, 'pins');
  const [word, extra] = words;
  if (extra !== undefined) throw unexpected(extra, extra.text);
  const name = word?.text.toLowerCase() ?? 'uniform';
  if (!isDistribution(name)) {
    throw faultAt(word?.span ?? target.span, {
      code: 'unknown_distribution',
      message: `"${shorten(word?.text ?? '')}" is not a distribution.`,
      hint: suggestionHint(name, {
        known: [...DISTRIBUTIONS],
        otherwise: `Distributions are ${DISTRIBUTIONS.join(', ')}.`,
      }),
    });
  }
  const seed = seedOf(specifications);
  return {
    kind: 'montecarlo',
    samples,
    distribution: name,
    ...(seed === undefined ? {} : { seed }),
  };
}

function seedOf(specifications: readonly RawSpecification[]): Quantity | undefined {
  const [first, second] = specifications;
  if (first === undefined) return undefined;
  const wrong = first.key.text.toLowerCase() === 'seed' ? second : first;
  if (wrong !== undefined) throw unexpected(wrong.key, wrong.key.text);
  const { value } = first;
  if (value.form !== 'known') throw unexpected(first.key, first.key.text);
  const seed = plainNumber(value.value);
  whole(seed, { least: 0, most: LARGEST_SEED, what: 'The seed' });
  return seed;
}

function unexpected({ span }: { readonly span: Span }, text: string) {
  return faultAt(span, {
    code: 'extra_argument',
    message: `"${shorten(text)}" is not expected here.`,
    hint: 'Write *@ montecarlo 100000 seed=1 normal.',
  });
}

function plainNumber(found: Quantity): Quantity {
  if (found.unit === undefined) return found;
  throw faultAt(found.span, {
    code: 'wrong_unit',
    message: `A plain number is expected, not one in ${found.unit}.`,
    hint: 'Leave the unit out.',
  });
}

function whole(
  { value, span }: Quantity,
  { least, most, what }: { least: number; most: number; what: string },
): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw faultAt(span, {
    code: 'bad_number',
    message: `${what} is a whole number from ${least} to ${most}, not ${value}.`,
    hint: 'Write *@ montecarlo 100000 seed=1 normal.',
  });
}
