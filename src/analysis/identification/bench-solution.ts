/** The DC solution of a test bench, by as much effort as its being a likely one is worth. */

import type { Circuit } from '../../circuit/circuit.ts';
import { sourceExcitation } from '../../mna/excitation.ts';
import { type Instance, inputsOf, instancesOf } from '../../mna/instance.ts';
import { type Tangent, withoutTangents } from '../../mna/linearisation.ts';
import { newton, type Problem, type State, startState, tangentAt } from '../../mna/newton.ts';
import type { Pull } from '../../mna/remainder.ts';
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
 * `stepped`: then with conductances to ground that are taken away step by step. The continuation of an
 * analysis would go on for thousands of iterations where no op amp is.
 */
export type Effort = 'plain' | 'stepped';

/** Newton iterations of an attempt, of a step, and of all steps. */
const ATTEMPT = 60;
const STEP = 50;
const STEPPING = 600;

/** [S] */
const LARGEST_CONDUCTANCE = 1e-2;
/** From one conductance to the next. */
const LARGEST_FACTOR = 10;
const SMALLEST_FACTOR = 1.01;

/** The solution, undefined when none was found. */
export function benchSolution(circuit: Circuit, effort: Effort): BenchSolution | undefined {
  const { gmin } = circuit;
  const instances = instancesOf(circuit);
  const frame = withoutTangents(circuit, instances);
  const unknowns = numberUnknowns(frame);
  const matrix = new TangentMatrix(assemble(frame, 'finite', unknowns), instances);
  const problem: Problem = { matrix, instances, b: sourceExcitation(frame, unknowns).high };
  const from = (state: State) => {
    const outcome = newton(problem, state, { aids: { gmin }, iterations: ATTEMPT });
    return outcome.converged ? outcome.state : undefined;
  };
  let state = from(startState(problem));
  if (state === undefined && effort === 'stepped') {
    const near = conductanceStepping(problem, gmin);
    state = near && from(near);
  }
  if (state === undefined) return undefined;
  const { x, memory } = state;
  const tangents = instances.map((instance, i) =>
    tangentAt(instance, inputsOf(instance.inputs, x, unknowns), { gmin, memory: memory[i] ?? 0 }),
  );
  return { x, unknowns, instances, tangents };
}

/** Conductances from every node to ground, 10 mS down to `gmin`, in smaller steps where it is hard. */
function conductanceStepping(problem: Problem, gmin: number): State | undefined {
  let state = startState(problem);
  let reached = LARGEST_CONDUCTANCE * LARGEST_FACTOR;
  let factor = LARGEST_FACTOR;
  for (let left = STEPPING; left > 0 && factor > SMALLEST_FACTOR; ) {
    const conductance = Math.max(reached / factor, gmin);
    const pulls = new Map<number, Pull>();
    for (let node = 0; node < problem.matrix.unknowns.nodes; node++) {
      pulls.set(node, { conductance, voltage: 0 });
    }
    const iterations = Math.min(STEP, left);
    const outcome = newton(problem, state, { aids: { gmin, pulls }, iterations });
    left -= outcome.iterations;
    if (!outcome.converged) {
      factor **= 0.25;
      continue;
    }
    if (conductance === gmin) return outcome.state;
    state = outcome.state;
    reached = conductance;
    if (outcome.iterations < STEP / 4) factor = Math.min(factor ** 1.5, LARGEST_FACTOR);
  }
  return undefined;
}
