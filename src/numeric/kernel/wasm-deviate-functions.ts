// Deviates of a block, with the same bits as `deviate.ts`: eight lanes of xoshiro128++ in two vector registers; what the fast
// way does not settle, the function `settle` does, which is given the address of the deviate.

import { BLOCK } from './kernel.ts';
import type { FunctionBody } from './wasm-binary.ts';
import type { Bytes } from './wasm-bytes.ts';
import {
  call,
  choose,
  f64,
  f64x2,
  i32,
  i32x4,
  i64x2,
  localGet,
  localSet,
  localTee,
  loop,
  TYPE,
  v128,
} from './wasm-instructions.ts';
import { DOUBLE, LAYERS, type Layout } from './wasm-layout.ts';

/** s <<< k, from and to the stack; `scratch` is a local. */
const rotated = (bits: number, scratch: number): Bytes => [
  ...localTee(scratch),
  ...i32.constant(bits),
  ...i32x4.shiftLeft,
  ...localGet(scratch),
  ...i32.constant(32 - bits),
  ...i32x4.shiftRightUnsigned,
  ...v128.or,
];

/** What is stored of four pairs of words, and how many bytes that is. */
interface Stores {
  /** Of the function, the pointer first. */
  readonly parameters: number;
  readonly bytes: number;
  /** Vectors of 16 bytes one after the other, made of these words: 0 - 3 the lower ones of the lanes, 4 - 7 the upper ones. */
  readonly vectors: readonly {
    readonly words: readonly [number, number, number, number];
    readonly finish: Bytes;
  }[];
}

/**
 * (pointer, ...): a block of what becomes of pairs of words, from the pointer on. Locals behind the parameters: the end,
 * the upper and the lower words, scratch, four words of the states of the upper lanes and four of the lower ones.
 */
function filling({ states }: Layout, { parameters, bytes, vectors }: Stores): FunctionBody {
  const pointer = 0;
  const local = (k: number) => parameters + k;
  const [end, upper, lower, scratch] = [0, 1, 2, 3].map(local) as [number, number, number, number];
  /** Word k of the states of the lanes of the upper words, then of the lower ones. */
  const s = (set: number, k: number) => local(4 + 4 * set + k);
  const stateAt = (set: number, k: number) => states + 32 * k + 16 * set;
  const nextWords = (set: number, target: number): Bytes => {
    const xorInto = (to: number, from: number): Bytes => [
      ...localGet(s(set, to)),
      ...localGet(s(set, from)),
      ...v128.xor,
      ...localSet(s(set, to)),
    ];
    return [
      ...localGet(s(set, 0)),
      ...localGet(s(set, 3)),
      ...i32x4.add,
      ...rotated(7, scratch),
      ...localGet(s(set, 0)),
      ...i32x4.add,
      ...localSet(target),
      ...localGet(s(set, 1)),
      ...i32.constant(9),
      ...i32x4.shiftLeft,
      ...xorInto(2, 0),
      ...xorInto(3, 1),
      ...xorInto(1, 2),
      ...xorInto(0, 3),
      ...localGet(s(set, 2)),
      ...v128.xor,
      ...localSet(s(set, 2)),
      ...localGet(s(set, 3)),
      ...rotated(11, scratch),
      ...localSet(s(set, 3)),
    ];
  };
  const all = [0, 1].flatMap((set) => [0, 1, 2, 3].map((k) => [set, k] as const));
  return {
    locals: [
      [1, TYPE.i32],
      [11, TYPE.v128],
    ],
    instructions: [
      ...all.flatMap(([set, k]) => [
        ...i32.constant(0),
        ...v128.load(stateAt(set, k)),
        ...localSet(s(set, k)),
      ]),
      ...localGet(pointer),
      ...i32.constant(BLOCK * DOUBLE),
      ...i32.add,
      ...localSet(end),
      ...loop([
        ...nextWords(0, upper),
        ...nextWords(1, lower),
        ...vectors.flatMap(({ words, finish }, k) => [
          ...localGet(pointer),
          ...localGet(lower),
          ...localGet(upper),
          ...v128.shuffle(words.flatMap((word) => [0, 1, 2, 3].map((byte) => 4 * word + byte))),
          ...finish,
          ...v128.store(16 * k),
        ]),
        ...advanced({ pointer, end, bytes }),
      ]),
      ...all.flatMap(([set, k]) => [
        ...i32.constant(0),
        ...localGet(s(set, k)),
        ...v128.store(stateAt(set, k)),
      ]),
    ],
  };
}

/** pointer += bytes, and whether it is before the end. */
function advanced(at: { pointer: number; end: number; bytes: number }): Bytes {
  return [
    ...localGet(at.pointer),
    ...i32.constant(at.bytes),
    ...i32.add,
    ...localTee(at.pointer),
    ...localGet(at.end),
    ...i32.lessUnsigned,
  ];
}

/** A pair as an unsigned number k of 52 bits -> (2k + 1) 2^-52 - 1: k is the fraction of a double in [2, 4). */
const BETWEEN_ONES: Bytes = [
  ...i32.constant(12),
  ...i64x2.shiftRightUnsigned,
  ...v128.doubles(2),
  ...v128.or,
  ...v128.doubles(3),
  ...f64x2.subtract,
  ...v128.doubles(2 ** -52),
  ...f64x2.add,
];

/** (pointer, scale, offset): one of every word w: w scale + offset. */
export function uniformFill(layout: Layout): FunctionBody {
  const [scale, offset] = [1, 2];
  const finish = [
    ...f64x2.ofLowerIntegers,
    ...localGet(scale),
    ...f64x2.splat,
    ...f64x2.multiply,
    ...localGet(offset),
    ...f64x2.splat,
    ...f64x2.add,
  ];
  return filling(layout, {
    parameters: 3,
    bytes: 8 * DOUBLE,
    vectors: [0, 1, 2, 3].map((k) => ({ words: [k, k + 4, k, k + 4], finish })),
  });
}

/** (pointer): pairs as they are drawn. */
export function pairFill(layout: Layout): FunctionBody {
  return filling(layout, {
    parameters: 1,
    bytes: 4 * DOUBLE,
    vectors: [
      { words: [0, 4, 1, 5], finish: [] },
      { words: [2, 6, 3, 7], finish: [] },
    ],
  });
}

/**
 * (pointer): normal deviates in place of pairs, two at a time. Locals: 0 pointer, 1 end, 2 and 3 addresses in the
 * tables, 4 the deviates, 5 their sizes, 6 which of them are settled.
 */
export function normalDeviates(
  layout: Layout,
  {
    limit,
    inner,
    settle,
  }: { readonly limit: number; readonly inner: number; readonly settle: number },
): FunctionBody {
  const [pointer, end, first, second, x, size, settled] = [0, 1, 2, 3, 4, 5, 6];
  const tableAddress = (offset: number): Bytes => [
    ...localGet(pointer),
    ...i32.loadHalf(offset),
    ...i32.constant(LAYERS - 1),
    ...i32.and,
    ...i32.constant(3),
    ...i32.shiftLeft,
  ];
  const fromTable = (offset: number): Bytes => [
    ...localGet(second),
    ...localGet(first),
    ...v128.loadLower(offset),
    ...v128.loadUpper(offset),
  ];
  const within: Bytes = [
    ...(limit === Number.POSITIVE_INFINITY
      ? []
      : [...localGet(size), ...v128.doubles(limit), ...f64x2.lessOrEqual, ...v128.and]),
    ...(inner === 0
      ? []
      : [...localGet(size), ...v128.doubles(inner), ...f64x2.greaterOrEqual, ...v128.and]),
  ];
  const single = (lane: 0 | 1): Bytes => [
    ...localGet(settled),
    ...i64x2.bitmask,
    ...i32.constant(1 << lane),
    ...i32.and,
    ...choose(
      [...localGet(pointer), ...localGet(x), ...f64x2.extract(lane), ...f64.store(lane * DOUBLE)],
      [...localGet(pointer), ...i32.constant(lane * DOUBLE), ...i32.add, ...call(settle)],
    ),
  ];
  return {
    locals: [
      [3, TYPE.i32],
      [3, TYPE.v128],
    ],
    instructions: [
      ...localGet(pointer),
      ...i32.constant(BLOCK * DOUBLE),
      ...i32.add,
      ...localSet(end),
      ...loop([
        ...tableAddress(0),
        ...localSet(first),
        ...tableAddress(DOUBLE),
        ...localSet(second),
        ...localGet(pointer),
        ...v128.load(0),
        ...v128.doubles(-0), // the sign: the place in the layer is a signed number
        ...v128.xor,
        ...BETWEEN_ONES,
        ...fromTable(layout.edges),
        ...f64x2.multiply,
        ...localTee(x),
        ...f64x2.absolute,
        ...localTee(size),
        ...fromTable(layout.edges + DOUBLE),
        ...f64x2.less,
        ...within,
        ...localTee(settled),
        ...i64x2.allTrue,
        ...choose(
          [...localGet(pointer), ...localGet(x), ...v128.store(0)],
          [...single(0), ...single(1)],
        ),
        ...advanced({ pointer, end, bytes: 2 * DOUBLE }),
      ]),
    ],
  };
}

/** (pointer, inner): settles the deviates nearer to 0. Locals: 0 pointer, 1 inner, 2 end. */
export function sifting(settle: number): FunctionBody {
  const [pointer, inner, end] = [0, 1, 2];
  return {
    locals: [[1, TYPE.i32]],
    instructions: [
      ...localGet(pointer),
      ...i32.constant(BLOCK * DOUBLE),
      ...i32.add,
      ...localSet(end),
      ...loop([
        ...localGet(pointer),
        ...f64.load(0),
        ...f64.absolute,
        ...localGet(inner),
        ...f64.less,
        ...choose([...localGet(pointer), ...call(settle)], []),
        ...advanced({ pointer, end, bytes: DOUBLE }),
      ]),
    ],
  };
}
