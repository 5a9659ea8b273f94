/** A polynomial as a sum of products, with common factors taken out where that leaves fewer symbols. */

import { cost } from './cost.ts';
import { factored } from './factors.ts';
import {
  coefficients,
  compareMonomials,
  degrees,
  exponents,
  keyOf,
  type Monomial,
  multiply,
  type Polynomial,
  variable,
} from './polynomial.ts';
import type { Symbols } from './symbols.ts';
import { number, power, product, sum, type Tree } from './tree.ts';

/** Longer sums are written term by term. */
const MOST_TERMS = 800;
/** Variables that are tried at each step, those in most terms first; of a long sum only one. */
const TRIED = 3;
const LONG = 24;

/** Where trees of polynomials are kept. */
export interface PolynomialTrees {
  readonly symbols: Symbols;
  /** By keyOf the polynomial. */
  readonly polynomials: Map<string, Tree>;
}

/** p != 0 */
export function polynomialTree(p: Polynomial, at: PolynomialTrees): Tree {
  const key = keyOf(p);
  const known = at.polynomials.get(key);
  if (known !== undefined) return known;
  const tree = sumTree(p, at);
  at.polynomials.set(key, tree);
  return tree;
}

function sumTree(p: Polynomial, at: PolynomialTrees): Tree {
  const plain = sum(
    [...p].sort(([m], [n]) => compareMonomials(m, n)).map(([m, c]) => termTree(m, { c, at })),
  );
  if (p.size < 3 || p.size > MOST_TERMS) return plain;
  let best = plain;
  for (const v of frequent(p)) {
    const [rest, common] = coefficients(p, v);
    if (rest === undefined || common === undefined || rest.size === 0 || common.size < 2) continue;
    const tree = sum([factoredTree(multiply(common, variable(v)), at), factoredTree(rest, at)]);
    if (cost(tree) < cost(best)) best = tree;
  }
  return best;
}

/** The variables in at least two terms, of degree 1. */
function frequent(p: Polynomial): number[] {
  const counts = new Map<number, number>();
  for (const m of p.keys()) {
    for (const [v] of exponents(m)) counts.set(v, (counts.get(v) ?? 0) + 1);
  }
  const all = degrees(p);
  return [...counts]
    .filter(([v, count]) => count > 1 && all.get(v) === 1)
    .sort(([, a], [, b]) => b - a)
    .slice(0, p.size > LONG ? 1 : TRIED)
    .map(([v]) => v);
}

function factoredTree(p: Polynomial, at: PolynomialTrees): Tree {
  const { content, factors } = factored(p);
  const trees = factors.map(({ base, power: exponent }) =>
    power(polynomialTree(base, at), exponent),
  );
  const groups = (tree: Tree) => Number(tree.kind === 'sum');
  return product([number(content), ...trees.sort((a, b) => groups(a) - groups(b))]);
}

function termTree(m: Monomial, { c, at }: { c: bigint; at: PolynomialTrees }): Tree {
  const { symbols } = at;
  const factors = exponents(m).map(([v, exponent]) => power(symbols.variable(v).tree, exponent));
  return product([number(c), ...factors]);
}
