/**
 * The matrix of Newton's method: the linear part of a circuit, which stays, and on top of it the tangents
 * of its non-linear elements and conductances to ground that help on the way. The pattern is fixed, so that
 * one analysis serves all iterations.
 */

import type { Control, LinearCircuit } from '../circuit/circuit.ts';
import { GROUND } from '../circuit/circuit.ts';
import { factor, type Lu, refactor, SingularMatrixError, solve } from '../numeric/lu.ts';
import { analyse, type Symbolic } from '../numeric/symbolic.ts';
import { compress, type SparseMatrix, type Terms, TermsBuilder } from '../numeric/terms.ts';
import type { Instance } from './instance.ts';
import type { Tangent } from './linearisation.ts';
import { branchOf, type System, type Unknowns } from './system.ts';

/** A[position] += factor J[entry] */
interface Stamps {
  readonly positions: Int32Array;
  readonly entries: Int32Array;
  readonly factors: Float64Array;
}

/** b[row] += sign (f - J u)[outlet] */
interface Drive {
  readonly row: number;
  readonly outlet: number;
  readonly sign: number;
}

interface Placed {
  readonly instance: Instance;
  readonly stamps: Stamps;
  readonly drives: readonly Drive[];
}

/** One term of a row or a column: ground has none. */
type Side = readonly (readonly [index: number, factor: number])[];

export class TangentMatrix {
  readonly unknowns: Unknowns;
  readonly symbolic: Symbolic;
  readonly #pattern: SparseMatrix;
  /** Summed values of the linear part. */
  readonly #linear: Float64Array;
  /** Place of the diagonal of each node. */
  readonly #diagonals: Int32Array;
  readonly #placed: readonly Placed[];
  /** A factorisation whose pivots may serve the next matrix, too. */
  #last: Lu | undefined;

  /** `frame` is the system of the circuit without tangents (`withoutTangents`). */
  constructor(frame: System, instances: readonly Instance[]) {
    const { unknowns, circuit, terms } = frame;
    this.unknowns = unknowns;
    const builder = new TermsBuilder(unknowns.count);
    addTerms(builder, terms);
    for (let node = 0; node < unknowns.nodes; node++) builder.add(node, node, 0);
    const listed = instances.map((instance) => entriesOf(instance, { unknowns, circuit }));
    // Ones stand for tangents that are not known yet: the analysis only wants to know what may be a pivot.
    for (const { entries } of listed)
      for (const { row, column, factor } of entries) builder.add(row, column, factor);
    this.#pattern = compress(builder.build());
    this.symbolic = analyse(this.#pattern);
    const at = (row: number, column: number) => positionOf(this.#pattern, row, column);
    this.#linear = new Float64Array(this.#pattern.values.length);
    const sums = compress(terms);
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
    this.#placed = listed.map(({ instance, entries, drives }) => ({
      instance,
      drives,
      stamps: {
        positions: Int32Array.from(entries, ({ row, column }) => at(row, column)),
        entries: Int32Array.from(entries, ({ entry }) => entry),
        factors: Float64Array.from(entries, ({ factor }) => factor),
      },
    }));
  }

  /** A with the tangents in, and conductances from nodes to ground on top [S]. */
  #matrix(tangents: readonly Tangent[], conductances: ReadonlyMap<number, number>): SparseMatrix {
    const values = this.#linear.slice();
    for (const [node, conductance] of conductances) {
      const p = this.#diagonals[node] ?? 0;
      values[p] = (values[p] ?? 0) + conductance;
    }
    for (const [i, { stamps }] of this.#placed.entries()) {
      const jacobian = tangents[i]?.jacobian;
      if (jacobian === undefined) continue;
      const { positions, entries, factors } = stamps;
      for (let s = 0; s < positions.length; s++) {
        const p = positions[s] ?? 0;
        values[p] = (values[p] ?? 0) + (factors[s] ?? 0) * (jacobian[entries[s] ?? 0] ?? 0);
      }
    }
    return { ...this.#pattern, values };
  }

  /**
   * x = A \ b with the tangents and conductances in. The pivots of the matrix before are used again as long as
   * they leave a small residual.
   *
   * @throws {SingularMatrixError}
   */
  solve(
    tangents: readonly Tangent[],
    { conductances, b }: { conductances: ReadonlyMap<number, number>; b: Float64Array },
  ): Float64Array {
    const A = this.#matrix(tangents, conductances);
    if (this.#last !== undefined) {
      const x = solvedAgain(this.#last, A, b);
      if (x !== undefined) return x;
    }
    this.#last = factor(A, this.symbolic);
    return solve(this.#last, b);
  }

  /** b += f - J u of every outlet: what the tangents drive at u = 0. */
  addDrives(b: Float64Array, tangents: readonly Tangent[]): void {
    for (const [i, { instance, drives }] of this.#placed.entries()) {
      const tangent = tangents[i];
      if (tangent === undefined) continue;
      const { u, values, jacobian } = tangent;
      const k = instance.inputs.length;
      for (const { row, outlet, sign } of drives) {
        let drive = values[outlet] ?? 0;
        for (let j = 0; j < k; j++) drive -= (jacobian[outlet * k + j] ?? 0) * (u[j] ?? 0);
        b[row] = (b[row] ?? 0) + sign * drive;
      }
    }
  }
}

/** Part of |A| |x| + |b| that a residual may be when pivots are used again. */
const SMALL_RESIDUAL = 1e-9;

/** x by the pivots of an earlier matrix; undefined where they do not serve this one. */
function solvedAgain(lu: Lu, A: SparseMatrix, b: Float64Array): Float64Array | undefined {
  try {
    const x = solve(refactor(lu, A), b);
    return hasSmallResidual(A, x, b) ? x : undefined;
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

/** Where the Jacobian and the drive of an instance go: KCL rows for currents, the branch row for voltages. */
function entriesOf(
  instance: Instance,
  { unknowns }: { readonly unknowns: Unknowns; readonly circuit: LinearCircuit },
): { instance: Instance; entries: Entry[]; drives: Drive[] } {
  const entries: Entry[] = [];
  const drives: Drive[] = [];
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
      drives.push({ row, outlet, sign: -rowSign });
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
  return { instance, entries, drives };
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
