/**
 * Ways to write a fraction as m (a + b), where a and b have fewer factors below them than their sum: by taking a
 * variable of a factor over the line apart, or by dividing that factor by one below. m is what has no part in it.
 */

import {
  type Fraction,
  fraction,
  inverse,
  isVariable,
  type Power,
  ratioOf,
  times,
} from './fraction.ts';
import {
  coefficients,
  degrees,
  multiply,
  type Polynomial,
  subtract,
  variable,
} from './polynomial.ts';

export interface Split {
  readonly front: Fraction;
  /** The pairs (a, b) that are worth a look, at least one. */
  readonly pairs: readonly (readonly [Fraction, Fraction])[];
}

/** Ways to split a fraction that are followed, those with the fewest factors left below first. */
const MOST_SPLITS = 4;
/** Polynomials with more terms are not split. */
const MOST_TERMS = 40;

export function splits(f: Fraction): readonly Split[] {
  return f.powers.flatMap((over) => {
    if (over.power !== 1 || over.base.size === 1 || over.base.size > MOST_TERMS) return [];
    const inside = degrees(over.base);
    const under = f.powers.filter(
      ({ base, power }) => power < 0 && [...degrees(base).keys()].some((v) => inside.has(v)),
    );
    const whole = fraction(1n, { powers: [over, ...under] });
    const below = factorsBelow(whole);
    if (below === 0) return [];
    const denominators = fraction(1n, { powers: under });
    const pairs = parts(over.base, under)
      .map(([p, q]) => {
        const [a, b] = [
          times(denominators, ratioOf([p], [])),
          times(denominators, ratioOf([q], [])),
        ];
        return { pair: [a, b] as const, left: factorsBelow(a) + factorsBelow(b) };
      })
      .filter(({ left }) => left < 2 * below)
      .sort((a, b) => a.left - b.left)
      .slice(0, MOST_SPLITS)
      .map(({ pair }) => pair);
    return pairs.length === 0 ? [] : [{ front: times(f, inverse(whole)), pairs }];
  });
}

/** Ways to write p as a sum of two polynomials that may have factors in common with the denominator. */
function parts(p: Polynomial, under: readonly Power[]): (readonly [Polynomial, Polynomial])[] {
  const found: (readonly [Polynomial, Polynomial])[] = [];
  for (const [v, degree] of degrees(p)) {
    if (degree > 1) continue;
    const [rest, factor] = coefficients(p, v);
    if (factor === undefined || rest === undefined || rest.size === 0) continue;
    found.push([multiply(factor, variable(v)), rest]);
    for (const { base } of isBalanceOver(p, under) ? [] : under) {
      // p = factor v + rest = factor base + (rest - factor base_0) where base = v + base_0
      const [other, leading] = base.size > 1 ? coefficients(base, v) : [];
      if (other === undefined || leading?.get(0n) !== 1n || leading.size !== 1) continue;
      const remainder = subtract(rest, multiply(factor, other));
      if (remainder.size > 0) found.push([multiply(factor, base), remainder]);
    }
  }
  return found;
}

/**
 * The difference of two products, such as R2*R3 - R1*R4, is the balance of a bridge: it stays visible, unless each
 * product has a divider of its own below it.
 */
function isBalanceOver(p: Polynomial, under: readonly Power[]): boolean {
  return (
    p.size === 2 &&
    [...p.values()].some((c) => c < 0n) &&
    under.filter(({ base }) => base.size > 1).length < 2
  );
}

function factorsBelow(f: Fraction): number {
  let count = 0;
  for (const { base, power: exponent } of f.powers) {
    if (exponent < 0) count -= exponent * (isVariable(base) ? 1 : base.size);
  }
  return count;
}
