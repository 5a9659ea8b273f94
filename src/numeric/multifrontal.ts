// Multifrontal LU: every supernode is a dense front, in which its columns are eliminated and whose rest is added to the front
// of its parent. The pivots are those of the matching and stay where they are; a matrix for which they do not serve is
// refused, and the caller pivots.
//
// Duff and Reid, "The multifrontal solution of indefinite sparse symmetric linear equations" (1983), for an unsymmetric
// matrix on the pattern of P A + (P A)'.

import type { Lu, Triangle } from './lu.ts';
import { rowScale } from './scaling.ts';
import { type Supernodes, supernodes } from './supernodes.ts';
import { type Symbolic, symmetricPattern } from './symbolic.ts';
import { grown, type SparseMatrix } from './terms.ts';

/** A multiplier above this is growth: the pivot is too small for its column. */
const LARGEST_MULTIPLIER = 1e3;

/** P R A Q = L U with static pivots; undefined when one of them is too small. */
export function multifrontal(A: SparseMatrix, symbolic: Symbolic): Lu | undefined {
  const rowOf = new Int32Array(A.n);
  symbolic.columnOrder.forEach((column, k) => {
    rowOf[column] = symbolic.rowPreference[k]!;
  });
  const tree = supernodes(symmetricPattern(A, rowOf), symbolic.columnOrder);
  const rowOrder = tree.order.map((column) => rowOf[column]!);
  const scale = rowScale(A);
  const permuted = permutedMatrix(A, { columnOrder: tree.order, rowOrder, scale });
  const factors = new Fronts(tree, permuted).factors();
  return (
    factors && {
      n: A.n,
      pattern: A,
      columnOrder: tree.order,
      rowOrder,
      rowScale: scale,
      ...factors,
    }
  );
}

/** B = P R A Q by columns, and where each entry is met: in the front of the earlier of its row and its column. */
interface Permuted {
  readonly n: number;
  /** Entries of front columns and rows from the diagonal on, by the earlier of both. */
  readonly pointers: Int32Array;
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

function permutedMatrix(
  { n, columnPointers, rowIndices, values }: SparseMatrix,
  {
    columnOrder,
    rowOrder,
    scale,
  }: { columnOrder: Int32Array; rowOrder: Int32Array; scale: Float64Array },
): Permuted {
  const place = new Int32Array(n);
  for (let k = 0; k < n; k++) place[rowOrder[k]!] = k;
  const pointers = new Int32Array(n + 1);
  for (let k = 0; k < n; k++) {
    const column = columnOrder[k]!;
    for (let p = columnPointers[column]!; p < columnPointers[column + 1]!; p++) {
      pointers[Math.min(k, place[rowIndices[p]!]!) + 1]!++;
    }
  }
  for (let k = 0; k < n; k++) pointers[k + 1]! += pointers[k]!;
  const next = pointers.slice(0, n);
  const [rows, columns] = [new Int32Array(values.length), new Int32Array(values.length)];
  const entries = new Float64Array(values.length);
  for (let k = 0; k < n; k++) {
    const column = columnOrder[k]!;
    for (let p = columnPointers[column]!; p < columnPointers[column + 1]!; p++) {
      const row = rowIndices[p]!;
      const to = next[Math.min(k, place[row]!)]!++;
      rows[to] = place[row]!;
      columns[to] = k;
      entries[to] = scale[row]! * values[p]!;
    }
  }
  return { n, pointers, rows, columns, values: entries };
}

class Fronts {
  readonly #tree: Supernodes;
  readonly #matrix: Permuted;
  readonly #local: Int32Array;
  /** What fronts leave to their parents: dense blocks on their rows below, one on the other. */
  #stack = new Float64Array(0);
  #top = 0;
  /** The supernodes of these blocks. */
  readonly #waiting: number[] = [];
  #front = new Float64Array(0);

  constructor(tree: Supernodes, matrix: Permuted) {
    this.#tree = tree;
    this.#matrix = matrix;
    this.#local = new Int32Array(matrix.n);
  }

  factors(): Pick<Lu, 'lower' | 'upper' | 'pivots'> | undefined {
    const { first, below } = this.#tree;
    const { n } = this.#matrix;
    const { lower, upper, next } = this.#triangles();
    const pivots = new Float64Array(n);
    for (let s = 0; s < below.length; s++) {
      const [begin, rest] = [first[s]!, below[s]!];
      const width = first[s + 1]! - begin;
      const size = width + rest.length;
      const F = this.#assembled(s, size);
      if (!eliminated(F, { width, size })) return undefined;
      for (let p = 0; p < width; p++) {
        pivots[begin + p] = F[p * size + p]!;
        for (let j = p + 1; j < size; j++) {
          const column = j < width ? begin + j : rest[j - width]!;
          const at = next[column]!++;
          upper.indices[at] = begin + p;
          upper.values[at] = F[p * size + j]!;
        }
      }
      for (let i = 1; i < size; i++) {
        const row = i < width ? begin + i : rest[i - width]!;
        for (let p = 0; p < i && p < width; p++) {
          const at = lower.pointers[begin + p]! + i - p - 1;
          lower.indices[at] = row;
          lower.values[at] = F[i * size + p]!;
        }
      }
      if (rest.length > 0) this.#leave(s, { F, width, size });
    }
    return { lower, upper, pivots };
  }

  /** Puts what is behind the columns of a front on the stack. */
  #leave(s: number, { F, width, size }: { F: Float64Array; width: number; size: number }): void {
    const m = size - width;
    const end = this.#top + m * m;
    if (end > this.#stack.length) this.#stack = grown(this.#stack, new Float64Array(2 * end));
    for (let i = width; i < size; i++) {
      const from = i * size + width;
      for (let j = 0; j < m; j++) this.#stack[this.#top++] = F[from + j]!;
    }
    this.#waiting.push(s);
  }

  /** Empty triangles of the right size, and where the next entry of each column of U goes. */
  #triangles(): { lower: Triangle; upper: Triangle; next: Int32Array } {
    const { first, below } = this.#tree;
    const { n } = this.#matrix;
    const [down, across] = [new Int32Array(n + 1), new Int32Array(n + 1)];
    for (let s = 0; s < below.length; s++) {
      const [begin, end] = [first[s]!, first[s + 1]!];
      for (let k = begin; k < end; k++) {
        down[k + 1] = end - 1 - k + below[s]!.length;
        across[k + 1]! += k - begin;
      }
      for (const row of below[s]!) across[row + 1]! += end - begin;
    }
    for (let k = 0; k < n; k++) {
      down[k + 1]! += down[k]!;
      across[k + 1]! += across[k]!;
    }
    const triangle = (pointers: Int32Array): Triangle => ({
      pointers,
      indices: new Int32Array(pointers[n]!),
      values: new Float64Array(pointers[n]!),
    });
    return { lower: triangle(down), upper: triangle(across), next: across.slice(0, n) };
  }

  /** The front of a supernode (size x size, row by row): its entries of the matrix, and what its children leave. */
  #assembled(s: number, size: number): Float64Array {
    const { first, below, children } = this.#tree;
    const { pointers, rows, columns, values } = this.#matrix;
    const [begin, end, rest] = [first[s]!, first[s + 1]!, below[s]!];
    if (this.#front.length < size * size) this.#front = new Float64Array(2 * size * size);
    const F = this.#front;
    F.fill(0, 0, size * size);
    const local = this.#local;
    for (let k = begin; k < end; k++) local[k] = k - begin;
    for (let i = 0; i < rest.length; i++) local[rest[i]!] = end - begin + i;
    for (let p = pointers[begin]!; p < pointers[end]!; p++) {
      F[local[rows[p]!]! * size + local[columns[p]!]!]! += values[p]!;
    }
    for (let c = children[s]!; c > 0; c--) {
      const its = below[this.#waiting.pop()!]!;
      const m = its.length;
      this.#top -= m * m;
      let from = this.#top;
      for (let i = 0; i < m; i++) {
        const to = local[its[i]!]! * size;
        for (let j = 0; j < m; j++) F[to + local[its[j]!]!]! += this.#stack[from++]!;
      }
    }
    return F;
  }
}

/**
 * Eliminates the first `width` columns of a front in place, row by row, four pivots at a time: the multipliers of L stand below
 * the pivots, U right of them, and what is left of the other rows behind both. False when a pivot is too small.
 */
function eliminated(F: Float64Array, { width, size }: { width: number; size: number }): boolean {
  for (let i = 0; i < size; i++) {
    const row = i * size;
    const before = Math.min(i, width);
    let p = 0;
    for (; p + 3 < before; p += 4) {
      const [a, b, c, d] = [p * size, (p + 1) * size, (p + 2) * size, (p + 3) * size];
      const l0 = F[row + p]! / F[a + p]!;
      const l1 = (F[row + p + 1]! - l0 * F[a + p + 1]!) / F[b + p + 1]!;
      const l2 = (F[row + p + 2]! - l0 * F[a + p + 2]! - l1 * F[b + p + 2]!) / F[c + p + 2]!;
      const l3 =
        (F[row + p + 3]! - l0 * F[a + p + 3]! - l1 * F[b + p + 3]! - l2 * F[c + p + 3]!) /
        F[d + p + 3]!;
      const largest = Math.max(Math.abs(l0), Math.abs(l1), Math.abs(l2), Math.abs(l3));
      if (!(largest <= LARGEST_MULTIPLIER)) return false;
      F[row + p] = l0;
      F[row + p + 1] = l1;
      F[row + p + 2] = l2;
      F[row + p + 3] = l3;
      if (largest === 0) continue;
      for (let j = p + 4; j < size; j++) {
        F[row + j]! -= l0 * F[a + j]! + l1 * F[b + j]! + l2 * F[c + j]! + l3 * F[d + j]!;
      }
    }
    for (; p < before; p++) {
      const a = p * size;
      const l = F[row + p]! / F[a + p]!;
      if (!(Math.abs(l) <= LARGEST_MULTIPLIER)) return false;
      F[row + p] = l;
      if (l === 0) continue;
      for (let j = p + 1; j < size; j++) F[row + j]! -= l * F[a + j]!;
    }
    if (i < width && !isUsable(F[row + i]!)) return false;
  }
  return true;
}

function isUsable(pivot: number): boolean {
  return pivot !== 0 && Number.isFinite(pivot);
}
