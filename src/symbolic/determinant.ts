/**
 * The determinant of a sparse matrix of polynomials as a product: the matrix is permuted to block triangular
 * form (a matching, then strongly connected components: Dulmage and Mendelsohn), and each block is expanded by
 * minors, every minor once. All minors of a circuit matrix are multilinear in the element values, so that a
 * product with a square in it cancels and is never formed.
 */

import { addTerm, type Monomial, ONE, type Polynomial, ZERO } from './polynomial.ts';

/** A row by its columns; absent entries are 0. */
export type Row = ReadonlyMap<number, Polynomial>;

/** More terms than a formula may have: the closed form is refused. */
export class TooLongError extends Error {}

/** Terms that a minor may have, and that all minors of a block may have together: beyond, stars become meshes (network.ts). */
const LONGEST_MINOR = 800;
export const MOST_TERMS = 30_000;

/** det = product of factors; undefined when it is 0 whatever the values are. */
export function determinantFactors(
  rows: readonly Row[],
  columns: readonly number[],
): readonly Polynomial[] | undefined {
  const matched = matching(rows, columns);
  if (matched === undefined) return undefined;
  const rowOf = new Map(matched.map((column, row) => [column, row]));
  const order: number[] = [];
  const factors: Polynomial[] = [];
  const components = stronglyConnected(
    rows.map((row) => [...row.keys()].flatMap((column) => rowOf.get(column) ?? [])),
  );
  for (const component of components) {
    const block = blockDeterminant(
      component.map((i) => rows[i] ?? new Map()),
      component.map((i) => matched[i] ?? 0),
    );
    if (block.size === 0) return undefined;
    factors.push(block);
    order.push(...component);
  }
  const places = new Map(columns.map((column, place) => [column, place]));
  const sign = parity(order) * parity(order.map((i) => places.get(matched[i] ?? 0) ?? 0));
  if (sign < 0) factors.push(new Map([[0n, -1n]]));
  return factors;
}

/** A column for every row such that no entry is 0, by augmenting paths; undefined when there is none. */
function matching(rows: readonly Row[], columns: readonly number[]): number[] | undefined {
  const allowed = new Set(columns);
  const rowAt = new Map<number, number>();
  const augment = (row: number, seen: Set<number>): boolean => {
    for (const column of rows[row]?.keys() ?? []) {
      if (!allowed.has(column) || seen.has(column)) continue;
      seen.add(column);
      const holder = rowAt.get(column);
      if (holder === undefined || augment(holder, seen)) {
        rowAt.set(column, row);
        return true;
      }
    }
    return false;
  };
  for (let row = 0; row < rows.length; row++) if (!augment(row, new Set())) return undefined;
  const matched = new Array<number>(rows.length).fill(0);
  for (const [column, row] of rowAt) matched[row] = column;
  return matched;
}

/** Tarjan's algorithm. */
function stronglyConnected(successors: readonly (readonly number[])[]): number[][] {
  const index = new Map<number, number>();
  const low = new Map<number, number>();
  const stack: number[] = [];
  const onStack = new Set<number>();
  const components: number[][] = [];
  const visit = (v: number): void => {
    index.set(v, index.size);
    low.set(v, index.size - 1);
    stack.push(v);
    onStack.add(v);
    for (const w of successors[v] ?? []) {
      if (!index.has(w)) {
        visit(w);
        low.set(v, Math.min(low.get(v) ?? 0, low.get(w) ?? 0));
      } else if (onStack.has(w)) {
        low.set(v, Math.min(low.get(v) ?? 0, index.get(w) ?? 0));
      }
    }
    if (low.get(v) !== index.get(v)) return;
    const component: number[] = [];
    for (let w = stack.pop(); w !== undefined; w = stack.pop()) {
      onStack.delete(w);
      component.push(w);
      if (w === v) break;
    }
    components.push(component);
  };
  for (let v = 0; v < successors.length; v++) if (!index.has(v)) visit(v);
  return components;
}

/** +1 or -1 for a permutation of 0 .. n-1. */
function parity(permutation: readonly number[]): 1 | -1 {
  const seen = new Set<number>();
  let sign: 1 | -1 = 1;
  for (let start = 0; start < permutation.length; start++) {
    let length = 0;
    for (let i = start; !seen.has(i); i = permutation[i] ?? 0) {
      seen.add(i);
      length++;
    }
    if (length > 0 && length % 2 === 0) sign = sign === 1 ? -1 : 1;
  }
  return sign;
}

/** det by expansion along the rows, rows with few entries first; minors are kept by the set of their columns. */
function blockDeterminant(rows: readonly Row[], columns: readonly number[]): Polynomial {
  const n = rows.length;
  if (n === 1) return rows[0]?.get(columns[0] ?? 0) ?? ZERO;
  if (n > 30) throw new TooLongError();
  const places = new Map(columns.map((column, place) => [column, place]));
  const entries = rows.map((row) =>
    [...row].flatMap(([column, entry]) => {
      const place = places.get(column);
      return place === undefined ? [] : [{ place, entry }];
    }),
  );
  const order = expansionOrder(entries.map((row) => row.map(({ place }) => place)));
  const minors = new Map<number, Polynomial>();
  let terms = 0;
  /** The minor of the rows order[depth] .. and the columns in `left`. */
  const minor = (depth: number, left: number): Polynomial => {
    if (depth === n) return ONE;
    const known = minors.get(left);
    if (known !== undefined) return known;
    const sum = new Map<Monomial, bigint>();
    for (const { place, entry } of entries[order[depth] ?? 0] ?? []) {
      if ((left & (1 << place)) === 0) continue;
      const isOdd = bitCount(left & ((1 << place) - 1)) % 2 === 1;
      addProduct(sum, { entry, minor: minor(depth + 1, left & ~(1 << place)), isNegative: isOdd });
      if (sum.size > LONGEST_MINOR) throw new TooLongError();
    }
    minors.set(left, sum);
    terms += sum.size;
    if (terms > MOST_TERMS) throw new TooLongError();
    return sum;
  };
  const det = minor(0, 2 ** n - 1);
  return parity(order) === 1 ? det : new Map([...det].map(([m, c]) => [m, -c]));
}

function addProduct(
  sum: Map<Monomial, bigint>,
  { entry, minor, isNegative }: { entry: Polynomial; minor: Polynomial; isNegative: boolean },
): void {
  for (const [m, c] of entry) {
    const coefficient = isNegative ? -c : c;
    for (const [n, d] of minor) {
      if ((m & n) === 0n) addTerm(sum, m + n, coefficient * d);
    }
  }
}

/** Rows so that few columns are open at a time: each next one opens the fewest. */
function expansionOrder(rows: readonly (readonly number[])[]): number[] {
  const open = new Set<number>();
  const left = new Set(rows.keys());
  const order: number[] = [];
  while (left.size > 0) {
    let [best, fewest] = [-1, Number.POSITIVE_INFINITY];
    for (const i of left) {
      const opens = (rows[i] ?? []).filter((place) => !open.has(place)).length;
      if (opens < fewest) [best, fewest] = [i, opens];
    }
    left.delete(best);
    order.push(best);
    for (const place of rows[best] ?? []) open.add(place);
  }
  return order;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
