// IEC 60063: values as they are printed in catalogues, and the widths of the steps.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestPreferred } from '../../src/numeric/e-series.ts';

describe('preferred values', () => {
  it.each([
    [4000, 'E96', 4020], // AN1177 Example A-1: R1
    [20e3 / 3, 'E96', 6650], // and R2
    [1990.0945520036, 'E96', 2000], // Example 2: R1
    [4000, 'E24', 3900],
    [20e3 / 3, 'E24', 6800],
    [9.9e-4, 'E24', 1e-3],
    [9.9e-4, 'E96', 1e-3],
    [9.87e5, 'E96', 9.76e5],
    [2.2e-3, 'E24', 0.0022],
  ] as const)('%s is nearest to %s in %s', (value, series, expected) => {
    expect(nearestPreferred(value, series)).toBe(expected);
  });

  it.each([
    ['E24', 24, 0.05], // made for 5 %
    ['E96', 96, 0.01],
  ] as const)('%s has %i values per decade, and one near every number', (series, count, within) => {
    const found = new Set(
      Array.from({ length: 2000 }, (_, i) => nearestPreferred(10 ** (i / 2000), series)),
    );
    found.delete(10);
    expect(found.size).toBe(count);
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (value) => {
        const ratio = nearestPreferred(value, series) / value;
        // The steps 1.3, 1.5, 1.6 and 2.7 of E24 are rounded far.
        expect(Math.abs(Math.log(ratio))).toBeLessThan(1.5 * within);
      }),
    );
  });
});
