/** The output as a linear functional c of the unknowns: output = c . x [V or A]. */

import type { Output, Port } from '../circuit/circuit.ts';
import { addColumn, type Column, type RightHandSide, rightHandSide } from '../mna/excitation.ts';
import { difference, type Solution, voltage } from '../mna/solver.ts';
import { branchOf, type System, type Unknowns } from '../mna/system.ts';

/** c (count) of a voltage between two nodes. */
export function portFunctional({ plus, minus }: Port, unknowns: Unknowns): RightHandSide {
  return functional(
    [
      [plus, 1],
      [minus, -1],
    ],
    unknowns,
  );
}

/** c (count) of an output. */
export function outputFunctional(output: Output, { unknowns }: System): RightHandSide {
  return functional(outputColumn(output, unknowns), unknowns);
}

/** c of an output, without its zeros. */
export function outputColumn(output: Output, unknowns: Unknowns): Column {
  if (output.quantity === 'I') return [[branchOf(unknowns, output.element), 1]];
  const { plus, minus } = output.port;
  return [
    [plus, 1],
    [minus, -1],
  ];
}

function functional(column: Column, unknowns: Unknowns): RightHandSide {
  const c = rightHandSide(unknowns);
  addColumn(c, column, { factor: 1 });
  return c;
}

/** The value of an output in a solution [V or A]. */
export function outputValue(output: Output, solution: Solution, { unknowns }: System): number {
  return output.quantity === 'V'
    ? voltage(solution, output.port)
    : difference(solution, branchOf(unknowns, output.element), -1);
}
