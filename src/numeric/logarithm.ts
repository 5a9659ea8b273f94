// ln x and e^x from + - * / alone, which every machine rounds alike; Math.log and Math.exp differ in the last bit from
// engine to engine, and a seeded run may not.

const LN2_HIGH = 0.6931471803691238; // the upper 33 bits of ln 2, so that k LN2_HIGH is exact
const LN2_LOW = 1.9082149292705877e-10;
const SQRT_HALF = Math.SQRT1_2;

/** 1/25, 1/23, ... 1/3. */
const ODD_INVERSES = Array.from({ length: 12 }, (_, k) => 1 / (25 - 2 * k));
/** 1/17!, 1/16!, ... 1/0!. */
const FACTORIAL_INVERSES = Array.from({ length: 18 }, (_, k) => {
  let factorial = 1;
  for (let n = 2; n <= 17 - k; n++) factorial *= n;
  return 1 / factorial;
});

const bits = new DataView(new ArrayBuffer(8));

/** ln x of a normal x > 0, to about 1e-16 of the larger of itself and 1: ln m = 2 artanh((m - 1)/(m + 1)), x = m 2^e. */
export function logarithm(x: number): number {
  bits.setFloat64(0, x);
  const word = bits.getUint32(0);
  let e = ((word >>> 20) & 0x7ff) - 1022;
  bits.setUint32(0, (word & 0x800fffff) | (1022 << 20)); // 1/2 <= m < 1
  let m = bits.getFloat64(0);
  if (m < SQRT_HALF) {
    m *= 2;
    e--;
  }
  const s = (m - 1) / (m + 1);
  const s2 = s * s; // at most 0.0295: 13 terms leave 1e-21
  let series = 0;
  for (let k = 0; k < ODD_INVERSES.length; k++) series = (series + ODD_INVERSES[k]!) * s2;
  return e * LN2_HIGH + (2 * (s + s * series) + e * LN2_LOW);
}

/** e^x for |x| < 700, to about 1e-16 of itself: the Taylor series of what is left of x beside k ln 2. */
export function exponential(x: number): number {
  const k = Math.round(x / LN2_HIGH);
  const r = x - k * LN2_HIGH - k * LN2_LOW; // |r| <= 0.35: 17 terms leave 1e-22
  let series = 0;
  for (let k = 0; k < FACTORIAL_INVERSES.length; k++) series = series * r + FACTORIAL_INVERSES[k]!;
  bits.setUint32(0, (k + 1023) << 20);
  bits.setUint32(4, 0);
  return series * bits.getFloat64(0);
}
