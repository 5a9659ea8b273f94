/**
 * One circuit -> everything AN1177 asks of it. Three networks are factored once each: dead (op amp
 * outputs driven), ideal (nullors) and finite (known gains); every figure is a solution or an adjoint
 * solution of one of them.
 */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Span } from '../../grammar/source.ts';
import {
  type Circuit,
  isNonlinear,
  type LinearCircuit,
  type OpAmp,
  type Port,
} from '../circuit/circuit.ts';
import { deadNetworkFaults, type Fault } from '../mna/diagnosis.ts';
import type { PointAid } from '../mna/gain-stepping.ts';
import { UnsolvableError } from '../mna/solver.ts';
import { assemble, numberUnknowns } from '../mna/system.ts';
import type { Threads } from '../threads/threads.ts';
import { adviseOn } from './advice.ts';
import { adviseOnLimits } from './advice-on-limits.ts';
import { type ClosedLoopResults, closedLoopResults, NO_RESULTS } from './closed-loop-results.ts';
import { deadNetwork } from './dead-network.ts';
import type { DeviceBias } from './device-bias.ts';
import { type Gains, gains } from './gains.ts';
import { type KnownError, knownError } from './known-error.ts';
import { adviseOnLinearRange } from './linear-range.ts';
import { finiteNetwork, idealNetwork, solved } from './networks.ts';
import { type OpAmpAdvice, opAmpAdvice } from './op-amp-advice.ts';
import { type OpAmpAnalysis, opAmpAnalysis } from './op-amp-analysis.ts';
import {
  biasPoints,
  branchCurrents,
  nodeVoltages,
  opAmpVoltages,
  type TheveninEquivalent,
  theveninEquivalent,
  totalSolution,
} from './operating-point.ts';
import { outputValue } from './output.ts';
import { type Stability, stability } from './stability.ts';
import { type Swings, swingsOf } from './swings.ts';
import { adviseOnTolerances } from './tolerance-analysis.ts';
import { workingPoint } from './working-point.ts';

/** The verdict on a circuit (theory D12); `invalid` when its text has errors. */
export type Status =
  | 'ok'
  | 'unstable_dc'
  | 'no_dc_feedback'
  | 'no_dc_path'
  | 'voltage_conflict'
  /** No operating point of the non-linear elements was found. */
  | 'no_convergence'
  | 'invalid';

export interface CircuitAnalysis extends ClosedLoopResults, KnownError {
  readonly status: Status;
  /** What was analysed: the circuit with its non-linear elements replaced by their tangents. */
  readonly circuit: LinearCircuit;
  /** The non-linear elements at the operating point. */
  readonly devices: readonly DeviceBias[];
  /** What the search for the operating point needed beyond plain Newton. */
  readonly aids: readonly PointAid[];
  readonly faults: readonly Fault[];
  readonly stability: Stability | null;
  readonly opAmps: readonly OpAmpAnalysis[];
  readonly operatingPoint: {
    readonly nodes: Readonly<Record<string, number | null>>;
    readonly branches: Readonly<Record<string, number>>;
    readonly output: number | null;
  } | null;
  readonly ideal: {
    readonly nodes: Readonly<Record<string, number | null>>;
    readonly output: number | null;
  } | null;
  readonly gains: Gains | null;
  readonly finiteGains: Gains | null;
  /** What would make the error smaller. */
  readonly advice: readonly OpAmpAdvice[];
  /** Over which voltages each op amp is used. */
  readonly swings: ReadonlyMap<OpAmp, Swings>;
  /** Estimated relative error of the least certain solution; below 2^-53 every digit printed is right. */
  readonly precision: number;
  readonly thevenin: readonly (TheveninEquivalent & { readonly label: string })[];
}

export interface CircuitAnalysisOptions {
  /** Node pairs whose Thevenin equivalent is wanted. */
  readonly thevenin?: readonly { readonly port: Port; readonly label: string }[];
  /** Others that help to draw samples. */
  readonly threads?: Threads | undefined;
}

interface LinearOptions extends CircuitAnalysisOptions {
  /** The cards of non-linear elements, whose tangents move with the values of the circuit. */
  readonly nonlinear: ReadonlySet<Span>;
}

/**
 * The circuit must be free of errors of the text. Non-linear elements are replaced by their tangents at the
 * operating point first. Faults and advice go to `diagnostics`.
 */
export function analyzeCircuit(
  circuit: Circuit,
  diagnostics: Diagnostics,
  options: CircuitAnalysisOptions = {},
): CircuitAnalysis {
  const { linear, devices, faults, aids, points } = workingPoint(circuit);
  const nonlinear = new Set(circuit.elements.filter(isNonlinear).map(({ span }) => span));
  const found =
    faults.length > 0 ? refused(faults, linear) : attempted(linear, { ...options, nonlinear });
  const result = { ...found, devices, aids, advice: opAmpAdvice(found) };
  adviseOn(result, { circuit: linear, diagnostics });
  adviseOnTolerances(result, { circuit, diagnostics });
  adviseOnLimits(result, diagnostics);
  if (points !== undefined) adviseOnLinearRange(result, { circuit, points, diagnostics });
  return result;
}

/** What a linear circuit alone has no say in. */
type LinearAnalysis = Omit<CircuitAnalysis, 'devices' | 'aids' | 'advice'>;

function attempted(circuit: LinearCircuit, options: LinearOptions): LinearAnalysis {
  try {
    return analysisOf(circuit, options);
  } catch (fault) {
    if (fault instanceof UnsolvableError) return refused([unsolvable(circuit)], circuit);
    throw fault;
  }
}

function analysisOf(circuit: LinearCircuit, options: LinearOptions): LinearAnalysis {
  const unknowns = numberUnknowns(circuit);
  const system = assemble(circuit, 'dead', unknowns);
  const faults = deadNetworkFaults(system);
  const dead = faults.length > 0 ? undefined : solved(system);
  if (dead === undefined) {
    return refused(faults.length > 0 ? faults : [unsolvable(circuit)], circuit);
  }

  const network = deadNetwork(dead.solver);
  const { ideal, loop, fault } = idealNetwork({ network, dead });
  const finite = finiteNetwork(circuit, { unknowns, ideal });
  const closed = finite?.solver;
  const verdict = closed === undefined ? null : stability({ dead: dead.solver, closed }, network);
  const nominal = ideal?.nominal;
  const points = biasPoints(circuit, {
    opAmps: unknowns.opAmps,
    nominal: nominal ?? dead.nominal,
  });
  const total =
    finite === undefined || unknowns.opAmps.length === 0
      ? finite?.nominal
      : totalSolution(finite.solver, points);
  const { output } = circuit;
  const idealGains = ideal === undefined || output === null ? null : gains(ideal.solver, output);
  const finiteGains =
    closed === undefined || output === null
      ? null
      : finite === ideal
        ? idealGains
        : gains(closed, output);

  const opAmps = unknowns.opAmps.map((opAmp) =>
    opAmpAnalysis(opAmp, {
      dead: network.opAmps.get(opAmp),
      loop: loop?.get(opAmp),
      gains: idealGains?.opAmps.get(opAmp),
      biasPoint: points.get(opAmp),
      voltages: total === undefined ? undefined : opAmpVoltages(total, opAmp),
    }),
  );
  const swings =
    closed === undefined
      ? new Map<OpAmp, Swings>()
      : swingsOf(
          closed,
          new Map(
            opAmps.flatMap(({ opAmp, voltages }) =>
              voltages === null ? [] : [[opAmp, voltages] as const],
            ),
          ),
        );
  const status: Status =
    fault !== undefined
      ? 'no_dc_feedback'
      : verdict !== null && verdict.sign < 0
        ? 'unstable_dc'
        : 'ok';
  const idealOutput =
    ideal === undefined || nominal === undefined || output === null
      ? null
      : outputValue(output, nominal, ideal.solver.system);
  return {
    status,
    circuit,
    faults: fault === undefined ? [] : [fault],
    stability: verdict,
    opAmps,
    operatingPoint:
      closed === undefined || total === undefined
        ? null
        : {
            nodes: nodeVoltages(circuit, total),
            branches: branchCurrents(closed, total),
            output: output === null ? null : outputValue(output, total, closed.system),
          },
    ideal:
      ideal === undefined || nominal === undefined
        ? null
        : {
            nodes: nodeVoltages(circuit, nominal),
            output: idealOutput,
          },
    gains: idealGains,
    finiteGains,
    ...knownError(circuit, { ideal, total, idealGains }),
    ...(fault === undefined && finiteGains !== null && closed !== undefined && total !== undefined
      ? closedLoopResults(circuit, {
          opAmps,
          gains: finiteGains,
          swings,
          solver: closed,
          total,
          ideal: idealOutput,
          nullors: ideal,
          idealGains,
          isTangent: options.nonlinear.size > 0,
          isOwn: ({ span }) => !options.nonlinear.has(span),
          threads: options.threads,
        })
      : NO_RESULTS),
    swings,
    precision: Math.max(dead.solver.error, ideal?.solver.error ?? 0, closed?.error ?? 0),
    thevenin:
      closed === undefined || total === undefined
        ? []
        : (options.thevenin ?? []).map(({ port, label }) => ({
            label,
            ...theveninEquivalent(closed, { port, operatingPoint: total }),
          })),
  };
}

function refused(faults: readonly Fault[], circuit: LinearCircuit): LinearAnalysis {
  return {
    status: faults[0]?.status ?? 'no_dc_path',
    circuit,
    faults,
    stability: null,
    opAmps: [],
    operatingPoint: null,
    ideal: null,
    gains: null,
    finiteGains: null,
    error: null,
    input: null,
    ...NO_RESULTS,
    swings: new Map(),
    precision: 0,
    thevenin: [],
  };
}

/** Sound by structure, singular by its values: controlled sources that cancel exactly. */
function unsolvable(circuit: LinearCircuit): Fault {
  return {
    status: 'no_dc_path',
    message: 'With these element values the equations of the circuit have no unique solution.',
    hint: 'Look for negative resistances or controlled sources that cancel other elements exactly.',
    element: circuit.elements[0],
  };
}
