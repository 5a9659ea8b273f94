import { describe, expect, it } from 'vitest';
import { faults, parse, plain } from './support.ts';

/** The directive of one line, which may have no fault of its own. */
function directive(line: string): unknown {
  const { statements, diagnostics } = parse(`${line}\nR1 a b 1`);
  if (diagnostics.length > 0) throw new Error(diagnostics[0]?.message);
  const [first] = statements;
  return first?.kind === 'directive' ? plain(first.directive) : undefined;
}

const q = (value: number, unit?: string) => (unit === undefined ? { value } : { value, unit });

describe('directives', () => {
  it.each([
    ['*@ output V(out)', { kind: 'output', probe: { quantity: 'V', plus: 'out' } }],
    [
      '* @ output v(a,b) ; note',
      { kind: 'output', probe: { quantity: 'V', plus: 'a', minus: 'b' } },
    ],
    ['*@OUTPUT I(VX)', { kind: 'output', probe: { quantity: 'I', element: 'VX' } }],
    ['*@ input VIN', { kind: 'input', sources: ['VIN'] }],
    ['*@ input VP VM', { kind: 'input', sources: ['VP', 'VM'] }],
    ['*@ input "VP VM"', { kind: 'input', sources: ['VP', 'VM'] }],
    ["*@ input 'VIN'", { kind: 'input', sources: ['VIN'] }],
    ['*@ range VIN -0.3 4.3', { kind: 'range', target: 'VIN', low: q(-0.3), high: q(4.3) }],
    [
      '*@ range XA.XU1.vout 0.1V..5.4V',
      { kind: 'range', target: 'XA.XU1', quantity: 'vout', low: q(0.1, 'V'), high: q(5.4, 'V') },
    ],
    ['*@ deltas half-range', { kind: 'deltas', convention: 'half-range', word: 'half-range' }],
    ['*@ temp 25 -40..125', { kind: 'temp', nominal: q(25), low: q(-40), high: q(125) }],
    ['*@ temp 25C', { kind: 'temp', nominal: q(25) }],
    [
      '*@ tol R* 0.1% tc=+-25ppm',
      {
        kind: 'tol',
        target: 'R*',
        tolerance: q(0.1, '%'),
        temperatureCoefficient: { form: 'limit', limit: q(25, 'ppm') },
      },
    ],
    [
      '*@ tol R* age=0..0.2% 1%',
      {
        kind: 'tol',
        target: 'R*',
        tolerance: q(1, '%'),
        ageing: { form: 'range', low: q(0), high: q(0.2, '%') },
      },
    ],
    ['*@ tol R1 100ppm', { kind: 'tol', target: 'R1', tolerance: q(100, 'ppm') }],
    ['*@ match R1 R3 0.02%', { kind: 'match', elements: ['R1', 'R3'], mismatch: q(0.02, '%') }],
    ['*@ opamp 741 TL081', { kind: 'opamp', target: '741', part: 'TL081', specifications: [] }],
    [
      '*@ opamp X* pins=+,-,V+,V-,out',
      {
        kind: 'opamp',
        target: 'X*',
        pins: ['plus', 'minus', 'positiveSupply', 'negativeSupply', 'output'],
        specifications: [],
      },
    ],
  ])('%s', (line, tree) => {
    expect(directive(line)).toEqual(tree);
  });

  it.each([
    ['vos=3.8m', 'vos', { form: 'known', value: q(3.8e-3) }],
    ['vos=-3.8mV', 'vos', { form: 'known', value: q(-3.8e-3, 'V') }],
    ['VOS=+-2m', 'vos', { form: 'limit', limit: q(2e-3) }],
    ['vos=\u00b12m', 'vos', { form: 'limit', limit: q(2e-3) }],
    ['vos<=2m', 'vos', { form: 'limit', limit: q(2e-3) }],
    ['vos = 1m+-0.1m', 'vos', { form: 'centred', nominal: q(1e-3), halfWidth: q(1e-4) }],
    ['ib=1n..5n', 'ib', { form: 'range', low: q(1e-9), high: q(5e-9) }],
    ['ib=-5..-1', 'ib', { form: 'range', low: q(-5), high: q(-1) }],
    ['aol>=100k', 'aol', { form: 'minimum', minimum: q(1e5) }],
    ['aol=inf', 'aol', { form: 'infinite' }],
    ['aol=100V/mV', 'aol', { form: 'known', value: q(1e5, 'V/V') }],
    ['cmrr>=75dB', 'cmrr', { form: 'minimum', minimum: q(75, 'dB') }],
    ['psrr<=100uV/V', 'psrr', { form: 'limit', limit: q(1e-4, 'V/V') }],
    ['tcvos=+-12uV/C', 'tcvos', { form: 'limit', limit: q(12e-6, 'V/K') }],
    ['tcvos=12uV/K', 'tcvos', { form: 'known', value: q(12e-6, 'V/K') }],
    ['dt=50C', 'dt', { form: 'known', value: q(50, 'K') }],
    ['psrrn=-2500', 'psrrn', { form: 'known', value: q(-2500) }],
  ])('opamp XU1 %s', (text, key, value) => {
    expect(directive(`*@ opamp XU1 ${text}`)).toEqual({
      kind: 'opamp',
      target: 'XU1',
      specifications: [{ key, value }],
    });
  });

  it.each([
    ['GN(XU1) = 1 + R3/R2', 'GN(XU1)', '=', ['+', 1, ['/', 'R3', 'R2']]],
    ['|VOE| <= 42m', ['||', 'VOE'], '<=', 0.042],
    ['V(a,b) >= -R1||R2*2', 'V(a,b)', '>=', ['*', ['||', ['-', 'R1'], 'R2'], 2]],
    ['x = -a^2^b', 'x', '=', ['-', ['^', 'a', ['^', 2, 'b']]]],
    [
      'RNEQ(XA.XU1) = parallel(XA.R1, R2, 10kohm)',
      'RNEQ(XA.XU1)',
      '=',
      ['||', ['||', 'XA.R1', 'R2'], '10000 ohm'],
    ],
    ['x = sqrt(2)*42mV', 'x', '=', ['*', ['sqrt', 2], '0.042 V']],
  ])('expect %s', (text, left, relation, right) => {
    expect(directive(`*@ expect ${text}`)).toEqual({ kind: 'expect', left, relation, right, text });
  });

  it.each([
    ['V(out) = 1m..2m', 'V(out)', 1e-3, 2e-3],
    ['R1 = 0.9*R2 .. 1.1*R2', 'R1', ['*', 0.9, 'R2'], ['*', 1.1, 'R2']],
    ['GN(XU1) = 1..R2/R1', 'GN(XU1)', 1, ['/', 'R2', 'R1']],
  ])('takes the range of %s', (text, left, right, high) => {
    const expected = { kind: 'expect', left, relation: 'within', right, high, text };
    expect(directive(`*@ expect ${text}`)).toEqual(expected);
  });

  it('takes the formula that an element follows', () => {
    const value = ['*', 'R2', ['/', 'R3', 'R1']];
    expect(directive('*@ let R4 = R2*(R3/R1)')).toEqual({ kind: 'let', target: 'R4', value });
  });

  it('takes the bounds of an expectation', () => {
    expect(directive('*@ expect VOE = 1m rel 1% abs 10uV ; note')).toEqual({
      kind: 'expect',
      left: 'VOE',
      relation: '=',
      right: 1e-3,
      relative: 0.01,
      absolute: q(10e-6, 'V'),
      text: 'VOE = 1m rel 1% abs 10uV',
    });
  });
});

describe('faults of a directive', () => {
  it.each([
    ['*@ opmap XU1', 'error unknown_directive 2:4', 'Did you mean "opamp"?'],
    ['* @home', 'warning unknown_directive 2:4'],
    ['*@', 'error unknown_directive 2:3'],
    ['*@ opamp', 'error incomplete_directive 2:4'],
    ['*@ opamp XU1 vso=1m', 'error unknown_key 2:14', 'Did you mean "vos"?'],
    ['*@ opamp XU1 vos=', 'error incomplete_directive 2:17'],
    ['*@ opamp XU1 vos=4k7', 'error rkm_number 2:18', 'ngspice reads 4k7 as 4000; write 4.7k.'],
    ['*@ opamp XU1 vos=foo', 'error bad_number 2:18'],
    ['*@ opamp XU1 vos=1q', 'error bad_unit 2:19'],
    ['*@ opamp XU1 vos>=+-1', 'error bad_specification 2:17'],
    ['*@ opamp XU1 ib=5n..1n', 'error bad_specification 2:16'],
    ['*@ opamp XU1 vcm=3', 'error bad_specification 2:14'],
    ['*@ opamp XU1 vcmhigh<=vdd-1', 'error bad_specification 2:21'],
    ['*@ opamp XU1 vcmhigh=+-vdd', 'error bad_directive 2:24'],
    ['*@ opamp XU1 vcmhigh=vdd+-1', 'error bad_specification 2:21'],
    ['*@ opamp XU1 A B', 'error extra_argument 2:16'],
    ['*@ opamp XU1 pins=+,-,foo', 'error unknown_pin 2:23'],
    ['*@ output out', 'error bad_directive 2:11'],
    ['*@ output GN(XU1)', 'error bad_probe 2:11'],
    ['*@ output V(a,b,c)', 'error bad_probe 2:11'],
    ['*@ output V(a', 'error unclosed_parenthesis 2:11'],
    ['*@ input "A B C"', 'error extra_argument 2:15'],
    ['*@ input A B C', 'error extra_argument 2:14'],
    ['*@ range VIN 1', 'error incomplete_directive 2:14'],
    ['*@ range VIN 2 1', 'error bad_range 2:14'],
    ['*@ deltas half', 'error unknown_convention 2:11'],
    ['*@ temp 25V', 'error bad_unit 2:9'],
    ['*@ temp -273.15', 'error bad_number 2:9'],
    ['*@ temp 25 -300..125', 'error bad_number 2:12'],
    ['*@ tol R*', 'error incomplete_directive 2:8'],
    ['*@ tol R* 1% 2%', 'error extra_argument 2:14'],
    [
      '*@ tol R1 R2 R3 R4 0.1%',
      'error bad_directive 2:11',
      'One name or pattern per line: *@ tol R1 0.1% and *@ tol R2 0.1%, or *@ tol R* 0.1%.',
    ],
    ['*@ tol R* tk=1', 'error unknown_key 2:11'],
    ['*@ match R1 1%', 'error incomplete_directive 2:10'],
    ['*@ match R1 R1 1%', 'error repeated_element 2:13'],
    ['*@ match R1 R2 r1 1%', 'error repeated_element 2:16'],
    ['*@ expect VOE', 'error incomplete_directive 2:13'],
    ['*@ expect VOE <= 1m..2m', 'error bad_range 2:15'],
    ['*@ let R4', 'error incomplete_directive 2:9'],
    ['*@ let R4 <= R2', 'error bad_directive 2:11'],
    ['*@ expect VOE = 1 foo 2', 'error unknown_key 2:19'],
    ['*@ expect VOE = (1', 'error unclosed_parenthesis 2:17'],
    ['*@ expect |VOE = 1', 'error bad_directive 2:16'],
  ])('%j', (line: string, expected: string, hint?: string) => {
    const text = `${line}\nR1 a b 1`;
    expect(faults(text)).toEqual([expected]);
    const [found] = parse(text).diagnostics;
    expect(found?.hint).toBeDefined();
    if (hint !== undefined) expect(found?.hint).toBe(hint);
  });
});

describe('voltages from a supply', () => {
  const keys = (text: string) => {
    const found = directive(`*@ opamp XU1 ${text}`);
    return (found as { specifications: unknown }).specifications;
  };
  const from = (rail: string, value: number) => ({
    form: 'voltage',
    voltage: { rail, offset: q(value) },
  });

  it.each([
    ['vcmhigh=vdd-1.2', [{ key: 'vcmhigh', value: from('vdd', -1.2) }]],
    ['voutlow = vee + 0.1', [{ key: 'voutlow', value: from('vss', 0.1) }]],
    ['vouthigh=VCC', [{ key: 'vouthigh', value: from('vdd', 0) }]],
    ['vcmlow=0', [{ key: 'vcmlow', value: { form: 'known', value: q(0) } }]],
    [
      'vcm=vss-0.3..vdd-1.2',
      [
        { key: 'vcmlow', value: from('vss', -0.3) },
        { key: 'vcmhigh', value: from('vdd', -1.2) },
      ],
    ],
    [
      'vout=vss..vdd vos=1m',
      [
        { key: 'voutlow', value: from('vss', 0) },
        { key: 'vouthigh', value: from('vdd', 0) },
        { key: 'vos', value: { form: 'known', value: q(1e-3) } },
      ],
    ],
    [
      'vcm=-0.3..3.8',
      [
        { key: 'vcmlow', value: { form: 'voltage', voltage: { offset: q(-0.3) } } },
        { key: 'vcmhigh', value: { form: 'voltage', voltage: { offset: q(3.8) } } },
      ],
    ],
  ])('%s', (text, specifications) => {
    expect(keys(text)).toEqual(specifications);
  });

  it('elsewhere a supply is a name', () => {
    expect(directive('*@ range VDD 4.5 5.5')).toMatchObject({ target: 'VDD' });
    expect(directive('*@ opamp XU1 pins=vdd,+,-,out')).toMatchObject({
      pins: ['positiveSupply', 'plus', 'minus', 'output'],
    });
  });
});
