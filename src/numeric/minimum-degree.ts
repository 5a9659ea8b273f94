// Approximate minimum degree: an elimination order of a symmetric pattern that keeps the factors sparse.
//
// Amestoy, Davis and Duff, "An approximate minimum degree ordering algorithm" (SIAM J. Matrix Anal. Appl. 17, 1996).
// The eliminated graph is kept as a quotient graph: a *variable* i has neighbours A_i (variables) and E_i (elements), an
// *element* e is an eliminated pivot whose list L_e is a clique. The letters are the paper's. Element lists are appended
// to a workspace that grows instead of being compacted, which is simpler and costs at most |L| of memory.

import { DegreeLists } from './degree-lists.ts';
import { postorder } from './postorder.ts';
import { grown } from './terms.ts';

/** A symmetric pattern without diagonal or duplicates: i's neighbours are neighbours[pointers[i] .. pointers[i + 1]). */
export interface Graph {
  readonly n: number;
  readonly pointers: Int32Array; // (n + 1)
  readonly neighbours: Int32Array;
}

const NONE = -1;
const VARIABLE = 0;
const ELEMENT = 1;
const GONE = 2; // a merged variable or an absorbed element

/** order (n): order[k] is eliminated k-th, a permutation. Nodes of very high degree (supply rails) come last. */
export function minimumDegree(graph: Graph): Int32Array {
  const quotient = new QuotientGraph(graph);
  while (quotient.eliminateNext()) {}
  return quotient.order();
}

class QuotientGraph {
  readonly #n: number;
  readonly #start: Int32Array; // of i's part of the list: A_i then E_i, or L_e
  readonly #variables: Int32Array; // |A_i|
  readonly #length: Int32Array; // |A_i| + |E_i|, or |L_e|
  readonly #degree: Int32Array; // bound of d_i, or |L_e|; both weighted by size
  readonly #size: Int32Array; // variables that i stands for; 0: none any more, negative: i is in L_p
  readonly #state: Uint8Array;
  readonly #parent: Int32Array; // the element that absorbed e, or what a variable was merged with
  readonly #mark: Int32Array;
  readonly #hash: Int32Array;
  readonly #hashHead: Int32Array;
  readonly #hashNext: Int32Array;
  readonly #byDegree: DegreeLists;
  readonly #pivots: number[] = [];
  readonly #dense: number[] = [];
  #list: Int32Array;
  #free: number; // end of the list in use
  #tag = 1; // above every mark of earlier pivots
  #left: number; // variables not yet eliminated, without the dense ones

  constructor({ n, pointers, neighbours }: Graph) {
    this.#n = n;
    this.#start = pointers.slice(0, n);
    this.#variables = new Int32Array(n);
    this.#length = new Int32Array(n);
    this.#degree = new Int32Array(n);
    this.#size = new Int32Array(n).fill(1);
    this.#state = new Uint8Array(n).fill(VARIABLE);
    this.#parent = new Int32Array(n).fill(NONE);
    this.#mark = new Int32Array(n);
    this.#hash = new Int32Array(n);
    this.#hashHead = new Int32Array(n).fill(NONE);
    this.#hashNext = new Int32Array(n).fill(NONE);
    this.#byDegree = new DegreeLists(n);
    this.#list = grown(neighbours, new Int32Array(2 * neighbours.length + n));
    this.#free = neighbours.length;
    const denseDegree = Math.max(16, 10 * Math.sqrt(n)); // the paper's postponed "dense rows"
    for (let i = n - 1; i >= 0; i--) {
      const d = pointers[i + 1]! - pointers[i]!;
      this.#variables[i] = d;
      this.#length[i] = d;
      this.#degree[i] = d;
      if (d > denseDegree) {
        this.#size[i] = 0;
        this.#state[i] = GONE;
        this.#dense.push(i);
      } else this.#byDegree.insert(i, d);
    }
    this.#left = n - this.#dense.length;
  }

  /** Eliminates one variable of least approximate degree and all that go with it; false when none is left. */
  eliminateNext(): boolean {
    if (this.#left === 0) return false;
    const p = this.#byDegree.removeLeast();
    this.#left -= this.#size[p]!;
    this.#pivots.push(p);
    this.#formElement(p);
    this.#measureOverlaps(p);
    this.#updateNeighbours(p);
    this.#mergeIndistinguishable(p);
    this.#closeElement(p);
    return true;
  }

  /** L_p = (A_p ∪ ∪_{e in E_p} L_e) \ {p}; the elements e are absorbed by p. */
  #formElement(p: number): void {
    const begin = this.#start[p]!;
    const middle = begin + this.#variables[p]!;
    const end = begin + this.#length[p]!;
    let room = this.#variables[p]!;
    for (let k = middle; k < end; k++) room += this.#length[this.#list[k]!]!;
    const needed = this.#free + room;
    if (needed > this.#list.length) this.#list = grown(this.#list, new Int32Array(2 * needed));
    const pStart = this.#free;
    this.#size[p] = 0;
    this.#degree[p] = this.#take(begin, middle);
    for (let k = middle; k < end; k++) {
      const e = this.#list[k]!;
      if (this.#state[e] !== ELEMENT) continue;
      this.#degree[p]! += this.#take(this.#start[e]!, this.#start[e]! + this.#length[e]!);
      this.#absorb(e, p);
    }
    this.#state[p] = ELEMENT;
    this.#start[p] = pStart;
    this.#length[p] = this.#free - pStart;
  }

  /** Moves the variables in list[begin .. end) that are not yet in L_p there; their weight. */
  #take(begin: number, end: number): number {
    const list = this.#list;
    const size = this.#size;
    let weight = 0;
    for (let k = begin; k < end; k++) {
      const i = list[k]!;
      if (size[i]! <= 0) continue;
      weight += size[i]!;
      size[i] = -size[i]!;
      list[this.#free++] = i;
      this.#byDegree.remove(i);
    }
    return weight;
  }

  #absorb(node: number, by: number): void {
    this.#state[node] = GONE;
    this.#parent[node] = by;
  }

  /** mark_e = tag + |L_e \ L_p| for every element e next to L_p (the paper's Algorithm 2). */
  #measureOverlaps(p: number): void {
    const list = this.#list;
    const mark = this.#mark;
    const tag = this.#tag;
    const end = this.#start[p]! + this.#length[p]!;
    for (let m = this.#start[p]!; m < end; m++) {
      const i = list[m]!;
      const iEnd = this.#start[i]! + this.#length[i]!;
      for (let k = this.#start[i]! + this.#variables[i]!; k < iEnd; k++) {
        const e = list[k]!;
        if (this.#state[e] !== ELEMENT) continue;
        if (mark[e]! < tag) mark[e] = tag + this.#degree[e]!;
        mark[e]! += this.#size[i]!; // negative in L_p
      }
    }
  }

  /** A_i, E_i and d_i = |A_i| + Σ_{e in E_i \ p} |L_e \ L_p| for all i in L_p; |L_p \ i| is added by closeElement. */
  #updateNeighbours(p: number): void {
    const list = this.#list;
    const size = this.#size;
    const end = this.#start[p]! + this.#length[p]!;
    for (let m = this.#start[p]!; m < end; m++) {
      const i = list[m]!;
      const begin = this.#start[i]!;
      const middle = begin + this.#variables[i]!;
      const iEnd = begin + this.#length[i]!;
      let out = begin;
      let d = 0;
      let hash = 0;
      for (let k = begin; k < middle; k++) {
        const j = list[k]!;
        if (size[j]! <= 0) continue; // gone, or in L_p: i sees it through p from now on
        d += size[j]!;
        hash += j;
        list[out++] = j;
      }
      this.#variables[i] = out - begin;
      for (let k = middle; k < iEnd; k++) {
        const e = list[k]!;
        if (this.#state[e] !== ELEMENT) continue;
        const outside = this.#mark[e]! - this.#tag;
        if (outside === 0) {
          this.#absorb(e, p); // aggressive absorption: L_e is part of L_p
          continue;
        }
        d += outside;
        hash += e;
        list[out++] = e;
      }
      if (d === 0) {
        this.#left += size[i]!; // mass elimination: i sees L_p only and goes with p
        this.#degree[p]! += size[i]!;
        size[i] = 0;
        this.#absorb(i, p);
        continue;
      }
      list[out++] = p; // there is room: i has lost p or an element that p absorbed
      this.#length[i] = out - begin;
      this.#degree[i] = Math.min(this.#degree[i]!, d);
      const h = hash % this.#n;
      this.#hash[i] = h;
      this.#hashNext[i] = this.#hashHead[h]!;
      this.#hashHead[h] = i;
    }
    this.#advanceTag(this.#n + 1); // no mark is above tag + n
  }

  /** Variables of L_p with the same A_i and E_i stay alike for ever and become one. */
  #mergeIndistinguishable(p: number): void {
    const end = this.#start[p]! + this.#length[p]!;
    for (let m = this.#start[p]!; m < end; m++) {
      if (this.#size[this.#list[m]!] === 0) continue;
      const h = this.#hash[this.#list[m]!]!;
      let i = this.#hashHead[h]!;
      this.#hashHead[h] = NONE;
      while (i !== NONE && this.#hashNext[i] !== NONE) {
        this.#mergeEqualsOf(i);
        i = this.#hashNext[i]!;
      }
    }
  }

  /** Merges with i what is equal to it further down its hash chain. */
  #mergeEqualsOf(i: number): void {
    const list = this.#list;
    const mark = this.#mark;
    const tag = this.#tag;
    const end = this.#start[i]! + this.#length[i]!;
    for (let k = this.#start[i]!; k < end; k++) mark[list[k]!] = tag;
    let before = i;
    for (let j = this.#hashNext[i]!; j !== NONE; j = this.#hashNext[j]!) {
      let same = this.#length[j] === this.#length[i] && this.#variables[j] === this.#variables[i];
      const jEnd = this.#start[j]! + this.#length[j]!;
      for (let k = this.#start[j]!; same && k < jEnd; k++) same = mark[list[k]!] === tag;
      if (!same) {
        before = j;
        continue;
      }
      this.#size[i]! += this.#size[j]!;
      this.#size[j] = 0;
      this.#absorb(j, i);
      this.#hashNext[before] = this.#hashNext[j]!;
    }
    this.#advanceTag(1);
  }

  /** What is left of L_p returns to the degree lists with d_i = min(n - k, d_i + |L_p \ i|, ...) (equation 4.2). */
  #closeElement(p: number): void {
    const list = this.#list;
    const size = this.#size;
    const begin = this.#start[p]!;
    const end = begin + this.#length[p]!;
    this.#free = begin;
    for (let m = begin; m < end; m++) {
      const i = list[m]!;
      if (size[i] === 0) continue;
      size[i] = -size[i]!;
      const d = this.#degree[i]! + this.#degree[p]! - size[i]!;
      this.#degree[i] = Math.min(d, this.#left - size[i]!);
      this.#byDegree.insert(i, this.#degree[i]!);
      list[this.#free++] = i;
    }
    this.#length[p] = this.#free - begin;
    if (this.#length[p] === 0) this.#state[p] = GONE;
  }

  #advanceTag(by: number): void {
    this.#tag += by;
    if (this.#tag < 2 ** 30) return;
    this.#mark.fill(0);
    this.#tag = 1;
  }

  /** Pivots in a postorder of the assembly tree, each followed by the variables merged with it; dense nodes last. */
  order(): Int32Array {
    const isPivot = new Uint8Array(this.#n);
    for (const p of this.#pivots) isPivot[p] = 1;
    const nodes = [...this.#pivots]; // children of a pivot: the elements it absorbed come before the variables
    for (let i = 0; i < this.#n; i++) {
      if (isPivot[i] === 0 && this.#parent[i] !== NONE) nodes.push(i);
    }
    return postorder(this.#parent, Int32Array.from(nodes.concat(this.#dense)));
  }
}
