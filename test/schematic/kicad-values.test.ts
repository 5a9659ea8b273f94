// Values as people write them on KiCad schematics.

import { describe, expect, it } from 'vitest';
import { parseNumber } from '../../grammar/number.ts';
import { percentage, statedValue } from '../../src/schematic/board/values.ts';

describe('statedValue', () => {
  it.each([
    ['1M', 1e6],
    ['1m', 1e-3],
    ['2M2', 2.2e6],
    ['2m2', 2.2e-3],
    ['1Meg', 1e6],
    ['10K', 1e4],
    ['4,7K', 4700],
    ['4k7', 4700],
    ['4u7', 4.7e-6],
    ['51R', 51],
    ['0R1', 0.1],
    ['R047', 0.047],
    ['10E', 10],
    ['100', 100],
    ['.5', 0.5],
    ['1e3', 1000],
    ['1k\u03a9', 1000],
    ['4.7 kOhm', 4700],
    ['10 k', 1e4],
    ['100nF', 1e-7],
    ['1\u00b5', 1e-6],
    ['1F', 1],
    ['0.1uF 100V', 1e-7],
    ['100n/50V', 1e-7],
    ['330M, 5%', 3.3e8],
    ['-5V', -5],
    ['R1206_10K_1%_0.25W', 1e4],
    ['CC1206_100NF_50V_10%_X7R', 1e-7],
  ])('%s', (text, value) => {
    expect(parseNumber(statedValue(text)?.number ?? '')).toEqual({ value });
  });

  it.each(['R', 'Bass', '', '~', 'LM358', '10k..', 'R1206', '1k2k'])(
    'takes "%s" for no number',
    (text) => {
      expect(statedValue(text)).toBeUndefined();
    },
  );

  it.each([
    ['10k 1%', '1%'],
    ['10k/0,1%', '0.1%'],
    ['4.7k, \u00b15%', '5%'],
    ['R1206_10K_1%_100PPM', '1%'],
  ])('finds the tolerance in %s', (text, tolerance) => {
    expect(statedValue(text)?.tolerance).toBe(tolerance);
  });
});

describe('percentage', () => {
  it.each([
    ['1%', '1%'],
    ['\u00b10.1 %', '0.1%'],
    ['+-50ppm', '50ppm'],
    ['1', undefined],
    ['J', undefined],
  ])('%s', (text, expected) => {
    expect(percentage(text)).toBe(expected);
  });
});
