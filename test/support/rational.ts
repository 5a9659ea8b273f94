// Exact rational numbers and exact dense linear algebra: the truth that floating-point results are compared with.
//
// Every finite double is a rational m 2^e. Linear systems are solved by Bareiss's fraction-free elimination
// (Math. Comp. 22, 1968) on integers, after each equation is multiplied by its common denominator.

/** numerator / denominator, in lowest terms, denominator > 0. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 0n) throw new RangeError('A rational needs a non-zero denominator.');
  const divisor = gcd(numerator, denominator) * (denominator < 0n ? -1n : 1n);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

export const ZERO = rational(0n);

/** The value of a finite double, exactly. */
export function fromNumber(x: number): Rational {
  if (!Number.isFinite(x)) throw new RangeError(`${x} is not a rational number.`);
  let mantissa = x;
  let halvings = 0n;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    halvings++;
  }
  return rational(BigInt(mantissa), 1n << halvings);
}

/** Σ values, exactly: fromNumbers(high, low) is a double-double. */
export function fromNumbers(...values: number[]): Rational {
  return values.map(fromNumber).reduce(add, ZERO);
}

export function add(a: Rational, b: Rational): Rational {
  return rational(
    a.numerator * b.denominator + b.numerator * a.denominator,
    a.denominator * b.denominator,
  );
}

export function negate(a: Rational): Rational {
  return { numerator: -a.numerator, denominator: a.denominator };
}

export function subtract(a: Rational, b: Rational): Rational {
  return add(a, negate(b));
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

export function divide(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}

export function absolute(a: Rational): Rational {
  return a.numerator < 0n ? negate(a) : a;
}

/** Negative, 0 or positive as a < b, a = b or a > b. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The nearest double, ties to even. */
export function toNumber(a: Rational): number {
  if (a.numerator === 0n) return 0;
  const m = a.numerator < 0n ? -a.numerator : a.numerator;
  let exponent = bitLength(m) - bitLength(a.denominator);
  const up = BigInt(Math.max(exponent, 0));
  const down = BigInt(Math.max(-exponent, 0));
  if (m << down < a.denominator << up) exponent--; // now 2^exponent <= m / d < 2^(exponent + 1)
  const ulp = Math.max(exponent - 52, -1074); // the unit in the last place is 2^ulp
  const dividend = ulp < 0 ? m << BigInt(-ulp) : m;
  const divisor = ulp < 0 ? a.denominator : a.denominator << BigInt(ulp);
  let quotient = dividend / divisor;
  const twice = 2n * (dividend - quotient * divisor);
  if (twice > divisor || (twice === divisor && quotient % 2n === 1n)) quotient++;
  const magnitude = Number(quotient) * 2 ** ulp;
  return a.numerator < 0n ? -magnitude : magnitude;
}

/** a / b as a double, for relative errors; 0 / 0 = 0. */
export function ratio(a: Rational, b: Rational): number {
  if (b.numerator === 0n) return a.numerator === 0n ? 0 : Number.POSITIVE_INFINITY;
  return toNumber(divide(a, b));
}

/** det A of a square matrix given by rows. */
export function determinant(A: readonly (readonly Rational[])[]): Rational {
  const { rows, scale } = integers(A);
  const n = rows.length;
  const { rank, sign } = eliminate(rows, n);
  if (rank < n) return ZERO;
  return divide(rational(n === 0 ? 1n : BigInt(sign) * rows[n - 1]![n - 1]!), rational(scale));
}

/** The rank of a matrix given by rows. */
export function rank(A: readonly (readonly Rational[])[]): number {
  const { rows } = integers(A);
  return eliminate(rows, A[0]?.length ?? 0).rank;
}

/** x = A\b for a square matrix given by rows; undefined when A is singular. */
export function solve(
  A: readonly (readonly Rational[])[],
  b: readonly Rational[],
): Rational[] | undefined {
  const solution = solveAll(A, [b])?.[0];
  return solution?.numerators.map((value) => rational(value, solution.denominator));
}

/** A vector of rationals over one denominator > 0, not in lowest terms. */
export interface RationalVector {
  readonly numerators: readonly bigint[];
  readonly denominator: bigint;
}

/** A\b for every b of `columns` by one elimination; undefined when A is singular. */
export function solveAll(
  A: readonly (readonly Rational[])[],
  columns: readonly (readonly Rational[])[],
): RationalVector[] | undefined {
  const n = A.length;
  const { rows } = integers(A.map((row, i) => [...row, ...columns.map((b) => b[i]!)]));
  if (eliminate(rows, n).rank < n) return undefined;
  const D = n === 0 ? 1n : rows[n - 1]![n - 1]!; // ± the determinant, so that D x is an integer vector (Cramer)
  const sign = D < 0n ? -1n : 1n;
  return columns.map((_, c) => {
    const Dx = new Array<bigint>(n).fill(0n);
    for (let i = n - 1; i >= 0; i--) {
      const row = rows[i]!;
      let right = D * row[n + c]!;
      for (let j = i + 1; j < n; j++) right -= row[j]! * Dx[j]!;
      Dx[i] = right / row[i]!; // exact
    }
    return { numerators: Dx.map((value) => sign * value), denominator: sign * D };
  });
}

/** Rows times their common denominators, and the product of these. */
function integers(A: readonly (readonly Rational[])[]): { rows: bigint[][]; scale: bigint } {
  let scale = 1n;
  const rows = A.map((row) => {
    const common = row.reduce((d, a) => (d / gcd(d, a.denominator)) * a.denominator, 1n);
    scale *= common;
    return row.map((a) => (a.numerator * common) / a.denominator);
  });
  return { rows, scale };
}

/** Row echelon form by Bareiss in the first `width` columns, in place. */
function eliminate(rows: bigint[][], width: number): { rank: number; sign: 1 | -1 } {
  let before = 1n;
  let rank = 0;
  let sign: 1 | -1 = 1;
  for (let j = 0; j < width && rank < rows.length; j++) {
    const found = rows.findIndex((row, i) => i >= rank && row[j] !== 0n);
    if (found === -1) continue;
    if (found !== rank) {
      [rows[found], rows[rank]] = [rows[rank]!, rows[found]!];
      sign = sign === 1 ? -1 : 1;
    }
    const pivotRow = rows[rank]!;
    const pivot = pivotRow[j]!;
    for (let i = rank + 1; i < rows.length; i++) {
      const row = rows[i]!;
      const factor = row[j]!;
      for (let c = j; c < row.length; c++)
        row[c] = (row[c]! * pivot - factor * pivotRow[c]!) / before;
    }
    before = pivot;
    rank++;
  }
  return { rank, sign };
}

function bitLength(a: bigint): number {
  return a.toString(2).length;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}
