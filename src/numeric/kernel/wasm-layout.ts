// Where things are in the memory of a module [bytes]: the lanes of the generator, the tables of the ziggurat, then the
// columns of the inputs and of the outputs.

import { BLOCK } from './kernel.ts';

export const DOUBLE = 8;
/** Of a block of one input or output. */
export const COLUMN = BLOCK * DOUBLE;
export const PAGE = 65536;

const LAYERS = 257;

export interface Layout {
  readonly states: number;
  readonly edges: number;
  readonly steps: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly size: number;
}

export function layoutOf({ inputs, outputs }: { inputs: number; outputs: number }): Layout {
  const edges = 64;
  const steps = edges + LAYERS * DOUBLE;
  const firstInput = 16 * Math.ceil((steps + LAYERS * DOUBLE) / 16);
  const firstOutput = firstInput + inputs * COLUMN;
  return {
    states: 0,
    edges,
    steps,
    inputs: firstInput,
    outputs: firstOutput,
    size: firstOutput + outputs * COLUMN,
  };
}
