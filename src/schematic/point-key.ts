/** A point as a key of a map: one number per point of whole coordinates within 3e7 either way. */

import type { Point } from './segments.ts';

export function pointKey({ x, y }: Point): number {
  return x * 2 ** 26 + y;
}
