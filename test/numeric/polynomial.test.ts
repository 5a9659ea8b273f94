// Roots of polynomials that are made of their factors.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { polynomialAt, positiveRoots } from '../../src/numeric/polynomial.ts';
import '../support/close.ts';

/** Coefficients of (x - r1) (x - r2) ..., exact for small integers. */
function fromRoots(roots: readonly number[]): number[] {
  return roots.reduce<number[]>(
    (p, root) => [0].concat(p).map((c, i) => c - root * (p[i] ?? 0)),
    [1],
  );
}

it('evaluates', () => {
  expect(polynomialAt([5, -3, 2], 4)).toBe(5 - 12 + 32);
  expect(polynomialAt([], 4)).toBe(0);
});

describe('roots', () => {
  it('finds every simple positive root, in order', () => {
    const root = fc.integer({ min: -40, max: 40 }).filter((n) => n !== 0);
    fc.assert(
      fc.property(fc.uniqueArray(root, { minLength: 1, maxLength: 4 }), (roots) => {
        const positive = roots.filter((r) => r > 0).sort((a, b) => a - b);
        const found = positiveRoots(fromRoots(roots));
        expect(found.length).toBe(positive.length);
        found.forEach((x, i) => {
          expect(x).toBeClose(positive[i]!, { rel: 1e-10, abs: 0 });
        });
      }),
    );
  });

  it.each([
    ['none of a constant', [3], []],
    ['none of zero', [], []],
    ['none without a change of sign', [1, 0, 1], []],
    ['none at zero', [0, 1, 1], []],
    ['a leading zero does not count', [-6, 2, 0, 0], [3]],
    ['scales of 1e12', [-1e12, 0, 1], [1e6]],
  ])('%s', (_, coefficients, roots) => {
    const found = positiveRoots(coefficients);
    expect(found.length).toBe(roots.length);
    found.forEach((x, i) => {
      expect(x).toBeClose(roots[i]!, { rel: 1e-15, abs: 0 });
    });
  });

  it('finds a root that separates the two of its derivative', () => {
    // (x - 1)^3 (x + 2): the derivative touches zero at the root.
    const found = positiveRoots(fromRoots([1, 1, 1, -2]));
    expect(found.length).toBe(1);
    expect(found[0]).toBeClose(1, { rel: 1e-5, abs: 0 });
  });
});
