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
      return tree.terms.length - 1 + AWKWARD * tree.terms.filter(isAwkward).length;
    case 'parallel':
      return tree.operands.length - 1 + SCALED * tree.operands.filter(isScaled).length;
    default:
      return 1;
  }
}

/** So are 1/R + 1/S, 2 + R/S and R/S - 1. */
const AWKWARD = 10;

function isAwkward(term: Tree): boolean {
  const isNegative = term.kind === 'negative';
  const tree = isNegative ? term.operand : term;
  if (tree.kind === 'number') return isNegative || tree.value !== 1n;
  return tree.kind === 'quotient' && tree.over.kind === 'number';
}

/** R || R/2 is harder to read than a symbol more. */
const SCALED = 15;

function isScaled(tree: Tree): boolean {
  return tree.kind === 'quotient' && tree.under.kind === 'number';
}

/** How many symbols are written. */
export function leaves(tree: Tree): number {
  return tree.kind === 'symbol' ? 1 : children(tree).reduce((sum, child) => sum + leaves(child), 0);
}
