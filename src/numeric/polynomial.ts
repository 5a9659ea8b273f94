// Real roots of polynomials of low degree, found between the roots of their derivatives, where a polynomial is monotone.
// No closed form is used: Ferrari's and Cardano's lose digits where roots are close together.

/** c0 + c1 x + ... + cn x^n. */
export function polynomialAt(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, c) => sum * x + c, 0);
}

/**
 * The roots > 0 at which the polynomial changes sign, ascending, to the last digit that its values decide.
 * Roots of even order, where it only touches zero, may be missing: rounding decides about them.
 */
export function positiveRoots(coefficients: readonly number[]): number[] {
  const degree = coefficients.findLastIndex((c) => c !== 0);
  if (degree < 1) return [];
  const lead = coefficients[degree]!;
  const largest = Math.max(...coefficients.slice(0, degree).map((c) => Math.abs(c / lead)));
  const end = 1 + largest; // Cauchy: no root is larger
  const derivative = coefficients.slice(1, degree + 1).map((c, i) => (i + 1) * c);
  const borders = [0, ...positiveRoots(derivative).filter((x) => x < end), end];
  return borders.slice(1).flatMap((right, i) => {
    const left = borders[i]!;
    const [a, b] = [polynomialAt(coefficients, left), polynomialAt(coefficients, right)];
    if (b === 0) return [right];
    return a * b < 0 ? [bisected(coefficients, left, right)] : [];
  });
}

/** Halves an interval over which the sign changes until no double lies inside. */
function bisected(coefficients: readonly number[], left: number, right: number): number {
  const sign = Math.sign(polynomialAt(coefficients, right));
  let [low, high] = [left, right];
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (Math.sign(polynomialAt(coefficients, middle)) === sign) high = middle;
    else low = middle;
  }
}
