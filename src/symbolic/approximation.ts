/**
 * The dominant terms of a fraction: terms of its factors are left out, those that matter least first, as long as
 * its value for the circuit's own element values changes by no more than a given part of it. The error holds for
 * these values alone.
 */

import { type Fraction, fraction, fractionValue, ratioOf, times } from './fraction.ts';
import { evaluated, type Polynomial } from './polynomial.ts';

export interface Approximation {
  readonly fraction: Fraction;
  /** |approximation - exact| / |exact| at the given values. */
  readonly error: number;
}

export function approximation(
  f: Fraction,
  { valueAt, largest }: { valueAt: (v: number) => number; largest: number },
): Approximation {
  const exact = fractionValue(f, valueAt);
  const sums = f.powers.map(({ base, power }) => ({ left: new Map(base), power, base }));
  const terms = sums.flatMap((sum) =>
    [...sum.base].map(([m, c]) => {
      const value = Math.abs(evaluated(new Map([[m, c]]), valueAt));
      return { sum, m, size: value / Math.abs(evaluated(sum.base, valueAt)) };
    }),
  );
  const error = () => {
    const value = sums.reduce(
      (total, { left, power }) => total * evaluated(left, valueAt) ** power,
      Number(f.numerator) / Number(f.denominator),
    );
    return Math.abs(value - exact) / Math.abs(exact);
  };
  for (const { sum, m } of terms.sort((a, b) => a.size - b.size)) {
    if (sum.left.size < 2) continue;
    const coefficient = sum.left.get(m) ?? 0n;
    sum.left.delete(m);
    if (!(error() <= largest)) sum.left.set(m, coefficient);
  }
  const parts = (sign: 1 | -1): Polynomial[] =>
    sums.flatMap(({ left, power }) =>
      power * sign > 0 ? new Array<Polynomial>(Math.abs(power)).fill(left) : [],
    );
  const { numerator, denominator } = f;
  return {
    fraction: times(fraction(numerator, { denominator }), ratioOf(parts(1), parts(-1))),
    error: exact === 0 ? 0 : error(),
  };
}
