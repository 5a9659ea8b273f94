import { describe, expect, it } from 'vitest';
import '../support/close.ts';
import { circuitOf, faultsOf, ohms } from '../support/circuit.ts';

const stage = (header: string, body = '', value = '{r}') =>
  `.subckt S p ${header}\n${body}\nR1 p 0 ${value}\n.ends`;

describe('parameters', () => {
  it.each([
    ['the default of a subcircuit', `X1 a S\n${stage('r=1k')}`, 1000],
    ['with the word params:', `X1 a S\n${stage('params: r=1k')}`, 1000],
    ['an instance beats the default', `X1 a S r=2k\n${stage('r=1k')}`, 2000],
    ['an instance beats .param inside', `X1 a S r=2k\n${stage('', '.param r=5k')}`, 2000],
    ['.param inside beats the default', `X1 a S\n${stage('r=1k', '.param r=5k')}`, 5000],
    [
      '.param inside beats the global one',
      `.param r=7k\nX1 a S\n${stage('', '.param r=5k')}`,
      5000,
    ],
    ['a global one is seen inside', `.param r=7k\nX1 a S\n${stage('')}`, 7000],
    ['before it is defined', `X1 a S\n${stage('')}\n.param r=7k`, 7000],
    ['a default may use a global one', `.param g=3\nX1 a S\n${stage('r={g*1k}')}`, 3000],
    ['a default may use another port parameter', `X1 a S b=4\n${stage('b=1 r={b*1k}')}`, 4000],
    ['an instance value is meant outside', `.param r=6k\nX1 a S r={r/2}\n${stage('r=1k')}`, 3000],
    [
      '.param inside may use what the instance hands in',
      `X1 a S b=4\n${stage('b=1', '.param r={b*2k}')}`,
      8000,
    ],
    [
      'a forward reference',
      `.param r={2*s}\n.param s={t+1}\n.param t=499\nX1 a S\n${stage('')}`,
      1000,
    ],
    ['the last of two definitions', `.param r=1\n.param r=2\nX1 a S\n${stage('')}`, 2],
    ['names in any case', `.PARAM Rx=3k\nX1 a S R={rX}\n${stage('r=1')}`, 3000],
  ])('%s', (_, body, value) => {
    expect(ohms(circuitOf(body), 'X1.R1')).toBe(value);
  });

  it('instances do not disturb each other', () => {
    const circuit = circuitOf(`X1 a S r=1\nX2 a S\nX3 a S r=3\n${stage('r=2')}`);
    expect(['X1.R1', 'X2.R1', 'X3.R1'].map((name) => ohms(circuit, name))).toEqual([1, 2, 3]);
  });

  it('pass through levels', () => {
    const circuit = circuitOf(
      '.subckt TOP p r=1\nX2 p S r={r*10}\n.ends\n.subckt S p r=2\nR1 p 0 {r}\n.ends\nX1 a TOP r=5',
    );
    expect(ohms(circuit, 'X1.X2.R1')).toBe(50);
  });

  it('a subcircuit sees the level that defines it, not the one that uses it', () => {
    const circuit = circuitOf(
      '.param r=1\n.subckt TOP p\n.param r=2\nX2 p S\n.ends\n.subckt S p\nR1 p 0 {r}\n.ends\nX1 a TOP',
    );
    expect(ohms(circuit, 'X1.X2.R1')).toBe(1);
  });

  it.each([
    ['{1k+2k}', 3000],
    ["'2*3k'", 6000],
    ['{2**10}', 1024],
    ['{2^3}', 8],
    ['{-2+5}', 3],
    ['{7%4}', 3],
    ['{(1>2) ? 5 : 6}', 6],
    ['{1>2 ? 5 : 2>=2 ? 7 : 8}', 7],
    ['{max(1,max(5,3))+min(4,2)}', 7],
    ['{sqrt(16)}', 4],
    ['{abs(-3)}', 3],
    ['{int(3.9)}', 3],
    ['{pow(2,5)}', 32],
    ['{agauss(100,5,3)}', 100],
    ['{gauss(50,0.1,3)}', 50],
    ['{ternary_fcn(0,1,2)}', 2],
    ['{exp(0)+ln(1)+log10(1000)}', 4],
    ['{f(3)}', 10],
    ['{g(2,3)}', 12],
    ['{par(6,3)}', 2],
  ])('%s is %d', (value, expected) => {
    const functions =
      '.func f(x) {x*x+1}\n.func g(a,b) {f(a)+b+h}\n.param h=4\n.func par(a,b) {a*b/(a+b)}';
    expect(ohms(circuitOf(`R1 a 0 ${value}\n${functions}`), 'R1')).toBeClose(expected, {
      rel: 1e-15,
      abs: 0,
    });
  });

  it('formals of a function hide parameters', () => {
    expect(ohms(circuitOf('.param x=100 y=7\n.func f(x) {x+y}\nR1 a 0 {f(1)}'), 'R1')).toBe(8);
  });

  it.each([
    ['R1 a 0 {nope}', 'undefined_parameter'],
    ['.param p={q} q={p}\nR1 a 0 {p}', 'circular_parameter'],
    ['.param p={p+1}\nR1 a 0 {p}', 'circular_parameter'],
    ['.func f(x) {f(x)}\nR1 a 0 {f(1)}', 'function_too_deep'],
    ['R1 a 0 {nope(1)}', 'unknown_function'],
    ['R1 a 0 {sqrt(1,2)}', 'wrong_argument_count'],
    ['R1 a 0 {max(1,9,2)}', 'wrong_argument_count'],
    ['R1 a 0 {acos(2) ? 1 : 2}', 'not_finite'],
    ['R1 a 0 {sqrt(-1) < 1 || 1}', 'not_finite'],
    ['R1 a 0 {sqrt(-1)**0}', 'not_finite'],
    ['R1 a 0 {1/0}', 'not_finite'],
    ['R1 a 0 {sqrt(-1)}', 'not_finite'],
  ])('%j is refused as %s', (body, code) => {
    const [fault] = faultsOf(body);
    expect(fault).toMatch(new RegExp(`^error ${code} `));
  });
});

describe('resistors', () => {
  it.each([
    ['R1 a 0 1k m=4', 250],
    ['R1 a 0 1k tc1=1m\n.temp 127', 1100],
    ['R1 a 0 1k tc1=1m tc2=10u\n.temp 127', 1200],
    ['R1 a 0 1k tc=1m,10u\n.temp 127', 1200],
    ['R1 a 0 1k\n.temp 127', 1000],
    ['R1 a 0 1k tc1=1m\n.temp 127\n*@ temp 37', 1010],
    ['R1 a 0 RM 1k\n.model RM R(tc1=2m)\n.temp 127', 1200],
    ['R1 a 0 1k tc1=1m\n.temp {hot}\n.param hot=127', 1100],
    ['R1 a 0 0', 0],
  ])('%j is %d ohm', (body, expected) => {
    expect(ohms(circuitOf(body), 'R1')).toBeClose(expected, { rel: 1e-15, abs: 0 });
  });

  it('a negative resistance is warned of', () => {
    expect(faultsOf('R1 a 0 -50')).toEqual(['warning negative_resistance 2']);
  });
});
