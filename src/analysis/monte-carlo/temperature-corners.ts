/**
 * Worst case, RSS and Monte Carlo side by side, at each temperature on its own: all three of the output at the operating
 * conditions, over the parts. Ranges of sources are not in here.
 */

import type { LinearCircuit, OpAmp } from '../../circuit/circuit.ts';
import type { Ranges } from '../../circuit/ranges.ts';
import type { MonteCarloRequest } from '../../circuit/statistics.ts';
import { budget, type OpAmpInBudget } from '../budget.ts';
import { certainly } from '../certainly.ts';
import { type Corner, outputAt } from '../corner.ts';
import { elementRows, KNOWN_COEFFICIENTS } from '../element-budget.ts';
import type { Gains } from '../gains.ts';
import type { OpAmpAnalysis } from '../op-amp-analysis.ts';
import type { OpAmpVoltages } from '../operating-point.ts';
import type { Swing, Swings } from '../swings.ts';
import type { Variation } from '../variation.ts';
import { limits, type Scenario } from '../variation-limits.ts';
import { type Extremes, worstCase } from '../worst-case.ts';
import { type MonteCarlo, type MonteCarloInput, monteCarlo } from './monte-carlo.ts';

export interface TemperatureCorner {
  /** [deg C]; null when the netlist says nothing about it. */
  readonly temperature: number | null;
  readonly isNominal: boolean;
  readonly extremes: Extremes | null;
  /** Around the output with the known errors and coefficients [V or A]. */
  readonly rss: { readonly low: number; readonly high: number; readonly sigma: number };
  /** Null where no sample has a stable output. */
  readonly monteCarlo: MonteCarlo | null;
}

export interface StatisticalAnalysis {
  readonly request: MonteCarloRequest;
  /** From the coldest on. */
  readonly corners: readonly TemperatureCorner[];
}

export function statisticalAnalysis(
  input: MonteCarloInput,
  {
    request,
    gains,
    opAmps: analysed,
  }: {
    readonly request: MonteCarloRequest;
    /** Of the finite network. */
    readonly gains: Gains;
    readonly opAmps: readonly OpAmpAnalysis[];
  },
): StatisticalAnalysis {
  const { circuit, biasPoints, variations, form } = input;
  const corners = temperaturesOf(circuit).map((temperature): TemperatureCorner => {
    const there = at(circuit, temperature);
    const opAmps = new Map(
      analysed.flatMap(({ opAmp, voltages }): [OpAmp, OpAmpInBudget][] => {
        const [known, biasPoint] = [gains.opAmps.get(opAmp), biasPoints.get(opAmp)];
        return known === undefined || biasPoint === undefined || voltages === null
          ? []
          : [[opAmp, { gains: known, biasPoint, swings: still(voltages) }]];
      }),
    );
    const scenario: Scenario = {
      ...(temperature === null ? {} : { temperature }),
      common: new Map<string, number>(),
    };
    // What known coefficients do together is no spread: it moves the middle.
    const elements = elementRows(form, { variations, circuit: there }).filter(
      ({ element }) => element !== KNOWN_COEFFICIENTS,
    );
    const { rss, sigma } = budget(there, { opAmps, elements });
    const middle = certainly(() => outputAt(nominalCorner(input, scenario), input)) ?? Number.NaN;
    return {
      temperature,
      isNominal: temperature === (circuit.temperature?.nominal ?? null),
      extremes: certainly(() => worstCase({ ...input, circuit: there })) ?? null,
      rss: { low: middle - rss, high: middle + rss, sigma },
      monteCarlo: certainly(() => monteCarlo(input, { request, scenario })) ?? null,
    };
  });
  return { request, corners };
}

/** The ends of the range and the nominal temperature. */
function temperaturesOf({ temperature }: LinearCircuit): (number | null)[] {
  if (temperature === null) return [null];
  const { low, nominal, high } = temperature;
  return [...new Set([low, nominal, high])].sort((a, b) => a - b);
}

/** The circuit used at one temperature, and its changes counted from the bias points, as the samples have them. */
function at(circuit: LinearCircuit, temperature: number | null): LinearCircuit {
  const ranges: Ranges = { ...circuit.ranges, deltas: 'bias-point' };
  if (temperature === null || circuit.temperature === null) return { ...circuit, ranges };
  const { nominal } = circuit.temperature;
  return { ...circuit, ranges, temperature: { nominal, low: temperature, high: temperature } };
}

function still(voltages: OpAmpVoltages): Swings {
  const swing = (voltage: number): Swing => ({
    low: voltage,
    high: voltage,
    origin: 'operating point',
  });
  return {
    output: swing(voltages.output),
    commonMode: swing(voltages.commonMode),
    positiveSupply: swing(voltages.positiveSupply),
    negativeSupply: swing(voltages.negativeSupply),
  };
}

/** Where the nominal coefficients and drifts put the values at a temperature. */
function nominalCorner({ variations, circuit }: MonteCarloInput, scenario: Scenario): Corner {
  const rise = (scenario.temperature ?? 0) - (circuit.temperature?.nominal ?? 0);
  return new Map(
    variations.flatMap((variation): [Variation, number][] => {
      if (variation.kind === 'element') {
        return [[variation, 1 + variation.tolerance.coefficient.nominal * rise]];
      }
      if (variation.cause !== 'drift') return [];
      const { nominal } = variation.spread;
      const known = { ...variation, spread: { nominal, low: nominal, high: nominal } };
      return [[variation, limits(known, { scenario, circuit }).low]];
    }),
  );
}
