// Multifrontal LU: every supernode is a dense front, in which its columns are eliminated and whose rest is added to the front
// of its parent. The pivots are those of the matching and stay where they are; a matrix for which they do not serve is
// refused, and the caller pivots.
//
// Duff and Reid, "The multifrontal solution of indefinite sparse symmetric linear equations" (1983), for an unsymmetric
// matrix on the pattern of P A + (P A)'.

import { eliminated, strideOf } from './front-elimination.ts';
import { type FrontKernel, frontKernel } from './front-kernel.ts';
import type { FrontAnalysis } from './front-pattern.ts';
import type { Lu } from './lu.ts';
import { rowScale } from './scaling.ts';
import type { Symbolic } from './symbolic.ts';
import { grown, type SparseMatrix } from './terms.ts';

/** Doubles in a line of a cache. */
const AT_ONCE = 8;

/** P R A Q = L U with static pivots; undefined when one of them is too small. */
export function multifrontal(
  A: SparseMatrix,
  { columnOrder, rowPreference, fronts }: Symbolic,
  kernel: (doubles: number) => FrontKernel = frontKernel,
): Lu | undefined {
  const rowOf = new Int32Array(A.n);
  columnOrder.forEach((column, k) => {
    rowOf[column] = rowPreference[k]!;
  });
  const { order } = fronts.tree;
  const rowOrder = order.map((column) => rowOf[column]!);
  const scale = rowScale(A);
  const permuted = permutedMatrix(A, { columnOrder: order, rowOrder, scale });
  const factors = new Fronts(fronts, permuted, kernel).factors();
  return (
    factors && {
      n: A.n,
      pattern: A,
      columnOrder: order,
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

/** Where the front of a supernode belongs. */
interface Place {
  /** Its first column, how many it has, and how many rows with those below. */
  readonly begin: number;
  readonly width: number;
  readonly size: number;
  /** Its rows below. */
  readonly rest: Int32Array;
}

class Fronts {
  readonly #fronts: FrontAnalysis;
  readonly #matrix: Permuted;
  readonly #kernel: FrontKernel;
  readonly #local: Int32Array;
  /** What fronts leave to their parents: dense blocks on their rows below, one on the other. */
  #stack = new Float64Array(0);
  #top = 0;
  /** The supernodes of these blocks. */
  readonly #waiting: number[] = [];

  constructor(fronts: FrontAnalysis, matrix: Permuted, kernel: (doubles: number) => FrontKernel) {
    this.#fronts = fronts;
    this.#matrix = matrix;
    this.#local = new Int32Array(matrix.n);
    let largest = 0;
    fronts.tree.below.forEach((_, s) => {
      const { size } = this.#place(s);
      largest = Math.max(largest, (size + 1) * strideOf(size)); // and a row that pairs with the last one
    });
    this.#kernel = kernel(largest);
  }

  factors(): Pick<Lu, 'lower' | 'upper' | 'pivots'> | undefined {
    const { tree, lower, upper } = this.#fronts;
    const { F } = this.#kernel;
    const n = this.#matrix.n;
    const pivots = new Float64Array(n);
    const down = new Float64Array(lower.indices.length);
    const across = new Float64Array(upper.indices.length);
    const next = upper.pointers.slice(0, n);
    for (let s = 0; s < tree.below.length; s++) {
      const place = this.#place(s);
      const { begin, width, size } = place;
      const stride = strideOf(size);
      this.#assemble(s, place);
      if (!eliminated(this.#kernel, place)) return undefined;
      for (let p = 0; p < width; p++) pivots[begin + p] = F[p * stride + p]!;
      this.#keepLower(down, place);
      this.#keepUpper(across, place, next);
      if (size > width) this.#leave(s, place);
    }
    return { lower: { ...lower, values: down }, upper: { ...upper, values: across }, pivots };
  }

  #place(s: number): Place {
    const { first, below } = this.#fronts.tree;
    const [begin, rest] = [first[s]!, below[s]!];
    const width = first[s + 1]! - begin;
    return { begin, width, size: width + rest.length, rest };
  }

  /** Copies the multipliers of a front to their columns, some columns at a time: so many are in one line of a cache. */
  #keepLower(values: Float64Array, { begin, width, size }: Place): void {
    const { F } = this.#kernel;
    const { pointers } = this.#fronts.lower;
    const stride = strideOf(size);
    for (let first = 0; first < width; first += AT_ONCE) {
      const last = Math.min(first + AT_ONCE, width);
      for (let i = first + 1; i < size; i++) {
        const end = Math.min(last, i);
        for (let p = first; p < end; p++) {
          values[pointers[begin + p]! + i - p - 1] = F[i * stride + p]!;
        }
      }
    }
  }

  /** Likewise the rows of its pivots to the columns of U, which go on at `next`. */
  #keepUpper(values: Float64Array, { begin, width, size, rest }: Place, next: Int32Array): void {
    const { F } = this.#kernel;
    const stride = strideOf(size);
    const column = (j: number) => (j < width ? begin + j : rest[j - width]!);
    for (let first = 0; first < size; first += AT_ONCE) {
      const last = Math.min(first + AT_ONCE, size);
      for (let p = 0; p < width && p < last - 1; p++) {
        for (let j = Math.max(first, p + 1); j < last; j++) {
          values[next[column(j)]! + p] = F[p * stride + j]!;
        }
      }
      for (let j = first; j < last; j++) next[column(j)]! += Math.min(j, width);
    }
  }

  /** Puts what is behind the columns of a front on the stack. */
  #leave(s: number, { width, size }: Place): void {
    const { F } = this.#kernel;
    const stride = strideOf(size);
    const m = size - width;
    const end = this.#top + m * m;
    if (end > this.#stack.length) this.#stack = grown(this.#stack, new Float64Array(2 * end));
    for (let i = width; i < size; i++) {
      const from = i * stride + width;
      for (let j = 0; j < m; j++) this.#stack[this.#top++] = F[from + j]!;
    }
    this.#waiting.push(s);
  }

  /** Makes the front of a supernode, row by row: its entries of the matrix, and what its children leave. */
  #assemble(s: number, { begin, width, size, rest }: Place): void {
    const { below, children } = this.#fronts.tree;
    const { pointers, rows, columns, values } = this.#matrix;
    const { F } = this.#kernel;
    const stack = this.#stack;
    const stride = strideOf(size);
    const end = begin + width;
    F.fill(0, 0, (size + 1) * stride);
    const local = this.#local;
    for (let k = begin; k < end; k++) local[k] = k - begin;
    for (let i = 0; i < rest.length; i++) local[rest[i]!] = width + i;
    for (let p = pointers[begin]!; p < pointers[end]!; p++) {
      F[local[rows[p]!]! * stride + local[columns[p]!]!]! += values[p]!;
    }
    for (let c = children[s]!; c > 0; c--) {
      const its = below[this.#waiting.pop()!]!;
      const m = its.length;
      this.#top -= m * m;
      let from = this.#top;
      for (let i = 0; i < m; i++) {
        const to = local[its[i]!]! * stride;
        for (let j = 0; j < m; j++) F[to + local[its[j]!]!]! += stack[from++]!;
      }
    }
  }
}
