// The memory of a front and its inner loop, in WebAssembly where there is one; both forms round alike.

import { frontModule } from './kernel/wasm-front.ts';
import { compiledWasm, instantiated } from './kernel/wasm-host.ts';

/**
 * Row at `row` less a, b, c, d times the rows at `pivots`, `pivots` + stride ..., and the row at row + stride less e, f, g, h
 * times these: `count` doubles of each, an even number.
 */
export type SubtractRows = (
  row: number,
  pivots: number,
  stride: number,
  count: number,
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
  g: number,
  h: number,
) => void;

export interface FrontKernel {
  readonly F: Float64Array;
  readonly subtract: SubtractRows;
}

/** Memory for fronts of so many doubles. */
export function frontKernel(doubles: number): FrontKernel {
  return wasmFrontKernel(doubles) ?? plainFrontKernel(doubles);
}

export function wasmFrontKernel(doubles: number): FrontKernel | undefined {
  const module = compiledWasm(() => frontModule(doubles));
  const exports =
    module &&
    instantiated<{ readonly memory: { buffer: ArrayBuffer }; readonly subtract: SubtractRows }>(
      module,
      {},
    );
  return exports && { F: new Float64Array(exports.memory.buffer), subtract: exports.subtract };
}

export function plainFrontKernel(doubles: number): FrontKernel {
  const F = new Float64Array(doubles);
  return {
    F,
    subtract(row, pivots, stride, count, a, b, c, d, e, f, g, h) {
      const [second, third, fourth] = [pivots + stride, pivots + 2 * stride, pivots + 3 * stride];
      for (let j = 0; j < count; j++) {
        const [w, x] = [F[pivots + j]!, F[second + j]!];
        const [y, z] = [F[third + j]!, F[fourth + j]!];
        F[row + j]! -= a * w + b * x + c * y + d * z;
        F[row + stride + j]! -= e * w + f * x + g * y + h * z;
      }
    },
  };
}
