/**
 * The variables of the polynomials of one circuit: the values of its elements, and resistances in series or in
 * parallel that are one variable together. A person writes R1 || R2 where no current tells the two apart, and
 * the polynomials stay short.
 */

import type { Circuit, Element } from '../circuit/circuit.ts';
import { compareNames, parallel, product, quotient, sum, symbol, type Tree } from './tree.ts';

/** What a variable stands for. */
export interface Variable {
  readonly tree: Tree;
  /** Elements that are in it, by index of their own variables. */
  readonly parts: readonly number[];
}

export interface Symbols {
  /** The variable of an element's value; undefined for an element without a single value. */
  of(element: Element): number | undefined;
  /** Several resistances as one variable; undefined where one of them must stay a variable of its own. */
  combined(kind: 'series' | 'parallel', variables: readonly number[]): number | undefined;
  /**
   * The resistance between the ends of the first two of resistances that meet in a star, once the star is replaced
   * by a mesh; a variable with a name of its own. undefined as for `combined`.
   */
  mesh(star: readonly number[]): number | undefined;
  variable(index: number): Variable;
  /** What the names of mesh resistances stand for, later ones made of earlier ones. */
  readonly definitions: ReadonlyMap<string, Tree>;
  /** How each element's value is written, with the element. */
  readonly names: ReadonlyMap<string, Element>;
}

export interface SymbolOptions {
  /** Whether an element's value must stay a variable of its own, because it occurs elsewhere, too. */
  readonly isSeparate?: (element: Element) => boolean;
}

export function symbolsOf(
  { elements }: Circuit,
  { isSeparate = () => false }: SymbolOptions = {},
): Symbols {
  const variables: Variable[] = [];
  const names = new Map<string, Element>();
  const ofElement = new Map<Element, number>();
  const taken = new Set<string>();
  const separate = new Set<number>();
  for (const element of elements.filter(hasValue).sort(inOrderOfNames)) {
    const name = unused(writtenName(element.name), taken);
    names.set(name, element);
    ofElement.set(element, variables.length);
    if (isSeparate(element)) separate.add(variables.length);
    variables.push({ tree: symbol(name), parts: [variables.length] });
  }
  const combinations = new Map<string, number>();
  const rank = (index: number) => Math.min(...(variables[index]?.parts ?? []));
  const definitions = new Map<string, Tree>();
  const treeAt = (index: number) => variables[index]?.tree ?? symbol(`?${index}`);
  const partsAt = (index: number) => variables[index]?.parts ?? [];
  return {
    names,
    definitions,
    mesh: (star) => {
      if (star.some((index) => partsAt(index).some((part) => separate.has(part)))) return undefined;
      const key = `mesh ${star.join(' ')}`;
      const known = combinations.get(key);
      if (known !== undefined) return known;
      const [a, b, ...others] = star.map(treeAt);
      if (a === undefined || b === undefined) return undefined;
      const name = unused(MESH, taken);
      // (1/R_1 + ... + 1/R_k) R_a R_b, the star-mesh transformation
      const rest = others.length > 1 ? parallel(others) : others[0];
      definitions.set(name, sum([a, b, ...(rest ? [quotient(product([a, b]), rest)] : [])]));
      variables.push({ tree: symbol(name), parts: star.flatMap(partsAt) });
      combinations.set(key, variables.length - 1);
      return variables.length - 1;
    },
    of: (element) => ofElement.get(element),
    variable: (index) => variables[index] ?? { tree: symbol(`?${index}`), parts: [] },
    combined: (kind, parts) => {
      if (parts.some((index) => separate.has(index))) return undefined;
      const trees = parts.map((index) => ({ index, tree: variables[index]?.tree ?? symbol('?') }));
      trees.sort((a, b) => isGroup(a.tree) - isGroup(b.tree) || rank(a.index) - rank(b.index));
      const key = `${kind} ${trees.map(({ index }) => index).join(' ')}`;
      const known = combinations.get(key);
      if (known !== undefined) return known;
      const combine = kind === 'series' ? sum : parallel;
      variables.push({
        tree: combine(trees.map(({ tree }) => tree)),
        parts: parts.flatMap((index) => variables[index]?.parts ?? []),
      });
      combinations.set(key, variables.length - 1);
      return variables.length - 1;
    },
  };
}

function isGroup({ kind }: Tree): number {
  return kind === 'symbol' ? 0 : 1;
}

/** The order of variables, and of terms. */
function inOrderOfNames(a: Element, b: Element): number {
  return compareNames(a.name, b.name);
}

/** Whether the closed forms name the value: a resistance, or the gain of a source with one control, which is no law. */
export function hasValue(element: Element): boolean {
  switch (element.kind) {
    case 'resistor':
      return true;
    case 'controlledVoltage':
    case 'controlledCurrent':
      return element.controls.length === 1 && element.isLaw !== true;
    default:
      return false;
  }
}

/** A name that formulas can hold: what else SPICE allows in names becomes `_`. */
export function writtenName(name: string): string {
  const written = name.replace(/[^\w.$@#\u00a7-\uffef]/g, '_');
  return /^[A-Za-z_\u00a7-\uffef]/.test(written) ? written : `_${written}`;
}

/** The first resistance of a mesh. */
const MESH = 'RM1';

/** The name, or the next free one: `R_2`, `RM2`. */
function unused(name: string, taken: Set<string>): string {
  const stem = name === MESH ? name.slice(0, -1) : `${name}_`;
  let free = name;
  for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${stem}${n}`;
  taken.add(free.toLowerCase());
  return free;
}
