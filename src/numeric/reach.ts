// Which entries of x = L \ b are non-zero, when L and b are sparse, and in which order to compute them.
//
// Gilbert and Peierls, "Sparse partial pivoting in time proportional to arithmetic operations" (SIAM J. Sci. Stat.
// Comput. 9, 1988): the non-zeros of x are what a depth-first search reaches from those of b in the graph of L, and its
// reverse postorder is a topological order. Eisenstat and Liu, "Exploiting structural symmetry in a sparse partial
// pivoting code" (SIAM J. Sci. Comput. 14, 1993): once l_rj and u_jk are there, r being the pivot row of k, column j's
// rows that are not pivots yet are also rows of column k, and the search need not look at them through j.

import { grown } from './terms.ts';

const NONE = -1;

/** Sparse columns appended one by one; column j is indices, values[pointers[j] .. pointers[j + 1]). */
export class GrowingColumns {
  readonly pointers: Int32Array; // (n + 1), filled up to `columns`
  columns = 0;
  count = 0;
  indices: Int32Array;
  values: Float64Array;

  constructor(n: number, capacity: number) {
    this.pointers = new Int32Array(n + 1);
    this.indices = new Int32Array(capacity);
    this.values = new Float64Array(capacity);
  }

  /** Makes room for `extra` more entries; `indices` and `values` may be replaced. */
  reserve(extra: number): void {
    if (this.count + extra <= this.indices.length) return;
    const capacity = 2 * this.count + extra;
    this.indices = grown(this.indices, new Int32Array(capacity));
    this.values = grown(this.values, new Float64Array(capacity));
  }

  push(index: number, value: number): void {
    this.indices[this.count] = index;
    this.values[this.count++] = value;
  }

  endColumn(): void {
    this.pointers[++this.columns] = this.count;
  }
}

/** The search in the columns of a growing L, whose row indices are rows of A (n). */
export class Reach {
  /** Steps reached, in topological order: steps[top .. n). */
  readonly steps: Int32Array;
  top: number;
  /** Rows reached that are not pivot rows yet: rows[0 .. rowCount). */
  readonly rows: Int32Array;
  rowCount = 0;
  readonly #n: number;
  readonly #stepOf: Int32Array;
  readonly #lower: GrowingColumns;
  readonly #seen: Int32Array; // per row: the search that saw it
  readonly #path: Int32Array;
  readonly #cursor: Int32Array;
  readonly #prunedEnd: Int32Array; // per column of L: where the search may stop
  readonly #pruned: Uint8Array;
  #search = 0;

  /** stepOf (n): the step whose pivot a row is, or -1; the caller keeps it up to date, as it does L. */
  constructor(stepOf: Int32Array, lower: GrowingColumns) {
    const n = stepOf.length;
    this.#n = n;
    this.#stepOf = stepOf;
    this.#lower = lower;
    this.steps = new Int32Array(n);
    this.top = n;
    this.rows = new Int32Array(n);
    this.#seen = new Int32Array(n);
    this.#path = new Int32Array(n);
    this.#cursor = new Int32Array(n);
    this.#prunedEnd = new Int32Array(n);
    this.#pruned = new Uint8Array(n);
  }

  /** Finds steps and rows reached from the rows in rowIndices[begin .. end). */
  from(rowIndices: Int32Array, begin: number, end: number): void {
    this.#search++;
    this.top = this.#n;
    this.rowCount = 0;
    for (let p = begin; p < end; p++) {
      const i = rowIndices[p]!;
      if (this.#seen[i] === this.#search) continue;
      this.#seen[i] = this.#search;
      const j = this.#stepOf[i]!;
      if (j === NONE) this.rows[this.rowCount++] = i;
      else this.#descend(j);
    }
  }

  #descend(root: number): void {
    const { indices, pointers } = this.#lower;
    const seen = this.#seen;
    const stepOf = this.#stepOf;
    const path = this.#path;
    const cursor = this.#cursor;
    const search = this.#search;
    let depth = 0;
    path[0] = root;
    cursor[root] = pointers[root]!;
    while (depth >= 0) {
      const j = path[depth]!;
      const end = this.#prunedEnd[j]!;
      let deeper = false;
      let p = cursor[j]!;
      while (p < end && !deeper) {
        const i = indices[p++]!;
        if (seen[i] === search) continue;
        seen[i] = search;
        const k = stepOf[i]!;
        if (k === NONE) this.rows[this.rowCount++] = i;
        else {
          path[++depth] = k;
          cursor[k] = pointers[k]!;
          deeper = true;
        }
      }
      cursor[j] = p;
      if (deeper) continue;
      this.steps[--this.top] = j;
      depth--;
    }
  }

  /** After column k of L is complete, `row` being its pivot: prunes the columns j with l_(row)j and u_jk present. */
  prune(k: number, row: number): void {
    const { pointers } = this.#lower;
    this.#prunedEnd[k] = pointers[k + 1]!;
    for (let s = this.top; s < this.#n; s++) {
      const j = this.steps[s]!;
      if (this.#pruned[j] === 1) continue;
      if (!this.#lower.indices.subarray(pointers[j]!, pointers[j + 1]!).includes(row)) continue;
      this.#pruned[j] = 1;
      this.#prunedEnd[j] = this.#pivotRowsFirst(pointers[j]!, pointers[j + 1]!);
    }
  }

  /** Partitions the entries [begin, end) of L into pivot rows and others; where the others begin. */
  #pivotRowsFirst(begin: number, end: number): number {
    const { indices, values } = this.#lower;
    let head = begin;
    for (let p = begin; p < end; p++) {
      const i = indices[p]!;
      if (this.#stepOf[i] === NONE) continue;
      const value = values[p]!;
      indices[p] = indices[head]!;
      values[p] = values[head]!;
      indices[head] = i;
      values[head++] = value;
    }
    return head;
  }
}
