// The engine in WebAssembly: deviates and kernel in one module that is made for the code, with the same bits as the
// plain engine.

import { DeviateStream, type Shape, uniformMap } from './deviate.ts';
import type { Code } from './kernel/code.ts';
import { BLOCK } from './kernel/kernel.ts';
import { compiledWasm, instantiated } from './kernel/wasm-host.ts';
import { COLUMN, DOUBLE, layoutOf } from './kernel/wasm-layout.ts';
import { MOST_OPERATIONS, sampleModule } from './kernel/wasm-module.ts';
import { ziggurat } from './normal-deviate.ts';
import type { SampleEngine } from './sample-engine.ts';

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly next: () => number;
}

/** The module of a code, for the engines of all threads; undefined where there can be none, or the code is too long. */
export function compiledModule(code: Code, shapes: readonly Shape[]): object | undefined {
  if (code.operations.length > MOST_OPERATIONS) return undefined;
  const columns = shapes.map((shape) => ({ ...shape, ...uniformMap(shape) }));
  return compiledWasm(() => sampleModule(code, columns));
}

/** Undefined where there is no module. */
export function wasmEngine(
  code: Code,
  {
    shapes,
    module = compiledModule(code, shapes),
  }: { readonly shapes: readonly Shape[]; readonly module?: object | undefined },
): SampleEngine | undefined {
  if (module === undefined) return undefined;
  const layout = layoutOf({ inputs: shapes.length, outputs: code.outputs.length });
  let stream = new DeviateStream(0, 0);
  /** What the module cannot decide about the deviate at an address: pairs of the ziggurat, and what lies beyond limits. */
  const settle = (pointer: number): void => {
    const shape = shapes[Math.floor((pointer - layout.inputs) / COLUMN)]!;
    const [low, high] = [words[pointer / 4]!, words[pointer / 4 + 1]!];
    doubles[pointer / DOUBLE] =
      shape.kind === 'normal'
        ? stream.normal(high, low, shape)
        : stream.uniform(stream.spareWord(), shape);
  };
  const exports = instantiated<Exports>(module, { settle });
  if (exports === undefined) return undefined;
  const { buffer } = exports.memory;
  const words = new Int32Array(buffer);
  const doubles = new Float64Array(buffer);
  doubles.set(ziggurat.edges, layout.edges / DOUBLE);
  const view = (pointer: number, count: number) => new Float64Array(buffer, pointer, count * BLOCK);
  return {
    inputs: view(layout.inputs, shapes.length),
    outputs: view(layout.outputs, code.outputs.length),
    begin(seed, portion) {
      stream = new DeviateStream(seed, portion);
      words.set(stream.states, layout.states / 4);
    },
    next: exports.next,
  };
}
