/**
 * The matrix of Newton's method: the linear part of a circuit, which stays, and on top of it the tangents
 * of its non-linear elements and conductances to ground that help on the way. The pattern is fixed, so that
 * one analysis serves all iterations.
 */

import type { Control } from '../circuit/circuit.ts';
import { GROUND } from '../circuit/circuit.ts';
import { factor, type Lu, refactor, SingularMatrixError, solve } from '../numeric/lu.ts';
import { analyse, type Symbolic } from '../numeric/symbolic.ts';
import { compress, type SparseMatrix, type Terms, TermsBuilder } from '../numeric/terms.ts';
import type { Instance } from './instance.ts';
import type { Tangent } from './linearisation.ts';
import { type Pull, Remainder, type TangentEquations } from './remainder.ts';
import { branchOf, type System, type Unknowns } from './system.ts';

/** A[position] += factor J[entry] */
interface Stamps {
  readonly positions: Int32Array;
  readonly entries: Int32Array;
  readonly factors: Float64Array;
}

/** One term of a row or a column: ground has none. */
type Side = readonly (readonly [index: number, factor: number])[];

export class TangentMatrix {
  readonly unknowns: Unknowns;
  readonly symbolic: Symbolic;
  readonly #pattern: SparseMatrix;
  readonly #remainder: Remainder;
  /** Summed values of the linear part. */
  readonly #linear: Float64Array;
  /** Place of the diagonal of each node. */
  readonly #diagonals: Int32Array;
  /** Of every instance. */
  readonly #stamps: readonly Stamps[];
  /** A factorisation whose pivots may serve the next matrix, too. */
  #last: Lu | undefined;

  /** `frame` is the system of the circuit without tangents (`withoutTangents`). */
  constructor(frame: System, instances: readonly Instance[]) {
    const { unknowns, terms, matrix: sums } = frame;
    this.unknowns = unknowns;
    const builder = new TermsBuilder(unknowns.count);
    addTerms(builder, terms);
    for (let node = 0; node < unknowns.nodes; node++) builder.add(node, node, 0);
    const listed = instances.map((instance) => entriesOf(instance, unknowns));
    // Ones stand for tangents that are not known yet: the analysis only wants to know what may be a pivot.
    for (const { row, column, factor } of listed.flat()) builder.add(row, column, factor);
    this.#pattern = compress(builder.build());
    this.symbolic = analyse(this.#pattern);
    const at = (row: number, column: number) => positionOf(this.#pattern, row, column);
    this.#linear = new Float64Array(this.#pattern.values.length);
    this.#remainder = new Remainder(terms, instances, unknowns);
    for (let column = 0; column < sums.n; column++) {
      for (
        let p = sums.columnPointers[column] ?? 0;
        p < (sums.columnPointers[column + 1] ?? 0);
        p++
      ) {
        this.#linear[at(sums.rowIndices[p] ?? 0, column)] = sums.values[p] ?? 0;
      }
    }
    this.#diagonals = Int32Array.from({ length: unknowns.nodes }, (_, node) => at(node, node));
    this.#stamps = listed.map((entries) => ({
      positions: Int32Array.from(entries, ({ row, column }) => at(row, column)),
      entries: Int32Array.from(entries, ({ entry }) => entry),
      factors: Float64Array.from(entries, ({ factor }) => factor),
    }));
  }

  /** A with the tangents and the conductances of the pulls in. */
  #matrix(tangents: readonly Tangent[], pulls: ReadonlyMap<number, Pull>): SparseMatrix {
    const values = this.#linear.slice();
    for (const [node, { conductance }] of pulls) {
      const p = this.#diagonals[node] ?? 0;
      values[p] = (values[p] ?? 0) + conductance;
    }
    for (const [i, { positions, entries, factors }] of this.#stamps.entries()) {
      const jacobian = tangents[i]?.jacobian;
      if (jacobian === undefined) continue;
      for (let s = 0; s < positions.length; s++) {
        const p = positions[s] ?? 0;
        values[p] = (values[p] ?? 0) + (factors[s] ?? 0) * (jacobian[entries[s] ?? 0] ?? 0);
      }
    }
    return { ...this.#pattern, values };
  }

  /**
   * The solution of the tangents, as x + A \ (what is left of the equations at x). A node that is held by GMIN
   * alone beside ohms would be lost in the rounding of A \ b, but what is left at x is known to 106 bits. A change
   * much larger than its result leaves its own rounding there and is followed by another.
   *
   * @throws {SingularMatrixError}
   */
  step(x: Float64Array, equations: TangentEquations): Float64Array {
    const A = this.#matrix(equations.tangents, equations.pulls);
    const left = this.#remainder.at(x, equations);
    const again = this.#last === undefined ? undefined : solvedAgain(this.#last, A, left);
    const lu = again?.lu ?? factor(A, this.symbolic);
    if (again === undefined) this.#last = lu;
    let change = again?.x ?? solve(lu, left);
    let result = sum(x, change);
    for (let pass = 1; pass < PASSES; pass++) {
      if (!(largest(change) > LARGE_CHANGE * largest(result))) break;
      change = solve(lu, this.#remainder.at(result, equations));
      result = sum(result, change);
    }
    return result;
  }
}

/** How many times its result a change is large, and how many changes make a step at most. */
const LARGE_CHANGE = 10;
const PASSES = 4;

function largest(v: Float64Array): number {
  return v.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function sum(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + (b[i] ?? 0));
}

/** Part of |A| |x| + |b| that a residual may be when pivots are used again. */
const SMALL_RESIDUAL = 1e-9;

/** x by the pivots of an earlier matrix; undefined where they do not serve this one. */
function solvedAgain(
  earlier: Lu,
  A: SparseMatrix,
  b: Float64Array,
): { lu: Lu; x: Float64Array } | undefined {
  try {
    const lu = refactor(earlier, A);
    const x = solve(lu, b);
    return hasSmallResidual(A, x, b) ? { lu, x } : undefined;
  } catch (fault) {
    if (fault instanceof SingularMatrixError) return undefined;
    throw fault;
  }
}

/** |b - A x| <= SMALL_RESIDUAL (|b| + |A| |x|), row by row. */
function hasSmallResidual(A: SparseMatrix, x: Float64Array, b: Float64Array): boolean {
  const { n, columnPointers, rowIndices, values } = A;
  const residual = b.slice();
  const size = b.map(Math.abs);
  for (let column = 0; column < n; column++) {
    const value = x[column] ?? 0;
    const end = columnPointers[column + 1] ?? 0;
    for (let p = columnPointers[column] ?? 0; p < end; p++) {
      const row = rowIndices[p] ?? 0;
      const term = (values[p] ?? 0) * value;
      residual[row] = (residual[row] ?? 0) - term;
      size[row] = (size[row] ?? 0) + Math.abs(term);
    }
  }
  return residual.every((value, row) => Math.abs(value) <= SMALL_RESIDUAL * (size[row] ?? 0));
}

function addTerms(builder: TermsBuilder, { rows, columns, high, low }: Terms): void {
  for (let t = 0; t < rows.length; t++) {
    builder.add(rows[t] ?? GROUND, columns[t] ?? GROUND, high[t] ?? 0, low[t]);
  }
}

interface Entry {
  readonly row: number;
  readonly column: number;
  readonly factor: number;
  readonly entry: number;
}

/** Where the Jacobian of an instance goes: KCL rows for currents, the branch row for voltages. */
function entriesOf(instance: Instance, unknowns: Unknowns): readonly Entry[] {
  const entries: Entry[] = [];
  const columns = instance.inputs.map((input) => columnsOf(input, unknowns));
  for (const [outlet, { quantity, port, name }] of instance.outlets.entries()) {
    const rows: Side =
      quantity === 'V'
        ? [[branchOf(unknowns, name), -1]] // V(port) - f(u) = 0
        : [
            [port.plus, 1],
            [port.minus, -1],
          ];
    for (const [row, rowSign] of rows) {
      if (row === GROUND) continue;
      for (const [j, side] of columns.entries()) {
        for (const [column, factor] of side) {
          if (column === GROUND) continue;
          entries.push({
            row,
            column,
            factor: rowSign * factor,
            entry: outlet * columns.length + j,
          });
        }
      }
    }
  }
  return entries;
}

function columnsOf(input: Control, unknowns: Unknowns): Side {
  if (input.quantity === 'I') return [[branchOf(unknowns, input.element), input.gain]];
  return [
    [input.port.plus, input.gain],
    [input.port.minus, -input.gain],
  ];
}

/** Index into the values of a matrix; the position must be in its pattern. */
function positionOf(
  { columnPointers, rowIndices }: SparseMatrix,
  row: number,
  column: number,
): number {
  let low = columnPointers[column] ?? 0;
  let high = (columnPointers[column + 1] ?? 0) - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rowIndices[middle] ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
