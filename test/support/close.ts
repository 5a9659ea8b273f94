// `expect(x).toBeClose(y, { rel, abs })`: |x - y| <= rel |y| + abs. Both bounds must be thought about: a relative one
// alone fails at zero, an absolute one alone calls 4.9 mV of offset zero.

import { expect } from 'vitest';

export interface Closeness {
  /** Relative to the expected value. */
  readonly rel: number;
  /** In the unit of the values. */
  readonly abs: number;
}

/** Whether `actual` is a number as near to `expected` as `bounds` demand; NaN is near to nothing. */
export function isClose(actual: unknown, expected: number, { rel, abs }: Closeness): boolean {
  if (typeof actual !== 'number') return false;
  return actual === expected || Math.abs(actual - expected) <= rel * Math.abs(expected) + abs;
}

expect.extend({
  toBeClose(actual: unknown, expected: number, bounds: Closeness) {
    const distance = typeof actual === 'number' ? Math.abs(actual - expected) : Number.NaN;
    const relative = distance / Math.abs(expected);
    return {
      pass: isClose(actual, expected, bounds),
      message: () =>
        `expected ${actual} ${this.isNot ? 'not ' : ''}to be ${expected} within rel ${bounds.rel} and abs ${bounds.abs}; ` +
        `it is off by ${distance.toExponential(2)}, relative ${relative.toExponential(2)}`,
    };
  },
});

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the type parameter must be declared as vitest declares it
  interface Matchers<T = any> {
    toBeClose(expected: number, bounds: Closeness): T;
  }
}
