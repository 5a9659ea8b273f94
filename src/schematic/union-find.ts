/** Sets of things that turn out to be the same: what wires join is one net. */

export class UnionFind {
  readonly #parents: number[] = [];

  /** A new set with one member, which is its name. */
  add(): number {
    return this.#parents.push(this.#parents.length) - 1;
  }

  /** The member that stands for the set of `member`. */
  find(member: number): number {
    const parents = this.#parents;
    let root = member;
    for (let up = parents[root]; up !== undefined && up !== root; up = parents[root]) root = up;
    for (let at = member; at !== root; ) {
      const up = parents[at] ?? root;
      parents[at] = root;
      at = up;
    }
    return root;
  }

  /** Makes one set of two; the smaller number stands for it. */
  join(a: number, b: number): void {
    const first = this.find(a);
    const second = this.find(b);
    this.#parents[Math.max(first, second)] = Math.min(first, second);
  }
}
