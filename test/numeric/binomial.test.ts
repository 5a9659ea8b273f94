// Binomial intervals against closed forms and printed tables.

import { describe, expect, it } from 'vitest';
import { binomialBelow, fractionInterval, quantileRanks } from '../../src/numeric/binomial.ts';
import { lanesOf, nextWord } from '../../src/numeric/xoshiro.ts';
import '../support/close.ts';

describe('binomialBelow', () => {
  it('is a sum of binomial coefficients', () => {
    // n = 10, p = 0.3
    const exact = [
      0.0282475249, 0.1493083459, 0.3827827864, 0.6496107184, 0.8497316674, 0.9526510126,
    ];
    exact.forEach((p, k) => {
      expect(binomialBelow(k, { n: 10, probability: 0.3 })).toBeClose(p, { rel: 1e-9, abs: 0 });
    });
    expect(binomialBelow(-1, { n: 10, probability: 0.3 })).toBe(0);
    expect(binomialBelow(10, { n: 10, probability: 0.3 })).toBe(1);
  });

  it('is (1 - p)^n for none', () => {
    const p = binomialBelow(0, { n: 1000, probability: 0.01 });
    expect(p).toBeClose(0.99 ** 1000, { rel: 1e-11, abs: 0 });
  });
});

describe('fractionInterval', () => {
  // None of n: 1 - (risk/2)^(1/n); all: the mirror image.
  it.each([10, 1000, 1e6])('none and all of %i', (n) => {
    const bound = 1 - 0.025 ** (1 / n);
    expect(fractionInterval(0, { n, risk: 0.05 }).low).toBe(0);
    expect(fractionInterval(0, { n, risk: 0.05 }).high).toBeClose(bound, { rel: 1e-9, abs: 0 });
    expect(fractionInterval(n, { n, risk: 0.05 }).high).toBe(1);
    expect(fractionInterval(n, { n, risk: 0.05 }).low).toBeClose(1 - bound, { rel: 1e-9, abs: 0 });
  });

  // Clopper and Pearson's interval of 4 in 20 as printed in tables: 5.73 % to 43.66 %.
  it('4 of 20', () => {
    const { low, high } = fractionInterval(4, { n: 20, risk: 0.05 });
    expect(low).toBeClose(0.0573, { rel: 0, abs: 5e-5 });
    expect(high).toBeClose(0.4366, { rel: 0, abs: 5e-5 });
  });
});

describe('quantileRanks', () => {
  // The median of 10: (x_2, x_9), whose confidence is 97.9 % (David and Nagaraja, table 7.1).
  it('the median of 10', () => {
    expect(quantileRanks(10, { probability: 0.5, risk: 0.05 })).toEqual({ low: 2, high: 9 });
  });

  it('has no bound where the sample is too small for one', () => {
    expect(quantileRanks(20, { probability: 0.99, risk: 0.05 }).high).toBeNull();
    expect(quantileRanks(20, { probability: 0.01, risk: 0.05 }).low).toBeNull();
  });

  it('covers the quantile of uniform samples as often as it says', () => {
    const states = lanesOf(11, { block: 0, stream: 0 });
    const [n, runs, probability, risk] = [200, 4000, 0.9, 0.05];
    const { low, high } = quantileRanks(n, { probability, risk });
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const sample = Float64Array.from({ length: n }, () => (nextWord(states, 0) >>> 0) / 2 ** 32);
      sample.sort();
      if (sample[low! - 1]! <= probability && probability <= sample[high! - 1]!) covered++;
    }
    // At least 95 %, less five standard deviations of the count; and not all of them.
    expect(covered / runs).toBeGreaterThan(0.95 - 5 * Math.sqrt((0.95 * 0.05) / runs));
    expect(covered / runs).toBeLessThan(0.98);
  });
});
