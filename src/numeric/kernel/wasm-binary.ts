// A module of WebAssembly in the binary format, from its types, functions and memory.

import { type Bytes, name, sized, unsigned, vector } from './wasm-bytes.ts';

/** Types of the locals beyond the parameters, and the instructions. */
export interface FunctionBody {
  readonly locals: readonly (readonly [count: number, type: number])[];
  readonly instructions: Bytes;
}

export interface WasmModule {
  /** Parameters and results. */
  readonly types: readonly (readonly [parameters: Bytes, results: Bytes])[];
  /** Functions of the host, the first ones: types by their index. */
  readonly imports: readonly { readonly name: string; readonly type: number }[];
  readonly functions: readonly (readonly [type: number, body: FunctionBody])[];
  /** Of the memory, which is exported. */
  readonly pages: number;
  /** One of the functions, its name and its index with those of the host counted. */
  readonly exported: readonly [name: string, index: number];
}

export function binary({ types, imports, functions, pages, exported }: WasmModule): Uint8Array {
  const [title, index] = exported;
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      1,
      types.map(([parameters, results]) => [0x60, ...sized(parameters), ...sized(results)]),
    ),
    ...section(
      2,
      imports.map((one) => [...name('host'), ...name(one.name), 0x00, ...unsigned(one.type)]),
    ),
    ...section(
      3,
      functions.map(([type]) => unsigned(type)),
    ),
    ...section(5, [[0x00, ...unsigned(pages)]]),
    ...section(7, [
      [...name('memory'), 0x02, 0],
      [...name(title), 0x00, ...unsigned(index)],
    ]),
    ...section(
      10,
      functions.map(([, body]) => encoded(body)),
    ),
  ]);
}

function section(id: number, items: readonly Bytes[]): Bytes {
  return [id, ...sized(vector(items))];
}

function encoded({ locals, instructions }: FunctionBody): Bytes {
  const declared = vector(locals.map(([count, type]) => [...unsigned(count), type]));
  return sized([...declared, ...instructions, 0x0b]);
}
