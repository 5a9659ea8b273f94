/**
 * Sparse polynomials with integer coefficients. A monomial is one integer: byte v of it is the exponent of
 * variable v, so that monomials multiply by addition and their numeric order is a lexicographic one.
 */

export type Monomial = bigint;

/** Coefficients by monomial; none is 0. */
export type Polynomial = ReadonlyMap<Monomial, bigint>;

const BITS = 8n;
export const HIGHEST_EXPONENT = 255;

export const ZERO: Polynomial = new Map();
export const ONE: Polynomial = new Map([[0n, 1n]]);

export function constant(value: bigint): Polynomial {
  return value === 0n ? ZERO : new Map([[0n, value]]);
}

/** variable^exponent as a monomial. */
export function monomial(variable: number, exponent = 1): Monomial {
  return BigInt(exponent) << (BITS * BigInt(variable));
}

export function variable(index: number): Polynomial {
  return new Map([[monomial(index), 1n]]);
}

export function isConstant(p: Polynomial): boolean {
  return p.size === 0 || (p.size === 1 && p.has(0n));
}

/** The one term of a polynomial that has one. */
export function singleTerm(p: Polynomial): readonly [Monomial, bigint] | undefined {
  if (p.size !== 1) return undefined;
  for (const term of p) return term;
  return undefined;
}

/** p + q */
export function add(p: Polynomial, q: Polynomial): Polynomial {
  if (p.size === 0) return q;
  if (q.size === 0) return p;
  const sum = new Map(p);
  for (const [m, c] of q) addTerm(sum, m, c);
  return sum;
}

/** sum[m] += c */
export function addTerm(sum: Map<Monomial, bigint>, m: Monomial, c: bigint): void {
  const total = (sum.get(m) ?? 0n) + c;
  if (total === 0n) sum.delete(m);
  else sum.set(m, total);
}

/** p - q */
export function subtract(p: Polynomial, q: Polynomial): Polynomial {
  return add(p, scale(q, -1n));
}

/** c p */
export function scale(p: Polynomial, c: bigint): Polynomial {
  if (c === 1n) return p;
  if (c === 0n) return ZERO;
  return new Map([...p].map(([m, value]) => [m, c * value]));
}

/** p q */
export function multiply(p: Polynomial, q: Polynomial): Polynomial {
  const product = new Map<Monomial, bigint>();
  for (const [m, c] of p) for (const [n, d] of q) addTerm(product, m + n, c * d);
  return product;
}

export function product(factors: readonly Polynomial[]): Polynomial {
  return factors.reduce(multiply, ONE);
}

type Exponents = readonly (readonly [variable: number, exponent: number])[];

/** Monomials that were taken apart lately; forgotten when there are too many. */
const apart = new Map<Monomial, Exponents>();
const MOST_REMEMBERED = 20_000;

/** Variables of a monomial with their exponents, ascending. */
export function exponents(m: Monomial): Exponents {
  const known = apart.get(m);
  if (known !== undefined) return known;
  const digits = m.toString(16);
  const found: [number, number][] = [];
  for (let end = digits.length, index = 0; end > 0; end -= 2, index++) {
    const exponent = Number.parseInt(digits.slice(Math.max(0, end - 2), end), 16);
    if (exponent > 0) found.push([index, exponent]);
  }
  if (apart.size >= MOST_REMEMBERED) apart.clear();
  apart.set(m, found);
  return found;
}

/** Order of terms: by their variables, ascending. */
export function compareMonomials(m: Monomial, n: Monomial): number {
  const [a, b] = [exponents(m), exponents(n)];
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i]?.[0] ?? 0) - (b[i]?.[0] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Every variable with its largest exponent. */
export function degrees(p: Polynomial): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const m of p.keys()) {
    for (const [v, exponent] of exponents(m)) {
      if (exponent > (found.get(v) ?? 0)) found.set(v, exponent);
    }
  }
  return found;
}

export function variablesOf(p: Polynomial): readonly number[] {
  return [...degrees(p).keys()].sort((a, b) => a - b);
}

/** The exponent of a variable in a monomial. */
export function exponentOf(m: Monomial, v: number): number {
  return Number((m >> (BITS * BigInt(v))) & 255n);
}

/** p = sum coefficients[k] v^k */
export function coefficients(p: Polynomial, v: number): readonly Polynomial[] {
  const powers: Map<Monomial, bigint>[] = [];
  for (const [m, c] of p) {
    const exponent = exponentOf(m, v);
    while (powers.length <= exponent) powers.push(new Map());
    powers[exponent]?.set(m - monomial(v, exponent), c);
  }
  return powers;
}

/** The greatest common divisor of the coefficients, positive; 0 for the polynomial 0. */
export function contentOf(p: Polynomial): bigint {
  let divisor = 0n;
  for (const c of p.values()) {
    divisor = greatestCommonDivisor(divisor, c);
    if (divisor === 1n) break;
  }
  return divisor;
}

export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  if (b === 1n || a === 1n) return 1n;
  let [m, n] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (n !== 0n) [m, n] = [n, m % n];
  return m;
}

/** p / c for a divisor of all its coefficients. */
export function dividedBy(p: Polynomial, c: bigint): Polynomial {
  return c === 1n ? p : new Map([...p].map(([m, value]) => [m, value / c]));
}

/** p / q where q divides p; undefined where it does not. */
export function quotient(p: Polynomial, q: Polynomial): Polynomial | undefined {
  const [leading, coefficient] = leadingTerm(q);
  const rest = new Map(p);
  const result = new Map<Monomial, bigint>();
  while (rest.size > 0) {
    const [m, c] = leadingTerm(rest);
    if (!divides(leading, m) || c % coefficient !== 0n) return undefined;
    const [factor, times] = [m - leading, c / coefficient];
    result.set(factor, times);
    for (const [n, d] of q) addTerm(rest, n + factor, -d * times);
  }
  return result;
}

function leadingTerm(p: Polynomial): readonly [Monomial, bigint] {
  let highest: readonly [Monomial, bigint] = [-1n, 0n];
  for (const term of p) if (term[0] > highest[0]) highest = term;
  return highest;
}

function divides(divisor: Monomial, m: Monomial): boolean {
  if (divisor > m) return false;
  return exponents(divisor).every(([v, exponent]) => exponentOf(m, v) >= exponent);
}

const keys = new WeakMap<Polynomial, string>();

/** A text that only equal polynomials share. */
export function keyOf(p: Polynomial): string {
  const known = keys.get(p);
  if (known !== undefined) return known;
  const terms = [...p].map(([m, c]) => `${m.toString(36)}*${c}`);
  const key = terms.length === 1 ? (terms[0] ?? '') : terms.sort().join(' ');
  keys.set(p, key);
  return key;
}

/** Every variable replaced by a multiple of another one. */
export function substituted(
  p: Polynomial,
  replacement: (v: number) => { readonly variable: number; readonly factor: bigint },
): Polynomial {
  const result = new Map<Monomial, bigint>();
  for (const [m, c] of p) {
    let [replaced, coefficient] = [0n, c];
    for (const [v, exponent] of exponents(m)) {
      const { variable: other, factor } = replacement(v);
      replaced += monomial(other, exponent);
      coefficient *= factor ** BigInt(exponent);
    }
    addTerm(result, replaced, coefficient);
  }
  return result;
}

/** The value of p with `valueAt` for its variables. */
export function evaluated(p: Polynomial, valueAt: (v: number) => number): number {
  let sum = 0;
  for (const [m, c] of p) {
    sum += exponents(m).reduce((value, [v, e]) => value * valueAt(v) ** e, Number(c));
  }
  return sum;
}
