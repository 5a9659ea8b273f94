/** What is asked of a network whose loops are closed: what moves its output, and how far. */

import type { LinearCircuit, LinearElement, OpAmp } from '../circuit/circuit.ts';
import type { BiasPoint } from '../mna/excitation.ts';
import type { Solution, Solver } from '../mna/solver.ts';
import type { Threads } from '../threads/threads.ts';
import type { Budget } from './budget.ts';
import { type Calibration, calibration, withShares } from './calibration.ts';
import { certainly } from './certainly.ts';
import type { Gains } from './gains.ts';
import { referenceInput } from './input-referred.ts';
import type { StatisticalAnalysis } from './monte-carlo/temperature-corners.ts';
import type { Solved } from './networks.ts';
import type { OpAmpAnalysis } from './op-amp-analysis.ts';
import { type OperatingLimits, operatingLimits } from './operating-limits.ts';
import { type Sensitivity, sensitivities } from './sensitivity.ts';
import type { Swings } from './swings.ts';
import { toleranceAnalysis, type Varying } from './tolerance-analysis.ts';
import type { Extremes } from './worst-case.ts';

export interface ClosedLoopResults {
  readonly budget: Budget | null;
  /** Over all tolerances and spreads; null where nothing varies, and with non-linear elements. */
  readonly extremes: Extremes | null;
  /** Of output less ideal output, over the ranges of the sources, too; null without ranges. */
  readonly errorExtremes: Extremes | null;
  /** Worst case, RSS and Monte Carlo at each temperature; null unless the netlist asks for it. */
  readonly statistics: StatisticalAnalysis | null;
  /** Of the output to every value that is not 0, the largest first. */
  readonly sensitivities: readonly Sensitivity[];
  /** How near the op amps that have limits of V_CM and V_OUT come to them. */
  readonly limits: ReadonlyMap<OpAmp, OperatingLimits>;
  /** Offset and gain error, and what is left after trimming them; null without an input. */
  readonly calibration: Calibration | null;
}

export const NO_RESULTS: ClosedLoopResults = {
  budget: null,
  extremes: null,
  errorExtremes: null,
  statistics: null,
  sensitivities: [],
  limits: new Map(),
  calibration: null,
};

export interface ClosedLoop {
  readonly opAmps: readonly OpAmpAnalysis[];
  /** Of the finite network. */
  readonly solver: Solver;
  readonly gains: Gains;
  readonly swings: ReadonlyMap<OpAmp, Swings>;
  /** With the known errors. */
  readonly total: Solution;
  /** The output without any error [V or A]. */
  readonly ideal: number | null;
  /** The network without errors, where it exists, and its gains. */
  readonly nullors: Solved | undefined;
  readonly idealGains: Gains | null;
  readonly isTangent: boolean;
  /** Whether an element is one of the netlist, not part of a tangent. */
  readonly isOwn: (element: LinearElement) => boolean;
  /** Others that help to draw samples. */
  readonly threads: Threads | undefined;
}

export function closedLoopResults(circuit: LinearCircuit, loop: ClosedLoop): ClosedLoopResults {
  const { output } = circuit;
  const biasPoints = new Map<OpAmp, BiasPoint>();
  for (const { opAmp, biasPoint } of loop.opAmps) {
    if (biasPoint !== null) biasPoints.set(opAmp, biasPoint);
  }
  const { varying, ...tolerances } = toleranceAnalysis(circuit, loop);
  const trims = calibrated(circuit, { ...loop, varying });
  return {
    ...tolerances,
    budget: trims === null ? tolerances.budget : withShares(tolerances.budget, trims.shares),
    calibration: trims?.calibration ?? null,
    sensitivities: output === null ? [] : sensitivities(circuit, { ...loop, output, biasPoints }),
    limits: operatingLimits(circuit, { ...loop, biasPoints }),
  };
}

function calibrated(
  circuit: LinearCircuit,
  loop: ClosedLoop & { readonly varying: Varying | null },
): ReturnType<typeof calibration> {
  const { nullors, idealGains } = loop;
  if (nullors === undefined || idealGains === null || circuit.output === null) return null;
  const input = referenceInput(circuit, idealGains);
  if (input === null) return null;
  return certainly(() => calibration(circuit, { ...loop, input, nullors })) ?? null;
}
