/** Nodes that `.connect` makes one. */

import type { NodeIndex } from '../circuit.ts';

export class ConnectedNodes {
  readonly #towards = new Map<NodeIndex, NodeIndex>();

  join(a: NodeIndex, b: NodeIndex): void {
    const [first, second] = [this.first(a), this.first(b)];
    // GROUND is the smallest index, so that it names what is connected with it.
    if (first !== second) this.#towards.set(Math.max(first, second), Math.min(first, second));
  }

  /** The node that stands for all that are connected with `node`: ground, or the one named first. */
  first(node: NodeIndex): NodeIndex {
    let at = node;
    for (let next = this.#towards.get(at); next !== undefined; next = this.#towards.get(at))
      at = next;
    return at;
  }
}
