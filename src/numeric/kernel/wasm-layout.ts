// Where things are in the memory of a module [bytes]: the lanes of the generator, the edges of the ziggurat, then the
// columns of the inputs and of the outputs.

import { BLOCK } from './kernel.ts';

export const DOUBLE = 8;
/** Of a block of one input or output. */
export const COLUMN = BLOCK * DOUBLE;
export const PAGE = 65536;

/** Layers of the ziggurat, a power of two. */
export const LAYERS = 1024;
const EDGES = LAYERS + 1;

export interface Layout {
  readonly states: number;
  readonly edges: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly size: number;
}

export function layoutOf({ inputs, outputs }: { inputs: number; outputs: number }): Layout {
  const edges = 128;
  const firstInput = 16 * Math.ceil((edges + EDGES * DOUBLE) / 16);
  const firstOutput = firstInput + inputs * COLUMN;
  return {
    states: 0,
    edges,
    inputs: firstInput,
    outputs: firstOutput,
    size: firstOutput + outputs * COLUMN,
  };
}
