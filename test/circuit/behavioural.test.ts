/** Sources of the solution: what each form of the netlist means, at voltages that the test states. */

import { describe, expect, it } from 'vitest';
import '../support/close.ts';
import {
  behaviouralIn,
  circuitIn,
  type Dialect,
  faultsBut,
  type Solution,
  sourceAt,
  sourceIn,
} from '../support/behavioural.ts';

const base = 'V1 a 0 1\nV2 b 0 1\nV3 c 0 1\nR1 a 0 1\nR2 b 0 1\nR3 c 0 1\nR4 o 0 1\n';
const at: Solution = { a: 2, b: 3, c: 5, v1: -0.5, v2: 0.25, v3: 0.125 };

function value(card: string, dialect?: Dialect): number {
  const circuit = circuitIn(base + card, dialect);
  const found = sourceAt(circuit, card.split(' ')[0]!, at);
  expect(found.fault).toBeNull();
  return found.value;
}

describe('POLY', () => {
  // SPICE2: p0; p1 ... pn; p11 p12 ... p1n p22 ... pnn; p111 p112 ...
  it.each([
    ['E1 o 0 POLY(1) a 0 1 2 3 4', 1 + 2 * 2 + 3 * 4 + 4 * 8],
    ['E1 o 0 POLY(2) a 0 b 0 0 0 0 1', 2 * 2],
    ['E1 o 0 POLY(2) a 0 b 0 0 0 0 0 1', 2 * 3],
    ['E1 o 0 POLY(2) a 0 b 0 0 0 0 0 0 1', 3 * 3],
    ['E1 o 0 POLY(2) a 0 b 0 0 0 0 0 0 0 1', 2 * 2 * 2],
    ['E1 o 0 POLY(2) a 0 b 0 0 0 0 0 0 0 0 1', 2 * 2 * 3],
    ['E1 o 0 POLY(2) a 0 b 0 0 0 0 0 0 0 0 0 1', 2 * 3 * 3],
    ['E1 o 0 POLY(2) a 0 b 0 0 0 0 0 0 0 0 0 0 1', 3 * 3 * 3],
    ['G1 o 0 POLY(3) a 0 b 0 c 0 7 0 0 0 0 1 0 0 0 0', 7 + 2 * 3],
    ['G1 o 0 POLY(3) a 0 b 0 c 0 0 0 0 0 0 0 1 0 0 0', 2 * 5],
    ['G1 o 0 POLY(3) a 0 b 0 c 0 0 0 0 0 0 0 0 0 1 0', 3 * 5],
    ['E1 o 0 POLY(2) a b b c 0 0 0 0 1', -1 * -2],
    ['F1 o 0 POLY(1) V1 0 0 1', 0.25],
    ['H1 o 0 POLY(2) V1 V2 0 0 0 0 8', -1],
  ])('%s', (card, expected) => {
    expect(value(card)).toBeClose(expected, { rel: 1e-15, abs: 0 });
  });

  it("Xyce's POLY in an expression is the same", () => {
    expect(value('B1 o 0 V={POLY(2) V(a) V(b) 1 2 3 4 5 6}', 'xyce')).toBeClose(
      1 + 2 * 2 + 3 * 3 + 4 * 4 + 5 * 6 + 6 * 9,
      { rel: 1e-15, abs: 0 },
    );
  });

  it('thousands of coefficients are refused', () => {
    const circuit = circuitIn(`${base}E1 o 0 POLY(1) a 0 ${'1 '.repeat(3000)}`);
    expect(faultsBut(circuit)).toEqual(['error expression_too_long']);
  });
});

describe('tables', () => {
  it.each<[string, number, Dialect?]>([
    ['E1 o 0 TABLE {V(a)} = (0,0) (4,8)', 4],
    ['E1 o 0 TABLE {V(a)} (0,0) (1,5)', 5],
    ['E1 o 0 TABLE {V(b)-V(a)} = (2,7) (4,8)', 7],
    ['G1 o 0 TABLE V(a) = (0,0) (4,8)', 4, 'pspice'],
    ['E1 o 0 a 0 table=(0,0,4,8)', 4, 'ltspice'],
    ['E1 o 0 PWL(1) a 0 0,0 4,8', 4, 'hspice'],
    ['B1 o 0 V=table(V(a),0,0,4,8)', 4, 'ltspice'],
    ['B1 o 0 V=table(V(c),0,0,4,8)', 8, 'ltspice'],
    ['B1 o 0 V=pwl(V(c),0,0,4,8)', 10],
  ])('%s', (card, expected, dialect) => {
    expect(value(card, dialect)).toBeClose(expected, { rel: 1e-15, abs: 0 });
  });

  it.each([
    'E1 o 0 TABLE {V(a)} = (1,0) (0,1)',
    'B1 o 0 V=table(V(a),1,0,0,1)',
    'B1 o 0 V=table(V(a),0,0,1)',
    'B1 o 0 V=table(V(a),0,0,V(b),1)',
  ])('%s is refused', (card) => {
    expect(faultsBut(circuitIn(base + card))).toEqual(['error bad_table']);
  });
});

describe('VALUE and B sources', () => {
  it.each<[string, number, Dialect?]>([
    ['E1 o 0 VALUE={V(a)*V(b)}', 6],
    ['G1 o 0 VALUE={V(a,b)**2}', 1],
    ["E1 o 0 vol='V(a)*V(c)'", 10, 'hspice'],
    ['B1 o 0 V=V(a)*I(V1)', -1],
    ['B1 o 0 I=V(a)^2', 4],
    ['B1 o 0 V=V(a) > 1 ? V(b) : V(c)', 3],
    ['B1 o 0 V=max(V(a), min(V(b), V(c)))', 3],
    ['B1 o 0 V=limit(V(c),V(b),V(a))', 3, 'ltspice'],
    ['B1 o 0 V=limit(V(c),0,V(b))', 3, 'pspice'],
    ['B1 o 0 V=V(a)*V(a)+time+ddt(V(a))', 4],
    ['B1 o 0 V=hypot(V(b),4)*V(a)', 10, 'ltspice'],
    ['B1 o 0 V=V(b)*I(R2)', 9, 'ltspice'],
    ['B1 o 0 V=V(a)*V(b) laplace=5/(1+s)', 30, 'ltspice'],
    ['B1 o 0 V=V(a)*V(b) laplace={5/(1+s)}', 30, 'ltspice'],
    ['B1 o 0 V=V(a)*V(b) tc1=10m', 6],
    ['E1 o 0 a 0 10 max=12', 12, 'hspice'],
    ['E1 o 0 a 0 -10 max=12 min=-15', -15, 'hspice'],
    ['E1 o 0 a 0 -10 abs=1', 20, 'hspice'],
    ['G1 o 0 a 0 2 scale=3 m=2', 24, 'hspice'],
    ["E1 o 0 vol='V(b)*sqrt(V(a)-6)'", -6, 'hspice'],
    ["E1 o 0 vol='log10(-100)*V(a)*V(a)'", -8, 'hspice'],
    ['E1 o 0 LAPLACE {V(a)*V(b)} = {2/(1+s)}', 12, 'pspice'],
  ])('%s', (card, expected, dialect) => {
    expect(value(card, dialect)).toBeClose(expected, { rel: 1e-15, abs: 0 });
  });

  it('parameters are numbers, and functions are inlined, also those of a subcircuit', () => {
    const circuit = circuitIn(
      [
        base,
        '.param k=2',
        '.func sq(x) {k*x*x}',
        '.func twice(x) {sq(x)+sq(x)}',
        'X1 a o cell gain=3',
        '.subckt cell p q gain=1',
        '.param k=10',
        'B1 q 0 V=gain*twice(V(p))',
        '.ends',
      ].join('\n'),
    );
    expect(sourceAt(circuit, 'X1.B1', at).value).toBeClose(3 * 2 * 10 * 4, { rel: 1e-15, abs: 0 });
    expect(behaviouralIn(circuit, 'X1.B1').inputs).toMatchObject([{ quantity: 'V', gain: 1 }]);
  });

  it('what is affine stays a linear element, also through functions', () => {
    const circuit = circuitIn(`${base}.func f(x) {3*x+1}\nB1 o 0 V=f(V(a,b))/2-V(c)`);
    expect(sourceIn(circuit, 'B1')).toMatchObject({
      kind: 'controlledVoltage',
      offset: 0.5,
      controls: [{ gain: 1.5 }, { gain: -1 }],
    });
  });

  it('each voltage is one input, whatever its case', () => {
    const circuit = circuitIn(`${base}B1 o 0 V=V(a)*v(A)+V(a,b)*V(a)*I(V1)*i(v1)`);
    expect(behaviouralIn(circuit, 'B1').inputs.length).toBe(3);
  });

  it('functions that call each other twice per level share what they are handed', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `.func f${i + 1}(x) {f${i}(x)*f${i}(x)}`);
    const text = `${base}.func f0(x) {x*x}\n${levels.join('\n')}\n`;
    expect(faultsBut(circuitIn(`${text}B1 o 0 V=f3(V(a))`))).toEqual([]);
    expect(faultsBut(circuitIn(`${text}B1 o 0 V=f10(V(a))`))).toEqual([]);
    const more = Array.from({ length: 40 }, (_, i) => `.func g${i + 1}(x) {g${i}(x)*g${i}(x)}`);
    const long = `${base}.func g0(x) {x*x}\n${more.join('\n')}\nB1 o 0 V=g40(V(a))`;
    expect(faultsBut(circuitIn(long))).toEqual(['error expression_too_long']);
  });
});

describe('resistances of the solution', () => {
  it.each<[string, Dialect?]>([
    ['R9 c b R={1+V(a)*V(b)}'],
    ['R9 c b {1+V(a)*V(b)}'],
    ['B9 c b R=1+V(a)*V(b)', 'ltspice'],
  ])('%s is I = V/R', (card, dialect) => {
    const circuit = circuitIn(base + card, dialect);
    const name = card.slice(0, 2);
    expect(behaviouralIn(circuit, name).quantity).toBe('I');
    expect(sourceAt(circuit, name, at).value).toBeClose(2 / 7, { rel: 1e-15, abs: 0 });
  });
});

describe('FREQ at DC', () => {
  it.each<[string, number]>([
    ['E1 o 0 FREQ {V(a)} = (0,20,0) (1k,0,0)', 20],
    ['E1 o 0 FREQ {V(a)} = (0,20,180) (1k,0,0)', -20],
    ['E1 o 0 FREQ {V(a)} = MAG (0,4,0) (1k,1,0)', 8],
    ['E1 o 0 FREQ {V(a)} = R_I (0,-3,0) (1k,1,0)', -6],
  ])('%s', (card, expected) => {
    expect(value(card, 'pspice')).toBeClose(expected, { rel: 1e-15, abs: 0 });
  });

  it('a table that begins above 0 Hz has no gain there, with a warning', () => {
    const circuit = circuitIn(`${base}E1 o 0 FREQ {V(a)} = (1,20,0) (1k,0,0)`, 'pspice');
    expect(sourceAt(circuit, 'E1', at).value).toBe(0);
    expect(faultsBut(circuit)).toContain('warning no_gain_at_dc');
  });
});

describe('what is refused', () => {
  it.each<[string, string, Dialect?]>([
    ['B1 o 0 P=V(a)', 'error unsupported_form'],
    ['B1 o 0 V=V(a)/0', 'error not_finite'],
    ['B1 o 0 V=V(a)*ln(-1)', 'error not_finite'],
    ['B1 o 0 V=Ix(U1:a)*2', 'error bad_expression', 'ltspice'],
    ['B1 o 0 V=Ic(Q1)*2', 'error unknown_function', 'ltspice'],
    ['B1 o 0 V=V(a)*I(V9)', 'error unknown_control'],
    ['B1 o 0 V=limit(V(a),1,2)', 'warning limit_meaning'],
    ['B1 o 0 V=V(a)*undefined', 'error undefined_parameter'],
    ['E1 o 0 FREQ {V(a)} = XYZ (0,1,0) (1,1,0)', 'error unknown_option', 'pspice'],
    ['E1 o 0 a 0 2 wrong=3', 'warning unknown_parameter'],
  ])('%s: %s', (card, fault, dialect) => {
    expect(faultsBut(circuitIn(base + card, dialect))).toContain(fault);
  });
});
