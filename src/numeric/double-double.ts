// Numbers of about 106 bits, each an unevaluated sum high + low of two doubles with |low| <= ulp(high)/2.
//
// Two-sum is Knuth's (TAOCP 4.2.2), two-product Dekker's with Veltkamp's split (Numer. Math. 18, 1971), because
// JavaScript has no fused multiply-add. The sums, products and quotients are those of Joldes, Muller and Popescu,
// "Tight and rigorous error bounds for basic building blocks of double-word arithmetic" (ACM TOMS 44, 2017); u = 2^-53.
// Operands up to 2^996 are safe; a product below 1e-292 loses bits of its low part to underflow.

/** A vector of double-doubles: component i is high[i] + low[i]. */
export interface DoubleVector {
  readonly high: Float64Array;
  readonly low: Float64Array;
}

/** One double-double: the value high + low. */
export type DoubleDouble = readonly [high: number, low: number];

const SPLITTER = 2 ** 27 + 1; // Veltkamp: splits 53 bits into 26 + 26 and a sign

/** s + e = a + b exactly, s = fl(a + b). */
export function twoSum(a: number, b: number): DoubleDouble {
  const s = a + b;
  const bVirtual = s - a;
  return [s, a - (s - bVirtual) + (b - bVirtual)];
}

/** p + e = a b exactly, p = fl(a b). */
export function twoProduct(a: number, b: number): DoubleDouble {
  const p = a * b;
  return [p, productError(a, b, p)];
}

/** a b - p exactly, where p = fl(a b). */
function productError(a: number, b: number, p: number): number {
  const ca = SPLITTER * a;
  const a1 = ca - (ca - a);
  const a2 = a - a1;
  const cb = SPLITTER * b;
  const b1 = cb - (cb - b);
  const b2 = b - b1;
  return a2 * b2 - (p - a1 * b1 - a2 * b1 - a1 * b2);
}

/** v_i += b, to 3u² relative (Joldes et al., algorithm 6). Allocates nothing: for hot loops. */
export function addTo(v: DoubleVector, i: number, bHigh: number, bLow: number): void {
  const { high, low } = v;
  const aHigh = high[i]!;
  const aLow = low[i]!;
  const s = aHigh + bHigh;
  const bv = s - aHigh;
  const sError = aHigh - (s - bv) + (bHigh - bv);
  const t = aLow + bLow;
  const tv = t - aLow;
  const tError = aLow - (t - tv) + (bLow - tv);
  const c = sError + t;
  const vh = s + c;
  const w = tError + (c - (vh - s));
  const z = vh + w;
  high[i] = z;
  low[i] = w - (z - vh);
}

/** v_i += a b, the product to 5u² relative (Joldes et al., algorithm 12 with Dekker's product). Allocates nothing. */
export function addProductTo(
  v: DoubleVector,
  i: number,
  aHigh: number,
  aLow: number,
  bHigh: number,
  bLow: number,
): void {
  const p = aHigh * bHigh;
  const e = productError(aHigh, bHigh, p) + (aHigh * bLow + (aLow * bHigh + aLow * bLow));
  const high = p + e;
  addTo(v, i, high, e - (high - p));
}

/** a + b, to 3u² relative. */
export function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const [s, sError] = twoSum(a[0], b[0]);
  const [t, tError] = twoSum(a[1], b[1]);
  const [v, vError] = quickTwoSum(s, sError + t);
  return quickTwoSum(v, tError + vError);
}

/** a - b, to 3u² relative. */
export function subtract(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  return add(a, [-b[0], -b[1]]);
}

/** a b, to 5u² relative. */
export function multiply(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const [p, e] = twoProduct(a[0], b[0]);
  return quickTwoSum(p, e + (a[0] * b[1] + (a[1] * b[0] + a[1] * b[1])));
}

/** a / b by three steps of long division, to about 10u² relative. */
export function divide(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const q1 = a[0] / b[0];
  if (q1 === 0 || !Number.isFinite(q1)) return [q1, 0];
  const r1 = subtract(a, multiply([q1, 0], b));
  const q2 = r1[0] / b[0];
  const r2 = subtract(r1, multiply([q2, 0], b));
  return add(quickTwoSum(q1, q2), [r2[0] / b[0], 0]);
}

/** 1 / x, to 2u² relative; 1/±Infinity = ±0 and 1/±0 = ±Infinity, so that an ideal op amp (A = Infinity) needs no case. */
export function reciprocal(x: number): DoubleDouble {
  const q = 1 / x;
  if (q === 0 || !Number.isFinite(q)) return [q, 0];
  const p = q * x;
  const remainder = 1 - p - productError(q, x, p); // exact: the remainder of a rounded quotient is a double
  return [q, remainder / x];
}

/** s + e = a + b exactly, where |a| >= |b| or a = 0. */
function quickTwoSum(a: number, b: number): DoubleDouble {
  const s = a + b;
  return [s, b - (s - a)];
}
