/**
 * The error budget: what the spread of every specification and the tolerance of every element contributes
 * at the output, ranked; worst case and RSS (AN1177 "Process and Environmental Variations", theory 3.1).
 * Specifications to first order in the spreads, with the gains of the network at the nominal 1/A and 1/CMRR;
 * the neglected part of a spread of 1/A_OL is of relative order G_N/A_OL. Elements one at a time.
 */

import type { LinearCircuit, OpAmp } from '../circuit/circuit.ts';
import type { DeltaConvention, PinQuantity } from '../circuit/ranges.ts';
import type { Spread } from '../circuit/specification.ts';
import { sigmaOf } from '../circuit/statistics.ts';
import type { BiasPoint } from '../mna/excitation.ts';
import { sum } from '../numeric/sum.ts';
import type { CalibrationShare } from './calibration-share.ts';
import type { OpAmpGains } from './gains.ts';
import type { Swing, Swings } from './swings.ts';

export interface BudgetRow {
  readonly cause: string;
  /** One of the two names whose row it is; of a lot the names of its elements. */
  readonly opAmp?: string;
  readonly element?: string;
  /** What the spread contributes at the output [V or A]; low <= high. */
  readonly low: number;
  readonly high: number;
  /** Per unit of the cause: V/V, V/A, ... */
  readonly gain: number;
  /** max(|low|, |high|) */
  readonly worst: number;
  /** How many standard deviations `worst` is. */
  readonly sigma: number;
  /** How much of it is an offset error, a gain error, and left after both; absent without an input. */
  readonly calibration?: CalibrationShare;
}

/** A row before it is known what its limits mean. */
export type UnweightedRow = Omit<BudgetRow, 'sigma'>;

export interface BudgetTotal {
  /** Sums of the rows' lows and highs. */
  readonly low: number;
  readonly high: number;
  /** max(|low|, |high|): all causes at their worst together. */
  readonly worstCase: number;
  /** Root of the sum of the squares of `worst`, of rows at other sigma brought to that of the budget (theory 3.1). */
  readonly rss: number;
}

export interface Budget extends BudgetTotal {
  /** V_OE: the rows of op amps. */
  readonly opAmps: BudgetTotal;
  /** The gain error: the rows of elements. */
  readonly elements: BudgetTotal;
  /** At how many standard deviations `rss` is. */
  readonly sigma: number;
  /** The largest first. */
  readonly rows: readonly BudgetRow[];
}

/** What the budget needs to know of one op amp. */
export interface OpAmpInBudget {
  readonly gains: OpAmpGains;
  readonly swings: Swings;
  readonly biasPoint: BiasPoint;
}

export function budget(
  circuit: LinearCircuit,
  {
    opAmps,
    elements,
  }: {
    readonly opAmps: ReadonlyMap<OpAmp, OpAmpInBudget>;
    /** What the tolerances contribute. */
    readonly elements: readonly UnweightedRow[];
  },
): Budget {
  const { statistics } = circuit;
  const { sigma } = statistics;
  const weighted = (row: UnweightedRow): BudgetRow => ({
    ...row,
    sigma: sigmaOf(statistics, row.opAmp ?? row.element ?? ''),
  });
  const ofOpAmps = [...opAmps]
    .flatMap(([opAmp, at]) => opAmpRows(opAmp, { ...at, circuit }))
    .map(weighted);
  const ofElements = elements.map(weighted);
  const rows = [...ofOpAmps, ...ofElements];
  rows.sort((a, b) => b.worst - a.worst);
  return {
    ...totalOf(rows, sigma),
    opAmps: totalOf(ofOpAmps, sigma),
    elements: totalOf(ofElements, sigma),
    sigma,
    rows,
  };
}

export function totalOf(rows: readonly BudgetRow[], sigma: number): BudgetTotal {
  const low = sum(rows.map((row) => row.low));
  const high = sum(rows.map((row) => row.high));
  return {
    low,
    high,
    worstCase: Math.max(Math.abs(low), Math.abs(high)),
    rss: Math.hypot(...rows.map((row) => (row.worst * sigma) / row.sigma)),
  };
}

function opAmpRows(
  opAmp: OpAmp,
  { gains, swings, biasPoint, circuit }: OpAmpInBudget & { circuit: LinearCircuit },
): UnweightedRow[] {
  const { specification } = opAmp;
  const rows: UnweightedRow[] = [];
  const row = (cause: string, spread: Spread, ...perUnit: number[]): void => {
    if (spread.low === spread.high) return;
    rows.push(rowOf({ cause, opAmp: opAmp.name, spread, gains: perUnit }));
  };
  const G = gains.noiseGain;
  /** The changes of a voltage at the ends of its range. */
  const changes = (quantity: PinQuantity): [number, number] =>
    changesOf(swings[quantity], biasPoint[quantity], circuit.ranges.deltas);
  const output = changes('output');
  const commonMode = changes('commonMode');
  const dVdd = changes('positiveSupply');
  const dVss = changes('negativeSupply');

  row('Vos', specification.offsetVoltage, G);
  const steps = temperatureSteps(opAmp, { circuit, biasPoint });
  row('drift', specification.drift, ...steps.map((step) => G * step));
  row('Aol', specification.inverseGain, ...output.map((change) => -G * change));
  row('Cmrr', specification.inverseCmrr, ...commonMode.map((change) => G * change));
  const { inversePsrr } = specification;
  if (inversePsrr.kind === 'lumped') {
    // erratum E4: the lumped PSRR is that of V_DD - V_SS
    row('Psrr', inversePsrr.both, G * (dVdd[0] - dVss[1]), G * (dVdd[1] - dVss[0]));
  } else {
    row('PsrrPlus', inversePsrr.plus, ...dVdd.map((change) => G * change));
    row('PsrrMinus', inversePsrr.minus, ...dVss.map((change) => G * change));
  }
  const { bias } = specification;
  if (bias.kind === 'average') {
    row('Ib', bias.average, gains.nonInverting + gains.inverting); // Z_B, theory 3.1
    row('Ios', bias.offset, (gains.nonInverting - gains.inverting) / 2); // Z_OS
  } else {
    row('Ibn', bias.nonInverting, gains.nonInverting);
    row('Ibi', bias.inverting, gains.inverting);
  }
  return rows;
}

/** dV at the ends of a swing: from the bias point, or half of it to either side (theory E23) [V]. */
function changesOf(
  { low, high }: Swing,
  reference: number,
  convention: DeltaConvention,
): [number, number] {
  const half = (high - low) / 2;
  return convention === 'half-range' ? [-half, half] : [low - reference, high - reference];
}

/** T_A - T_0 at the ends of the range of temperature [K]; a stated step is the only one. */
function temperatureSteps(
  { specification }: OpAmp,
  { circuit, biasPoint }: { circuit: LinearCircuit; biasPoint: BiasPoint },
): number[] {
  const { temperature } = circuit;
  if (specification.temperatureStep !== undefined || temperature === null)
    return [biasPoint.temperatureStep];
  const reference = specification.biasPoint.temperature;
  return [temperature.low - reference, temperature.high - reference];
}

/** The extremes of gain * (value - nominal) over the spread and over all gains. */
function rowOf({
  cause,
  opAmp,
  spread,
  gains,
}: {
  cause: string;
  opAmp: string;
  spread: Spread;
  gains: readonly number[];
}): UnweightedRow {
  const contributions = gains.flatMap((gain) => [
    gain * (spread.low - spread.nominal),
    gain * (spread.high - spread.nominal),
  ]);
  const low = Math.min(...contributions);
  const high = Math.max(...contributions);
  const gain = gains.reduce((best, at) => (Math.abs(at) > Math.abs(best) ? at : best), 0);
  return {
    cause,
    opAmp,
    low: low + 0,
    high: high + 0,
    gain: gain + 0,
    worst: Math.max(Math.abs(low), Math.abs(high)),
  };
}
