// Elimination within one dense front (size x size, row by row), without exchanges.

import type { FrontKernel } from './front-kernel.ts';

/** A multiplier above this is growth: the pivot is too small for its column. */
const LARGEST_MULTIPLIER = 1e3;

/** Doubles from one row of a front to the next: an even number, whose last one may be none of the front. */
export function strideOf(size: number): number {
  return size + (size & 1);
}

/**
 * Eliminates the first `width` columns of a front in place, two rows at a time and four pivots at a time: the multipliers of L
 * stand below the pivots, U right of them, and what is left of the other rows behind both. False when a pivot is too small.
 */
export function eliminated(
  kernel: FrontKernel,
  { width, size }: { width: number; size: number },
): boolean {
  const { F } = kernel;
  const stride = strideOf(size);
  let isFine = true;
  /** Row at `row` times the inverses of the pivot block at p, into the place of the block. */
  const multiply = (row: number, p: number): void => {
    const a = p * stride + p;
    const [b, c, d] = [a + stride, a + 2 * stride, a + 3 * stride];
    const at = row + p;
    const l0 = F[at]! / F[a]!;
    const l1 = (F[at + 1]! - l0 * F[a + 1]!) / F[b + 1]!;
    const l2 = (F[at + 2]! - l0 * F[a + 2]! - l1 * F[b + 2]!) / F[c + 2]!;
    const l3 = (F[at + 3]! - l0 * F[a + 3]! - l1 * F[b + 3]! - l2 * F[c + 3]!) / F[d + 3]!;
    const largest = Math.max(Math.abs(l0), Math.abs(l1), Math.abs(l2), Math.abs(l3));
    if (!(largest <= LARGEST_MULTIPLIER)) isFine = false;
    F[at] = l0;
    F[at + 1] = l1;
    F[at + 2] = l2;
    F[at + 3] = l3;
  };
  /** The same for one pivot after the other, from p on, and what they leave of the row. */
  const finish = (row: number, p: number, end: number): void => {
    for (let k = p; k < end; k++) {
      const a = k * stride;
      const l = F[row + k]! / F[a + k]!;
      if (!(Math.abs(l) <= LARGEST_MULTIPLIER)) isFine = false;
      F[row + k] = l;
      if (l === 0) continue;
      for (let j = k + 1; j < size; j++) F[row + j]! -= l * F[a + j]!;
    }
  };
  for (let i = 0; i < size && isFine; i += 2) {
    const [row, below] = [i * stride, (i + 1) * stride];
    const before = Math.min(i, width);
    let p = 0;
    for (; p + 3 < before; p += 4) {
      multiply(row, p);
      multiply(below, p);
      const [at, under] = [row + p, below + p];
      const rest = stride - p - 4;
      if (rest === 0) continue;
      kernel.subtract(
        at + 4,
        p * stride + p + 4,
        stride,
        rest,
        F[at]!,
        F[at + 1]!,
        F[at + 2]!,
        F[at + 3]!,
        F[under]!,
        F[under + 1]!,
        F[under + 2]!,
        F[under + 3]!,
      );
    }
    finish(row, p, before);
    if (i < width && !isUsable(F[row + i]!)) return false;
    if (i + 1 === size) break;
    finish(below, p, Math.min(i + 1, width));
    if (i + 1 < width && !isUsable(F[below + i + 1]!)) return false;
  }
  return isFine;
}

function isUsable(pivot: number): boolean {
  return pivot !== 0 && Number.isFinite(pivot);
}
