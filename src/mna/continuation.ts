/**
 * From an easy problem to the one that is asked: where plain Newton does not converge, conductances from
 * every node to ground are taken away step by step, then the sources are raised from zero, then the circuit
 * is let settle in time behind a capacitor at every node, then steps are shortened. Every step starts from the one before and is
 * made smaller when it fails.
 */

import type { NodeIndex } from '../circuit/circuit.ts';
import { type Aids, newton, type Outcome, type Problem, type State, startState } from './newton.ts';
import type { Pull } from './remainder.ts';

/** What was needed beyond plain Newton. */
export type Aid =
  | 'start values'
  | 'gmin stepping'
  | 'source stepping'
  | 'pseudo-transient'
  | 'damped steps';

export interface Search {
  readonly state: State;
  readonly converged: boolean;
  /** Newton iterations of all attempts. */
  readonly iterations: number;
  readonly aids: readonly Aid[];
  /** The node that plain Newton could not bring to rest. */
  readonly restless?: NodeIndex | undefined;
}

/** Of one plain attempt, and of one step of a continuation (SPICE's ITL1 and ITL6). */
const PLAIN = 100;
const STEP = 50;
/** Of everything together: beyond it a circuit is said not to converge. */
const TOTAL = 6000;

export interface SearchOptions {
  /** The conductance across every junction that the problem itself has [S]. */
  readonly gmin: number;
  /** Node voltages to start from [V]. */
  readonly start: ReadonlyMap<number, number>;
  /** A solution of a problem near this one to start from instead. */
  readonly from?: State;
}

/** The operating point of a problem, with the first aid that finds one. */
export function search(problem: Problem, { gmin, start, from }: SearchOptions): Search {
  const itself: Aids = { gmin };
  const budget = new Budget();
  const begun = from ?? begin(problem, { start, itself, budget });
  const aids: Aid[] = start.size > 0 ? ['start values'] : [];
  const plain = budget.run(problem, begun, { aids: itself, iterations: PLAIN });
  if (plain.converged) return budget.found(plain, aids);
  const attempts: readonly (readonly [Aid, () => State | undefined])[] = [
    ['gmin stepping', () => conductanceStepping(problem, { gmin, begun, budget })],
    ['source stepping', () => sourceStepping(problem, { gmin, budget })],
    ['pseudo-transient', () => pseudoTransient(problem, { gmin, begun, budget })],
    ['damped steps', () => dampedSteps(problem, { gmin, begun, budget })],
  ];
  for (const [aid, attempt] of attempts) {
    const near = attempt();
    if (near === undefined) continue;
    const last = budget.run(problem, near, { aids: itself, iterations: PLAIN });
    if (last.converged) return budget.found(last, [...aids, aid]);
  }
  return { ...budget.found(plain, aids), converged: false, restless: plain.restless };
}

/** Counts iterations, and gives no more than there are. */
class Budget {
  #granted = TOTAL;
  #left = TOTAL;

  /** More for an attempt that is worth it whatever the others took. */
  grant(iterations: number): void {
    this.#granted += iterations;
    this.#left += iterations;
  }

  run(problem: Problem, start: State, options: { aids: Aids; iterations: number }): Outcome {
    const iterations = Math.min(options.iterations, this.#left);
    const outcome = newton(problem, start, { aids: options.aids, iterations });
    this.#left -= outcome.iterations;
    return outcome;
  }

  get isSpent(): boolean {
    return this.#left <= 0;
  }

  found({ state, converged }: Outcome, aids: readonly Aid[]): Search {
    return { state, converged, iterations: this.#granted - this.#left, aids };
  }
}

/** Conductance that holds a node at its start value [S]. */
const HOLD = 1e3;

/**
 * The state in which the given nodes are held at their start values. A node that a source drives cannot be held; then
 * the formulas that begin there begin at its value, as in ngspice.
 */
function begin(
  problem: Problem,
  { start, itself, budget }: { start: SearchOptions['start']; itself: Aids; budget: Budget },
): State {
  const state = startState(problem);
  if (start.size === 0) return state;
  const pulls = new Map<number, Pull>();
  for (const [node, voltage] of start) {
    pulls.set(node, { conductance: HOLD, voltage });
    state.x[node] = voltage;
  }
  const held = budget.run(problem, state, { aids: { ...itself, pulls }, iterations: PLAIN });
  return held.converged ? held.state : state;
}

interface Continuation {
  readonly gmin: number;
  readonly budget: Budget;
}

/** Conductances from 10 mS down, a decade at a time where that goes well. */
function conductanceStepping(
  problem: Problem,
  { gmin, begun, budget }: Continuation & { begun: State },
): State | undefined {
  let state = begun;
  let conductance = 1e-2;
  let factor = 10;
  let reached: number | undefined;
  while (!budget.isSpent) {
    const pulls = everywhere(problem, conductance);
    const outcome = budget.run(problem, state, { aids: { gmin, pulls }, iterations: STEP });
    if (outcome.converged) {
      state = outcome.state;
      reached = conductance;
      if (conductance <= gmin) return state;
      if (outcome.iterations < STEP / 4) factor = Math.min(factor * Math.sqrt(factor), 1e3);
      else if (outcome.iterations > (3 * STEP) / 4) factor = Math.sqrt(factor);
    } else if (reached === undefined) {
      if (conductance > 1e3) return undefined;
      conductance *= 100;
      continue;
    } else {
      factor **= 0.25;
      if (factor < 1.00005) return undefined;
    }
    conductance = Math.max(reached / factor, gmin);
  }
  return undefined;
}

function everywhere({ matrix }: Problem, conductance: number, anchor?: Float64Array) {
  const pulls = new Map<number, Pull>();
  for (let node = 0; node < matrix.unknowns.nodes; node++) {
    pulls.set(node, { conductance, voltage: anchor?.[node] ?? 0 });
  }
  return pulls;
}

/** Sources from nothing to all of them. */
function sourceStepping(problem: Problem, { gmin, budget }: Continuation): State | undefined {
  let state = startState(problem);
  let reached = 0;
  let step = 0.001;
  const dark = budget.run(problem, state, { aids: { gmin, sources: 0 }, iterations: PLAIN });
  if (dark.converged) {
    state = dark.state;
  } else {
    const helped = conductanceSteppingInTheDark(problem, { gmin, budget });
    if (helped === undefined) return undefined;
    state = helped;
  }
  while (!budget.isSpent) {
    const sources = Math.min(1, reached + step);
    const outcome = budget.run(problem, state, { aids: { gmin, sources }, iterations: STEP });
    if (outcome.converged) {
      if (sources === 1) return outcome.state;
      state = outcome.state;
      reached = sources;
      if (outcome.iterations < STEP / 4) step *= 2;
      else if (outcome.iterations > (3 * STEP) / 4) step /= 2;
    } else {
      step /= 4;
      if (step < 1e-8) return undefined;
    }
  }
  return undefined;
}

/** The solution without sources, for circuits that even that is too hard for at once. */
function conductanceSteppingInTheDark(
  problem: Problem,
  { gmin, budget }: Continuation,
): State | undefined {
  let state = startState(problem);
  for (let conductance = 1e-2; conductance > gmin / 10; conductance /= 10) {
    const pulls = everywhere(problem, conductance);
    const aids = { gmin, pulls, sources: 0 };
    const outcome = budget.run(problem, state, { aids, iterations: STEP });
    if (!outcome.converged) return undefined;
    state = outcome.state;
  }
  return state;
}

/** Steps of implicit Euler with 1 S s / step from every node to where it was; the step grows as it goes well. */
function pseudoTransient(
  problem: Problem,
  { gmin, begun, budget }: Continuation & { begun: State },
): State | undefined {
  let state = begun;
  let conductance = 1;
  while (!budget.isSpent) {
    const pulls = everywhere(problem, conductance, state.x);
    const outcome = budget.run(problem, state, { aids: { gmin, pulls }, iterations: STEP });
    if (outcome.converged) {
      state = outcome.state;
      if (conductance < gmin) return state;
      conductance /= outcome.iterations < STEP / 4 ? 4 : 2;
    } else {
      conductance *= 8;
      if (conductance > 1e6) return undefined;
    }
  }
  return undefined;
}

/** Of each damping. */
const DAMPED = 200;

/**
 * Shorter steps, half of each, then less: where sources drive every node no conductance helps, and formulas that
 * saturate throw whole steps from one end to the other.
 */
function dampedSteps(
  problem: Problem,
  { gmin, begun, budget }: Continuation & { begun: State },
): State | undefined {
  for (const damping of [0.5, 0.25, 0.1]) {
    budget.grant(DAMPED);
    const aids = { gmin, damping };
    const outcome = budget.run(problem, begun, { aids, iterations: DAMPED });
    if (outcome.converged) {
      budget.grant(PLAIN); // for the end without damping
      return outcome.state;
    }
  }
  return undefined;
}
