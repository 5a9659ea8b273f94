/** The output as a linear functional c of the unknowns: output = c . x [V or A]. */

import type { Output, Port } from '../circuit/circuit.ts';
import { addColumn } from '../mna/excitation.ts';
import { difference, type Solution, voltage } from '../mna/solver.ts';
import { branchOf, type System, type Unknowns } from '../mna/system.ts';

/** c (count) of a voltage between two nodes. */
export function portFunctional(port: Port, { count }: Unknowns): Float64Array {
  const c = new Float64Array(count);
  addColumn(
    c,
    [
      [port.plus, 1],
      [port.minus, -1],
    ],
    1,
  );
  return c;
}

/** c (count) of an output; the current of a resistor without a branch is (V+ - V-)/R. */
export function outputFunctional(output: Output, { circuit, unknowns }: System): Float64Array {
  if (output.quantity === 'V') return portFunctional(output.port, unknowns);
  const resistor = resistorOf(output, { circuit, unknowns });
  const c = new Float64Array(unknowns.count);
  if (resistor === undefined) addColumn(c, [[branchOf(unknowns, output.element), 1]], 1);
  else
    addColumn(
      c,
      [
        [resistor.port.plus, 1],
        [resistor.port.minus, -1],
      ],
      1 / resistor.resistance,
    );
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
