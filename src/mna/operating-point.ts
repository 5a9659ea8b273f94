/**
 * The operating point of a circuit with non-linear elements: found by Newton in doubles, then made exact by
 * solving the linearised circuit with refinement until nothing moves.
 */

import type { Circuit, LinearCircuit, NodeIndex, OpAmp } from '../circuit/circuit.ts';
import { SingularMatrixError } from '../numeric/lu.ts';
import { type Search, search } from './continuation.ts';
import {
  addColumn,
  addErrors,
  type BiasPoint,
  opAmpColumns,
  type RightHandSide,
  sourceExcitation,
} from './excitation.ts';
import { gainStepping, type PointAid } from './gain-stepping.ts';
import { type Instance, inputsOf, instancesOf } from './instance.ts';
import { linearised, type Tangent, withoutTangents } from './linearisation.ts';
import { type Problem, type State, startState, tangentAt } from './newton.ts';
import { type Solution, Solver, UnsolvableError } from './solver.ts';
import {
  assemble,
  assembleLike,
  type Network,
  numberUnknowns,
  type System,
  type Unknowns,
} from './system.ts';
import { TangentMatrix } from './tangent-matrix.ts';

/** An operating point, and the circuit for small deviations from it. */
export interface OperatingPoint {
  readonly circuit: LinearCircuit;
  readonly solver: Solver;
  readonly solution: Solution;
  readonly instances: readonly Instance[];
  readonly tangents: readonly Tangent[];
  readonly memory: readonly number[];
  readonly iterations: number;
  readonly aids: readonly PointAid[];
}

/** That none was found. */
export interface NoOperatingPoint {
  /** The node whose voltage moved most when plain Newton gave up. */
  readonly restless: NodeIndex | undefined;
}

export function isFound(sought: OperatingPoint | NoOperatingPoint): sought is OperatingPoint {
  return 'solution' in sought;
}

export interface OperatingPointOptions {
  readonly network: Network;
  /** Known errors of the op amps; absent: none. */
  readonly errors?: ReadonlyMap<OpAmp, BiasPoint>;
  /** What acts at the op amps on top of that. */
  readonly disturbances?: ReadonlyMap<OpAmp, Disturbance>;
  /** Where to start from instead of the start values of the circuit: a solution of the same circuit. */
  readonly from?: OperatingPoint;
}

/** A change of V_OST [V] and of the currents into the pins [A]. */
export interface Disturbance {
  readonly offset: number;
  readonly nonInverting: number;
  readonly inverting: number;
}

/** What drives a circuit. */
type Causes = Pick<OperatingPointOptions, 'errors' | 'disturbances'>;

/** How often the refined solution may move before it is taken as it is. */
const POLISH = 10;
const STILL = 1e-13;

/** The operating point, where an aid finds one. */
export function operatingPoint(
  circuit: Circuit,
  { network, from, ...causes }: OperatingPointOptions,
): OperatingPoint | NoOperatingPoint {
  const instances = from?.instances ?? instancesOf(circuit);
  const frame = withoutTangents(circuit, instances);
  const unknowns = numberUnknowns(frame);
  const matrix = new TangentMatrix(assemble(frame, network, unknowns), instances);
  const problem: Problem = { matrix, instances, b: excitation(frame, unknowns, causes).high };
  const options = {
    gmin: circuit.gmin,
    start: circuit.start,
    ...(from === undefined ? {} : { from: stateOf(from) }),
  };
  const direct = instances.length === 0 ? solvedAtOnce(problem) : search(problem, options);
  const found = direct.converged
    ? direct
    : gainStepping(problem, { ...options, frame, network, unknowns });
  const none = { restless: direct.restless };
  if (found === undefined) return none;
  const exact = polished(circuit, { problem, state: found.state, network, unknowns, causes });
  if (exact === undefined) return none;
  return { ...exact, instances, iterations: found.iterations, aids: found.aids };
}

/** Linear equations have nothing to search for. */
function solvedAtOnce(problem: Problem): Search {
  return { state: startState(problem), converged: true, iterations: 0, aids: [] };
}

/** b of the sources and of the known errors of the op amps. */
function excitation(
  circuit: LinearCircuit,
  unknowns: Unknowns,
  { errors, disturbances }: Causes,
): RightHandSide {
  const b = sourceExcitation(circuit, unknowns);
  if (errors !== undefined) addErrors(b, unknowns, errors);
  for (const [opAmp, disturbance] of disturbances ?? []) {
    const columns = opAmpColumns(opAmp, unknowns);
    addColumn(b, columns.offset, { factor: disturbance.offset });
    addColumn(b, columns.nonInverting, { factor: disturbance.nonInverting });
    addColumn(b, columns.inverting, { factor: disturbance.inverting });
  }
  return b;
}

function stateOf({ solution, tangents, memory }: OperatingPoint): State {
  return { x: solution.high, inputs: tangents.map(({ u }) => u), memory };
}

function polished(
  circuit: Circuit,
  {
    problem,
    state: start,
    network,
    unknowns,
    causes,
  }: {
    problem: Problem;
    state: State;
    network: Network;
    unknowns: Unknowns;
    causes: Causes;
  },
): Pick<OperatingPoint, 'circuit' | 'solver' | 'solution' | 'tangents' | 'memory'> | undefined {
  const { instances } = problem;
  let state = start;
  let system: System | undefined;
  try {
    for (let step = 1; ; step++) {
      const tangents = tangentsAt(problem, state, circuit.gmin);
      const linear = linearised(circuit, instances, tangents);
      system =
        system === undefined ? assemble(linear, network, unknowns) : assembleLike(system, linear);
      const solver = new Solver(system);
      const solution = solver.solve(excitation(linear, unknowns, causes));
      if (step === POLISH || isStill(solution.high, state.x)) {
        return { circuit: linear, solver, solution, tangents, memory: state.memory };
      }
      state = { ...state, x: solution.high };
    }
  } catch (fault) {
    if (fault instanceof UnsolvableError || fault instanceof SingularMatrixError) return undefined;
    throw fault;
  }
}

/** The tangents at x itself, nothing limited. */
function tangentsAt(
  { instances, matrix: { unknowns } }: Problem,
  { x, memory }: State,
  gmin: number,
): readonly Tangent[] {
  return instances.map((instance, i) =>
    tangentAt(instance, inputsOf(instance.inputs, x, unknowns), { gmin, memory: memory[i] ?? 0 }),
  );
}

function isStill(a: Float64Array, b: Float64Array): boolean {
  return a.every((value, i) => Math.abs(value - (b[i] ?? 0)) <= STILL * Math.abs(value) + 1e-18);
}
