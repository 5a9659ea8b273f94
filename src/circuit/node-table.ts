/** The nodes of all levels: what a word means where it stands, and the full names. */

import type { Word } from '../../grammar/expression.ts';
import { isGround } from '../../grammar/spice/dialect.ts';
import { GROUND, type NodeIndex } from './circuit.ts';
import type { Level } from './level.ts';

export interface NodeRules {
  /** Lower-case names of node 0. */
  readonly grounds: readonly string[];
  /** Lower-case names that mean the same node at every level. */
  readonly globals: ReadonlySet<string>;
}

export class NodeTable {
  readonly #rules: NodeRules;
  readonly #names: string[] = [];
  readonly #index = new Map<string, NodeIndex>();

  constructor(rules: NodeRules) {
    this.#rules = rules;
  }

  /** Full names in the order of first use: `XA.n`. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** The node a word means at a level: ground, a port of the instance, a global node, or a local one. */
  at(word: Word, { ports, prefix }: Pick<Level, 'ports' | 'prefix'>): NodeIndex {
    const key = word.text.toLowerCase();
    if (isGround(key, this.#rules)) return GROUND;
    return (
      ports.get(key) ?? this.named(this.#rules.globals.has(key) ? word.text : prefix + word.text)
    );
  }

  /** The node of a full name, if there is one. */
  find(name: string): NodeIndex | undefined {
    return this.#index.get(name.toLowerCase());
  }

  /** The node of a full name; a new name is a new node. */
  named(name: string): NodeIndex {
    const key = name.toLowerCase();
    let index = this.#index.get(key);
    if (index === undefined) {
      index = this.#names.length;
      this.#names.push(name);
      this.#index.set(key, index);
    }
    return index;
  }
}
