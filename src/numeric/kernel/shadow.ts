// The values of growing code at some points of its inputs: what an elimination chooses its pivots by.

import { applied, type CodeBuilder, type Value } from './code.ts';

export class Shadow {
  readonly #builder: CodeBuilder;
  readonly #points: readonly Float64Array[];
  readonly #values: Float64Array[] = [];

  /** The first point is the nominal one. */
  constructor(builder: CodeBuilder, points: readonly Float64Array[]) {
    this.#builder = builder;
    this.#points = points;
  }

  /** A value at each point. */
  of(value: Value): Float64Array {
    const { operations } = this.#builder;
    for (let i = this.#values.length; i <= value; i++) {
      const operation = operations[i]!;
      this.#values.push(
        Float64Array.from(this.#points, (inputs, point) => {
          if (operation.kind === 'constant') return operation.value;
          if (operation.kind === 'input') return inputs[operation.index]!;
          const [left, right] = [this.#values[operation.left]!, this.#values[operation.right]!];
          return applied(operation.kind, left[point]!, right[point]!);
        }),
      );
    }
    return this.#values[value]!;
  }

  /** The smallest |value| over the points, and 0 where its sign changes. */
  least(value: Value): number {
    const all = this.of(value);
    const sign = Math.sign(all[0]!);
    let least = Number.POSITIVE_INFINITY;
    for (const at of all) least = Math.min(least, sign * at);
    return Math.max(0, least);
  }

  /** The largest |value| over the points. */
  most(value: Value): number {
    let most = 0;
    for (const at of this.of(value)) most = Math.max(most, Math.abs(at));
    return most;
  }
}
