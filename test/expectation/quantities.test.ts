// Ranges, resistances between nodes, parameters, and names that are both an element and a quantity.

import { describe, expect, it } from 'vitest';
import { expectationsOf } from './support.ts';

const AMPLIFIER = `.param FB=9k
VIN in 0 1
RS in p 2k
R1 m 0 1k
R2 out m {FB}
RL out 0 10k
XU1 p m out OPAMP
*@ opamp XU1 vos=1m`;

const passes = async (circuit: string, line: string) => {
  const { results, diagnostics } = await expectationsOf(circuit, [line]);
  expect(diagnostics).toEqual([]);
  return results[0]?.passes;
};

describe('a range', () => {
  it.each([
    ['V(out) = 10..10.1', true],
    ['V(out) = 10.02..10.1', false],
    ['V(out) = 9..10', false],
    ['V(out) = 9..10 abs 0.02', true],
    ['V(out) = 9..10 rel 0.2%', true],
    ['R1 = 0.9k .. 1.1k', true],
    ['GN(XU1) = R2/R1 .. 1.2*R2/R1', true],
    ['|VOE| = 0..11m', true],
    ['|VOE| = 0..9m', false],
  ])('%s: %s', async (line, expected) => {
    expect(await passes(AMPLIFIER, line)).toBe(expected);
  });

  it('tells the end that the value is nearer to', async () => {
    const { results } = await expectationsOf(AMPLIFIER, ['V(out) = 8..9', 'V(out) = 11..12']);
    expect(results.map(({ expected }) => expected)).toEqual([9, 11]);
  });
});

describe('the ends of a range', () => {
  it('are both told', async () => {
    const { results } = await expectationsOf(AMPLIFIER, ['V(out) = 8..12', 'V(out) = 10..10.1']);
    expect(results.map(({ range }) => range)).toEqual([
      { low: 8, high: 12 },
      { low: 10, high: 10.1 },
    ]);
  });

  it('are in order', async () => {
    const { results, diagnostics } = await expectationsOf(AMPLIFIER, ['V(out) = 12..8']);
    expect(results[0]?.passes).toBe(false);
    expect(diagnostics.map((at) => at.split(' ')[0])).toEqual(['bad_range']);
  });
});

describe('the resistance between two nodes', () => {
  // closed loop: the output and the - input are held, the + input is not
  it.each([
    ['R(p) = RS'],
    ['R(p,in) = RS'],
    ['R(out) = 0'],
    ['R(m) = 0'],
    ['R(in) = 0'],
    ['R(p,0) = RS'],
  ])('%s', async (line) => {
    expect(await passes(AMPLIFIER, line)).toBe(true);
  });

  it('of a ladder, from both ends', async () => {
    const ladder = 'V1 a 0 1\nR1 a b 1k\nR2 b 0 2k\nR3 b c 3k\nI1 c 0 0';
    expect(await passes(ladder, 'R(c) = R3 + (R1 || R2)')).toBe(true);
    expect(await passes(ladder, 'R(c,a) = R3 + (R1 || R2)')).toBe(true);
    expect(await passes(ladder, 'R(c,b) = R3')).toBe(true);
  });

  it('of nodes that are not there', async () => {
    const { diagnostics } = await expectationsOf(AMPLIFIER, ['R(q) = RS']);
    expect(diagnostics).toEqual(['bad_formula 10:11']);
  });
});

describe('a quantile of Monte Carlo', () => {
  // V1 is uniform in 0.99 ... 1.01: the quantile p is at 0.99 + 0.02 p, of 10,000 samples within 1e-4 (one sigma)
  const divider = 'V1 a 0 1\nR1 a b 1k\nR2 b 0 1k\n*@ output V(b)\n*@ tol V1 1%';
  const sampled = `${divider}\n*@ montecarlo 10000 seed=1 uniform`;

  it.each([
    ['MC(50%) = 0.5 abs 0.3m', true],
    ['MC(0.97725) = (0.99 + 0.02*0.97725)/2 abs 0.3m', true],
    ['MC(2.275%) = (0.99 + 0.02*0.02275)/2 abs 0.3m', true],
    ['MC(97.725%) <= 0.5', false],
  ])('%s: %s', async (line, expected) => {
    expect(await passes(sampled, line)).toBe(expected);
  });

  it('is missing without samples', async () => {
    const { results } = await expectationsOf(divider, ['MC(50%) = 0.5']);
    expect(results[0]).toMatchObject({ passes: false, actual: null, identity: null });
  });

  it('of a probability that is not reported', async () => {
    const { diagnostics } = await expectationsOf(sampled, ['MC(42%) = 0.5', 'MC(x) = 1']);
    expect(diagnostics).toEqual(['bad_formula 8:11', 'bad_formula 9:11']);
  });
});

describe('names', () => {
  it('a parameter is a number of the netlist', async () => {
    expect(await passes(AMPLIFIER, 'GN(XU1) = 1 + FB/R1')).toBe(true);
    expect(await passes(AMPLIFIER, 'R2 = FB')).toBe(true);
  });

  it('an element beats the quantity of its name', async () => {
    const circuit = `${AMPLIFIER}\nRSS p 0 6k`;
    expect(await passes(circuit, 'RNEQ(XU1) = RS || RSS')).toBe(true);
  });

  it('what no name stands for is told', async () => {
    const { diagnostics, results } = await expectationsOf(AMPLIFIER, ['GN(XU1) = 1 + R7/R1']);
    expect(diagnostics).toEqual(['bad_formula 10:25']);
    expect(results[0]).toMatchObject({ passes: false, actual: null });
  });
});
