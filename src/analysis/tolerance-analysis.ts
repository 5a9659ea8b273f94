/** What tolerances and spreads do to the output: one cause at a time in the budget, and all together. */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import { type Circuit, isLinear, type LinearCircuit, type OpAmp } from '../circuit/circuit.ts';
import type { BiasPoint } from '../mna/excitation.ts';
import type { Solution, Solver } from '../mna/solver.ts';
import type { PortForm } from '../numeric/port-form.ts';
import type { Threads } from '../threads/threads.ts';
import { type Budget, budget, type OpAmpInBudget } from './budget.ts';
import { certainly } from './certainly.ts';
import { elementRows } from './element-budget.ts';
import { errorExtremes, MOST_RANGES } from './error-extremes.ts';
import type { Gains } from './gains.ts';
import { adviseOnMonteCarlo } from './monte-carlo/advice.ts';
import {
  type StatisticalAnalysis,
  statisticalAnalysis,
} from './monte-carlo/temperature-corners.ts';
import { yieldLimits } from './monte-carlo/yield-limits.ts';
import type { OpAmpAnalysis } from './op-amp-analysis.ts';
import { portForm } from './port-form.ts';
import type { Swings } from './swings.ts';
import { type Variation, variations } from './variation.ts';
import { type Extremes, worstCase } from './worst-case.ts';

/** With more the H matrix and the search in it become too large; then only the budget is made. */
export const MOST_VARIATIONS = 300;

export function toleranceAnalysis(
  circuit: LinearCircuit,
  {
    opAmps,
    gains,
    swings,
    solver,
    total,
    isTangent,
    ideal,
    idealGains,
    threads,
  }: {
    readonly opAmps: readonly OpAmpAnalysis[];
    /** Of the finite network. */
    readonly gains: Gains;
    readonly swings: ReadonlyMap<OpAmp, Swings>;
    readonly solver: Solver;
    readonly total: Solution;
    readonly isTangent: boolean;
    /** The output without any error [V or A]. */
    readonly ideal: number | null;
    /** Of the network without errors. */
    readonly idealGains: Gains | null;
    /** Others that help to draw samples. */
    readonly threads: Threads | undefined;
  },
): ToleranceAnalysis {
  const inputs = new Map<OpAmp, OpAmpInBudget>();
  const biasPoints = new Map<OpAmp, BiasPoint>();
  for (const { opAmp, biasPoint } of opAmps) {
    const at = gains.opAmps.get(opAmp);
    const swing = swings.get(opAmp);
    if (at === undefined || swing === undefined || biasPoint === null) continue;
    inputs.set(opAmp, { gains: at, swings: swing, biasPoint });
    biasPoints.set(opAmp, biasPoint);
  }
  const { output } = circuit;
  const { unknowns } = solver.system;
  const varying = isTangent || output === null ? [] : variations(circuit, { unknowns, biasPoints });
  if (output === null || varying.length === 0 || varying.length > MOST_VARIATIONS) {
    return { budget: budget(circuit, { opAmps: inputs, elements: [] }), ...NONE };
  }
  const form = certainly(() => portForm(varying, { solver, total, output }));
  if (form === undefined) {
    return { budget: budget(circuit, { opAmps: inputs, elements: [] }), ...NONE };
  }
  const elements = elementRows(form, { variations: varying, circuit });
  const input = { circuit, output, biasPoints, variations: varying, form };
  const { monteCarlo: request } = circuit.statistics;
  const limits = yieldLimits(circuit.expectations, { output, ideal });
  return {
    varying: { variations: varying, form },
    budget: budget(circuit, { opAmps: inputs, elements }),
    extremes: certainly(() => worstCase(input)) ?? null,
    errorExtremes:
      ideal === null || idealGains === null
        ? null
        : (certainly(() =>
            errorExtremes(input, { solver, ideal: { output: ideal, gains: idealGains } }),
          ) ?? null),
    statistics:
      request === null
        ? null
        : statisticalAnalysis({ ...input, unknowns, limits, threads }, { request, gains, opAmps }),
  };
}

/** What varies, and the output as a function of it around the nominal values. */
export interface Varying {
  readonly variations: readonly Variation[];
  readonly form: PortForm;
}

export interface ToleranceAnalysis {
  readonly varying: Varying | null;
  readonly budget: Budget;
  readonly extremes: Extremes | null;
  /** Of the error, over the ranges of the sources, too; null without ranges. */
  readonly errorExtremes: Extremes | null;
  /** Null unless the netlist asks for it. */
  readonly statistics: StatisticalAnalysis | null;
}

const NONE = { varying: null, extremes: null, errorExtremes: null, statistics: null };

/** Says why tolerances were stated and no extremes come of them. */
export function adviseOnTolerances(
  result: {
    readonly extremes: Extremes | null;
    readonly errorExtremes: Extremes | null;
    readonly budget: Budget | null;
    readonly statistics: StatisticalAnalysis | null;
  },
  { circuit, diagnostics }: { readonly circuit: Circuit; readonly diagnostics: Diagnostics },
): void {
  adviseOnMonteCarlo(result, { circuit, diagnostics });
  adviseOnRanges(result, { circuit, diagnostics });
  const { extremes, budget } = result;
  const [first] = circuit.tolerances;
  if (first === undefined || extremes !== null || budget === null) return;
  const many = `there are more than ${MOST_VARIATIONS} values with a tolerance or a spread`;
  const reason = !isLinear(circuit)
    ? 'they move the operating point of the non-linear elements'
    : circuit.tolerances.length > MOST_VARIATIONS
      ? many
      : undefined;
  if (reason === undefined) return;
  diagnostics.info(
    'tolerances_not_evaluated',
    first.span,
    `The tolerances of elements are not in the results: ${reason}.`,
  );
}

/** Says why ranges were stated and no largest error comes of them. */
function adviseOnRanges(
  { extremes, errorExtremes }: Pick<ToleranceAnalysis, 'extremes' | 'errorExtremes'>,
  { circuit, diagnostics }: { readonly circuit: Circuit; readonly diagnostics: Diagnostics },
): void {
  const { sources } = circuit.ranges;
  if (extremes === null || errorExtremes !== null || sources.size <= MOST_RANGES) return;
  const first = circuit.elements.find(({ name }) => sources.has(name));
  if (first === undefined) return;
  diagnostics.info(
    'largest_error_not_searched',
    first.span,
    `The largest error over the ranges is not searched: ${sources.size} sources have a range, the most is ${MOST_RANGES}.`,
  );
}
