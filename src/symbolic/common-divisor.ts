/**
 * The greatest common divisor of polynomials of several variables, by primitive remainder sequences in one
 * variable after the other (Knuth, The Art of Computer Programming, vol. 2, 4.6.1). For the small polynomials
 * that are left when equal elements are declared; those of the circuit itself are multilinear (factors.ts).
 */

import {
  coefficients,
  constant,
  contentOf,
  dividedBy,
  greatestCommonDivisor,
  isConstant,
  monomial,
  multiply,
  ONE,
  type Polynomial,
  quotient,
  subtract,
  variablesOf,
} from './polynomial.ts';

/** gcd(p, q) up to its sign; gcd(0, q) = q. */
export function commonDivisor(p: Polynomial, q: Polynomial): Polynomial {
  if (p.size === 0) return q;
  if (q.size === 0) return p;
  if (isConstant(p) || isConstant(q)) {
    return constant(greatestCommonDivisor(contentOf(p), contentOf(q)));
  }
  const inP = variablesOf(p);
  const inQ = new Set(variablesOf(q));
  const alone = inP.find((v) => !inQ.has(v));
  if (alone !== undefined) return commonDivisor(contentIn(p, alone), q);
  const shared = new Set(inP);
  const other = [...inQ].find((v) => !shared.has(v));
  if (other !== undefined) return commonDivisor(p, contentIn(q, other));
  const main = inP[0] ?? 0;
  const [contentP, contentQ] = [contentIn(p, main), contentIn(q, main)];
  const content = commonDivisor(contentP, contentQ);
  let a = exact(p, contentP);
  let b = exact(q, contentQ);
  if (degreeIn(a, main) < degreeIn(b, main)) [a, b] = [b, a];
  while (b.size > 0 && degreeIn(b, main) > 0) {
    const r = remainder({ a, b }, main);
    [a, b] = [b, r.size === 0 ? r : primitiveIn(r, main)];
  }
  const primitive = b.size === 0 ? primitiveIn(a, main) : ONE;
  return multiply(content, primitive);
}

/** The greatest common divisor of the coefficients of p as a polynomial in v. */
export function contentIn(p: Polynomial, v: number): Polynomial {
  let divisor: Polynomial = new Map();
  for (const coefficient of coefficients(p, v)) {
    divisor = commonDivisor(divisor, coefficient);
    if (divisor.size === 1 && divisor.get(0n) === 1n) break;
  }
  return divisor;
}

function primitiveIn(p: Polynomial, v: number): Polynomial {
  const primitive = exact(p, contentIn(p, v));
  return dividedBy(primitive, contentOf(primitive));
}

/** The pseudo-remainder of a by b in v: what is left of lc(b)^k a. */
function remainder({ a, b }: { a: Polynomial; b: Polynomial }, v: number): Polynomial {
  const byPower = coefficients(b, v);
  const degree = byPower.length - 1;
  const leading = byPower[degree] ?? ONE;
  let rest = a;
  while (rest.size > 0 && degreeIn(rest, v) >= degree) {
    const powers = coefficients(rest, v);
    const top = powers.at(-1) ?? ONE;
    const shift = new Map([[monomial(v, powers.length - 1 - degree), 1n]]);
    rest = subtract(multiply(rest, leading), multiply(multiply(top, shift), b));
  }
  return rest;
}

function degreeIn(p: Polynomial, v: number): number {
  return coefficients(p, v).length - 1;
}

function exact(p: Polynomial, q: Polynomial): Polynomial {
  const result = quotient(p, q);
  if (result === undefined) throw new Error('A divisor of a polynomial does not divide it.');
  return result;
}
