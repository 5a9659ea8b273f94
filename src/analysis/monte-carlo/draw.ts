/**
 * Draws samples of the output, a portion after the other. A portion is a function of the seed and its number alone,
 * so that portions may be drawn in any order and anywhere. Samples whose pivots have collapsed are solved again by
 * the refined solver; those whose feedback has turned over latch and have no output.
 */

import { interpretedKernel } from '../../numeric/kernel/interpreter.ts';
import { BLOCK } from '../../numeric/kernel/kernel.ts';
import { PORTION, plainEngine, type SampleEngine } from '../../numeric/sample-engine.ts';
import { wasmEngine } from '../../numeric/wasm-engine.ts';
import type { SampledCircuit } from './sampled-circuit.ts';

/** A smaller pivot, in units of the nominal one, has lost digits that the others have. */
const SAFE = 1 / 16;

/** The output at these values of the variations [V or A]; NaN where the circuit latches or has no solution. */
export type Solve = (values: readonly number[]) => number;

export interface Drawn {
  /** [V or A]; NaN where the circuit has no stable output. */
  readonly samples: Float64Array;
  /** How many were solved again. */
  readonly solvedAgain: number;
}

/** The fastest engine that there is here. */
export function engineOf({ shapes, code }: SampledCircuit): SampleEngine {
  return wasmEngine(code, { shapes }) ?? plainEngine(code, { shapes });
}

export function draw(
  circuit: SampledCircuit,
  {
    samples: count,
    seed,
    solve,
    engine = engineOf(circuit),
  }: {
    readonly samples: number;
    readonly seed: number;
    readonly solve: Solve;
    readonly engine?: SampleEngine;
  },
): Drawn {
  const samples = new Float64Array(count);
  const { inputs, outputs } = engine;
  const { valueCode } = circuit;
  const again = (): ((sample: number) => number) => {
    const values = new Float64Array(valueCode.outputs.length * BLOCK);
    interpretedKernel(valueCode)(inputs, values);
    return (sample) => solve(valueCode.outputs.map((_, k) => values[k * BLOCK + sample] ?? 0));
  };
  let solvedAgain = 0;
  for (let start = 0; start < count; start += BLOCK) {
    if (start % PORTION === 0) engine.begin(seed, start / PORTION);
    const safety = engine.next();
    const length = Math.min(BLOCK, count - start);
    samples.set(outputs.subarray(0, length), start);
    if (safety >= SAFE) continue;
    let solveSample: ((sample: number) => number) | undefined;
    for (let i = 0; i < length; i++) {
      if ((outputs[BLOCK + i] ?? 0) >= SAFE && Number.isFinite(outputs[i])) continue;
      solveSample ??= again();
      samples[start + i] = solveSample(i);
      solvedAgain++;
    }
  }
  return { samples, solvedAgain };
}
