// Gaussian elimination of one sparse system as straight-line code: A x = b, f = c'x + constant, with entries that are
// values of the code. Only f is wanted, so nothing is substituted back: c' is a further row below A.
//
// The order is that of the cheapest step (Markowitz 1957, counted in operations that remain), among pivots which at all
// sampled points are at least THRESHOLD of their scaled column and keep their sign. The pivots are static: `safety`
// is the smallest of pivot / nominal pivot, by which a sample is known whose pivots have collapsed or turned over.

import type { CodeBuilder, Value } from './code.ts';
import { equilibrated, type Scales } from './equilibration.ts';
import { Shadow } from './shadow.ts';

/** Entries by column; zeros are left out. */
export type Row = Map<number, Value>;

export interface Equations {
  /** A (n x n) */
  readonly rows: readonly Row[];
  /** b (n) */
  readonly right: readonly Value[];
  /** c (n) */
  readonly functional: Row;
  readonly constant: Value;
}

export interface Eliminated {
  /** f */
  readonly output: Value;
  readonly safety: Value;
}

interface Pivot {
  readonly row: number;
  readonly column: number;
  readonly cost: number;
}

const THRESHOLD = 0.1;
/** Divisions take as long as this many multiplications. */
const DIVISION = 4;

/** f and its safety; undefined without usable pivots, or when more than `most` operations would be needed. */
export function eliminated(
  { rows, right, functional, constant }: Equations,
  {
    builder,
    points,
    most,
  }: {
    readonly builder: CodeBuilder;
    /** Inputs at which pivots are tried, the nominal ones first. */
    readonly points: readonly Float64Array[];
    readonly most: number;
  },
): Eliminated | undefined {
  const shadow = new Shadow(builder, points);
  const scales = equilibrated(rows, (value) => shadow.most(value));
  const work: Work = {
    builder,
    shadow,
    scales,
    rows: [...rows.map((row) => new Map(row)), new Map(functional)],
    right: [...right, builder.negative(constant)],
    open: new Set(rows.keys()),
    columns: columnsOf([...rows, functional]),
  };
  let safety = builder.constant(1);
  for (let step = 0; step < rows.length; step++) {
    const pivot = cheapestPivot(work);
    if (pivot === undefined || builder.operations.length > most) return undefined;
    const value = work.rows[pivot.row]!.get(pivot.column)!;
    if (builder.constantOf(value) === undefined) {
      const nominal = shadow.of(value)[0]!;
      safety = builder.minimum(safety, builder.multiply(value, builder.constant(1 / nominal)));
    }
    eliminate(work, pivot);
  }
  return { output: builder.negative(work.right.at(-1)!), safety };
}

interface Work {
  readonly builder: CodeBuilder;
  readonly shadow: Shadow;
  readonly scales: Scales;
  /** The equations, then the functional. */
  readonly rows: Row[];
  readonly right: Value[];
  /** Equations that have not been pivots. */
  readonly open: Set<number>;
  /** Rows with an entry in each column, the functional among them. */
  readonly columns: Map<number, Set<number>>;
}

function columnsOf(rows: readonly Row[]): Map<number, Set<number>> {
  const columns = new Map<number, Set<number>>();
  rows.forEach((row, i) => {
    for (const column of row.keys()) {
      const members = columns.get(column) ?? new Set();
      columns.set(column, members.add(i));
    }
  });
  return columns;
}

function cheapestPivot(work: Work): Pivot | undefined {
  const { columns, open } = work;
  let best: Pivot | undefined;
  for (const [column, members] of columns) {
    const sizes = new Map<number, number>();
    let largest = 0;
    for (const row of members) {
      if (!open.has(row)) continue;
      const value = work.rows[row]!.get(column)!;
      const scale = work.scales.rows[row]! * work.scales.columns[column]!;
      largest = Math.max(largest, work.shadow.most(value) * scale);
      sizes.set(row, work.shadow.least(value) * scale);
    }
    for (const [row, size] of sizes) {
      if (size === 0 || size < THRESHOLD * largest) continue;
      const most = best?.cost ?? Number.POSITIVE_INFINITY;
      const cost = costOf(work, { row, column, most });
      if (cost < most) best = { row, column, cost };
    }
  }
  return best;
}

/** Operations that an elimination leaves in the code, up to `most`. */
function costOf(
  { builder, rows, right, columns }: Work,
  { row, column, most }: { row: number; column: number; most: number },
): number {
  const isConstant = (value: Value) => builder.constantOf(value) !== undefined;
  const pivotRow = rows[row]!;
  const pivot = pivotRow.get(column)!;
  const others = [...pivotRow].filter(([j]) => j !== column).map(([, value]) => value);
  if (builder.constantOf(right[row]!) !== 0) others.push(right[row]!);
  let cost = isConstant(pivot) || columns.get(column)!.size === 1 ? 0 : DIVISION;
  for (const member of columns.get(column)!) {
    if (member === row) continue;
    const factor = rows[member]!.get(column)!;
    const isFixed = isConstant(factor) && isConstant(pivot);
    if (!isFixed) cost++;
    for (const value of others) cost += isFixed && isConstant(value) ? 0 : 2;
    // A larger pattern is dearer later on.
    for (const j of pivotRow.keys()) if (!rows[member]!.has(j)) cost += 0.5;
    if (cost >= most) return cost;
  }
  return cost;
}

function eliminate({ builder, rows, right, open, columns }: Work, { row, column }: Pivot): void {
  const pivotRow = rows[row]!;
  const inverse = builder.divide(builder.constant(1), pivotRow.get(column)!);
  open.delete(row);
  for (const j of pivotRow.keys()) columns.get(j)!.delete(row);
  for (const member of columns.get(column)!) {
    const target = rows[member]!;
    const factor = builder.multiply(target.get(column)!, inverse);
    target.delete(column);
    for (const [j, value] of pivotRow) {
      if (j === column) continue;
      const product = builder.multiply(factor, value);
      const before = target.get(j) ?? builder.constant(0);
      const after = builder.subtract(before, product);
      if (builder.constantOf(after) === 0) {
        target.delete(j);
        columns.get(j)!.delete(member);
      } else {
        target.set(j, after);
        columns.get(j)!.add(member);
      }
    }
    right[member] = builder.subtract(right[member]!, builder.multiply(factor, right[row]!));
  }
  columns.delete(column);
}
