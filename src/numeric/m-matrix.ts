/**
 * I - B for a matrix B >= 0 (n x n, row by row). Elimination without pivoting meets positive pivots alone
 * exactly if the spectral radius of B is below 1: then I - B is a non-singular M-matrix, and its inverse
 * I + B + B^2 + ... is nowhere negative (Berman, Plemmons: Nonnegative Matrices in the Mathematical
 * Sciences, ch. 6).
 */

/** Pivots are at most 1; one below this could be the rounding of a spectral radius of 1. */
const SMALLEST_PIVOT = 1e-9;

/** L and U of I - B in one array (n x n), the diagonal of L is 1; undefined when rho(B) is not below 1. */
export function factorMMatrix(B: Float64Array, n: number): Float64Array | undefined {
  const lu = new Float64Array(n * n);
  for (let i = 0; i < lu.length; i++) lu[i] = -B[i]!;
  for (let i = 0; i < n; i++) lu[i * n + i]! += 1;
  for (let k = 0; k < n; k++) {
    const pivot = lu[k * n + k]!;
    if (!(pivot > SMALLEST_PIVOT)) return undefined;
    for (let i = k + 1; i < n; i++) {
      const factor = lu[i * n + k]! / pivot;
      if (factor === 0) continue;
      lu[i * n + k] = factor;
      for (let j = k + 1; j < n; j++) lu[i * n + j]! -= factor * lu[k * n + j]!;
    }
  }
  return lu;
}

/** x = (I - B) \ b */
export function solveMMatrix(lu: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const x = b.slice();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) x[i]! -= lu[i * n + j]! * x[j]!; // x = L \ x
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) x[i]! -= lu[i * n + j]! * x[j]!; // x = U \ x
    x[i]! /= lu[i * n + i]!;
  }
  return x;
}

/** x = (I - B)^T \ b */
export function solveMMatrixTransposed(lu: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const x = b.slice();
  for (let i = 0; i < n; i++) {
    x[i]! /= lu[i * n + i]!; // x = U^T \ x
    for (let j = i + 1; j < n; j++) x[j]! -= lu[i * n + j]! * x[i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = 0; j < i; j++) x[j]! -= lu[i * n + j]! * x[i]!; // x = L^T \ x
  }
  return x;
}
