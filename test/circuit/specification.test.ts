// What the words of a specification mean (design section 4).

import { describe, expect, it } from 'vitest';
import '../support/close.ts';
import { biasCurrents, psrrPair, type Spread } from '../../src/circuit/specification.ts';
import { circuitOf, errorsOf, opAmp } from '../support/circuit.ts';

const circuit = (specification: string) =>
  circuitOf(`VIN in 0 1\nR1 o 0 1\nXU1 in o o OA\n*@ opamp XU1 pins=+,-,out ${specification}`);
const of = (specification: string) => opAmp(circuit(specification), 'XU1').specification;
const codes = (specification: string) =>
  circuit(specification).diagnostics.map(({ severity, code }) => `${severity} ${code}`);

function expectSpread(
  actual: Spread,
  [nominal, low, high]: readonly [number, number, number],
): void {
  const bounds = { rel: 2e-15, abs: 0 };
  expect(actual.nominal).toBeClose(nominal, bounds);
  expect(actual.low).toBeClose(low, bounds);
  expect(actual.high).toBeClose(high, bounds);
}

describe('a value with a spread', () => {
  it.each([
    ['vos=3.8m', [3.8e-3, 3.8e-3, 3.8e-3]],
    ['vos=-3.8mV', [-3.8e-3, -3.8e-3, -3.8e-3]],
    ['vos=+-2m', [0, -2e-3, 2e-3]],
    ['vos=±2m', [0, -2e-3, 2e-3]],
    ['vos<=2m', [0, -2e-3, 2e-3]],
    ['vos=1m+-0.1m', [1e-3, 0.9e-3, 1.1e-3]],
    ['vos=-1m+-0.1m', [-1e-3, -1.1e-3, -0.9e-3]],
    ['VOS=1m', [1e-3, 1e-3, 1e-3]],
  ] as const)('%s', (text, expected) => {
    expectSpread(of(text).offsetVoltage, expected);
  });

  it('ib=1n..5n is a range with its midpoint', () => {
    const { bias } = of('ib=1n..5n');
    if (bias.kind !== 'average') throw new Error(bias.kind);
    expectSpread(bias.average, [3e-9, 1e-9, 5e-9]);
  });

  it('tcvos=+-12u, also per kelvin', () => {
    expectSpread(of('tcvos=+-12u').drift, [0, -12e-6, 12e-6]);
    expectSpread(of('tcvos=+-12uV/K').drift, [0, -12e-6, 12e-6]);
    expectSpread(of('tcvos=+-12uV/C').drift, [0, -12e-6, 12e-6]);
  });
});

describe('ratios', () => {
  const limit75 = 10 ** (-75 / 20); // 1/5623.41
  it.each([
    ['aol>=100k', [0, 0, 1e-5]],
    ['aol>=100dB', [0, 0, 1e-5]],
    ['aol=100k', [1e-5, 1e-5, 1e-5]],
    ['aol=100dB', [1e-5, 1e-5, 1e-5]],
    ['aol=100V/mV', [1e-5, 1e-5, 1e-5]],
    ['aol=inf', [0, 0, 0]],
  ] as const)('%s', (text, expected) => {
    expectSpread(of(text).inverseGain, expected);
  });

  it.each([
    ['cmrr>=75dB', [0, -limit75, limit75]],
    ['cmrr>=5000', [0, -2e-4, 2e-4]],
    ['cmrr=-5000', [-2e-4, -2e-4, -2e-4]],
    ['cmrr=5000V/V', [2e-4, 2e-4, 2e-4]],
    ['cmrr<=100uV/V', [0, -1e-4, 1e-4]],
  ] as const)('%s', (text, expected) => {
    expectSpread(of(text).inverseCmrr, expected);
  });

  it.each(['psrr>=80dB', 'psrr>=10k', 'psrr<=100uV/V'])('%s is one and the same', (text) => {
    const { inversePsrr } = of(text);
    if (inversePsrr.kind !== 'lumped') throw new Error(inversePsrr.kind);
    expectSpread(inversePsrr.both, [0, -1e-4, 1e-4]);
  });

  it('psrr means p+ = +1/PSRR, p- = -1/PSRR (erratum E4); psrrn=-2500 means p- = -1/2500', () => {
    expect(psrrPair(of('psrr=10k'))).toEqual({ plus: 1e-4, minus: -1e-4 });
    expect(psrrPair(of('psrrn=-2500'))).toEqual({ plus: 0, minus: -1 / 2500 });
    expect(psrrPair(of('psrrp=4000 psrrn=-2500'))).toEqual({ plus: 1 / 4000, minus: -1 / 2500 });
  });
});

describe('bias currents', () => {
  it('ib and ios are the average and the difference (AN1177 Eq. 4)', () => {
    const { nonInverting, inverting } = biasCurrents(of('ib=5n ios=1n'));
    expect(nonInverting).toBeClose(5.5e-9, { rel: 1e-15, abs: 0 });
    expect(inverting).toBeClose(4.5e-9, { rel: 1e-15, abs: 0 });
  });

  it("ibn and ibi are the pins' own", () => {
    expect(biasCurrents(of('ibn=1n ibi=-2n'))).toEqual({ nonInverting: 1e-9, inverting: -2e-9 });
    expect(biasCurrents(of('ibn=1n'))).toEqual({ nonInverting: 1e-9, inverting: 0 });
  });

  it.each(['ib=1n ibn=1n', 'ios=1n ibi=1n', 'ib=1n ios=1n ibn=1n ibi=1n', 'psrr=10k psrrp=10k'])(
    '%s is a conflict',
    (text) => {
      expect(codes(text)).toContain('error conflicting_specifications');
    },
  );
});

describe('the bias point', () => {
  it('is 0 V, 25 degrees, and the nominal supplies unless given', () => {
    expect(of('vos=1m').biasPoint).toEqual({ commonMode: 0, output: 0, temperature: 25 });
  });

  it('as given', () => {
    expect(of('vcm0=1.5 vout0=2.5V vdd0=5 vss0=-5 t0=30').biasPoint).toEqual({
      commonMode: 1.5,
      output: 2.5,
      positiveSupply: 5,
      negativeSupply: -5,
      temperature: 30,
    });
    expect(of('dt=60').temperatureStep).toBe(60);
  });
});

describe('what cannot be meant', () => {
  it.each([
    ['cmrr=75dB', 'error unsigned_decibel'],
    ['psrr=80dB', 'error unsigned_decibel'],
    ['cmrr=100', 'warning ratio_or_decibel'],
    ['aol>=110', 'warning ratio_or_decibel'],
    ['aol=-1000', 'error negative_gain'],
    ['cmrr=0', 'error zero_ratio'],
    ['aol=0', 'error negative_gain'],
    ['vos>=1m', 'error wrong_form'],
    ['cmrr=1k..2k', 'error wrong_form'],
    ['cmrr=+-5000', 'error wrong_form'],
    ['vos=1mA', 'error wrong_unit'],
    ['ib=1nV', 'error wrong_unit'],
    ['vos=3dB', 'error wrong_unit'],
  ])('%s: %s', (text, expected) => {
    expect(codes(text)).toContain(expected);
  });

  it('a range that ends below its start', () => {
    expect(codes('ib=5n..1n').join()).toMatch(/error (\w*range|bad_specification)/);
  });

  it('the hint of an unsigned dB names the minimum and the ratio', () => {
    const [fault] = circuit('cmrr=80dB').diagnostics;
    expect(fault?.hint).toContain('cmrr>=80dB');
    expect(fault?.hint).toContain('cmrr=-10000');
  });

  it('a bare ratio from 200 on is taken as it is', () => {
    expect(codes('cmrr=200')).toEqual([]);
    expect(errorsOf(circuit('cmrr=199'))).toEqual([]);
    expect(of('cmrr=199').inverseCmrr.nominal).toBe(1 / 199);
    expect(codes('cmrr=100V/V')).toEqual([]);
  });
});
