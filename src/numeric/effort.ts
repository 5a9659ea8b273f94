/** How much a search may still compute: the same on every machine, unlike a time limit. */

export class Effort {
  #left: number;

  /** @param operations multiplications, about. */
  constructor(operations: number) {
    this.#left = operations;
  }

  /** Pays for the elimination of an n x n matrix; false when nothing is left. */
  spend(n: number): boolean {
    this.#left -= n ** 3 / 3 + n ** 2 + OVERHEAD;
    return this.#left >= 0;
  }
}

/** What even the smallest step costs. */
const OVERHEAD = 100;
