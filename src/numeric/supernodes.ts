// Which columns of the factors have one pattern: the elimination tree of a symmetric pattern in a given order, and its
// columns gathered into supernodes, whose factors are dense.
//
// Liu, "The role of elimination trees in sparse factorization" (1990), "The multifrontal method for sparse matrix solution"
// (1992). A supernode may hold a few zeros ("relaxed"): small dense blocks are dearer to address than to multiply.

import type { Graph } from './minimum-degree.ts';
import { postorder } from './postorder.ts';

export interface Supernodes {
  /** The order (n) in which the tree is a postorder. */
  readonly order: Int32Array;
  /** Supernode s has the columns first[s] .. first[s + 1), by their place in the order. */
  readonly first: Int32Array;
  /** Its rows below them, ascending. */
  readonly below: readonly Int32Array[];
  /** Supernodes that go into it: the last so many of those that no other has taken. */
  readonly children: Int32Array;
}

/** A supernode of fewer columns takes a parent that adds zeros to it. */
const NARROW = 8;
/** So do all whose zeros are less than this part of the columns that they make. */
const FEW_ZEROS = 0.15;

export function supernodes(graph: Graph, order: Int32Array): Supernodes {
  const tree = eliminationTree(graph, order);
  const nodes = Int32Array.from(order.keys());
  const sorted = postorder(tree, nodes);
  const final = sorted.map((k) => order[k]!);
  return gathered(graph, final);
}

/** parent (n) by place in the order; -1 of a root. */
function eliminationTree({ n, pointers, neighbours }: Graph, order: Int32Array): Int32Array {
  const place = placesIn(order);
  const parent = new Int32Array(n).fill(-1);
  const ancestor = new Int32Array(n).fill(-1);
  for (let k = 0; k < n; k++) {
    const node = order[k]!;
    for (let p = pointers[node]!; p < pointers[node + 1]!; p++) {
      let i = place[neighbours[p]!]!;
      while (i !== -1 && i < k) {
        const above = ancestor[i]!;
        ancestor[i] = k;
        if (above === -1) parent[i] = k;
        i = above;
      }
    }
  }
  return parent;
}

function placesIn(order: Int32Array): Int32Array {
  const place = new Int32Array(order.length);
  for (let k = 0; k < order.length; k++) place[order[k]!] = k;
  return place;
}

function gathered({ n, pointers, neighbours }: Graph, order: Int32Array): Supernodes {
  const place = placesIn(order);
  const first: number[] = [];
  const below: Int32Array[] = [];
  const children: number[] = [];
  /** Supernodes whose parent is yet to come. */
  const waiting: number[] = [];
  /** Zeros in the columns of the last supernode. */
  let zeros = 0;
  const mark = new Int32Array(n).fill(-1);
  for (let k = 0; k < n; k++) {
    const rows: number[] = [];
    mark[k] = k;
    const take = (row: number): void => {
      if (row <= k || mark[row] === k) return;
      mark[row] = k;
      rows.push(row);
    };
    const node = order[k]!;
    for (let p = pointers[node]!; p < pointers[node + 1]!; p++) take(place[neighbours[p]!]!);
    let count = 0;
    // In a postorder the children of k are the last ones that wait, and each waits for its first row.
    while (count < waiting.length) {
      const child = below[waiting[waiting.length - 1 - count]!]!;
      if (child[0] !== k) break;
      for (let p = 1; p < child.length; p++) take(child[p]!);
      count++;
    }
    const last = first.length - 1;
    const only = count === 1 ? below[waiting.at(-1)!]! : undefined;
    const pattern =
      only?.length === rows.length + 1 ? only.subarray(1) : Int32Array.from(rows).sort();
    // Only the one before may grow by k: its columns end where k begins.
    if (count > 0 && waiting.at(-1) === last) {
      const width = k - first[last]!;
      const more = zeros + (pattern.length + 1 - below[last]!.length) * width;
      const size = (width + 1) * ((width + 2) / 2 + pattern.length);
      if (more === zeros || width < NARROW || more < FEW_ZEROS * size) {
        zeros = more;
        below[last] = pattern;
        // The other children of k become children of the supernode; they wait below its own.
        children[last]! += count - 1;
        waiting.length -= count;
        if (pattern.length > 0) waiting.push(last);
        continue;
      }
    }
    zeros = 0;
    waiting.length -= count;
    first.push(k);
    below.push(pattern);
    children.push(count);
    if (pattern.length > 0) waiting.push(first.length - 1);
  }
  return {
    order,
    first: Int32Array.from([...first, n]),
    below,
    children: Int32Array.from(children),
  };
}
