/**
 * What an x leaves of the equations, b - L x - f(u(x)) + g (v - x): the linear part L term by term and all sums in
 * double-double, so that the currents of ohms cancel where they must and those of GMIN are left.
 */

import { GROUND } from '../circuit/circuit.ts';
import { addProductTo, addTo } from '../numeric/double-double.ts';
import type { Terms } from '../numeric/terms.ts';
import { type Instance, inputsOf } from './instance.ts';
import type { Tangent } from './linearisation.ts';
import { branchOf, type Unknowns } from './system.ts';

/** A conductance g from a node to a voltage v [S, V]. */
export interface Pull {
  readonly conductance: number;
  readonly voltage: number;
}

/** What a step of Newton's method solves. */
export interface TangentEquations {
  readonly tangents: readonly Tangent[];
  readonly pulls: ReadonlyMap<number, Pull>;
  /** Of the independent sources. */
  readonly b: Float64Array;
}

/** b[row] += sign f[outlet] */
interface Drive {
  readonly row: number;
  readonly outlet: number;
  readonly sign: number;
}

export class Remainder {
  readonly #terms: Terms;
  readonly #instances: readonly Instance[];
  readonly #unknowns: Unknowns;
  readonly #drives: readonly (readonly Drive[])[];

  /** `terms` are those of the circuit without tangents. */
  constructor(terms: Terms, instances: readonly Instance[], unknowns: Unknowns) {
    this.#terms = terms;
    this.#instances = instances;
    this.#unknowns = unknowns;
    this.#drives = instances.map((instance) => drivesOf(instance, unknowns));
  }

  /** The remainder at x, with f(u) = f(u0) + J (u - u0), the tangents. */
  at(x: Float64Array, { tangents, pulls, b }: TangentEquations): Float64Array {
    const left = { high: b.slice(), low: new Float64Array(b.length) };
    const { rows, columns, high, low } = this.#terms;
    for (let t = 0; t < rows.length; t++) {
      const value = x[columns[t] ?? 0] ?? 0;
      addProductTo(left, rows[t] ?? 0, -(high[t] ?? 0), -(low[t] ?? 0), value, 0);
    }
    for (const [node, { conductance, voltage }] of pulls) {
      addTo(left, node, conductance * (voltage - (x[node] ?? 0)), 0);
    }
    for (const [i, { inputs }] of this.#instances.entries()) {
      const tangent = tangents[i];
      if (tangent === undefined) continue;
      const { u, values, jacobian } = tangent;
      const change = inputsOf(inputs, x, this.#unknowns);
      const k = change.length;
      for (let j = 0; j < k; j++) change[j] = (change[j] ?? 0) - (u[j] ?? 0);
      for (const { row, outlet, sign } of this.#drives[i] ?? []) {
        let drive = values[outlet] ?? 0;
        for (let j = 0; j < k; j++) drive += (jacobian[outlet * k + j] ?? 0) * (change[j] ?? 0);
        addTo(left, row, sign * drive, 0);
      }
    }
    return left.high;
  }
}

/** The rows that an instance drives: KCL rows by its currents, the row of a branch by its voltage. */
function drivesOf({ outlets }: Instance, unknowns: Unknowns): readonly Drive[] {
  return outlets.flatMap(({ quantity, port, name }, outlet): Drive[] =>
    quantity === 'V'
      ? [{ row: branchOf(unknowns, name), outlet, sign: 1 }] // V(port) - f(u) = 0
      : [
          { row: port.plus, outlet, sign: -1 },
          { row: port.minus, outlet, sign: 1 },
        ].filter(({ row }) => row !== GROUND),
  );
}
