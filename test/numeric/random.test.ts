// Generators against the vectors their authors publish; deviates against closed forms.

import { describe, expect, it } from 'vitest';
import { exponential, logarithm } from '../../src/numeric/logarithm.ts';
import { normalDeviate, place, ziggurat } from '../../src/numeric/normal-deviate.ts';
import { philox, type Words4 } from '../../src/numeric/philox.ts';
import { fillPairs, LANES, lanesOf, nextWord } from '../../src/numeric/xoshiro.ts';
import '../support/close.ts';

describe('Philox4x32-10', () => {
  // kat_vectors of Random123.
  it.each<[Words4, readonly [number, number], Words4]>([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])('%j under %j', (counter, key, words) => {
    expect(philox(counter, key)).toEqual(words);
  });
});

describe('xoshiro128++', () => {
  // The first words of the authors' code from the state 1, 2, 3, 4, as also the crate rand_xoshiro lists them.
  const FIRST = [
    641, 1573767, 3222811527, 3517856514, 836907274, 4247214768, 3867114732, 1355841295, 495546011,
    621204420,
  ];

  it.each([0, 1, 2, 3, 4, 5, 6, 7])('lane %i', (lane) => {
    const states = new Int32Array(4 * LANES);
    for (let k = 0; k < 4; k++) states[k * LANES + lane] = k + 1;
    expect(FIRST.map(() => nextWord(states, lane) >>> 0)).toEqual(FIRST);
  });

  it('fills pairs with the words of two lanes each', () => {
    const words = new Int32Array(2 * LANES);
    fillPairs(lanesOf(7, { block: 3, stream: 0 }), words);
    const states = lanesOf(7, { block: 3, stream: 0 });
    const pairs = Array.from({ length: 2 }, () =>
      [0, 1, 2, 3].map((lane) => [nextWord(states, lane + 4), nextWord(states, lane)]),
    );
    expect([...words]).toEqual(pairs.flat(2));
  });

  it('has other streams for other seeds, blocks and streams', () => {
    const first = (seed: number, block: number, stream: number) =>
      [...lanesOf(seed, { block, stream })].join(' ');
    const all = [first(1, 0, 0), first(2, 0, 0), first(1, 1, 0), first(1, 0, 1)];
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('logarithm and exponential', () => {
  // The engine's own functions are within an ulp or two of the truth, so that this bounds ours.
  it('agree with those of the engine', () => {
    for (let k = -200; k <= 200; k++) {
      const x = 1.37 ** k;
      expect(logarithm(x)).toBeClose(Math.log(x), { rel: 4e-16, abs: 2e-16 });
      expect(exponential(k / 5)).toBeClose(Math.exp(k / 5), { rel: 8e-16, abs: 0 });
    }
    expect(logarithm(1)).toBe(0);
    expect(exponential(0)).toBe(1);
  });
});

/** Moments, and how many are beyond each of `limits`, of 4e5 normal deviates. */
function sample(limits: readonly number[]) {
  const count = 4e5;
  const words = new Int32Array(2 * count);
  fillPairs(lanesOf(2026, { block: 0, stream: 0 }), words);
  const spare = lanesOf(2026, { block: 0, stream: 1 });
  const sums = [0, 0, 0, 0, 0];
  const beyond = limits.map(() => 0);
  for (let i = 0; i < count; i++) {
    const x = normalDeviate(words[2 * i + 1]!, words[2 * i]!, () => nextWord(spare, 0));
    for (let p = 1, power = x; p <= 4; p++, power *= x) sums[p]! += power / count;
    limits.forEach((limit, k) => {
      if (x > limit) beyond[k]!++;
    });
  }
  return { count, moments: sums.slice(1), beyond };
}

describe('normal deviates', () => {
  it('close the ziggurat at the density of 0', () => {
    const { edges } = ziggurat;
    const x = edges[1023]!;
    expect(edges[1024]).toBe(0);
    // area/x + density(x) = 1: the topmost layer is as large as the others
    expect(0.001226324646353088 / x + Math.exp((-x * x) / 2)).toBeClose(1, { rel: 1e-12, abs: 0 });
  });

  it('have the moments and the tails of the normal distribution', () => {
    // P(x > limit) from tables of the error function, to the digits needed for 4e5 samples.
    const tails: [number, number][] = [
      [-2, 0.977249868],
      [-0.5, 0.691462461],
      [0, 0.5],
      [0.25, 0.401293674],
      [1, 0.158655254],
      [3, 0.001349898],
      [3.7, 0.0001077997],
      [4.2, 0.0000133457],
    ];
    const { count, moments, beyond } = sample(tails.map(([limit]) => limit));
    // The variances of x, x^2, x^3, x^4 are 1, 2, 15, 96; five standard deviations.
    const spreads = [1, 2, 15, 96].map((variance) => 5 * Math.sqrt(variance / count));
    [0, 1, 0, 3].forEach((moment, p) => {
      expect(moments[p]).toBeClose(moment, { rel: 0, abs: spreads[p]! });
    });
    tails.forEach(([, p], k) => {
      const spread = 5 * Math.sqrt(count * p * (1 - p));
      expect(beyond[k]).toBeClose(count * p, { rel: 0, abs: spread });
    });
  });

  it('place a pair symmetrically about 0', () => {
    expect(place(0, 0)).toBe(0.5);
    expect(place(-1, -1)).toBe(-0.5);
    expect(place(0x7fffffff, -1)).toBe(2 ** 51 - 0.5);
    expect(place(-0x80000000, 0)).toBe(0.5 - 2 ** 51);
  });
});
