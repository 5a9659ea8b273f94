// Arithmetic modulo the prime p = 94906249, whose residues have products that are exact doubles: p² < 2^53.
//
// Residues are balanced, |r| <= p/2, so that -r is the negative of r and reducing needs no case distinction: subtract the
// multiple of p nearest to t. Any integer below p in magnitude is accepted as a residue.

export const PRIME = 94906249;
/** 1/2 in GF(p). */
export const HALF = (PRIME + 1) / 2;
const TO_INTEGER = 1.5 * 2 ** 52; // adding and subtracting it rounds |x| < 2^51 to the nearest integer

/**
 * t mod p for an integer |t| < 2^53, in -p/2 .. p/2 up to 2 beyond the ends (t/p carries a rounding error of 2^-26 in its
 * units place); 0 exactly when p divides t.
 */
export function reduce(t: number): number {
  const q = t * (1 / PRIME) + TO_INTEGER - TO_INTEGER;
  return t - q * PRIME;
}

/** a b for residues. */
export function multiply(a: number, b: number): number {
  return reduce(a * b);
}

/** base^exponent for a residue and an integer exponent >= 0. */
export function power(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let e = exponent; e > 0; e = Math.floor(e / 2)) {
    if (e % 2 === 1) result = multiply(result, square);
    square = multiply(square, square);
  }
  return result;
}

/** 1/a for a residue a ≠ 0 (Fermat). */
export function inverse(a: number): number {
  if (reduce(a) === 0) throw new RangeError('Zero has no inverse.');
  return power(a, PRIME - 2);
}
