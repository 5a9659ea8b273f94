/** The networks that are factored: the nullor one and the one with known gains, as far as they exist. */

import type { LinearCircuit, OpAmp } from '../circuit/circuit.ts';
import { type Fault, feedbackFault, isGenericallyRegular, noFeedback } from '../mna/diagnosis.ts';
import { type Solution, Solver } from '../mna/solver.ts';
import { assemble, type System, type Unknowns } from '../mna/system.ts';
import { certainly } from './certainly.ts';
import { type ClosedLoopOpAmp, closedLoop } from './closed-loop.ts';
import type { DeadNetwork } from './dead-network.ts';
import { nominalSolution } from './operating-point.ts';
import { isBalanced } from './stability.ts';

/** A network that can be solved, with its solution for the sources alone. */
export interface Solved {
  readonly solver: Solver;
  readonly nominal: Solution;
}

export function solved(system: System): Solved | undefined {
  return certainly(() => {
    const solver = new Solver(system);
    return { solver, nominal: nominalSolution(solver) };
  });
}

/** The nullor network, or why it does not exist: decided by structure, then by balance of the values. */
export function idealNetwork({ network, dead }: { network: DeadNetwork; dead: Solved }): {
  ideal?: Solved | undefined;
  loop?: ReadonlyMap<OpAmp, ClosedLoopOpAmp>;
  fault?: Fault;
} {
  const { circuit, unknowns } = dead.solver.system;
  // Without op amps the three networks are one.
  if (unknowns.opAmps.length === 0) return { ideal: dead, loop: new Map() };
  const system = assemble(circuit, 'ideal', unknowns);
  const fault = feedbackFault(system);
  if (fault !== undefined) return { fault };
  const ideal = solved(system);
  if (ideal === undefined) return { fault: noFeedback(unknowns.opAmps) };
  const loop = certainly(() => closedLoop(ideal.solver));
  const noiseGains = [...(loop?.values() ?? [])].map(({ row }) => row);
  if (loop === undefined || isBalanced(noiseGains, network)) {
    return { fault: noFeedback(unknowns.opAmps) };
  }
  return { ideal, loop };
}

/** The finite network is the ideal one when no op amp has a known gain or rejection. */
export function finiteNetwork(
  circuit: LinearCircuit,
  { unknowns, ideal }: { unknowns: Unknowns; ideal: Solved | undefined },
): Solved | undefined {
  const isIdeal = unknowns.opAmps.every(({ specification }) => {
    const { inverseGain, inverseCmrr, inversePsrr } = specification;
    const rejections =
      inversePsrr.kind === 'lumped' ? [inversePsrr.both] : [inversePsrr.plus, inversePsrr.minus];
    return [inverseGain, inverseCmrr, ...rejections].every(({ nominal }) => nominal === 0);
  });
  if (isIdeal) return ideal;
  const system = assemble(circuit, 'finite', unknowns);
  // Known gains of some op amps do not help those that run open without one.
  if (ideal === undefined && !isGenericallyRegular(system)) return undefined;
  return solved(system);
}
