// The patterns of L and U that come of a tree of fronts: those of dense blocks, known before there is a number.

import type { Triangle } from './lu.ts';
import type { Graph } from './minimum-degree.ts';
import { type Supernodes, supernodes } from './supernodes.ts';

export type TrianglePattern = Omit<Triangle, 'values'>;

/** What a multifrontal factorisation needs to know of a pattern. */
export interface FrontAnalysis {
  readonly tree: Supernodes;
  readonly lower: TrianglePattern;
  readonly upper: TrianglePattern;
}

export function analyseFronts(graph: Graph, order: Int32Array): FrontAnalysis {
  const tree = supernodes(graph, order);
  const { lower, upper } = emptyPatterns(tree);
  const next = upper.pointers.slice(0, graph.n);
  tree.below.forEach((rest, s) => {
    const [begin, end] = [tree.first[s]!, tree.first[s + 1]!];
    for (let k = begin; k < end; k++) {
      let at = lower.pointers[k]!;
      for (let row = k + 1; row < end; row++) lower.indices[at++] = row;
      lower.indices.set(rest, at);
      for (let row = begin; row < k; row++) upper.indices[next[k]!++] = row;
    }
    for (const column of rest) {
      let at = next[column]!;
      for (let row = begin; row < end; row++) upper.indices[at++] = row;
      next[column] = at;
    }
  });
  return { tree, lower, upper };
}

function emptyPatterns({ order, first, below }: Supernodes): Omit<FrontAnalysis, 'tree'> {
  const n = order.length;
  const [down, across] = [new Int32Array(n + 1), new Int32Array(n + 1)];
  below.forEach((rest, s) => {
    const [begin, end] = [first[s]!, first[s + 1]!];
    for (let k = begin; k < end; k++) {
      down[k + 1] = end - 1 - k + rest.length;
      across[k + 1]! += k - begin;
    }
    for (const column of rest) across[column + 1]! += end - begin;
  });
  for (let k = 0; k < n; k++) {
    down[k + 1]! += down[k]!;
    across[k + 1]! += across[k]!;
  }
  const pattern = (pointers: Int32Array): TrianglePattern => ({
    pointers,
    indices: new Int32Array(pointers[n]!),
  });
  return { lower: pattern(down), upper: pattern(across) };
}
