/**
 * Newton's method for the operating point: x is the solution of the circuit's tangents at the x before,
 * with the inputs of junctions limited as in SPICE. Nagel, SPICE2: A Computer Program to Simulate
 * Semiconductor Circuits (1975), chapter 4.
 */

import type { NodeIndex } from '../circuit/circuit.ts';
import type { Conditions } from '../devices/device.ts';
import { SingularMatrixError } from '../numeric/lu.ts';
import { type Instance, inputsOf } from './instance.ts';
import type { Tangent } from './linearisation.ts';
import type { Pull } from './remainder.ts';
import type { Unknowns } from './system.ts';
import type { TangentMatrix } from './tangent-matrix.ts';

/** The equations: b of the independent sources, and how the non-linear elements are evaluated. */
export interface Problem {
  readonly matrix: TangentMatrix;
  readonly instances: readonly Instance[];
  readonly b: Float64Array;
}

/** Where an iteration stands. */
export interface State {
  readonly x: Float64Array;
  /** u of every instance, limited; undefined before the first evaluation. */
  readonly inputs: readonly (Float64Array | undefined)[];
  /** What every instance remembers. */
  readonly memory: readonly number[];
}

/** What makes a problem easier than it is; all but `gmin` absent for the problem itself. */
export interface Aids {
  /** Junction conductance [S]. */
  readonly gmin: number;
  /** Nodes that a conductance [S] pulls to a voltage [V]. */
  readonly pulls?: ReadonlyMap<number, Pull>;
  /** Part of every independent source that is on, 0 .. 1. */
  readonly sources?: number;
  /** Part of each step that is taken, 0 .. 1. */
  readonly damping?: number;
}

export interface Outcome {
  readonly state: State;
  readonly converged: boolean;
  readonly iterations: number;
  /** The node whose voltage moved most in the last iteration, beyond what counts as standing still. */
  readonly restless?: NodeIndex | undefined;
}

export const RELATIVE = 1e-6;
const VOLTAGE = 1e-9; // [V]
const CURRENT = 1e-12; // [A]
/** Far beyond 1/0, which is 1e32: an iterate that large has lost its way. */
const LARGEST = 1e40;

export function startState({ instances, matrix }: Problem): State {
  return {
    x: new Float64Array(matrix.unknowns.count),
    inputs: instances.map(() => undefined),
    memory: instances.map(({ law }) => law.memory?.initial ?? 0),
  };
}

/** Iterates from `start` until two solutions agree and no input was limited. */
export function newton(
  problem: Problem,
  start: State,
  { aids, iterations: most }: { readonly aids: Aids; readonly iterations: number },
): Outcome {
  let state = start;
  let before = start.x;
  const { unknowns } = problem.matrix;
  for (let iteration = 1; iteration <= most; iteration++) {
    const evaluated = evaluate(problem, state, aids.gmin);
    const x = solution(problem, { x: state.x, aids, tangents: evaluated.tangents });
    if (x === undefined) return { state: start, converged: false, iterations: iteration };
    const settled = evaluated.settled && agree(x, state.x, unknowns);
    before = state.x;
    state = {
      x: damped(x, before, aids),
      inputs: evaluated.tangents.map(({ u }) => u),
      memory: evaluated.memory,
    };
    if (settled) return { state, converged: true, iterations: iteration };
  }
  const restless = restlessNode(state.x, before, unknowns);
  return { state, converged: false, iterations: most, restless };
}

/** The tangents at a state. */
interface Evaluated {
  readonly tangents: readonly Tangent[];
  readonly memory: readonly number[];
  /** Whether the inputs are those of x, unlimited and remembered alike. */
  readonly settled: boolean;
}

function evaluate({ instances, matrix }: Problem, state: State, gmin: number): Evaluated {
  const memory: number[] = [];
  let settled = true;
  const tangents = instances.map((instance, i): Tangent => {
    const { law, inputs } = instance;
    const before = state.inputs[i];
    const u =
      (before === undefined ? law.start : undefined)?.slice() ??
      inputsOf(inputs, state.x, matrix.unknowns);
    if (before === undefined || law.limit?.(u, before) === true) settled = false;
    const remembered = state.memory[i] ?? 0;
    const next =
      before === undefined ? remembered : (law.memory?.next(u, remembered) ?? remembered);
    if (next !== remembered) settled = false;
    memory.push(next);
    return tangentAt(instance, u, { gmin, memory: next });
  });
  return { tangents, memory, settled };
}

export function tangentAt(
  { law, inputs, outlets }: Instance,
  u: Float64Array,
  conditions: Conditions,
): Tangent {
  const tangent = {
    u,
    values: new Float64Array(outlets.length),
    jacobian: new Float64Array(outlets.length * inputs.length),
  };
  law.evaluate(u, tangent, conditions);
  return tangent;
}

/** x of the tangents, from the x before; undefined when they have none. */
function solution(
  { matrix, b }: Problem,
  {
    x,
    tangents,
    aids: { pulls = new Map(), sources = 1 },
  }: { x: Float64Array; tangents: readonly Tangent[]; aids: Aids },
): Float64Array | undefined {
  const drive = sources === 1 ? b : b.map((value) => value * sources);
  try {
    const next = matrix.step(x, { tangents, pulls, b: drive });
    return next.every((value) => Math.abs(value) < LARGEST) ? next : undefined;
  } catch (fault) {
    if (fault instanceof SingularMatrixError) return undefined;
    throw fault;
  }
}

/** The part of the step to x that is taken. */
function damped(x: Float64Array, before: Float64Array, { damping = 1 }: Aids): Float64Array {
  if (damping === 1) return x;
  return x.map((value, i) => (1 - damping) * (before[i] ?? 0) + damping * value);
}

/** Whether two solutions are one but for rounding. */
function agree(a: Float64Array, b: Float64Array, { nodes }: Unknowns): boolean {
  return a.every((p, i) => movement(p, b[i] ?? 0, i < nodes ? VOLTAGE : CURRENT) <= 1);
}

/** |p - q| as a multiple of what it may be. */
function movement(p: number, q: number, floor: number): number {
  return Math.abs(p - q) / (RELATIVE * Math.max(Math.abs(p), Math.abs(q)) + floor);
}

function restlessNode(
  a: Float64Array,
  b: Float64Array,
  { nodes }: Unknowns,
): NodeIndex | undefined {
  let most = 1;
  let found: NodeIndex | undefined;
  for (let node = 0; node < nodes; node++) {
    const moved = movement(a[node] ?? 0, b[node] ?? 0, VOLTAGE);
    if (!(moved > most)) continue;
    most = moved;
    found = node;
  }
  return found;
}
