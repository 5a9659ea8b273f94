// A circuit's samples as a WebAssembly module: `next` draws the deviates of a block and computes its outputs.

import type { Code } from './code.ts';
import { binary, type FunctionBody } from './wasm-binary.ts';
import type { Bytes } from './wasm-bytes.ts';
import { normalDeviates, pairFill, sifting, uniformFill } from './wasm-deviate-functions.ts';
import { call, f64, i32, TYPE } from './wasm-instructions.ts';
import { COLUMN, type Layout, layoutOf, PAGE } from './wasm-layout.ts';
import { straightLine } from './wasm-straight-line.ts';

/** Of the deviates of an input, as in `deviate.ts`. */
export interface Column {
  readonly kind: 'uniform' | 'normal';
  readonly limit: number;
  readonly inner: number;
  /** A word w of a uniform one is w scale + offset. */
  readonly scale: number;
  readonly offset: number;
}

/** A function has no more locals than this (the implementation limits of the JavaScript interface). */
export const MOST_OPERATIONS = 40_000;

/** Functions by their index; `settle` is imported. Those of normal deviates come behind. */
const [SETTLE, UNIFORM, PAIRS, SIFT, KERNEL, NORMAL] = [0, 1, 2, 3, 4, 5];
/** Signatures by their index. */
const [AT_POINTER, WITH_INNER, PLAIN, MAPPED] = [0, 1, 2, 3];

export function sampleModule(code: Code, columns: readonly Column[]): Uint8Array {
  const layout = layoutOf({ inputs: columns.length, outputs: code.outputs.length });
  const normal = new Map<string, Column>();
  for (const column of columns) if (column.kind === 'normal') normal.set(limitsOf(column), column);
  const functions: readonly (readonly [type: number, body: FunctionBody])[] = [
    [MAPPED, uniformFill(layout)],
    [AT_POINTER, pairFill(layout)],
    [WITH_INNER, sifting(SETTLE)],
    [PLAIN, straightLine(code, layout)],
    ...[...normal.values()].map(
      (column) => [AT_POINTER, normalDeviates(layout, { ...column, settle: SETTLE })] as const,
    ),
    [PLAIN, nextBlock(columns, { layout, normal: [...normal.keys()] })],
  ];
  return binary({
    types: [
      [[TYPE.i32], []],
      [[TYPE.i32, TYPE.f64], []],
      [[], [TYPE.f64]],
      [[TYPE.i32, TYPE.f64, TYPE.f64], []],
    ],
    imports: [{ name: 'settle', type: AT_POINTER }],
    functions,
    pages: Math.ceil(layout.size / PAGE),
    exported: ['next', functions.length], // the last one, after the import
  });
}

/** Columns with the same limits share a function. */
function limitsOf({ limit, inner }: Column): string {
  return `${limit} ${inner}`;
}

function nextBlock(
  columns: readonly Column[],
  { layout, normal }: { layout: Layout; normal: readonly string[] },
): FunctionBody {
  const fills = columns.flatMap((column, k): Bytes => {
    const pointer = i32.constant(layout.inputs + k * COLUMN);
    if (column.kind === 'normal') {
      const deviates = NORMAL + normal.indexOf(limitsOf(column));
      return [...pointer, ...call(PAIRS), ...pointer, ...call(deviates)];
    }
    const { inner, scale, offset } = column;
    const sifted = inner > 0 ? [...pointer, ...f64.constant(inner), ...call(SIFT)] : [];
    const map = [...f64.constant(scale), ...f64.constant(offset)];
    return [...pointer, ...map, ...call(UNIFORM), ...sifted];
  });
  return { locals: [], instructions: [...fills, ...call(KERNEL)] };
}
