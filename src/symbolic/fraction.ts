/** Rational functions in lowest terms: an integer ratio times powers of irreducible polynomials. */

import { commonDivisor } from './common-divisor.ts';
import { type Factored, factored } from './factors.ts';
import {
  evaluated,
  greatestCommonDivisor,
  isConstant,
  keyOf,
  type Polynomial,
  quotient,
  singleTerm,
  substituted,
} from './polynomial.ts';

/** A factor; a negative power stands in the denominator. Never 0. */
export interface Power {
  readonly base: Polynomial;
  readonly power: number;
  /** keyOf(base) */
  readonly key: string;
}

export interface Fraction {
  /** 0 for the fraction 0, which has no factors. */
  readonly numerator: bigint;
  /** Positive, without a common divisor with the numerator. */
  readonly denominator: bigint;
  readonly powers: readonly Power[];
}

export const NOTHING: Fraction = { numerator: 0n, denominator: 1n, powers: [] };

/** numerator/denominator times the powers, which may repeat a base; bases are irreducible. */
export function fraction(
  numerator: bigint,
  { denominator = 1n, powers = [] }: { denominator?: bigint; powers?: readonly Power[] } = {},
): Fraction {
  if (numerator === 0n) return NOTHING;
  const divisor = greatestCommonDivisor(numerator, denominator) * (denominator < 0n ? -1n : 1n);
  if (powers.length < 2) {
    return { numerator: numerator / divisor, denominator: denominator / divisor, powers };
  }
  const collected = new Map<string, Power>();
  for (const { base, power, key } of powers) {
    const total = power + (collected.get(key)?.power ?? 0);
    if (total === 0) collected.delete(key);
    else collected.set(key, { base, power: total, key });
  }
  return {
    numerator: numerator / divisor,
    denominator: denominator / divisor,
    powers: [...collected.values()].sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

/** The fraction of the product of some polynomials over that of others, none of them 0. */
export function ratioOf(over: readonly Polynomial[], under: readonly Polynomial[]): Fraction {
  let [numerator, denominator] = [1n, 1n];
  const powers: Power[] = [];
  for (const [polynomials, sign] of [
    [over, 1],
    [under, -1],
  ] as const) {
    for (const p of polynomials) {
      const { content, factors } = factored(p);
      if (sign > 0) numerator *= content;
      else denominator *= content;
      powers.push(...powersOf(factors, sign));
    }
  }
  return fraction(numerator, { denominator, powers });
}

function powersOf(factors: Factored['factors'], sign: 1 | -1): Power[] {
  return factors.map(({ base, power }) => ({ base, power: sign * power, key: keyOf(base) }));
}

/** a b */
export function times(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.numerator, {
    denominator: a.denominator * b.denominator,
    powers: [...a.powers, ...b.powers],
  });
}

/** 1/a for a != 0. */
export function inverse({ numerator, denominator, powers }: Fraction): Fraction {
  return fraction(denominator, {
    denominator: numerator,
    powers: powers.map((factor) => ({ ...factor, power: -factor.power })),
  });
}

function repeated(base: Polynomial, times: number): Polynomial[] {
  return times > 0 ? new Array<Polynomial>(times).fill(base) : [];
}

/** A text that only equal fractions share. */
export function fractionKey({ numerator, denominator, powers }: Fraction): string {
  return `${numerator}/${denominator} ${powers.map(({ key, power }) => `${key}^${power}`).join('; ')}`;
}

/** The one variable of a base that is nothing else. */
export function isVariable(base: Polynomial): boolean {
  return singleTerm(base) !== undefined && !isConstant(base);
}

/** The fraction with variables replaced by multiples of others; undefined when its denominator becomes 0. */
export function substitutedFraction(
  { numerator, denominator, powers }: Fraction,
  replacement: Parameters<typeof substituted>[1],
): Fraction | undefined {
  const over: Polynomial[] = [];
  const under: Polynomial[] = [];
  for (const { base, power } of powers) {
    (power > 0 ? over : under).push(...repeated(substituted(base, replacement), Math.abs(power)));
  }
  if (under.some(({ size }) => size === 0)) return undefined;
  if (over.some(({ size }) => size === 0)) return NOTHING;
  return inLowestTerms(times(fraction(numerator, { denominator }), ratioOf(over, under)));
}

/** Larger polynomials are not searched for common divisors. */
const LARGEST_SEARCHED = 60;

/** Equal elements may leave factors that are not irreducible: what two of them have in common is cancelled. */
function inLowestTerms(f: Fraction): Fraction {
  for (const over of f.powers) {
    if (over.power < 0) continue;
    for (const under of f.powers) {
      if (under.power > 0 || over.base.size + under.base.size > LARGEST_SEARCHED) continue;
      const common = commonDivisor(over.base, under.base);
      const [p, q] = [quotient(over.base, common), quotient(under.base, common)];
      if (isConstant(common) || p === undefined || q === undefined) continue;
      const removed = [
        { ...over, power: -1 },
        { ...under, power: 1 },
      ];
      const rest = times(f, fraction(1n, { powers: removed }));
      return inLowestTerms(times(rest, ratioOf([p], [q])));
    }
  }
  return f;
}

/** The value with `valueAt` for the variables. */
export function fractionValue(
  { numerator, denominator, powers }: Fraction,
  valueAt: (v: number) => number,
): number {
  return powers.reduce(
    (value, { base, power }) => value * evaluated(base, valueAt) ** power,
    Number(numerator) / Number(denominator),
  );
}
