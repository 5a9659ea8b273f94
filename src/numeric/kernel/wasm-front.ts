// The inner loop of a front as a WebAssembly module: two rows less multiples of four rows (`front-kernel.ts`).

import { binary, type FunctionBody } from './wasm-binary.ts';
import type { Bytes } from './wasm-bytes.ts';
import { f64x2, i32, localGet, localSet, localTee, loop, TYPE, v128 } from './wasm-instructions.ts';
import { DOUBLE, PAGE } from './wasm-layout.ts';

/** `doubles` are in its memory, from 0 on. */
export function frontModule(doubles: number): Uint8Array {
  const { i32: integer, f64: number } = TYPE;
  return binary({
    types: [[[...Array<number>(4).fill(integer), ...Array<number>(8).fill(number)], []]],
    imports: [],
    functions: [[0, subtraction()]],
    pages: Math.ceil((doubles * DOUBLE) / PAGE),
    exported: ['subtract', 0],
  });
}

const VECTOR = 16; // bytes

/** (row, pivots, stride, count, eight multiples): places and lengths in doubles, count even and above 0. */
function subtraction(): FunctionBody {
  const [row, pivots, stride, count, firstMultiple] = [0, 1, 2, 3, 4];
  const [below, end] = [12, 13];
  /** Where the four rows are. */
  const pivot = [pivots, 14, 15, 16];
  /** Both lanes of a multiple: 0 - 3 of the first row, 4 - 7 of the second one. */
  const multiple = (k: number) => 17 + k;
  const loaded = (k: number) => 25 + k;
  const inBytes = (local: number): Bytes => [
    ...localGet(local),
    ...i32.constant(3),
    ...i32.shiftLeft,
    ...localSet(local),
  ];
  const sum = (a: number, b: number, to: number): Bytes => [
    ...localGet(a),
    ...localGet(b),
    ...i32.add,
    ...localSet(to),
  ];
  const moved = (local: number): Bytes => [
    ...localGet(local),
    ...i32.constant(VECTOR),
    ...i32.add,
    ...localSet(local),
  ];
  const product = (k: number, of: number): Bytes => [
    ...localGet(multiple(of + k)),
    ...localGet(loaded(k)),
    ...f64x2.multiply,
  ];
  const reduced = (target: number, of: number): Bytes => [
    ...localGet(target),
    ...localGet(target),
    ...v128.load(0),
    ...product(0, of),
    ...[1, 2, 3].flatMap((k) => [...product(k, of), ...f64x2.add]),
    ...f64x2.subtract,
    ...v128.store(0),
  ];
  return {
    locals: [
      [5, TYPE.i32],
      [12, TYPE.v128],
    ],
    instructions: [
      ...[row, pivots, stride, count].flatMap(inBytes),
      ...sum(row, count, end),
      ...sum(row, stride, below),
      ...[1, 2, 3].flatMap((k) => sum(pivot[k - 1]!, stride, pivot[k]!)),
      ...Array.from({ length: 8 }, (_, k) => [
        ...localGet(firstMultiple + k),
        ...f64x2.splat,
        ...localSet(multiple(k)),
      ]).flat(),
      ...loop([
        ...pivot.flatMap((at, k) => [...localGet(at), ...v128.load(0), ...localSet(loaded(k))]),
        ...reduced(row, 0),
        ...reduced(below, 4),
        ...[...pivot, below].flatMap(moved),
        ...localGet(row),
        ...i32.constant(VECTOR),
        ...i32.add,
        ...localTee(row),
        ...localGet(end),
        ...i32.lessUnsigned,
      ]),
    ],
  };
}
