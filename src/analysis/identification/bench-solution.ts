/** The DC solution of a test bench, by as much effort as its being a likely one is worth. */

import type { Circuit } from '../../circuit/circuit.ts';
import { sourceExcitation } from '../../mna/excitation.ts';
import { type Instance, instancesOf } from '../../mna/instance.ts';
import { type Tangent, withoutTangents } from '../../mna/linearisation.ts';
import { inputsOf, newton, startState, tangentAt } from '../../mna/newton.ts';
import { operatingPoint } from '../../mna/operating-point.ts';
import { assemble, numberUnknowns, type Unknowns } from '../../mna/system.ts';
import { TangentMatrix } from '../../mna/tangent-matrix.ts';

/** x, and the tangents of the non-linear elements there. */
export interface BenchSolution {
  readonly x: Float64Array;
  readonly unknowns: Unknowns;
  readonly instances: readonly Instance[];
  readonly tangents: readonly Tangent[];
}

/**
 * `plain`: Newton's method alone, which finds most operating points and gives up soon where there is none.
 * `full`: with all aids.
 */
export type Effort = 'plain' | 'full';

const PLAIN_ITERATIONS = 100;

/** The solution, undefined when none was found. */
export function benchSolution(circuit: Circuit, effort: Effort): BenchSolution | undefined {
  if (effort === 'full') {
    const point = operatingPoint(circuit, { network: 'finite' });
    if (point === undefined) return undefined;
    const { instances, tangents } = point;
    return {
      x: point.solution.high,
      unknowns: point.solver.system.unknowns,
      instances,
      tangents,
    };
  }
  const instances = instancesOf(circuit);
  const frame = withoutTangents(circuit, instances);
  const unknowns = numberUnknowns(frame);
  const matrix = new TangentMatrix(assemble(frame, 'finite', unknowns), instances);
  const problem = { matrix, instances, b: sourceExcitation(frame, unknowns).high };
  const { state, converged } = newton(problem, startState(problem), {
    aids: { gmin: circuit.gmin },
    iterations: PLAIN_ITERATIONS,
  });
  if (!converged) return undefined;
  const tangents = instances.map((instance, i) =>
    tangentAt(instance, inputsOf(instance.inputs, state.x, unknowns), {
      gmin: circuit.gmin,
      memory: state.memory[i] ?? 0,
    }),
  );
  return { x: state.x, unknowns, instances, tangents };
}
