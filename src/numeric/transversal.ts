// Maximum transversal: a row for every column, each row used once, such that the entries a(row_j, j) are there.
//
// Duff, "On algorithms for obtaining a maximum transversal" (ACM TOMS 7, 1981): each column looks for a chain of
// reassignments that ends in a free row, depth first, with a cheap look-ahead. We match in three rounds - on strong
// entries, on non-zeros, on the whole pattern - because a matched entry becomes the preferred pivot of the LU, and an
// entry like 1/A_OL is a bad one. Rows seen by a search that failed can never lead to a free row in the same round and
// are not searched again, so that failures cost O(nnz) in all.

import { rowScale } from './scaling.ts';
import type { SparseMatrix } from './terms.ts';

const NONE = -1;

/** rowOf (n): the row matched with each column, a permutation; columns beyond the structural rank get leftover rows. */
export function maximumTransversal(A: SparseMatrix): Int32Array {
  const { n } = A;
  const strength = strengths(A);
  const rowOf = new Int32Array(n).fill(NONE);
  const columnOf = new Int32Array(n).fill(NONE);
  matchStrongDiagonal(A, strength, rowOf, columnOf);
  for (const least of [2, 1, 0]) augmentAll(A, strength, least, rowOf, columnOf);
  for (let j = 0, i = 0; j < n; j++) {
    if (rowOf[j] !== NONE) continue;
    while (columnOf[i] !== NONE) i++;
    rowOf[j] = i;
    columnOf[i] = j;
  }
  return rowOf;
}

/** Per entry: 2 if at least 0.1 of its column's largest in the row-scaled matrix, 1 if non-zero, 0 if zero. */
function strengths(A: SparseMatrix): Uint8Array {
  const { n, columnPointers, rowIndices, values } = A;
  const scale = rowScale(A);
  const strength = new Uint8Array(values.length);
  for (let j = 0; j < n; j++) {
    const end = columnPointers[j + 1]!;
    let largest = 0;
    for (let p = columnPointers[j]!; p < end; p++) {
      largest = Math.max(largest, Math.abs(values[p]! * scale[rowIndices[p]!]!));
    }
    for (let p = columnPointers[j]!; p < end; p++) {
      const magnitude = Math.abs(values[p]! * scale[rowIndices[p]!]!);
      strength[p] = magnitude === 0 ? 0 : magnitude >= 0.1 * largest ? 2 : 1;
    }
  }
  return strength;
}

/** A symmetric matrix should stay so: its own diagonal comes first. */
function matchStrongDiagonal(
  A: SparseMatrix,
  strength: Uint8Array,
  rowOf: Int32Array,
  columnOf: Int32Array,
): void {
  for (let j = 0; j < A.n; j++) {
    for (let p = A.columnPointers[j]!; p < A.columnPointers[j + 1]!; p++) {
      if (A.rowIndices[p] !== j || strength[p] !== 2) continue;
      rowOf[j] = j;
      columnOf[j] = j;
    }
  }
}

/** Matches as many columns as possible through entries of at least the given strength. */
function augmentAll(
  A: SparseMatrix,
  strength: Uint8Array,
  least: number,
  rowOf: Int32Array,
  columnOf: Int32Array,
): void {
  const { n, columnPointers, rowIndices } = A;
  const lookAhead = columnPointers.slice(0, n); // next entry to try for a free row; rows never become free again
  const cursor = new Int32Array(n); // next entry to try for a chain
  const path = new Int32Array(n); // columns of the chain
  const via = new Int32Array(n); // via[d]: row of path[d], now matched with path[d + 1]
  const seen = new Uint8Array(n);
  const seenRows = new Int32Array(n);

  for (let root = 0; root < n; root++) {
    if (rowOf[root] !== NONE) continue;
    let depth = 0;
    let seenCount = 0;
    let free = NONE;
    path[0] = root;
    cursor[root] = columnPointers[root]!;
    while (depth >= 0) {
      const j = path[depth]!;
      const end = columnPointers[j + 1]!;
      while (lookAhead[j]! < end && free === NONE) {
        const p = lookAhead[j]!++;
        if (strength[p]! >= least && columnOf[rowIndices[p]!] === NONE) free = rowIndices[p]!;
      }
      if (free !== NONE) break;
      let deeper = false;
      while (cursor[j]! < end && !deeper) {
        const p = cursor[j]!++;
        const i = rowIndices[p]!;
        if (strength[p]! < least || seen[i] === 1) continue;
        seen[i] = 1;
        seenRows[seenCount++] = i;
        via[depth] = i;
        path[++depth] = columnOf[i]!;
        cursor[columnOf[i]!] = columnPointers[columnOf[i]!]!;
        deeper = true;
      }
      if (!deeper) depth--;
    }
    if (free === NONE) continue; // the rows seen stay marked: no chain through them
    for (let row = free; depth >= 0; depth--) {
      rowOf[path[depth]!] = row;
      columnOf[row] = path[depth]!;
      if (depth > 0) row = via[depth - 1]!;
    }
    for (let s = 0; s < seenCount; s++) seen[seenRows[s]!] = 0;
  }
}
