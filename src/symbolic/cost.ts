/** How much there is to read in a tree: symbols first, then signs. */

import { children, type Tree } from './tree.ts';

const known = new WeakMap<Tree, number>();

export function cost(tree: Tree): number {
  const found = known.get(tree);
  if (found !== undefined) return found;
  const own = ownCost(tree);
  const total = children(tree).reduce((sum, child) => sum + cost(child), own);
  known.set(tree, total);
  return total;
}

function ownCost(tree: Tree): number {
  switch (tree.kind) {
    case 'symbol':
      return 10;
    case 'number':
      return 2;
    case 'product':
      return 0;
    case 'sum':
    case 'parallel':
      return children(tree).length - 1;
    default:
      return 1;
  }
}

/** How many symbols are written. */
export function leaves(tree: Tree): number {
  return tree.kind === 'symbol' ? 1 : children(tree).reduce((sum, child) => sum + leaves(child), 0);
}
