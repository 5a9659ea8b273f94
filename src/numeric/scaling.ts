// Row scaling R A: every row of a circuit matrix is brought to size 1, so that the pivot threshold compares a Kirchhoff
// row [S] with an op amp row [V/V] and does not accept 1/A_OL = 1e-6 as a pivot. The factors are powers of two: scaling
// is exact.

import type { SparseMatrix } from './terms.ts';

/** r (n): powers of two with 1 <= max_j |r_i a_ij| < 2; r_i = 1 for an empty row. */
export function rowScale(A: SparseMatrix): Float64Array {
  const { n, rowIndices, values } = A;
  const scale = new Float64Array(n);
  for (let p = 0; p < values.length; p++) {
    const i = rowIndices[p]!;
    const magnitude = Math.abs(values[p]!);
    if (magnitude > scale[i]!) scale[i] = magnitude;
  }
  for (let i = 0; i < n; i++) scale[i] = scale[i] === 0 ? 1 : inversePowerOfTwo(scale[i]!);
  return scale;
}

const bits = new DataView(new ArrayBuffer(8));

/** 2^-e, where 2^e <= x < 2^(e+1), from the exponent field of x > 0; clamped to normal numbers. */
function inversePowerOfTwo(x: number): number {
  bits.setFloat64(0, x);
  const exponent = (bits.getUint32(0) >>> 20) & 0x7ff; // biased by 1023
  bits.setUint32(0, Math.max(2046 - exponent, 1) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}
