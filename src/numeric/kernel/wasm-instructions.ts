// The instructions that the kernels are made of, by their names in the specification.

import { type Bytes, double, signed, unsigned } from './wasm-bytes.ts';

export const TYPE = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;

export const localGet = (index: number): Bytes => [0x20, ...unsigned(index)];
export const localSet = (index: number): Bytes => [0x21, ...unsigned(index)];
export const localTee = (index: number): Bytes => [0x22, ...unsigned(index)];
export const call = (index: number): Bytes => [0x10, ...unsigned(index)];

/** do body while condition: the condition is left on the stack by the body. */
export const loop = (body: Bytes): Bytes => [0x03, 0x40, ...body, 0x0d, 0x00, 0x0b];
/** if (condition on the stack) yes else no. */
export const choose = (yes: Bytes, no: Bytes): Bytes => [0x04, 0x40, ...yes, 0x05, ...no, 0x0b];

export const i32 = {
  constant: (value: number): Bytes => [0x41, ...signed(value)],
  /** 16 bits, unsigned. */
  loadHalf: (offset: number): Bytes => [0x2f, 1, ...unsigned(offset)],
  add: [0x6a],
  and: [0x71],
  shiftLeft: [0x74],
  lessUnsigned: [0x49],
} as const;

export const f64 = {
  constant: (value: number): Bytes => [0x44, ...double(value)],
  load: (offset: number): Bytes => [0x2b, 3, ...unsigned(offset)],
  store: (offset: number): Bytes => [0x39, 3, ...unsigned(offset)],
  less: [0x63],
  absolute: [0x99],
  add: [0xa0],
  minimum: [0xa4],
} as const;

const simd = (code: number): Bytes => [0xfd, ...unsigned(code)];

export const v128 = {
  load: (offset: number): Bytes => [...simd(0x00), 4, ...unsigned(offset)],
  store: (offset: number): Bytes => [...simd(0x0b), 4, ...unsigned(offset)],
  /** The same double in both lanes. */
  doubles: (value: number): Bytes => [...simd(0x0c), ...double(value), ...double(value)],
  /** Bytes of two vectors, those of the second one from 16 on. */
  shuffle: (lanes: Bytes): Bytes => [...simd(0x0d), ...lanes],
  /** A double to the lower lane, and one to the upper lane of a vector on the stack. */
  loadLower: (offset: number): Bytes => [...simd(0x5d), 3, ...unsigned(offset)],
  loadUpper: (offset: number): Bytes => [...simd(0x57), 3, ...unsigned(offset), 1],
  and: simd(0x4e),
  or: simd(0x50),
  xor: simd(0x51),
} as const;

export const i32x4 = {
  shiftLeft: simd(0xab),
  shiftRightUnsigned: simd(0xad),
  add: simd(0xae),
} as const;

export const i64x2 = {
  shiftRightUnsigned: simd(0xcd),
  allTrue: simd(0xc3),
  bitmask: simd(0xc4),
} as const;

export const f64x2 = {
  splat: simd(0x14),
  extract: (lane: 0 | 1): Bytes => [...simd(0x21), lane],
  less: simd(0x49),
  lessOrEqual: simd(0x4b),
  greaterOrEqual: simd(0x4c),
  absolute: simd(0xec),
  ofLowerIntegers: simd(0xfe),
  add: simd(0xf0),
  subtract: simd(0xf1),
  multiply: simd(0xf2),
  divide: simd(0xf3),
  /** b < a ? b : a: one instruction where a minimum that knows NaN takes many. */
  pseudoMinimum: simd(0xf6),
} as const;
