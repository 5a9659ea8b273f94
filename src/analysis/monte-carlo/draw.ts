/**
 * Draws samples of the output, a portion after the other. A portion is a function of the seed and its number alone,
 * so that portions may be drawn in any order and by any thread: the samples and all figures are the same. Samples whose
 * pivots have collapsed are solved again by the refined solver; those whose feedback has turned over latch and have no output.
 */

import { compiled, engineOf, type Program } from '../../numeric/fastest-engine.ts';
import { interpretedKernel } from '../../numeric/kernel/interpreter.ts';
import { BLOCK } from '../../numeric/kernel/kernel.ts';
import { bucketScale, type CountedSamples } from '../../numeric/order-statistics.ts';
import { PORTION, type SampleEngine } from '../../numeric/sample-engine.ts';
import {
  awaitPortions,
  DRAWN,
  finishPortion,
  LEFT,
  sampleMemory,
  takePortion,
  totalCounts,
} from '../../numeric/sample-memory.ts';
import { drawPortion, type Measure, type Settle, summarise } from '../../numeric/sample-portion.ts';
import { type Moments, momentsOf } from '../../numeric/sample-statistics.ts';
import type { Threads } from '../../threads/threads.ts';
import type { SampledCircuit } from './sampled-circuit.ts';

/** Fewer operations are done before another thread has begun (bench/README.md). */
const WORTH_SHARING = 5e8;
/** Threads that finish no portion for so long are not waited for [ms]. */
const PATIENCE = 10_000;

/** The output at these values of the variations [V or A]; NaN where the circuit latches or has no solution. */
export type Solve = (values: readonly number[]) => number;

/** The samples [V or A], NaN where the circuit has no stable output. */
export interface Drawn extends CountedSamples {
  readonly moments: Moments;
  /** How many were solved again. */
  readonly solvedAgain: number;
}

export interface DrawRequest {
  readonly samples: number;
  readonly seed: number;
  readonly solve: Solve;
  /** Of the code of the circuit. */
  readonly program?: Program;
  readonly engine?: SampleEngine;
  /** Asked where the work is worth it. */
  readonly threads?: Threads | undefined;
}

export function draw(circuit: SampledCircuit, request: DrawRequest): Drawn {
  const { samples: count, seed, solve, threads } = request;
  const { program = compiled(circuit.code, circuit.shapes) } = request;
  const { engine = engineOf(program) } = request;
  const others = count * circuit.code.operations.length < WORTH_SHARING ? undefined : threads;
  const memory = sampleMemory({ samples: count, threads: 1 + (others?.count ?? 0) });
  const settle = solving(circuit, { engine, solve });
  let solvedAgain = 0;
  let measure = measureOf(new Float64Array(0));
  const drawOne = (portion: number): void => {
    const settled = drawPortion(engine, { samples: memory.samples, seed, portion, settle }) ?? 0;
    solvedAgain += settled;
    if (portion === 0) {
      measure = measureOf(memory.samples.subarray(0, PORTION));
      others?.help({ program, seed, measure, memory });
    }
    summarise(memory, { portion, thread: 0, measure, settled });
  };
  for (let portion = takePortion(memory); portion !== undefined; portion = takePortion(memory)) {
    drawOne(portion);
    finishPortion(memory, { portion, state: DRAWN });
  }
  if (!awaitPortions(memory, PATIENCE)) return draw(circuit, { ...request, threads: undefined });
  memory.states.forEach((state, portion) => {
    if (state === LEFT) drawOne(portion);
  });
  const { samples, summaries } = memory;
  const moments = momentsOf(summaries, measure.origin);
  return { samples, scale: measure.scale, counts: totalCounts(memory), moments, solvedAgain };
}

/** Solves samples of the block that stands in the engine. */
function solving(
  { valueCode }: SampledCircuit,
  { engine, solve }: { readonly engine: SampleEngine; readonly solve: Solve },
): Settle {
  const values = new Float64Array(valueCode.outputs.length * BLOCK);
  const kernel = interpretedKernel(valueCode);
  return () => {
    kernel(engine.inputs, values);
    return (sample) =>
      solve(valueCode.outputs.map((_, k) => values[k * BLOCK + sample] ?? Number.NaN));
  };
}

/** From the samples of the first portion, which no other thread has. */
function measureOf(samples: Float64Array): Measure {
  const known = samples.filter((x) => !Number.isNaN(x));
  const lowest = known.reduce((least, x) => Math.min(least, x), Number.POSITIVE_INFINITY);
  const highest = known.reduce((most, x) => Math.max(most, x), Number.NEGATIVE_INFINITY);
  return { scale: bucketScale({ lowest, highest }), origin: known[0] ?? 0 };
}
