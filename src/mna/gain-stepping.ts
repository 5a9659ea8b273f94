/**
 * From op amps of little gain to those that are asked: a transistor that is off at first passes nothing on
 * to the op amp that must switch it on, so that the equations of a nullor have no solution there, whatever
 * conductances help. With V_O = A (V_P - V_M) they have one for any state of the transistor, and A is then
 * raised until 1/A is gone.
 */

import { type LinearCircuit, opAmpsOf } from '../circuit/circuit.ts';
import { idealSpecification, known } from '../circuit/specification.ts';
import { type Aid, type Search, type SearchOptions, search } from './continuation.ts';
import { newton, type Problem, type State } from './newton.ts';
import { assemble, type Network, type Unknowns } from './system.ts';
import { TangentMatrix } from './tangent-matrix.ts';

/** 1/A of the first step, and the factor of the steps to the last. */
const FIRST = 0.1;
const FACTOR = 10;
const LAST = 1e-8;
/** Newton iterations of a step. */
const STEP = 100;

/** What was needed beyond plain Newton, the gain among it. */
export type PointAid = Aid | 'gain stepping';

/** A search whose op amps may have been softened. */
export type PointSearch = Omit<Search, 'aids'> & { readonly aids: readonly PointAid[] };

export interface GainStepping extends SearchOptions {
  /** The circuit without tangents. */
  readonly frame: LinearCircuit;
  readonly network: Network;
  readonly unknowns: Unknowns;
}

/** A solution by way of softer op amps; undefined when there are none or it fails. */
export function gainStepping(problem: Problem, options: GainStepping): PointSearch | undefined {
  const { frame, network, unknowns, gmin } = options;
  if (network === 'dead' || opAmpsOf(frame).length === 0) return undefined;
  const soft = (inverseGain: number): Problem => ({
    ...problem,
    matrix: new TangentMatrix(
      assemble(softened(frame, { network, inverseGain }), 'finite', unknowns),
      problem.instances,
    ),
  });
  const first = search(soft(FIRST), options);
  if (!first.converged) return undefined;
  let state: State = first.state;
  let iterations = first.iterations;
  for (let inverseGain = FIRST / FACTOR; inverseGain >= LAST / 2; inverseGain /= FACTOR) {
    const step = newton(soft(inverseGain), state, { aids: { gmin }, iterations: STEP });
    iterations += step.iterations;
    if (!step.converged) return undefined;
    state = step.state;
  }
  const last = newton(problem, state, { aids: { gmin }, iterations: STEP });
  if (!last.converged) return undefined;
  return {
    state: last.state,
    converged: true,
    iterations: iterations + last.iterations,
    aids: [...first.aids, 'gain stepping'],
  };
}

/** Every op amp with 1/A on top of what it has; a nullor has nothing. */
function softened(
  circuit: LinearCircuit,
  { network, inverseGain }: { readonly network: Network; readonly inverseGain: number },
): LinearCircuit {
  return {
    ...circuit,
    elements: circuit.elements.map((element) => {
      if (element.kind !== 'opAmp') return element;
      const { specification } = element;
      return {
        ...element,
        specification:
          network === 'ideal'
            ? idealSpecification(1 / inverseGain)
            : {
                ...specification,
                inverseGain: known(specification.inverseGain.nominal + inverseGain),
              },
      };
    }),
  };
}
