/**
 * Newton's method for the operating point: x is the solution of the circuit's tangents at the x before,
 * with the inputs of junctions limited as in SPICE. Nagel, SPICE2: A Computer Program to Simulate
 * Semiconductor Circuits (1975), chapter 4.
 */

import { type Control, GROUND } from '../circuit/circuit.ts';
import type { Conditions } from '../devices/device.ts';
import { SingularMatrixError } from '../numeric/lu.ts';
import type { Instance } from './instance.ts';
import type { Tangent } from './linearisation.ts';
import { branchOf, type Unknowns } from './system.ts';
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
}

export interface Pull {
  readonly conductance: number;
  readonly voltage: number;
}

export interface Outcome {
  readonly state: State;
  readonly converged: boolean;
  readonly iterations: number;
}

export const RELATIVE = 1e-6;
const VOLTAGE = 1e-9; // [V]
const CURRENT = 1e-12; // [A]
/** Far beyond any source: an iterate that large has lost its way. */
const LARGEST = 1e30;

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
  for (let iteration = 1; iteration <= most; iteration++) {
    const evaluated = evaluate(problem, state, aids.gmin);
    const x = solution(problem, evaluated.tangents, aids);
    if (x === undefined) return { state: start, converged: false, iterations: iteration };
    const settled = evaluated.settled && agree(x, state.x, problem.matrix.unknowns);
    state = { x, inputs: evaluated.tangents.map(({ u }) => u), memory: evaluated.memory };
    if (settled) return { state, converged: true, iterations: iteration };
  }
  return { state, converged: false, iterations: most };
}

/** The tangents at a state, and whether the inputs are those of x, unlimited and remembered alike. */
function evaluate(
  { instances, matrix }: Problem,
  state: State,
  gmin: number,
): { tangents: Tangent[]; memory: number[]; settled: boolean } {
  const memory: number[] = [];
  let settled = true;
  const tangents = instances.map((instance, i): Tangent => {
    const { law, inputs } = instance;
    const before = state.inputs[i];
    const started = before === undefined ? law.start?.slice() : undefined;
    const u = started ?? inputsOf(inputs, state.x, matrix.unknowns);
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

/** u of an instance at x. */
export function inputsOf(
  inputs: readonly Control[],
  x: Float64Array,
  unknowns: Unknowns,
): Float64Array {
  const at = (index: number) => (index === GROUND ? 0 : (x[index] ?? 0));
  return Float64Array.from(inputs, (input) =>
    input.quantity === 'V'
      ? input.gain * (at(input.port.plus) - at(input.port.minus))
      : input.gain * at(branchOf(unknowns, input.element)),
  );
}

/** x of the tangents; undefined when they have none. */
function solution(
  { matrix, b }: Problem,
  tangents: readonly Tangent[],
  { pulls = new Map(), sources = 1 }: Aids,
): Float64Array | undefined {
  const conductances = new Map<number, number>();
  const right = sources === 1 ? b.slice() : b.map((value) => value * sources);
  for (const [node, { conductance, voltage }] of pulls) {
    conductances.set(node, conductance);
    right[node] = (right[node] ?? 0) + conductance * voltage;
  }
  matrix.addDrives(right, tangents);
  try {
    const x = matrix.solve(tangents, { conductances, b: right });
    return x.every((value) => Math.abs(value) < LARGEST) ? x : undefined;
  } catch (fault) {
    if (fault instanceof SingularMatrixError) return undefined;
    throw fault;
  }
}

/** Whether two solutions are one but for rounding. */
function agree(a: Float64Array, b: Float64Array, { nodes }: Unknowns): boolean {
  for (let i = 0; i < a.length; i++) {
    const [p, q] = [a[i] ?? 0, b[i] ?? 0];
    const floor = i < nodes ? VOLTAGE : CURRENT;
    if (!(Math.abs(p - q) <= RELATIVE * Math.max(Math.abs(p), Math.abs(q)) + floor)) return false;
  }
  return true;
}
