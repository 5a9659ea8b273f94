/** A long formula with the parts that occur in it more than once named: A = ..., B = .... */

import { cost, leaves } from './cost.ts';
import { treeText } from './print-text.ts';
import {
  children,
  negative,
  parallel,
  power,
  product,
  quotient,
  sum,
  symbol,
  symbolsOf,
  type Tree,
} from './tree.ts';

export interface NamedPart {
  readonly name: string;
  readonly tree: Tree;
}

export interface NamedParts {
  readonly tree: Tree;
  /** In the order in which they are needed: later ones may contain earlier ones. */
  readonly parts: readonly NamedPart[];
}

const texts = new WeakMap<Tree, string>();

/** A text that only equal trees share. */
function textOf(tree: Tree): string {
  const text = texts.get(tree) ?? treeText(tree);
  texts.set(tree, text);
  return text;
}

/** Formulas that fit into a line of this many characters stay whole. */
const LINE = 100;
/** Letters that stand for no quantity of electricity. */
const NAMES = 'ABDFHJKMNPSTUWXYZ';
/** A part of fewer symbols needs no name, nor one that saves less than four of them. */
const FEWEST = 2;
const LEAST_SAVED = 40;

/** The tree with what it names already, of all definitions, and with further names where it is long. */
export function namedParts(tree: Tree, definitions: ReadonlyMap<string, Tree>): NamedParts {
  const given = definitionsIn(tree, definitions);
  if (given.length > 0) return { tree, parts: inOrderOfNeed(given) };
  const taken = new Set([...symbolsOf(tree)].map((name) => name.toUpperCase()));
  const names = [...NAMES].filter((name) => !taken.has(name));
  const parts: NamedPart[] = [];
  let whole = tree;
  for (const name of names) {
    if (textOf(whole).length <= LINE) break;
    const part = mostRepeated([whole, ...parts.map((each) => each.tree)]);
    if (part === undefined) break;
    const text = textOf(part);
    whole = replaced(whole, { text, name });
    for (const [i, each] of parts.entries()) {
      parts[i] = { name: each.name, tree: replaced(each.tree, { text, name }) };
    }
    parts.push({ name, tree: part });
  }
  return { tree: whole, parts: inOrderOfNeed(parts) };
}

function definitionsIn(tree: Tree, definitions: ReadonlyMap<string, Tree>): readonly NamedPart[] {
  const found = new Map<string, NamedPart>();
  const visit = (at: Tree): void => {
    for (const name of symbolsOf(at)) {
      const definition = definitions.get(name);
      if (definition === undefined || found.has(name)) continue;
      found.set(name, { name, tree: definition });
      visit(definition);
    }
  };
  visit(tree);
  return [...found.values()];
}

/** Each part behind those that it contains. */
function inOrderOfNeed(parts: readonly NamedPart[]): readonly NamedPart[] {
  const ordered: NamedPart[] = [];
  const place = (part: NamedPart): void => {
    if (ordered.includes(part)) return;
    const inside = symbolsOf(part.tree);
    for (const other of parts) if (other !== part && inside.has(other.name)) place(other);
    ordered.push(part);
  };
  parts.forEach(place);
  return ordered;
}

/** The part whose name saves most. */
function mostRepeated(trees: readonly Tree[]): Tree | undefined {
  const found = new Map<string, { tree: Tree; count: number }>();
  const visit = (tree: Tree): void => {
    if (tree.kind === 'symbol' || tree.kind === 'number') return;
    if (tree.kind !== 'negative' && leaves(tree) >= FEWEST) {
      const text = textOf(tree);
      const known = found.get(text);
      found.set(text, { tree, count: (known?.count ?? 0) + 1 });
    }
    children(tree).forEach(visit);
  };
  trees.forEach(visit);
  let [best, most] = [undefined as Tree | undefined, LEAST_SAVED];
  for (const { tree, count } of found.values()) {
    const saves = (count - 1) * cost(tree);
    if (count > 1 && saves > most) [best, most] = [tree, saves];
  }
  return best;
}

function replaced(tree: Tree, by: { readonly text: string; readonly name: string }): Tree {
  if (tree.kind === 'symbol' || tree.kind === 'number') return tree;
  if (textOf(tree) === by.text) return symbol(by.name);
  const inner = (each: Tree) => replaced(each, by);
  switch (tree.kind) {
    case 'sum':
      return sum(tree.terms.map(inner));
    case 'negative':
      return negative(inner(tree.operand));
    case 'product':
      return product(tree.factors.map(inner));
    case 'quotient':
      return quotient(inner(tree.over), inner(tree.under));
    case 'power':
      return power(inner(tree.base), tree.exponent);
    case 'parallel':
      return parallel(tree.operands.map(inner));
  }
}
