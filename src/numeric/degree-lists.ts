// A priority queue of the nodes 0 .. n - 1 by small integer degree: one doubly linked list per degree, so that inserting
// and removing take constant time (George and Liu, SIAM Review 31, 1989).

const NONE = -1;

export class DegreeLists {
  readonly #head: Int32Array; // (n) first node of each degree
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #degree: Int32Array;
  #least = 0; // no list below this one has a node

  constructor(n: number) {
    this.#head = new Int32Array(n).fill(NONE);
    this.#next = new Int32Array(n).fill(NONE);
    this.#previous = new Int32Array(n).fill(NONE);
    this.#degree = new Int32Array(n);
  }

  insert(i: number, degree: number): void {
    const first = this.#head[degree]!;
    this.#next[i] = first;
    this.#previous[i] = NONE;
    if (first !== NONE) this.#previous[first] = i;
    this.#head[degree] = i;
    this.#degree[i] = degree;
    if (degree < this.#least) this.#least = degree;
  }

  remove(i: number): void {
    const after = this.#next[i]!;
    const before = this.#previous[i]!;
    if (after !== NONE) this.#previous[after] = before;
    if (before !== NONE) this.#next[before] = after;
    else this.#head[this.#degree[i]!] = after;
  }

  /** Removes and returns a node of least degree; there must be one. */
  removeLeast(): number {
    while (this.#head[this.#least] === NONE) this.#least++;
    const i = this.#head[this.#least]!;
    this.remove(i);
    return i;
  }
}
