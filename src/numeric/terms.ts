// The matrix A = Σ terms as its unsummed list of entries, and its sum as a sparse matrix in compressed columns.
//
// A diagonal entry of a nodal matrix is a sum of conductances, and 1e3 + 1e-15 has already lost the second one. The
// list keeps every contribution, so that the residual b - A x is taken element by element (refine.ts); only the LU,
// whose errors the refinement removes, works on the rounded sum.

import { addTo } from './double-double.ts';

/** Positions of unsummed entries in an n x n matrix; a position may occur several times. */
export interface Entries {
  readonly n: number;
  readonly rows: Int32Array; // (count)
  readonly columns: Int32Array; // (count)
}

/** A = Σ_t (high_t + low_t) e(rows_t) e(columns_t)ᵀ, (n x n). */
export interface Terms extends Entries {
  readonly high: Float64Array; // (count)
  readonly low: Float64Array; // (count)
}

/** The pattern of a sparse matrix: column j holds rowIndices[columnPointers[j] .. columnPointers[j + 1]), ascending. */
export interface SparsePattern {
  readonly n: number;
  readonly columnPointers: Int32Array; // (n + 1)
  readonly rowIndices: Int32Array; // (nnz)
}

/** A sparse matrix in compressed columns (n x n). Positions stay when their sum is zero, so that patterns are stable. */
export interface SparseMatrix extends SparsePattern {
  readonly values: Float64Array; // (nnz)
}

/** Collects the terms of an n x n matrix. Row or column -1 is ground: its equation and its unknown do not exist. */
export class TermsBuilder {
  readonly n: number;
  #count = 0;
  #rows = new Int32Array(64);
  #columns = new Int32Array(64);
  #high = new Float64Array(64);
  #low = new Float64Array(64);

  constructor(n: number) {
    this.n = n;
  }

  /**
   * A[row, column] += high + low.
   * @throws {RangeError} when a position is outside the matrix or a value is not finite.
   */
  add(row: number, column: number, high: number, low = 0): void {
    if (!this.#isIndex(row) || !this.#isIndex(column)) {
      throw new RangeError(`Position (${row}, ${column}) is outside a matrix of order ${this.n}.`);
    }
    if (!Number.isFinite(high) || !Number.isFinite(low)) {
      throw new RangeError(`Entry (${row}, ${column}) is ${high} + ${low}; it must be finite.`);
    }
    if (row === -1 || column === -1) return;
    if (this.#count === this.#rows.length) this.#grow();
    this.#rows[this.#count] = row;
    this.#columns[this.#count] = column;
    this.#high[this.#count] = high;
    this.#low[this.#count] = low;
    this.#count++;
  }

  /** The terms so far; later additions do not change them. */
  build(): Terms {
    return {
      n: this.n,
      rows: this.#rows.slice(0, this.#count),
      columns: this.#columns.slice(0, this.#count),
      high: this.#high.slice(0, this.#count),
      low: this.#low.slice(0, this.#count),
    };
  }

  #isIndex(i: number): boolean {
    return Number.isInteger(i) && i >= -1 && i < this.n;
  }

  #grow(): void {
    const capacity = 2 * this.#count;
    this.#rows = grown(this.#rows, new Int32Array(capacity));
    this.#columns = grown(this.#columns, new Int32Array(capacity));
    this.#high = grown(this.#high, new Float64Array(capacity));
    this.#low = grown(this.#low, new Float64Array(capacity));
  }
}

/** The larger array, beginning with the smaller one. */
export function grown<T extends Int32Array | Float64Array>(smaller: T, larger: T): T {
  larger.set(smaller);
  return larger;
}

/** Σ terms in compressed columns: duplicates are summed in double-double and rounded once. */
export function compress(terms: Terms): SparseMatrix {
  const { n, rows, columns, high, low } = terms;
  const order = sortByColumn(terms);
  const columnPointers = new Int32Array(n + 1);
  const rowIndices = new Int32Array(order.length);
  const sums = { high: new Float64Array(order.length), low: new Float64Array(order.length) };
  let count = 0;
  let lastRow = -1;
  let lastColumn = -1;
  for (const t of order) {
    if (rows[t] !== lastRow || columns[t] !== lastColumn) {
      lastRow = rows[t]!;
      lastColumn = columns[t]!;
      rowIndices[count++] = lastRow;
      columnPointers[lastColumn + 1]!++;
    }
    addTo(sums, count - 1, high[t]!, low[t]!);
  }
  for (let j = 0; j < n; j++) columnPointers[j + 1]! += columnPointers[j]!;
  return {
    n,
    columnPointers,
    rowIndices: rowIndices.slice(0, count),
    values: sums.high.slice(0, count),
  };
}

/** The order of the entries by column, by row within a column and as listed within a position: two counting sorts. */
export function sortByColumn(entries: Entries): Int32Array {
  const { n, rows, columns } = entries;
  const listed = Int32Array.from({ length: rows.length }, (_, t) => t);
  return countingSort(countingSort(listed, rows, n), columns, n);
}

/** `order` sorted by key[order[i]] in 0 .. n - 1, stable. */
function countingSort(order: Int32Array, key: Int32Array, n: number): Int32Array {
  const next = new Int32Array(n + 1);
  for (const t of order) next[key[t]! + 1]!++;
  for (let k = 0; k < n; k++) next[k + 1]! += next[k]!;
  const sorted = new Int32Array(order.length);
  for (const t of order) sorted[next[key[t]!]!++] = t;
  return sorted;
}
