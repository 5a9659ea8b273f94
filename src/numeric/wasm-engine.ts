// The engine in WebAssembly: deviates and kernel in one module that is made for the code, with the same bits as the
// plain engine.

import { DeviateStream, type Shape, uniformMap } from './deviate.ts';
import type { Code } from './kernel/code.ts';
import { BLOCK } from './kernel/kernel.ts';
import { COLUMN, DOUBLE, layoutOf } from './kernel/wasm-layout.ts';
import { MOST_OPERATIONS, sampleModule } from './kernel/wasm-module.ts';
import { ziggurat } from './normal-deviate.ts';
import type { SampleEngine } from './sample-engine.ts';

/** What the global `WebAssembly` is needed for. */
interface Host {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: Readonly<Record<string, Readonly<Record<string, (pointer: number) => void>>>>,
  ) => { readonly exports: unknown };
}

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly next: () => number;
}

const host = (): Host | undefined => (globalThis as { readonly WebAssembly?: Host }).WebAssembly;

/**
 * The module of a code, for the engines of all threads. Undefined where there is no WebAssembly with vectors, or none may be
 * made, or the code is too long.
 */
export function compiledModule(code: Code, shapes: readonly Shape[]): object | undefined {
  const assembly = host();
  if (assembly === undefined || code.operations.length > MOST_OPERATIONS) return undefined;
  const columns = shapes.map((shape) => ({ ...shape, ...uniformMap(shape) }));
  try {
    return new assembly.Module(sampleModule(code, columns));
  } catch {
    return undefined;
  }
}

/** Undefined where there is no module. */
export function wasmEngine(
  code: Code,
  {
    shapes,
    module = compiledModule(code, shapes),
  }: { readonly shapes: readonly Shape[]; readonly module?: object | undefined },
): SampleEngine | undefined {
  const assembly = host();
  if (assembly === undefined || module === undefined) return undefined;
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
  const exports = new assembly.Instance(module, { host: { settle } }).exports as Exports;
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
