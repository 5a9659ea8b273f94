// P R A Q = L U: sparse LU with row scaling R and threshold partial pivoting, and the solutions it gives.
//
// Left-looking by columns (Gilbert and Peierls 1988, see reach.ts): column k of L and U is x = L \ (R A Q e_k). The pivot
// is the row preferred by the analysis when it is at least 0.1 of the largest candidate, which bounds the growth of L by
// 10 and keeps its factors sparse; else the largest. Errors left by that are removed by refine.ts.

import { Preference } from './preference.ts';
import { GrowingColumns, Reach } from './reach.ts';
import { rowScale } from './scaling.ts';
import { sum } from './sum.ts';
import type { Symbolic } from './symbolic.ts';
import type { SparseMatrix, SparsePattern } from './terms.ts';

const THRESHOLD = 0.1;

/** A triangular factor by columns without its diagonal; indices are steps of the elimination. */
export interface Triangle {
  readonly pointers: Int32Array; // (n + 1)
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** P R A Q = L U, where (P b)_k = b[rowOrder[k]], (R b)_i = rowScale[i] b_i and (Qᵀ x)_k = x[columnOrder[k]]. */
export interface Lu {
  readonly n: number;
  readonly pattern: SparsePattern; // of A
  readonly columnOrder: Int32Array; // (n)
  readonly rowOrder: Int32Array; // (n)
  readonly rowScale: Float64Array; // (n) powers of two
  readonly lower: Triangle; // below the unit diagonal of L
  readonly upper: Triangle; // above the diagonal of U; each column in topological order
  readonly pivots: Float64Array; // (n) the diagonal of U
}

/** A has no usable pivot left in a column: it is singular. */
export class SingularMatrixError extends Error {
  override readonly name = 'SingularMatrixError';
  readonly column: number;

  constructor(column: number) {
    super(`The matrix is singular: column ${column} depends on the columns eliminated before it.`);
    this.column = column;
  }
}

/**
 * P R A Q = L U with new pivots.
 * @throws {SingularMatrixError} when a column has no non-zero pivot. An exactly singular A may also pass with a pivot
 *   that is rounding noise; refinement then reports `converged: false`.
 */
export function factor(A: SparseMatrix, symbolic: Symbolic): Lu {
  const { n, columnPointers, rowIndices, values } = A;
  const { columnOrder } = symbolic;
  const scale = rowScale(A);
  const preference = new Preference(symbolic.rowPreference);
  const stepOf = new Int32Array(n).fill(-1);
  const rowOrder = new Int32Array(n);
  const pivots = new Float64Array(n);
  const lower = new GrowingColumns(n, 2 * values.length + n);
  const upper = new GrowingColumns(n, 2 * values.length + n);
  const reach = new Reach(stepOf, lower);
  const x = new Float64Array(n); // by row of A; zero between columns

  for (let k = 0; k < n; k++) {
    const column = columnOrder[k]!;
    const begin = columnPointers[column]!;
    const end = columnPointers[column + 1]!;
    reach.from(rowIndices, begin, end);
    for (let p = begin; p < end; p++) x[rowIndices[p]!] = scale[rowIndices[p]!]! * values[p]!; // x = R A(:, column)
    upper.reserve(n - reach.top);
    lower.reserve(reach.rowCount);
    eliminate(x, reach, rowOrder, lower, upper); // x = L \ x
    const row = choosePivot(x, reach, preference.of[k]!);
    if (row === -1) throw new SingularMatrixError(column);
    preference.take(k, row);
    const pivot = x[row]!;
    for (let r = 0; r < reach.rowCount; r++) {
      const i = reach.rows[r]!;
      if (i !== row) lower.push(i, x[i]! / pivot); // L(:, k) = x / u_kk
      x[i] = 0;
    }
    lower.endColumn();
    pivots[k] = pivot;
    rowOrder[k] = row;
    stepOf[row] = k;
    reach.prune(k, row);
  }

  for (let p = 0; p < lower.count; p++) lower.indices[p] = stepOf[lower.indices[p]!]!; // L = P L
  return {
    n,
    pattern: A,
    columnOrder,
    rowOrder,
    rowScale: scale,
    lower: finished(lower),
    upper: finished(upper),
    pivots,
  };
}

/** U(:, k) = the part of L \ x in pivot rows, which is moved from x to U; the rest of x is updated. */
function eliminate(
  x: Float64Array,
  reach: Reach,
  rowOrder: Int32Array,
  lower: GrowingColumns,
  upper: GrowingColumns,
): void {
  const { pointers, indices, values } = lower;
  for (let s = reach.top; s < reach.steps.length; s++) {
    const j = reach.steps[s]!;
    const row = rowOrder[j]!;
    const xj = x[row]!;
    x[row] = 0;
    upper.push(j, xj);
    if (xj === 0) continue;
    const end = pointers[j + 1]!;
    for (let p = pointers[j]!; p < end; p++) x[indices[p]!]! -= values[p]! * xj;
  }
  upper.endColumn();
}

/** The preferred row if it is large enough, else the row of the largest candidate; -1 if all are zero. */
function choosePivot(x: Float64Array, reach: Reach, preferred: number): number {
  let largest = 0;
  let row = -1;
  for (let r = 0; r < reach.rowCount; r++) {
    const i = reach.rows[r]!;
    const magnitude = Math.abs(x[i]!);
    if (magnitude > largest) {
      largest = magnitude;
      row = i;
    }
  }
  if (row === -1 || largest === Number.POSITIVE_INFINITY) return -1;
  return Math.abs(x[preferred]!) >= THRESHOLD * largest ? preferred : row;
}

function finished({ pointers, indices, values, count }: GrowingColumns): Triangle {
  return { pointers, indices: indices.slice(0, count), values: values.slice(0, count) };
}

/**
 * P R A Q = L U with the pivots and patterns of an earlier factorisation, for new values of A (and a new R). Equal values
 * give equal factors; very different ones may make old pivots small, which refinement shows as a poor contraction.
 * @throws {SingularMatrixError} when a pivot is zero.
 * @throws {RangeError} when A has another pattern.
 */
export function refactor(lu: Lu, A: SparseMatrix): Lu {
  if (!samePattern(lu.pattern, A))
    throw new RangeError('refactor needs a matrix of the same pattern.');
  const { n, columnOrder, rowOrder, lower, upper } = lu;
  const { columnPointers, rowIndices, values } = A;
  const scale = rowScale(A);
  const stepOf = new Int32Array(n);
  for (let k = 0; k < n; k++) stepOf[rowOrder[k]!] = k;
  const lowerValues = new Float64Array(lower.values.length);
  const upperValues = new Float64Array(upper.values.length);
  const pivots = new Float64Array(n);
  const x = new Float64Array(n); // by step; zero between columns

  for (let k = 0; k < n; k++) {
    const column = columnOrder[k]!;
    for (let p = columnPointers[column]!; p < columnPointers[column + 1]!; p++) {
      const i = rowIndices[p]!;
      x[stepOf[i]!] = scale[i]! * values[p]!;
    }
    for (let q = upper.pointers[k]!; q < upper.pointers[k + 1]!; q++) {
      const j = upper.indices[q]!;
      const xj = x[j]!;
      x[j] = 0;
      upperValues[q] = xj;
      if (xj === 0) continue;
      const end = lower.pointers[j + 1]!;
      for (let p = lower.pointers[j]!; p < end; p++) x[lower.indices[p]!]! -= lowerValues[p]! * xj;
    }
    const pivot = x[k]!;
    if (!(Math.abs(pivot) > 0 && Number.isFinite(pivot))) throw new SingularMatrixError(column);
    x[k] = 0;
    pivots[k] = pivot;
    for (let p = lower.pointers[k]!; p < lower.pointers[k + 1]!; p++) {
      lowerValues[p] = x[lower.indices[p]!]! / pivot;
      x[lower.indices[p]!] = 0;
    }
  }
  return {
    ...lu,
    pattern: A,
    rowScale: scale,
    lower: { ...lower, values: lowerValues },
    upper: { ...upper, values: upperValues },
    pivots,
  };
}

/** Whether two matrices have their entries in the same places. */
export function samePattern(a: SparsePattern, b: SparsePattern): boolean {
  return (
    a.n === b.n &&
    sameIntegers(a.columnPointers, b.columnPointers) &&
    sameIntegers(a.rowIndices, b.rowIndices)
  );
}

function sameIntegers(a: Int32Array, b: Int32Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** x = A\b. */
export function solve(lu: Lu, b: Float64Array): Float64Array {
  const { n, columnOrder, rowOrder, rowScale: scale, lower, upper, pivots } = lu;
  const y = new Float64Array(n);
  for (let k = 0; k < n; k++) y[k] = scale[rowOrder[k]!]! * b[rowOrder[k]!]!; // y = P R b
  for (let k = 0; k < n; k++) {
    const yk = y[k]!; // y = L \ y
    if (yk === 0) continue;
    const end = lower.pointers[k + 1]!;
    for (let p = lower.pointers[k]!; p < end; p++) y[lower.indices[p]!]! -= lower.values[p]! * yk;
  }
  for (let k = n - 1; k >= 0; k--) {
    if (y[k] === 0) continue;
    const yk = y[k]! / pivots[k]!; // y = U \ y
    y[k] = yk;
    const end = upper.pointers[k + 1]!;
    for (let p = upper.pointers[k]!; p < end; p++) y[upper.indices[p]!]! -= upper.values[p]! * yk;
  }
  const x = new Float64Array(n);
  for (let k = 0; k < n; k++) x[columnOrder[k]!] = y[k]!; // x = Q y
  return x;
}

/** x = Aᵀ\b, the adjoint solution. */
export function solveTransposed(lu: Lu, b: Float64Array): Float64Array {
  const { n, columnOrder, rowOrder, rowScale: scale, lower, upper, pivots } = lu;
  const y = new Float64Array(n);
  for (let k = 0; k < n; k++) y[k] = b[columnOrder[k]!]!; // y = Qᵀ b
  for (let k = 0; k < n; k++) {
    let yk = y[k]!; // y = Uᵀ \ y
    const end = upper.pointers[k + 1]!;
    for (let p = upper.pointers[k]!; p < end; p++) yk -= upper.values[p]! * y[upper.indices[p]!]!;
    y[k] = yk / pivots[k]!;
  }
  for (let k = n - 1; k >= 0; k--) {
    let yk = y[k]!; // y = Lᵀ \ y
    const end = lower.pointers[k + 1]!;
    for (let p = lower.pointers[k]!; p < end; p++) yk -= lower.values[p]! * y[lower.indices[p]!]!;
    y[k] = yk;
  }
  const x = new Float64Array(n);
  for (let k = 0; k < n; k++) x[rowOrder[k]!] = scale[rowOrder[k]!]! * y[k]!; // x = R Pᵀ y
  return x;
}

/** det A = sign e^logMagnitude. */
export function determinant(lu: Lu): { sign: 1 | -1; logMagnitude: number } {
  let negative = isOdd(lu.rowOrder) !== isOdd(lu.columnOrder);
  for (const pivot of lu.pivots) if (pivot < 0) negative = !negative;
  const logs = [...lu.pivots].map(
    (pivot, k) => Math.log(Math.abs(pivot)) - Math.log(lu.rowScale[k]!),
  );
  return { sign: negative ? -1 : 1, logMagnitude: sum(logs) };
}

/** Whether a permutation is a product of an odd number of transpositions: n minus the number of its cycles is odd. */
function isOdd(permutation: Int32Array): boolean {
  const seen = new Uint8Array(permutation.length);
  let odd = false;
  for (let start = 0; start < permutation.length; start++) {
    for (let i = permutation[start]!; seen[start] === 0 && i !== start; i = permutation[i]!) {
      seen[i] = 1;
      odd = !odd;
    }
    seen[start] = 1;
  }
  return odd;
}
