/** What one unit of each source with a range does to the network, and how far the source may move. */

import type { CurrentSource, LinearCircuit, VoltageSource } from '../circuit/circuit.ts';
import type { Range } from '../circuit/ranges.ts';
import { addColumn, rightHandSide, sourceColumn } from '../mna/excitation.ts';
import type { Solution, Solver } from '../mna/solver.ts';

export interface SourceMove {
  readonly source: VoltageSource | CurrentSource;
  /** The ends of its range [V or A]. */
  readonly ends: Range;
  /** The same from its value in the netlist [V or A]. */
  readonly range: Range;
  /** dx per unit. */
  readonly solution: Solution;
}

export function sourceMoves(circuit: LinearCircuit, solver: Solver): readonly SourceMove[] {
  return circuit.elements.flatMap((source): SourceMove[] => {
    if (source.kind !== 'voltageSource' && source.kind !== 'currentSource') return [];
    const ends = circuit.ranges.sources.get(source.name);
    if (ends === undefined) return [];
    const value = source.kind === 'voltageSource' ? source.voltage : source.current;
    return [
      {
        source,
        ends,
        range: { low: ends.low - value, high: ends.high - value },
        solution: unitSolution(source, solver),
      },
    ];
  });
}

/** dx per unit of a source. */
export function unitSolution(source: VoltageSource | CurrentSource, solver: Solver): Solution {
  const { unknowns } = solver.system;
  const b = rightHandSide(unknowns);
  addColumn(b, sourceColumn(source, unknowns) ?? [], { factor: 1 });
  return solver.solve(b);
}
