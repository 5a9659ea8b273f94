/**
 * A polynomial as a product of irreducible ones. Determinants of circuits are multilinear, because every
 * element enters its matrix by a rank-one term, and factors of a multilinear polynomial share no variable:
 * with p = A x + B, the factor of x is made of the variables on which A/B depends (Shpilka and Volkovich,
 * On the relation between polynomial identity testing and finding variable disjoint factors, 2010). That is
 * decided at a random point modulo a prime; the factors are then read off exactly.
 */

import { commonDivisor, contentIn } from './common-divisor.ts';
import {
  addTerm,
  coefficients,
  compareMonomials,
  contentOf,
  degrees,
  dividedBy,
  exponentOf,
  exponents,
  isConstant,
  keyOf,
  type Monomial,
  monomial,
  type Polynomial,
  quotient,
  variable,
  variablesOf,
} from './polynomial.ts';

export interface Factored {
  /** With the sign. */
  readonly content: bigint;
  /** Primitive, mostly positive, not constant; no two are equal. */
  readonly factors: readonly { readonly base: Polynomial; readonly power: number }[];
}

/** Beyond this many terms a polynomial that is not multilinear is left as it is. */
const MOST_TERMS = 150;

/** p != 0 as content times factors. */
export function factored(p: Polynomial): Factored {
  const content = contentOf(p);
  const powers = new Map<string, { base: Polynomial; power: number }>();
  const found = (base: Polynomial, power: number) => {
    const normal = isMostlyPositive(base) ? base : dividedBy(base, -1n);
    const key = keyOf(normal);
    powers.set(key, { base: normal, power: power + (powers.get(key)?.power ?? 0) });
  };
  const rest = withoutMonomial(dividedBy(p, content), found);
  if (!isConstant(rest)) {
    const isMultilinear = [...degrees(rest).values()].every((degree) => degree === 1);
    for (const base of isMultilinear ? disjointFactors(rest) : generalFactors(rest)) found(base, 1);
  }
  const factors = [...powers.values()];
  return { content: content * signOfProduct(p, factors), factors };
}

/** Whether most coefficients are positive; where as many are negative, whether the first of the order is positive. */
function isMostlyPositive(p: Polynomial): boolean {
  let balance = 0;
  for (const c of p.values()) balance += c > 0n ? 1 : -1;
  if (balance !== 0) return balance > 0;
  const [first] = [...p].sort(([m], [n]) => compareMonomials(m, n));
  return first === undefined || first[1] > 0n;
}

/** +1 or -1 so that p = sign |content| product of the factors: by the highest monomial, whose coefficients multiply. */
function signOfProduct(
  p: Polynomial,
  factors: readonly { readonly base: Polynomial; readonly power: number }[],
): bigint {
  const negative = factors.filter(({ base, power }) => power % 2 === 1 && leading(base) < 0n);
  return (leading(p) < 0n ? -1n : 1n) * (negative.length % 2 === 1 ? -1n : 1n);
}

function leading(p: Polynomial): bigint {
  let [highest, coefficient] = [-1n, 0n];
  for (const [m, c] of p) if (m > highest) [highest, coefficient] = [m, c];
  return coefficient;
}

/** Takes out the variables that divide every term. */
function withoutMonomial(
  p: Polynomial,
  found: (base: Polynomial, power: number) => void,
): Polynomial {
  let divisor: Monomial = 0n;
  const [first = 0n] = p.keys();
  for (const [v, exponent] of exponents(first)) {
    let power = exponent;
    for (const m of p.keys()) power = Math.min(power, power === 0 ? 0 : exponentOf(m, v));
    if (power === 0) continue;
    divisor += monomial(v, power);
    found(variable(v), power);
  }
  return divisor === 0n ? p : new Map([...p].map(([m, c]) => [m - divisor, c]));
}

/** A product of sums of other variables has as many terms as the sums multiplied, at least two each. */
const PRIMES: ReadonlySet<number> = new Set([2, 3, 5, 7, 11, 13, 17, 19, 23]);

/** The factors of a primitive multilinear polynomial without a monomial factor. */
function disjointFactors(p: Polynomial): Polynomial[] {
  const found: Polynomial[] = [];
  let rest = p;
  while (!PRIMES.has(rest.size) && rest.size > 1) {
    const names = variablesOf(rest);
    const together = factorOfFirst(rest, names);
    if (together.length === names.length) break;
    const [factor, others] = split(rest, together);
    found.push(factor);
    rest = others;
  }
  if (!isConstant(rest)) found.push(rest);
  return found;
}

/** p = factor(variables) * others(the other variables) */
function split(p: Polynomial, variables: readonly number[]): [Polynomial, Polynomial] {
  let mask = 0n;
  for (const v of variables) mask |= monomial(v, 255);
  const [first] = p.keys();
  const outside = (first ?? 0n) & ~mask;
  const factor = new Map<Monomial, bigint>();
  for (const [m, c] of p) if ((m & ~mask) === outside) factor.set(m & mask, c);
  const primitive = dividedBy(factor, contentOf(factor));
  const others = quotient(p, primitive);
  if (others === undefined) throw new Error('A factor of a polynomial does not divide it.');
  return [primitive, others];
}

/** Of the variables (all of p), those in one irreducible factor with the first. */
function factorOfFirst(p: Polynomial, variables: readonly number[]): number[] {
  const [first = 0] = variables;
  const places = new Map(variables.map((v, i) => [v, i]));
  const terms = [...p].map(([m, c]) => ({
    c: modulo(Number(c % BigInt(PRIME))),
    inside: exponents(m).flatMap(([v]) => (v === first ? [] : [places.get(v) ?? 0])),
    hasFirst: exponents(m).some(([v]) => v === first),
  }));
  const point = variables.map((_, i) => residue(i + 1));
  const ratio = (): readonly [number, number] => {
    let [a, b] = [0, 0];
    for (const { c, inside, hasFirst } of terms) {
      let value = c;
      for (const i of inside) value = (value * (point[i] ?? 0)) % PRIME;
      if (hasFirst) a = (a + value) % PRIME;
      else b = (b + value) % PRIME;
    }
    return [a, b];
  };
  const [a, b] = ratio();
  return variables.filter((_, i) => {
    if (i === 0) return true;
    const kept = point[i] ?? 0;
    point[i] = residue(i + 1 + variables.length);
    const [c, d] = ratio();
    point[i] = kept;
    return (a * d) % PRIME !== (b * c) % PRIME;
  });
}

/** Products of residues are exact in a double. */
const PRIME = 67_108_859; // the largest prime below 2^26

function modulo(n: number): number {
  return ((n % PRIME) + PRIME) % PRIME;
}

/** Scattered, and the same in every run. */
function residue(index: number): number {
  return 2 + ((index * 40_503_113 + index * index * 7_919_003) % (PRIME - 2));
}

/** Factors of a primitive polynomial by contents and repeated factors: not always down to irreducible ones. */
function generalFactors(p: Polynomial): Polynomial[] {
  if (p.size > MOST_TERMS) return [p];
  for (const v of variablesOf(p)) {
    const content = contentIn(p, v);
    if (!isConstant(content)) return bothFactored(p, content);
    const repeated = commonDivisor(p, derivative(p, v));
    if (!isConstant(repeated) && repeated.size < p.size) return bothFactored(p, repeated);
  }
  return [p];
}

function bothFactored(p: Polynomial, divisor: Polynomial): Polynomial[] {
  const primitive = dividedBy(divisor, contentOf(divisor));
  const other = quotient(p, primitive);
  if (other === undefined) return [p];
  return [primitive, other].flatMap((part) =>
    factored(part).factors.flatMap(({ base, power }) => new Array<Polynomial>(power).fill(base)),
  );
}

function derivative(p: Polynomial, v: number): Polynomial {
  const result = new Map<Monomial, bigint>();
  for (const [k, coefficient] of coefficients(p, v).entries()) {
    if (k === 0) continue;
    for (const [m, c] of coefficient) addTerm(result, m + monomial(v, k - 1), BigInt(k) * c);
  }
  return result;
}
