// The fastest engine that there is here.

import type { Shape } from './deviate.ts';
import type { Code } from './kernel/code.ts';
import { plainEngine, type SampleEngine } from './sample-engine.ts';
import { compiledModule, wasmEngine } from './wasm-engine.ts';

/** What an engine is made of; one serves the engines of all threads. */
export interface Program {
  readonly code: Code;
  /** Of the inputs of the code. */
  readonly shapes: readonly Shape[];
  /** In WebAssembly, where there can be one. */
  readonly module: object | undefined;
}

export function compiled(code: Code, shapes: readonly Shape[]): Program {
  return { code, shapes, module: compiledModule(code, shapes) };
}

export function engineOf({ code, shapes, module }: Program): SampleEngine {
  const engine = module === undefined ? undefined : wasmEngine(code, { shapes, module });
  return engine ?? plainEngine(code, { shapes });
}
