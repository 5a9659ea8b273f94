// The generic rank of a circuit matrix, and which unknowns and equations are to blame when it is deficient.
//
// Every conductance becomes a random residue modulo a prime p and every ±1 stays exact: a determinant that vanishes for
// all conductances vanishes here, one that does not vanishes with probability about n / p (Schwartz 1980, Zippel 1979).
// No rounding, no threshold. Left-looking elimination as in lu.ts, over GF(p); a column that reduces to zero is dependent,
// and what it was reduced with is a null vector: A v = 0.

import { Preference } from './preference.ts';
import { GrowingColumns, Reach } from './reach.ts';
import { HALF, inverse, multiply, PRIME, power, reduce } from './residue.ts';
import type { Symbolic } from './symbolic.ts';
import { type Entries, sortByColumn } from './terms.ts';

/** Unsummed entries of a matrix over GF(p), (n x n); residues are integers below p in magnitude. */
export interface ResidueTerms extends Entries {
  readonly residues: Float64Array; // (count)
}

/** n - rank null vectors on either side, as the indices of their non-zeros, ascending. */
export interface NullVectors {
  readonly rank: number;
  /** Supports of a basis of A v = 0: columns (unknowns) that are not determined. */
  readonly rightNullVectors: number[][];
  /** Supports of a basis of wᵀ A = 0: rows (equations) that contradict or repeat each other. */
  readonly leftNullVectors: number[][];
}

interface ResidueColumns {
  readonly pointers: Int32Array; // (n + 1)
  readonly rows: Int32Array;
  readonly values: Float64Array;
}

/** Rank and null vectors of A over GF(p); the order matters for speed and for which basis is found. */
export function modularNullVectors(A: ResidueTerms, order: Symbolic): NullVectors {
  const { columnOrder, rowPreference } = order;
  const { rank, nullVectors } = eliminate(A, columnOrder, rowPreference);
  if (rank === A.n) return { rank, rightNullVectors: [], leftNullVectors: [] };
  const transposed = { n: A.n, rows: A.columns, columns: A.rows, residues: A.residues };
  const left = eliminate(transposed, rowPreference, columnOrder);
  return { rank, rightNullVectors: nullVectors, leftNullVectors: left.nullVectors };
}

/** Gilbert-Peierls over GF(p) with the preferred row, else the sparsest, as the pivot. */
function eliminate(
  A: ResidueTerms,
  columnOrder: Int32Array,
  rowPreference: Int32Array,
): { rank: number; nullVectors: number[][] } {
  const { n } = A;
  const { pointers, rows, values } = compressResidues(A);
  const rowCounts = new Int32Array(n);
  for (const i of rows) rowCounts[i]!++;
  const preference = new Preference(rowPreference);
  const stepOf = new Int32Array(n).fill(-1);
  const rowOrder = new Int32Array(n); // by step: a pivot found, not a column tried
  const pivotColumns = new Int32Array(n);
  const pivotInverses = new Float64Array(n);
  const lower = new GrowingColumns(n, 2 * values.length + n);
  const upper = new GrowingColumns(n, 2 * values.length + n);
  const reach = new Reach(stepOf, lower);
  const x = new Float64Array(n);
  const nullVectors: number[][] = [];
  let rank = 0;

  for (let k = 0; k < n; k++) {
    const column = columnOrder[k]!;
    const begin = pointers[column]!;
    const end = pointers[column + 1]!;
    reach.from(rows, begin, end);
    for (let p = begin; p < end; p++) x[rows[p]!] = values[p]!;
    upper.reserve(n - reach.top);
    lower.reserve(reach.rowCount);
    for (let s = reach.top; s < n; s++) {
      const j = reach.steps[s]!;
      const xj = x[rowOrder[j]!]!;
      x[rowOrder[j]!] = 0;
      if (xj === 0) continue;
      upper.push(j, xj);
      const jEnd = lower.pointers[j + 1]!;
      for (let p = lower.pointers[j]!; p < jEnd; p++) {
        const i = lower.indices[p]!;
        x[i] = reduce(x[i]! - lower.values[p]! * xj);
      }
    }
    const row = choosePivot(x, reach, preference.of[k]!, rowCounts);
    if (row === -1) {
      nullVectors.push(nullVector(upper, rank, column, pivotColumns, pivotInverses));
      upper.count = upper.pointers[rank]!; // not a column of U
      continue;
    }
    preference.take(k, row);
    upper.endColumn();
    const pivotInverse = inverse(x[row]!);
    for (let r = 0; r < reach.rowCount; r++) {
      const i = reach.rows[r]!;
      if (i !== row) lower.push(i, multiply(x[i]!, pivotInverse)); // zeros too: pruning counts on the pattern
      x[i] = 0;
    }
    lower.endColumn();
    stepOf[row] = rank;
    rowOrder[rank] = row;
    pivotColumns[rank] = column;
    pivotInverses[rank] = pivotInverse;
    reach.prune(rank, row);
    rank++;
  }
  return { rank, nullVectors };
}

/** The preferred row if non-zero, else the non-zero row with the fewest entries in A; -1 if all are zero. */
function choosePivot(
  x: Float64Array,
  reach: Reach,
  preferred: number,
  rowCounts: Int32Array,
): number {
  if (x[preferred] !== 0) return preferred;
  let row = -1;
  for (let r = 0; r < reach.rowCount; r++) {
    const i = reach.rows[r]!;
    if (x[i] !== 0 && (row === -1 || rowCounts[i]! < rowCounts[row]!)) row = i;
  }
  return row;
}

/**
 * The support of v = e_column - Σ_j y_j e_(pivot column j), where U y = u is what the column was reduced with and stands
 * behind the `rank` columns of U.
 */
function nullVector(
  upper: GrowingColumns,
  rank: number,
  column: number,
  pivotColumns: Int32Array,
  pivotInverses: Float64Array,
): number[] {
  const { pointers, indices, values, count } = upper;
  const y = new Float64Array(rank);
  let last = -1;
  for (let p = pointers[rank]!; p < count; p++) {
    y[indices[p]!] = values[p]!;
    last = Math.max(last, indices[p]!);
  }
  const support = [column];
  for (let j = last; j >= 0; j--) {
    if (y[j] === 0) continue;
    support.push(pivotColumns[j]!);
    const yj = multiply(y[j]!, pivotInverses[j]!);
    for (let p = pointers[j]!; p < pointers[j + 1]!; p++) {
      y[indices[p]!] = reduce(y[indices[p]!]! - values[p]! * yj);
    }
  }
  return support.sort((a, b) => a - b);
}

/** Σ terms in compressed columns; positions whose sum is zero are dropped. */
function compressResidues(A: ResidueTerms): ResidueColumns {
  const pointers = new Int32Array(A.n + 1);
  const rows = new Int32Array(A.rows.length);
  const values = new Float64Array(A.rows.length);
  const order = sortByColumn(A);
  let count = 0;
  for (let s = 0; s < order.length; ) {
    const row = A.rows[order[s]!]!;
    const column = A.columns[order[s]!]!;
    let total = 0;
    for (; s < order.length && A.rows[order[s]!] === row && A.columns[order[s]!] === column; s++) {
      total = reduce(total + A.residues[order[s]!]!);
    }
    if (total === 0) continue;
    rows[count] = row;
    values[count++] = total;
    pointers[column + 1]!++;
  }
  for (let j = 0; j < A.n; j++) pointers[j + 1]! += pointers[j]!;
  return { pointers, rows: rows.slice(0, count), values: values.slice(0, count) };
}

/**
 * The image of a finite double m 2^e in GF(p). A ring homomorphism on the dyadic rationals: relations that hold exactly
 * between doubles, such as 1 - 0.5 = 0.5, hold between their residues. Unique: |r| <= (p - 1)/2.
 */
export function residueOf(value: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`${value} has no residue; it must be finite.`);
  let mantissa = Math.abs(value);
  let halvings = 0;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2; // exact: a double that is not an integer is below 2^52
    halvings++;
  }
  const r = multiply(mantissa % PRIME, power(HALF, halvings));
  const balanced = r >= HALF ? r - PRIME : r <= -HALF ? r + PRIME : r;
  return value < 0 ? -balanced : balanced;
}

/** A generator of random residues in 1 .. p - 1, the same for the same seed (splitmix32). */
export function randomResidues(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return 1 + (((z ^ (z >>> 16)) >>> 0) % (PRIME - 1));
  };
}
