// Where samples come from: deviates and the kernel over them, a block after the other.

import { DeviateStream, type Shape } from './deviate.ts';
import type { Code } from './kernel/code.ts';
import { interpretedKernel } from './kernel/interpreter.ts';
import { javascriptKernel } from './kernel/javascript.ts';
import { BLOCK, type Kernel } from './kernel/kernel.ts';

/** Samples of a portion, which has a stream of its own: a whole number of blocks. */
export const PORTION = 64 * BLOCK;

export interface SampleEngine {
  /** The deviates of the block: input k of sample i at k BLOCK + i. */
  readonly inputs: Float64Array;
  /** Of the block, likewise. */
  readonly outputs: Float64Array;
  /** Begins a portion of the stream of a seed. */
  begin(seed: number, portion: number): void;
  /** The next block of the portion. The least of its last output, NaN if a first output is not finite. */
  next(): number;
}

/** The engine that runs everywhere, and the oracle of the others. */
export function plainEngine(
  code: Code,
  {
    shapes,
    kernel = javascriptKernel(code) ?? interpretedKernel(code),
  }: { readonly shapes: readonly Shape[]; readonly kernel?: Kernel },
): SampleEngine {
  const inputs = new Float64Array(shapes.length * BLOCK);
  const outputs = new Float64Array(code.outputs.length * BLOCK);
  const columns = shapes.map((shape, k) => ({
    shape,
    deviates: inputs.subarray(k * BLOCK, (k + 1) * BLOCK),
  }));
  let stream = new DeviateStream(0, 0);
  return {
    inputs,
    outputs,
    begin(seed, portion) {
      stream = new DeviateStream(seed, portion);
    },
    next() {
      for (const { shape, deviates } of columns) stream.fill(deviates, shape);
      kernel(inputs, outputs);
      const areFinite = outputs.subarray(0, BLOCK).every(Number.isFinite);
      return areFinite
        ? outputs.subarray(-BLOCK).reduce((least, x) => (x < least ? x : least))
        : Number.NaN;
    },
  };
}
