/**
 * Conductances without divisions: a node's equation times the factors of the resistors that meet there,
 *
 *   sum (1/(R_k f_k)) (...) = 0   ->   sum (1/R_k) prod_{j != k} f_j (...) = 0,
 *
 * because a division takes as long as many multiplications. Nodes with a branch current are left as they are: their
 * equations only give that current, or have ones as pivots.
 */

import type { CodeBuilder, Value } from '../../numeric/kernel/code.ts';

/** With more resistors the products are as long as the divisions. */
const MOST_FACTORS = 4;

export class NodalFactors {
  readonly #builder: CodeBuilder;
  /** By row: the factor of each variation that is a resistor there. */
  readonly #factors = new Map<number, Map<number, Value>>();

  constructor(builder: CodeBuilder) {
    this.#builder = builder;
  }

  /** The factor of the resistance of variation k meets the node of a row. */
  add(row: number, k: number, factor: Value): void {
    const there = this.#factors.get(row) ?? new Map<number, Value>();
    this.#factors.set(row, there.set(k, factor));
  }

  /** Leaves a row as it is. */
  exclude(row: number): void {
    this.#factors.delete(row);
  }

  has(row: number): boolean {
    const count = this.#factors.get(row)?.size ?? 0;
    return count > 0 && count <= MOST_FACTORS;
  }

  /** What a row is multiplied with; without variation k, if that is given. */
  product(row: number, without?: number): Value {
    const one = this.#builder.constant(1);
    if (!this.has(row)) return one;
    return [...(this.#factors.get(row) ?? [])]
      .filter(([k]) => k !== without)
      .reduce((product, [, factor]) => this.#builder.multiply(product, factor), one);
  }
}
