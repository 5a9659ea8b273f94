/** Numbers of the netlist as exact ratios of integers: the shortest decimal that is the double, which is what was written. */

import { greatestCommonDivisor } from './polynomial.ts';

export interface DecimalRatio {
  readonly numerator: bigint;
  /** Positive; without a common divisor with the numerator. */
  readonly denominator: bigint;
}

export function decimalRatio(x: number): DecimalRatio {
  const [mantissa = '0', exponent = '0'] = String(x).split('e');
  const [whole = '0', digits = ''] = mantissa.split('.');
  const scale = Number(exponent) - digits.length;
  const numerator = BigInt(whole + digits) * 10n ** BigInt(Math.max(scale, 0));
  const denominator = 10n ** BigInt(Math.max(-scale, 0));
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** The least common multiple of the denominators. */
export function commonDenominator(ratios: readonly DecimalRatio[]): bigint {
  return ratios.reduce(
    (common, { denominator }) =>
      (common / greatestCommonDivisor(common, denominator)) * denominator,
    1n,
  );
}
