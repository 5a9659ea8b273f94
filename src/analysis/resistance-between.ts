/** The resistance between two nodes: sources at zero, op amps with their known gains working. */

import type { LinearCircuit, Port } from '../circuit/circuit.ts';
import { addColumn, rightHandSide } from '../mna/excitation.ts';
import { Solver, voltage } from '../mna/solver.ts';
import { assemble } from '../mna/system.ts';
import { certainly } from './certainly.ts';

/** One factorisation per circuit, however many pairs are asked for. */
const solvers = new WeakMap<LinearCircuit, Solver>();

/** V/I of a test current from `minus` to `plus` [Ω]; null where the equations have no certain solution. */
export function resistanceBetween(circuit: LinearCircuit, port: Port): number | null {
  const resistance = certainly(() => {
    const solver = solvers.get(circuit) ?? new Solver(assemble(circuit, 'finite'));
    solvers.set(circuit, solver);
    const b = rightHandSide(solver.system.unknowns);
    const column = [
      [port.plus, 1],
      [port.minus, -1],
    ] as const;
    addColumn(b, column, { factor: 1 });
    return voltage(solver.solve(b), port);
  });
  return resistance ?? null;
}
