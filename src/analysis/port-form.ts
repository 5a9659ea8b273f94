/** The output as a function of all variations at once: one solution of the finite network per place they act on. */

import type { Output } from '../circuit/circuit.ts';
import { addColumn, type Column, rightHandSide } from '../mna/excitation.ts';
import { component, difference, type Solution, type Solver } from '../mna/solver.ts';
import type { PortForm } from '../numeric/port-form.ts';
import { outputValue } from './output.ts';
import type { Variation } from './variation.ts';

/** The form around `total`, the solution of `solver` with all known errors. */
export function portForm(
  variations: readonly Variation[],
  {
    solver,
    total,
    output,
  }: { readonly solver: Solver; readonly total: Solution; readonly output: Output },
): PortForm {
  const { system } = solver;
  const m = variations.length;
  const [r, q, H] = [new Float64Array(m), new Float64Array(m), new Float64Array(m * m)];
  const solutions = new Map<string, Solution>();
  const responseTo = (u: Column): Solution => {
    const key = u.join(' ');
    const known = solutions.get(key);
    if (known !== undefined) return known;
    const b = rightHandSide(system.unknowns);
    addColumn(b, u, { factor: 1 });
    const solution = solver.solve(b);
    solutions.set(key, solution);
    return solution;
  };
  for (const [k, { u, v, w }] of variations.entries()) {
    const response = responseTo(u);
    r[k] = outputValue(output, response, system);
    q[k] = alongColumn(v, total) - w;
    for (const [j, other] of variations.entries()) H[j * m + k] = alongColumn(other.v, response);
  }
  return { size: m, value: outputValue(output, total, system), r, q, H };
}

/** v'x; a difference of two unknowns is taken before rounding. */
export function alongColumn(v: Column, x: Solution): number {
  const [first, second] = v;
  if (first === undefined) return 0;
  if (second !== undefined && v.length === 2 && first[1] === -second[1]) {
    return first[1] * difference(x, first[0], second[0]);
  }
  return v.reduce((sum, [row, coefficient]) => sum + coefficient * component(x, row), 0);
}
