/**
 * A fraction -> the tree a person would write. Every form below equals the fraction; the one with the fewest
 * symbols is taken. The forms: a product; a factor over a part of itself as 1 + a ratio; resistances in parallel;
 * a sum of two ratios where each has fewer factors than the whole.
 */

import { cost } from './cost.ts';
import { type Fraction, fraction, fractionKey, type Power, ratioOf } from './fraction.ts';
import {
  compareMonomials,
  degrees,
  type Monomial,
  ONE,
  type Polynomial,
  product as polynomialProduct,
  quotient as polynomialQuotient,
  scale,
  subtract,
} from './polynomial.ts';
import { type PolynomialTrees, polynomialTree } from './shape-polynomial.ts';
import { splits } from './shape-split.ts';
import type { Symbols } from './symbols.ts';
import { number, parallel, power, product, quotient, sum, type Tree } from './tree.ts';

/** What searches for shapes know. */
export interface Shaping extends PolynomialTrees {
  /** By the key of the fraction. */
  readonly known: Map<string, Tree>;
  /** Fractions that may still be tried: a bound on time, beyond which forms are plainer. */
  effort: number;
}

const EFFORT = 300;
/** Longer factors are not compared with parts of the denominator. */
const MOST_TERMS = 40;

export function shaping(symbols: Symbols): Shaping {
  return { symbols, polynomials: new Map(), known: new Map(), effort: EFFORT };
}

/** The shape of a fraction; what is found serves the next ones. */
export function shapeOf(f: Fraction, at: Shaping): Tree {
  at.effort = EFFORT;
  return shape(f, at);
}

function shape(f: Fraction, at: Shaping): Tree {
  if (f.powers.length === 0) return quotient(number(f.numerator), number(f.denominator));
  const key = fractionKey(f);
  const known = at.known.get(key);
  if (known !== undefined) return known;
  at.effort--;
  const candidates = [productForm(f, at), ...(at.effort > 0 ? splitForms(f, at) : [])];
  const best = candidates.reduce((a, b) => (cost(b) < cost(a) ? b : a));
  // What was cut short is not kept, or shapes would depend on what was asked before.
  if (at.effort > 0) at.known.set(key, best);
  return best;
}

/** A part of a product: what it is as a tree, and the powers it stands for. */
interface Piece {
  readonly tree: Tree;
  readonly used: readonly Power[];
}

function productForm(f: Fraction, at: Shaping): Tree {
  let powers = f.powers;
  const inOrder = [...f.powers].sort(symbolsFirst);
  const lead: Tree[] = [];
  const over: Tree[] = [];
  const under: Tree[] = [];
  const take = (piece: Piece | undefined, side: Tree[]): void => {
    if (piece === undefined) return;
    side.push(piece.tree);
    powers = fraction(1n, { powers: [...powers, ...piece.used.map(inverted)] }).powers;
  };
  for (const each of inOrder) {
    if (each.power === -1 && each.base.size > 1) take(parallelPiece(each, { powers, at }), over);
  }
  for (const each of inOrder) {
    if (each.power !== 1 || each.base.size === 1) continue;
    if (!powers.some(({ key, power: left }) => key === each.key && left === 1)) continue;
    const ratio = ratioPiece(each, { powers, at });
    const inverseParallel = inverseParallelPiece(each, { powers, at });
    const plain = cost(polynomialTree(each.base, at));
    if (inverseParallel !== undefined && saved(inverseParallel, plain) > saved(ratio, plain)) {
      take(inverseParallel, under);
    } else if (saved(ratio, plain) > 0) take(ratio, lead);
  }
  return assembled({ ...f, powers }, { lead, over, under, at });
}

/** How much cheaper a piece is than its factors on their own. */
function saved(piece: Piece | undefined, plain: number): number {
  if (piece === undefined) return 0;
  const others = piece.used.filter(({ base }) => base.size === 1).length;
  return plain + 10 * others - cost(piece.tree);
}

function inverted({ power: exponent, ...rest }: Power): Power {
  return { ...rest, power: -exponent };
}

/** Factors that are left, as trees beside the pieces. */
function assembled(
  { numerator, denominator, powers }: Fraction,
  { lead, over, under, at }: { lead: Tree[]; over: Tree[]; under: Tree[]; at: Shaping },
): Tree {
  const trees = (side: 1 | -1) =>
    powers
      .filter((each) => each.power * side > 0)
      .sort(symbolsFirst)
      .map((each) => power(polynomialTree(each.base, at), Math.abs(each.power)));
  const sign = number(numerator < 0n ? -1n : 1n);
  const size = number(numerator < 0n ? -numerator : numerator);
  const above = [...trees(1), ...over];
  const below = [number(denominator), ...trees(-1), ...under];
  if (below.length === 1 && denominator === 1n) return product([sign, size, ...above, ...lead]);
  if (above.length === 0 && numerator * numerator === 1n) {
    return product([sign, quotient(product(lead), product(below))]);
  }
  return product([sign, ...lead, quotient(product([size, ...above]), product(below))]);
}

/** Symbols before sums, both in the order of their variables. */
function symbolsFirst(a: Power, b: Power): number {
  const isSum = ({ base }: Power) => Number(base.size > 1);
  return isSum(a) - isSum(b) || compareMonomials(firstMonomial(a.base), firstMonomial(b.base));
}

function firstMonomial(p: Polynomial): Monomial {
  return [...p.keys()].reduce((a, b) => (compareMonomials(b, a) < 0 ? b : a));
}

function hasNegative(p: Polynomial): boolean {
  for (const c of p.values()) if (c < 0n) return true;
  return false;
}

/** d and the factors n over it that n / d = R || ... stands for. */
function parallelPiece(
  under: Power,
  { powers, at }: { powers: readonly Power[]; at: Shaping },
): Piece | undefined {
  const inside = degrees(under.base);
  const over = powers.filter((each) => each.power === 1 && isWithin(each.base, inside));
  const degree = over.reduce((total, { base }) => total + degreeOf(base), 0);
  if (over.length < 2 || degree !== degreeOf(under.base) + 1) return undefined;
  const tree = parallelTree(
    over.map(({ base }) => base),
    { under: under.base, at },
  );
  return tree === undefined ? undefined : { tree, used: [under, ...over] };
}

function isWithin(p: Polynomial, variables: ReadonlyMap<number, number>): boolean {
  for (const v of degrees(p).keys()) if (!variables.has(v)) return false;
  return true;
}

/** The same for a group in the denominator: (a + b)/(a b). */
function inverseParallelPiece(
  over: Power,
  { powers, at }: { powers: readonly Power[]; at: Shaping },
): Piece | undefined {
  const turned = powers.map(inverted);
  const self = turned.find(({ key }) => key === over.key);
  const piece = self && parallelPiece(self, { powers: turned, at });
  return piece && { ...piece, used: piece.used.map(inverted) };
}

/** product(over)/under as a parallel connection: 1/f = 1/n + E/M with M the other factors and E = (under - M)/n. */
function parallelTree(
  over: readonly Polynomial[],
  { under, at }: { under: Polynomial; at: Shaping },
): Tree | undefined {
  let best: Tree | undefined;
  for (const n of over) {
    const others = over.filter((each) => each !== n);
    const rest = subtract(under, polynomialProduct(others));
    const extra = rest.size < under.size ? polynomialQuotient(rest, n) : undefined;
    if (extra === undefined || extra.size === 0 || hasNegative(extra)) continue;
    const tree = parallel([polynomialTree(n, at), shape(ratioOf(others, [extra]), at)]);
    if (best === undefined || cost(tree) < cost(best)) best = tree;
  }
  return best;
}

/** p/q = k + (p - k q)/q for factors q of the denominator whose product is a part of p. */
function ratioPiece(
  over: Power,
  { powers, at }: { powers: readonly Power[]; at: Shaping },
): Piece | undefined {
  if (over.base.size > MOST_TERMS || at.effort <= 0) return undefined;
  const inside = degrees(over.base);
  const under = powers.filter(
    ({ base, power: exponent }) => exponent < 0 && isWithin(base, inside),
  );
  const plain = cost(polynomialTree(over.base, at));
  let best: Piece | undefined;
  for (const chosen of subsets(under)) {
    const q = polynomialProduct(chosen.map(({ base }) => base));
    const k = multipleIn(over.base, q);
    if (k === undefined) continue;
    const rest = subtract(over.base, scale(q, k));
    if (rest.size === 0) continue;
    const tree = sum([number(k), shape(ratioOf([rest], [q]), at)]);
    const used = [over, ...chosen.map((each) => ({ ...each, power: -1 }))];
    const piece = { tree, used };
    if (saved(piece, plain) > saved(best, plain)) best = piece;
  }
  return best;
}

/** Single ones, pairs, and all. */
function subsets<T>(items: readonly T[]): readonly (readonly T[])[] {
  const pairs = items.flatMap((a, i) => items.slice(i + 1).map((b) => [a, b]));
  return [...items.map((item) => [item]), ...pairs, ...(items.length > 2 ? [items] : [])];
}

/** k such that the terms of k q are terms of p. */
function multipleIn(p: Polynomial, q: Polynomial): bigint | undefined {
  let k: bigint | undefined;
  for (const [m, d] of q) {
    const c = p.get(m);
    if (c === undefined || c % d !== 0n || (k !== undefined && c / d !== k)) return undefined;
    k = c / d;
  }
  return k;
}

/** f = m (a + b) */
function splitForms(f: Fraction, at: Shaping): Tree[] {
  return splits(f).map(({ front, pairs }) => {
    const sums = pairs.map((pair) => sum(pair.map((side) => shape(side, at))));
    return product([shape(front, at), sums.reduce((a, b) => (cost(b) < cost(a) ? b : a))]);
  });
}

function degreeOf(p: Polynomial): number {
  const [first] = p.keys();
  const one = first === undefined ? ONE : new Map([[first, 1n]]);
  return [...degrees(one).values()].reduce((a, b) => a + b, 0);
}
