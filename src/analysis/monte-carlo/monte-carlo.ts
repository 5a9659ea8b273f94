/**
 * Monte Carlo: the output over parts drawn at random, each sample solved exactly, at the operating conditions and at one
 * temperature; once per temperature corner, from the same deviates. What a run finds stands beside the
 * proven extremes and RSS of the same temperature.
 */

import type { LinearCircuit, OpAmp, Output } from '../../circuit/circuit.ts';
import type { MonteCarloRequest } from '../../circuit/statistics.ts';
import type { BiasPoint } from '../../mna/excitation.ts';
import type { Unknowns } from '../../mna/system.ts';
import { compiled, engineOf } from '../../numeric/fastest-engine.ts';
import { interpretedKernel } from '../../numeric/kernel/interpreter.ts';
import { BLOCK } from '../../numeric/kernel/kernel.ts';
import { OrderStatistics } from '../../numeric/order-statistics.ts';
import type { PortForm } from '../../numeric/port-form.ts';
import { PORTION, type SampleEngine } from '../../numeric/sample-engine.ts';
import {
  type Fraction,
  fractionOf,
  type Histogram,
  histogram,
  histogramEdges,
  type Quantile,
  quantile,
  ranksOf,
} from '../../numeric/sample-statistics.ts';
import type { Threads } from '../../threads/threads.ts';
import { certainly } from '../certainly.ts';
import { type Corner, feedbackSignAt, outputAt } from '../corner.ts';
import type { Variation } from '../variation.ts';
import type { Scenario } from '../variation-limits.ts';
import { draw, type Solve } from './draw.ts';
import { type SampledCircuit, sampledCircuit } from './sampled-circuit.ts';
import type { YieldLimits } from './yield-limits.ts';

export interface MonteCarlo {
  /** [V or A] */
  readonly mean: number;
  readonly standardDeviation: number;
  readonly lowest: number;
  readonly highest: number;
  readonly quantiles: readonly (Quantile & { readonly probability: number })[];
  readonly histogram: Histogram;
  /** The share of samples within the limits of the expectations. */
  readonly yield: (Fraction & { readonly limits: YieldLimits }) | null;
  /** What a first-order calculation misses [V or A], over this many of the samples. */
  readonly linearisationGap: {
    readonly largest: number;
    readonly rms: number;
    readonly samples: number;
  };
  /** Samples whose feedback has turned over: they are in none of the figures but the yield, as bad ones. */
  readonly latched: number;
  /** Samples that the kernel left to the refined solver. */
  readonly solvedAgain: number;
}

export interface MonteCarloInput {
  readonly circuit: LinearCircuit;
  readonly output: Output;
  readonly unknowns: Unknowns;
  readonly biasPoints: ReadonlyMap<OpAmp, BiasPoint>;
  readonly variations: readonly Variation[];
  /** Of the variations. */
  readonly form: PortForm;
  readonly limits: YieldLimits | null;
  /** Others that help to draw samples. */
  readonly threads?: Threads | undefined;
}

/** -3, -2, 0, 2, 3 sigma of a normal distribution. */
export const PROBABILITIES = [0.00135, 0.02275, 0.5, 0.97725, 0.99865];
const BINS = 60;

/** Undefined where the circuit is too large for it, or no sample has an output. */
export function monteCarlo(
  input: MonteCarloInput,
  { request, scenario }: { readonly request: MonteCarloRequest; readonly scenario: Scenario },
): MonteCarlo | undefined {
  const { samples: count, seed, distribution } = request;
  const sampled = sampledCircuit({ ...input, scenario, distribution });
  if (sampled === undefined) return undefined;
  const program = compiled(sampled.code, sampled.shapes);
  const engine = engineOf(program);
  const drawn = draw(sampled, {
    samples: count,
    seed,
    program,
    engine,
    solve: solverOf(input),
    threads: input.threads,
  });
  const { moments, samples, solvedAgain } = drawn;
  if (moments.count === 0) return undefined;
  const { mean, standardDeviation, lowest, highest } = moments;
  const quantiles = PROBABILITIES.map((probability) => ({
    probability,
    ranks: ranksOf(probability, moments.count),
  }));
  const edges = histogramEdges(moments, BINS);
  const { limits } = input;
  const order = new OrderStatistics(drawn, {
    ranks: quantiles.flatMap(({ ranks }) =>
      [ranks.rank, ranks.low, ranks.high].filter((rank) => rank !== null),
    ),
    values: limits === null ? edges : [...edges, limits.low, limits.high],
  });
  return {
    mean,
    standardDeviation,
    lowest,
    highest,
    quantiles: quantiles.map(({ probability, ranks }) => ({
      probability,
      ...quantile(order, ranks),
    })),
    histogram: histogram(order, edges),
    yield:
      limits === null
        ? null
        : { ...fractionOf(order.atMost(limits.high) - order.below(limits.low), count), limits },
    linearisationGap: linearisationGap(sampled, { engine, samples, seed }),
    latched: count - moments.count,
    solvedAgain,
  };
}

/** Solves one sample by refinement, as corners are; latched samples have no output. */
export function solverOf(input: Omit<MonteCarloInput, 'limits' | 'threads'>): Solve {
  let nominalSign: number | undefined;
  return (values) => {
    const corner: Corner = new Map(
      input.variations.map((variation, k) => [variation, values[k] ?? Number.NaN]),
    );
    nominalSign ??= feedbackSignAt(new Map(), input);
    const isStable = certainly(() => feedbackSignAt(corner, input)) === nominalSign;
    return (isStable ? certainly(() => outputAt(corner, input)) : undefined) ?? Number.NaN;
  };
}

/** Over the first portion, from the same deviates again. */
function linearisationGap(
  { firstOrderCode }: SampledCircuit,
  { engine, samples, seed }: { engine: SampleEngine; samples: Float64Array; seed: number },
): MonteCarlo['linearisationGap'] {
  const kernel = interpretedKernel(firstOrderCode);
  const estimates = new Float64Array(BLOCK);
  engine.begin(seed, 0);
  let [largest, squares, compared] = [0, 0, 0];
  const count = Math.min(samples.length, PORTION);
  for (let start = 0; start < count; start += BLOCK) {
    engine.next();
    kernel(engine.inputs, estimates);
    for (let i = 0; i < Math.min(BLOCK, count - start); i++) {
      const gap = Math.abs((samples[start + i] ?? 0) - (estimates[i] ?? 0));
      if (Number.isNaN(gap)) continue;
      largest = Math.max(largest, gap);
      squares += gap * gap;
      compared++;
    }
  }
  return { largest, rms: Math.sqrt(squares / Math.max(1, compared)), samples: compared };
}
