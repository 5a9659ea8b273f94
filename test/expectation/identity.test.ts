// Closed forms of textbook circuits hold at all values, wrong ones do not, and what is true for the given values
// only is told apart, with the condition that a textbook states for it.

import { describe, expect, it } from 'vitest';
import '../support/close.ts';
import { expectationsOf } from './support.ts';

const DIFFERENCE = `VP vp 0 1.35
VM vm 0 1.25
VREF ref 0 2.5
R1 vp p 2k
R2 p ref 20k
R3 vm m 2k
R4 out m 20k
XU1 p m out OPAMP
*@ opamp XU1 vos=1m ibn=5n ibi=4n`;

const NONINVERTING = `.param RF=18k
VIN in 0 0.1
R1 m 0 2k
R2 out m {RF}
R3 in p 3k
XU1 p m out OPAMP
*@ opamp XU1 vos=1m ibn=5n ibi=4n aol=100k`;

describe('identity', () => {
  it.each([
    [DIFFERENCE, 'GN(XU1) = 1 + R4/R3', true, 'holds'],
    [DIFFERENCE, '1 + R4/R3 = GN(XU1)', true, 'holds'],
    [DIFFERENCE, 'GN(XU1) - 1 - R4/R3 = 0 abs 1n', true, 'holds'],
    [DIFFERENCE, 'GN(XU1) = 1 + R2/R1', true, 'coincidence'],
    [DIFFERENCE, 'GN(XU1) = 1 + R3/R4', false, 'fails'],
    [DIFFERENCE, 'GN(XU1) = 11', true, null],
    [DIFFERENCE, 'GN(XU1) = 12', false, null],
    [DIFFERENCE, 'gain(VREF) = 1', true, null],
    [
      DIFFERENCE,
      'V(out) = (1 + R4/R3)*(R2*VP + R1*VREF)/(R1 + R2) - R4/R3*VM + VOE',
      true,
      'holds',
    ],
    [DIFFERENCE, 'V(out) = R2/R1*(VP - VM) + VREF + VOE', true, 'coincidence'],
    [DIFFERENCE, 'RNEQ(XU1) = parallel(R1, R2)', true, 'holds'],
    [DIFFERENCE, 'RNEQ(XU1) = R3 || R4', true, 'coincidence'],
    [DIFFERENCE, 'VIBN(XU1) = -IBN(XU1)*(R1 || R2)', true, 'holds'],
    [DIFFERENCE, 'VIBN(XU1) = -5n*(R1 || R2)', true, 'holds'],
    [DIFFERENCE, 'VOE = GN(XU1)*VIE(XU1)', true, 'holds'],
    [DIFFERENCE, 'VOE <= 1', true, null],
    [DIFFERENCE, '2 = 2', true, null],
    [NONINVERTING, 'GN(XU1) = 1 + RF/R1', true, 'holds'],
    [NONINVERTING, 'GN(XU1) = 1 + R2/R1', true, 'holds'],
    [NONINVERTING, 'R2 = RF', true, 'holds'],
    [NONINVERTING, 'RIEQ(XU1) = 0.1*RF', true, 'coincidence'],
    [NONINVERTING, 'VOUT(XU1) = GN(XU1)*(VIN + VIE(XU1))', true, 'holds'],
    // the drop in R3 reaches V_CM: theory Th. 6
    [NONINVERTING, 'VCM(XU1) = VIN - IBN(XU1)*R3 + VOST(XU1)/2', true, 'holds'],
    [
      NONINVERTING,
      'GN(XU1)/(1 + GN(XU1)/AOL(XU1)) * VIN = V(out) - 10*(1m - 5n*R3 + 4n*(R1||R2))/(1 + GN(XU1)/100k)',
      true,
      'coincidence',
    ],
    // a rounded equality is one near the given values
    [NONINVERTING, 'V(out) = GN(XU1)*(VIN + VOS(XU1)) rel 1%', true, 'holds'],
  ])('%#', async (circuit, line, passes, identity) => {
    const { results, diagnostics } = await expectationsOf(circuit, [line]);
    expect(diagnostics).toEqual([]);
    expect(results[0]).toMatchObject({ passes, identity });
  });

  it('of a circuit without resistors', async () => {
    const buffer = 'VIN in 0 1.25\nXU1 in out out OPAMP\n*@ opamp XU1 vos=0';
    const { results } = await expectationsOf(buffer, [
      'GN(XU1) = 1',
      'V(out) = 1.25',
      'V(out) = VIN',
    ]);
    expect(results.map(({ identity }) => identity)).toEqual(['holds', null, 'holds']);
  });

  it('is the same in every run', async () => {
    const line = 'WC = GN(XU1)*2m + R3*1n';
    const circuit = `${NONINVERTING} vos=+-2m ibn=0 ibi=0`;
    const [first, second] = [
      await expectationsOf(circuit, [line]),
      await expectationsOf(circuit, [line]),
    ];
    expect(second.results).toEqual(first.results);
  });

  it('of a worst case', async () => {
    const circuit = DIFFERENCE.replace(/vos.*/, 'vos=+-2m ios=+-1n');
    const { results } = await expectationsOf(circuit, [
      'WC = (1 + R4/R3)*(2m + 1n*((R1 || R2) + (R3 || R4))/2)',
      'WC = (1 + R4/R3)*(2m + 1n*(R1 || R2))',
      'RSS = (1 + R4/R3)*sqrt(2m^2 + (1n*((R1 || R2) + (R3 || R4))/2)^2)',
    ]);
    expect(results.map(({ passes, identity }) => [passes, identity])).toEqual([
      [true, 'holds'],
      [true, 'coincidence'],
      [true, 'holds'],
    ]);
  });
});

// Output of an inverting amplifier: V_OE = G_N V_OS + I_B (R2 - R3 G_N) with G_N = 1 + R2/R1 (AN1177 Eq. 5-8).
describe('specifications known by their limits', () => {
  const INVERTING = `VIN in 0 0.1
R1 in m 5k
R2 m out 100k
R3 p 0 4.7k
XU1 p m out OPAMP
*@ output V(out)
*@ opamp XU1 vos=+-25u ib=+-5n aol>=100k`;

  it.each([
    ['VOE = (1 + R2/R1)*VOS(XU1)', true, 'holds'],
    ['VOE = (1 + R2/R1)*VOS(XU1) + IB(XU1)*(R2 - R3*(1 + R2/R1))', true, 'holds'],
    ['VOE = GN(XU1)*VIE(XU1)', true, 'holds'],
    ['VOST(XU1) = VOS(XU1)', true, 'holds'],
    ['VIBN(XU1) = -IB(XU1)*R3', true, 'holds'],
    ['VOS(XU1) = 0', true, null],
    ['VOE = 7*VOS(XU1) + IB(XU1)*R1', false, 'fails'],
    ['VOE = 7*VOS(XU1)', false, 'fails'],
    ['VOE = (1 + R2/R1)*VOS(XU1) + IB(XU1)*R2', false, 'fails'],
    ['VOST(XU1) = 55*IB(XU1)*R1', false, 'fails'],
    ['VOE = 5*VOST(XU1)', false, 'fails'],
    ['VIBN(XU1) = IB(XU1)*R3', false, 'fails'],
    // 21 = 1 + 100k/5k, for these values only
    ['VOE = 21*VOS(XU1)', true, 'coincidence'],
  ])('%s', async (line, passes, identity) => {
    const { results } = await expectationsOf(INVERTING, [line]);
    expect(results[0]).toMatchObject({ passes, identity });
  });

  it('shows sides that differ', async () => {
    const { results } = await expectationsOf(INVERTING, ['VOE = 7*VOS(XU1)']);
    const { actual, expected } = results[0] ?? {};
    // 21 V_OS and 7 V_OS
    expect((actual ?? 0) / (expected ?? 0)).toBeCloseTo(3, 9);
    expect(Math.abs(expected ?? 0)).toBeLessThan(7 * 25e-6);
  });
});

describe('a coincidence', () => {
  it.each([
    ['GN(XU1) = 1 + R2/R1', 'R4/R3 = R2/R1'],
    ['gain(VM) = -R2/R1', 'R4/R3 = R2/R1'],
    ['RIEQ(XU1) = R1 || R2', 'R3 = R1 and R4 = R2'],
    ['GN(XU1) = 1 + R2/R3', 'R4 = R2'],
    ['RNEQ(XU1) = R1/1.1', 'R2/R1 = 10'],
  ])('%s holds while %s', async (line, condition) => {
    const { results } = await expectationsOf(DIFFERENCE, [line]);
    expect(results[0]?.coincidence?.condition).toBe(condition);
  });

  it('names the element that breaks it, and what both sides are then', async () => {
    const { results } = await expectationsOf(DIFFERENCE, ['gain(VM) = -R2/R1']);
    const [found] = results;
    expect(['R1', 'R2', 'R3', 'R4']).toContain(found?.coincidence?.element);
    const { element, change, actual, expected } = found!.coincidence!;
    const of = { R1: 2e3, R2: 20e3, R3: 2e3, R4: 20e3 };
    const changed = { ...of, [element]: of[element as 'R1'] * (1 + change) };
    expect(actual).toBeClose(-changed.R4 / changed.R3, { rel: 1e-12, abs: 0 });
    expect(expected).toBeClose(-changed.R2 / changed.R1, { rel: 1e-12, abs: 0 });
  });

  it('is none where the netlist declares the condition', async () => {
    const declared = `${DIFFERENCE}\n*@ let R3 = R1\n*@ let R4 = R2`;
    const { results, diagnostics } = await expectationsOf(declared, [
      'GN(XU1) = 1 + R2/R1',
      'V(out) = R2/R1*(VP - VM) + VREF + VOE',
    ]);
    expect(diagnostics).toEqual([]);
    expect(results.map(({ identity }) => identity)).toEqual(['holds', 'holds']);
  });

  it('is none where declarations rest on later ones', async () => {
    const chain = `${DIFFERENCE}\n*@ let R4 = R2\n*@ let R2 = 10*R3\n*@ let R3 = R1`;
    const { results } = await expectationsOf(chain, ['GN(XU1) = 1 + R4/R1', 'R2 = 10*R1']);
    expect(results.map(({ identity }) => identity)).toEqual(['holds', 'holds']);
  });
});

describe('a slip', () => {
  it.each([
    ['GN(XU1) = 1 + R3/R4', 'R3 and R4 are exchanged', '1 + R4/R3', null],
    ['gain(VM) = R4/R3', 'the sign is wrong', '-R4/R3', '-gain(VM)'],
    ['GN(XU1) = R4/R3', '1 is missing', '1 + R4/R3', '-gain(VM)'],
    ['RIEQ(XU1) = R3 + R4', 'resistors in parallel are added', 'R3 || R4', null],
    ['GN(XU1) = 1 - R4/R3', 'a minus should be a plus', '1 + R4/R3', null],
    ['RIEQ(XU1) = 2*(R3 || R4)', 'a factor of 2 is too much', '2*(R3 || R4)/2', null],
    ['GN(XU1) = 1 + R4/R2', 'R2 stands where R3 belongs', '1 + R4/R3', null],
  ])('%s: %s', async (line, reason, formula, formulaOf) => {
    const { results } = await expectationsOf(DIFFERENCE, [line]);
    expect(results[0]).toMatchObject({ identity: 'fails', slip: { reason, formula }, formulaOf });
  });

  it('is none where another wrong formula is true for the values', async () => {
    // 1 + R4/R3 = 11; R3 R4/R1 = 20k has no part in it, and 10 = R2/R1 alone is no correction either.
    const { results } = await expectationsOf(DIFFERENCE, ['GN(XU1) = 1 - R2/R1']);
    expect(results[0]).toMatchObject({ identity: 'fails', slip: null });
  });

  it('is not made up', async () => {
    const { results } = await expectationsOf(DIFFERENCE, ['GN(XU1) = 3.7*R1/R2 + 0.123']);
    expect(results[0]).toMatchObject({ identity: 'fails', slip: null, formulaOf: null });
  });
});
