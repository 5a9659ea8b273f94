import { describe, expect, it } from 'vitest';
import '../support/close.ts';
import { rank } from '../../src/circuit/pattern.ts';
import { circuitOf, element, faultsOf, opAmp } from '../support/circuit.ts';
import { processorTime } from '../support/processor-time.ts';

const OA = '.subckt OA inp inn vdd vss out\nE1 out 0 inp inn 100k\n.ends';
const buffer = (name = 'XU1', part = 'OA') => `${name} in o vdd vss o ${part}`;
const supplies = 'VIN in 0 1\nVDD vdd 0 5\nVSS vss 0 -5\nRL o 0 1k';

describe('pattern ranks', () => {
  it.each([
    ['XU1', 'XU1', undefined, 3],
    ['xu1', 'XU1', undefined, 3],
    ['XA.XU1', 'XA.XU1', undefined, 3],
    ['XU1', 'XA.XU1', undefined, 2],
    ['XU*', 'XU12', undefined, 2],
    ['*', 'XA.XU1', undefined, 2],
    ['XU*', 'XA.XB.XU1', undefined, 2],
    ['XA.*', 'XA.XU1', undefined, 2],
    ['XA.*', 'XA.XB.XU1', undefined, 0],
    ['*.XU1', 'XA.XU1', undefined, 2],
    ['*.XU1', 'XU1', undefined, 0],
    ['X*.X*.XU1', 'XA.XB.XU1', undefined, 2],
    ['MCP601', 'XU1', 'mcp601', 1],
    ['MCP*', 'XU1', 'MCP601', 1],
    ['XU1', 'XU12', undefined, 0],
    ['U1', 'XU1', undefined, 0],
    ['X.U1', 'XAU1', undefined, 0],
    ['XU+', 'XUU', undefined, 0],
    ['X(U*', 'X(U1', undefined, 2],
  ])('%s for %s (%s): %d', (target, path, subcircuit, expected) => {
    expect(rank(target, path, subcircuit)).toBe(expected);
  });

  it('takes no exponential time', () => {
    const started = processorTime();
    expect(rank(`${'*a'.repeat(8)}b`, 'a'.repeat(40))).toBe(0);
    expect(processorTime() - started).toBeLessThan(200);
  });
});

describe('directives', () => {
  const vos = (directives: string, name = 'XU1') =>
    opAmp(circuitOf(`${supplies}\n${buffer()}\n${OA}\n${directives}`), name).specification
      .offsetVoltage.nominal;

  it.each([
    ['exact beats pattern', '*@ opamp XU1 vos=1m\n*@ opamp XU* vos=2m', 1e-3],
    ['pattern beats subcircuit', '*@ opamp XU* vos=2m\n*@ opamp OA vos=3m', 2e-3],
    ['exact beats subcircuit', '*@ opamp XU1 vos=1m\n*@ opamp OA vos=3m', 1e-3],
    ['the subcircuit alone', '*@ opamp OA vos=3m', 3e-3],
    [
      'a later line beats an earlier one of its rank',
      '*@ opamp XU1 vos=1m\n*@ opamp XU1 vos=4m',
      4e-3,
    ],
    ['a later pattern beats an earlier one', '*@ opamp XU* vos=1m\n*@ opamp X* vos=4m', 4e-3],
    ['not a later one of lower rank', '*@ opamp XU1 vos=1m\n*@ opamp * vos=4m', 1e-3],
    ['a directive before the card', '*@ opamp XU1 vos=5m', 5e-3],
  ])('%s', (_, directives, expected) => {
    expect(vos(directives)).toBe(expected);
  });

  it('override key by key', () => {
    const { specification } = opAmp(
      circuitOf(
        `${supplies}\n${buffer()}\n${OA}\n*@ opamp OA vos=1m ib=2n aol=1meg\n*@ opamp XU* ib=3n\n*@ opamp XU1 aol=2meg`,
      ),
      'XU1',
    );
    expect(specification.offsetVoltage.nominal).toBe(1e-3);
    expect(specification.bias).toMatchObject({ average: { nominal: 3e-9 } });
    expect(specification.inverseGain.nominal).toBe(1 / 2e6);
  });

  it('are the whole model: what they do not name is ideal', () => {
    const { specification } = opAmp(
      circuitOf(`${supplies}\n${buffer()}\n${OA}\n*@ opamp XU1 vos=1m`),
      'XU1',
    );
    expect(specification.inverseGain).toEqual({ nominal: 0, low: 0, high: 0 });
  });

  it('without a structural op amp keeps the gain in the deck', () => {
    const found = opAmp(circuitOf(`${supplies}\n${buffer()}\n${OA}`), 'XU1');
    expect(found.specification.inverseGain).toEqual({ nominal: 1e-5, low: 1e-5, high: 1e-5 });
    expect(found.specification.stated).toEqual([]);
  });

  it('inside .subckt have relative names', () => {
    const circuit = circuitOf(
      `${supplies}\nXA in o vdd vss STAGE\nXB in o2 vdd vss STAGE\nR2 o2 0 1k\n${buffer('XU1').replaceAll(' o', ' o3')}\nR3 o3 0 1\n${OA}
.subckt STAGE in o vdd vss
${buffer()}
*@ opamp XU1 vos=7m
.ends
*@ opamp XU1 ib=1n
*@ opamp XB.XU1 vos=8m`,
    );
    const at = (name: string) => opAmp(circuit, name).specification;
    expect(at('XA.XU1').offsetVoltage.nominal).toBe(7e-3);
    expect(at('XB.XU1').offsetVoltage.nominal).toBe(8e-3);
    expect(at('XU1').offsetVoltage.nominal).toBe(0);
    // a bare name matches the last component at every level
    expect(at('XA.XU1').bias).toMatchObject({ average: { nominal: 1e-9 } });
    expect(at('XU1').bias).toMatchObject({ average: { nominal: 1e-9 } });
  });

  it.each([
    ['*@ opamp XU9 vos=1m', 'error unknown_op_amp 8'],
    ['*@ opamp XA.* vos=1m', 'error unknown_op_amp 8'],
    ['*@ opamp RL vos=1m', 'error unknown_op_amp 8'],
    ['*@ nonsense XU1', 'error unknown_directive 8'],
    ['* @ nonsense XU1', 'warning unknown_directive 8'],
  ])('%s: %s', (line, expected) => {
    // lines: title, 4 supplies, buffer, 3 of OA
    expect(faultsOf(`${supplies}\n${buffer()}\nE9 q 0 in 0 2\n${line}\nR9 q 0 1\n${OA}`)).toContain(
      expected,
    );
  });
});

describe('what is an op amp', () => {
  const kind = (body: string, name: string) =>
    element(circuitOf(body), name).kind === 'opAmp' ? 'opAmp' : 'E source';
  const inverting = 'VIN in 0 1\nR1 in m 1k';

  it.each([
    ['with resistive feedback', `${inverting}\nR2 m o 10k\nE1 o 0 0 m 100k`, 'opAmp'],
    [
      'an integrator: a capacitor counts as feedback',
      `${inverting}\nC1 m o 1n\nE1 o 0 0 m 100k`,
      'opAmp',
    ],
    ['a comparator', `${inverting}\nE1 o 0 0 m 100k\nR2 o 0 1k`, 'E source'],
    [
      'a comparator with a load at an input source',
      'VIN m 0 1\nE1 o 0 0 m 100k\nR2 o m 1k',
      'E source',
    ],
    ['positive feedback counts', 'VIN in 0 1\nR1 in p 1k\nR2 p o 10k\nE1 o 0 p 0 100k', 'opAmp'],
    [
      'feedback through another stage',
      `${inverting}\nE1 o 0 0 m 100k\nE2 q 0 o 0 2\nR2 q m 10k`,
      'opAmp',
    ],
    ['a gain below 1e4', `${inverting}\nR2 m o 10k\nE1 o 0 0 m 9999`, 'E source'],
    ['a gain of 1e4', `${inverting}\nR2 m o 10k\nE1 o 0 0 m 1e4`, 'opAmp'],
    ['a buffer', 'VIN in 0 1\nE1 o 0 in o 1e5\nR1 o 0 1', 'opAmp'],
    ['POLY with a constant', `${inverting}\nR2 m o 10k\nE1 o 0 POLY(1) 0 m 1 100k`, 'E source'],
  ])('an E source %s', (_, body, expected) => {
    expect(kind(body, 'E1')).toBe(expected);
  });

  it('a directive makes any gain an op amp', () => {
    expect(kind(`${inverting}\nR2 m o 10k\nE1 o 0 0 m 50\n*@ opamp E1 vos=1m`, 'E1')).toBe('opAmp');
  });

  it('a negative gain has its inputs the other way round', () => {
    const circuit = circuitOf(`${inverting}\nR2 m o 10k\nE1 o 0 m 0 -100k`);
    const found = opAmp(circuit, 'E1');
    expect(found.minus).toBe(circuit.nodes.indexOf('m'));
    expect(found.plus).toBe(-1);
    expect(found.specification.inverseGain.nominal).toBe(1e-5);
  });

  it('a subcircuit of one E source, whatever its ports are called, with feedback', () => {
    const odd = '.subckt ODD 5 4 9 7 8\nEgain 8 0 5 4 {A}\n.param A=1meg\n.ends';
    const circuit = circuitOf(`VIN in 0 1\nR1 o 0 1\nXU1 in o a b o ODD\n${odd}`);
    expect(opAmp(circuit, 'XU1')).toMatchObject({
      plus: circuit.nodes.indexOf('in'),
      minus: circuit.nodes.indexOf('o'),
      part: 'ODD',
    });
    expect(opAmp(circuit, 'XU1').specification.inverseGain.nominal).toBe(1e-6);
    expect(kind(`VIN in 0 1\nR1 o 0 1\nXU1 in 0 a b o ODD\n${odd}`, 'XU1')).toBe('E source');
  });

  it('an instance parameter sets the gain', () => {
    const part = '.subckt P inp inn out A=1meg\nE1 out 0 inp inn {A}\n.ends';
    const circuit = circuitOf(`VIN in 0 1\nR1 o 0 1\nXU1 in o o P A=20k\n${part}`);
    expect(opAmp(circuit, 'XU1').specification.inverseGain.nominal).toBe(1 / 20e3);
  });

  it('pins by port names', () => {
    const body =
      '.subckt NAMED OUT IN- IN+ V+ V-\nR1 OUT 0 1\n.ends\nVIN in 0 1\nXU1 o o in vdd vss NAMED\nVDD vdd 0 5\nVSS vss 0 -5\n*@ opamp XU1 vos=1m';
    const circuit = circuitOf(body);
    const at = (name: string) => circuit.nodes.indexOf(name);
    expect(opAmp(circuit, 'XU1')).toMatchObject({
      plus: at('in'),
      minus: at('o'),
      output: { plus: at('o'), minus: -1 },
      positiveSupply: at('vdd'),
      negativeSupply: at('vss'),
    });
  });

  it.each([
    ['XU1 in o o UNKNOWN\n*@ opamp XU1 vos=1m', 'error unknown_pins'],
    ['XU1 in o o UNKNOWN\n*@ opamp XU1 vos=1m pins=+,-,V+,out', 'error wrong_pins'],
    ['XU1 in o o UNKNOWN\n*@ opamp XU1 vos=1m pins=+,+,out', 'error wrong_pins'],
    ['XU1 in o o UNKNOWN\n*@ opamp XU1 pins=+,-,out', 'warning no_data'],
    ['XU1 in o o UNKNOWN\n*@ opamp XU1 pins=+,-,out vout0=1 vout=0..2', 'warning no_data'],
    ['XU1 in o o UNKNOWN\n*@ opamp XU1 NOPART pins=+,-,out vos=1m', 'warning unknown_part'],
    ['E1 o 0 POLY(2) in 0 o 0 0 1 2\n*@ opamp E1 vos=1m', 'error not_an_op_amp'],
  ])('%j: %s', (cards, expected) => {
    expect(
      faultsOf(`VIN in 0 1\nR1 o 0 1\n${cards}`).map((fault) => fault.replace(/ \d+$/, '')),
    ).toContain(expected);
  });
});
