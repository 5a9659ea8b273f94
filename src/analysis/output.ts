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
    { factor: 1, unknowns },
  );
}

/** c (count) of an output; the current of a resistor without a branch is (V+ - V-)/R. */
export function outputFunctional(output: Output, system: System): RightHandSide {
  const { unknowns } = system;
  if (output.quantity === 'V') return portFunctional(output.port, unknowns);
  const resistor = resistorOf(output, system);
  if (resistor === undefined) {
    return functional([[branchOf(unknowns, output.element), 1]], { factor: 1, unknowns });
  }
  const { plus, minus } = resistor.port;
  const factor = 1 / resistor.resistance;
  return functional(
    [
      [plus, 1],
      [minus, -1],
    ],
    { factor, unknowns },
  );
}

function functional(
  column: Column,
  { factor, unknowns }: { factor: number; unknowns: Unknowns },
): RightHandSide {
  const c = rightHandSide(unknowns);
  addColumn(c, column, { factor });
  return c;
}

/** The value of an output in a solution [V or A]. */
export function outputValue(output: Output, solution: Solution, system: System): number {
  if (output.quantity === 'V') return voltage(solution, output.port);
  const resistor = resistorOf(output, system);
  return resistor === undefined
    ? difference(solution, branchOf(system.unknowns, output.element), -1)
    : voltage(solution, resistor.port) / resistor.resistance;
}

function resistorOf(
  output: Extract<Output, { quantity: 'I' }>,
  { circuit, unknowns }: Pick<System, 'circuit' | 'unknowns'>,
) {
  if (unknowns.branches.has(output.element.toLowerCase())) return undefined;
  const element = circuit.elements.find(({ name }) => name === output.element);
  return element?.kind === 'resistor' ? element : undefined;
}
