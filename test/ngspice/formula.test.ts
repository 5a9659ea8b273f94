/**
 * What ngspice computes in B sources, against our reading of the same expression and against the deck that
 * we write from it. One deck per operating point, so a source that ngspice refuses fails the whole point.
 */

import { describe, expect, it } from 'vitest';
import { formulaLaw } from '../../src/devices/formula-law.ts';
import { deckOf } from '../../src/ngspice/deck.ts';
import { formulaText } from '../../src/ngspice/formula-text.ts';
import '../support/close.ts';
import {
  behaviouralIn,
  circuitIn,
  type Dialect,
  evaluated,
  inputsAt,
} from '../support/behavioural.ts';
import { useEngine } from './built-worker.ts';

const ngspice = useEngine();

// Numbers outside pwl are read to 11 digits by ngspice.
const BOUND = { rel: 1e-9, abs: 1e-15 };

/** Values that ngspice finds for B sources with these texts and lines, at V(n1) = a and V(n2) = b. */
async function asked(
  sources: readonly { readonly lines: readonly string[]; readonly expression: string }[],
  { a, b }: { a: number; b: number },
): Promise<readonly number[]> {
  const elements = [`v1 n1 0 ${a}`, `v2 n2 0 ${b}`, 'r1 n1 0 1', 'r2 n2 0 1'];
  sources.forEach(({ lines, expression }, i) => {
    elements.push(...lines, `b${i + 1} o${i + 1} 0 v = ${expression}`, `r${i + 3} o${i + 1} 0 1`);
  });
  const vectors = sources.map((_, i) => `v(o${i + 1})`);
  const steps = [{ label: 'point', commands: [], vectors }];
  const outcome = await ngspice.engine.run({ elements, steps, nonlinear: true });
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.values[0]!;
}

/** Our reading of an expression in V(n1) and V(n2), and the text we write of it. */
function read(expression: string, { a, b, dialect }: { a: number; b: number; dialect?: Dialect }) {
  const circuit = circuitIn(
    `V1 n1 0 ${a}\nV2 n2 0 ${b}\nR1 n1 0 1\nR2 n2 0 1\nR3 o 0 1\nB1 o 0 V=${expression}`,
    dialect,
  );
  const source = behaviouralIn(circuit, 'B1');
  const u = inputsAt(circuit, source, { n1: a, n2: b });
  const inputs = source.inputs.map((control) => {
    if (control.quantity === 'I') throw new Error('no currents here');
    const nodes = [control.port.plus, control.port.minus];
    const [plus, minus] = nodes.map((node) => (node < 0 ? '0' : `v(${circuit.nodes[node]})`));
    return `(${plus}-${minus})`;
  });
  return {
    value: evaluated(formulaLaw(source.formula), u).value,
    text: (name: string) => formulaText(source.formula, { inputs, name }),
  };
}

const POINTS = [
  { a: -2.5, b: 1 },
  { a: -0.5, b: 2 },
  { a: 0, b: 1.5 },
  { a: 0.5, b: 1 },
  { a: 2.5, b: 3 },
];

describe('a B source of ngspice means what ngspice computes', () => {
  // Every operation that has a value at each of the points.
  const expressions = [
    'abs(v(n1))',
    'sgn(v(n1))',
    'u(v(n1))',
    'u2(v(n1))',
    'uramp(v(n1))',
    'ceil(v(n1))',
    'floor(v(n1))',
    'nint(v(n1))',
    'nint(v(n1)+2)',
    'sin(v(n1))',
    'cos(v(n1))',
    'tan(v(n1))',
    'atan(v(n1))',
    'sinh(v(n1))',
    'cosh(v(n1))',
    'tanh(v(n1))',
    'asinh(v(n1))',
    'exp(v(n1))',
    'v(n1)**3',
    'v(n1)^3',
    'v(n1)**2',
    'pwr(v(n1),3)',
    'pwr(v(n1),2)',
    'pow(v(n1),3)',
    '-v(n1)**2',
    '2**v(n1)**2',
    'v(n1)*v(n1)*pow(-2,3)',
    'v(n1)*v(n1)*pwr(-2,3)',
    'v(n1)*v(n1)*u(0)',
    'min(v(n1),1)*v(n2)',
    'max(v(n1),1)',
    'v(n1)?1:2',
    'v(n1)>0?v(n1)*3:v(n2)',
    'ternary_fcn(v(n1),1,2)',
    '!v(n1)',
    'v(n1)&&1',
    'v(n1)>0||v(n2)>2',
    'v(n1)>=0',
    'v(n1)==0',
    'v(n1)<>0',
    'v(n1)!=0',
    'v(n1)<1<2',
    '1+v(n1)>2',
    'v(n1)<1==0',
    '2^-v(n1)',
    '8/4/(v(n1)*v(n1)+1)',
    '8/2*v(n1)*v(n1)',
    'v(n1)?1:v(n1)?2:3',
    'pwl(v(n1),0,0,1,10,2,15)',
    'pwl(v(n1),-1,0.123456789012345,1,10)',
    'v(n1)*v(n1)*pi',
    'v(n1)*v(n1)*e',
    'v(n1)*v(n1)*temper',
    'v(n1)*v(n1)+time+hertz',
    'v(n1)*v(n1)+ddt(v(n2))',
    'ln(v(n2))*v(n1)',
    'log(v(n2))*v(n1)',
    'log10(v(n2))*v(n1)',
  ];
  it.each(POINTS)('at V(n1) = $a', async ({ a, b }) => {
    const theirs = await asked(
      expressions.map((expression) => ({ lines: [], expression })),
      { a, b },
    );
    const readings = expressions.map((expression) => read(expression, { a, b }));
    const written = await asked(
      readings.map(({ text }, i) => text(`f${i + 1}`)),
      { a, b },
    );
    expressions.forEach((expression, i) => {
      expect(readings[i]!.value, expression).toBeClose(theirs[i]!, BOUND);
      expect(written[i], `${expression}, as written`).toBeClose(theirs[i]!, BOUND);
    });
  });
});

describe('the deck confirms what other dialects mean', () => {
  const expressions: readonly (readonly [string, Dialect])[] = [
    ['limit(V(n1),-1,V(n2))', 'ltspice'],
    ['table(V(n1),-1,3,0,0,0,1,2,5)', 'ltspice'],
    ['pwrs(V(n1),3)', 'ltspice'],
    ['V(n1)**3', 'ltspice'],
    ['int(V(n1)*1.3)', 'ltspice'],
    ['round(V(n1))', 'ltspice'],
    ['hypot(V(n1),V(n2))', 'ltspice'],
    ['V(n1)*3 % 4', 'ltspice'],
    ['if(V(n1) > 0, V(n1), -V(n2))', 'pspice'],
    ['V(n1)**2', 'pspice'],
    ['V(n1)**3+V(n2)**V(n2)', 'pspice'],
    ['stp(V(n1)+0.25)', 'pspice'],
    ['limit(V(n1),0,1)', 'pspice'],
    ['atan2(V(n1)+0.25,1-V(n2))', 'xyce'],
    ['buf(V(n1)+0.125)+inv(V(n2))', 'ltspice'],
    ['V(n1) > 0 ^ V(n2) > 1.75', 'ltspice'],
  ];
  it.each(POINTS)('at V(n1) = $a', async ({ a, b }) => {
    const readings = expressions.map(([expression, dialect]) =>
      read(expression, { a, b, dialect }),
    );
    const written = await asked(
      readings.map(({ text }, i) => text(`f${i + 1}`)),
      { a, b },
    );
    expressions.forEach(([expression], i) => {
      expect(readings[i]!.value, expression).toBeClose(written[i]!, BOUND);
    });
  });

  it('a circuit with behavioural sources and resistances, one of whose currents is sensed', async () => {
    // I(B1) = -V(o)/1k, V(o) = 4 - 0.1 V(p)^2; R9 is 1k (1 + V(a)^2) = 5k; F1 pushes 2 I(B1) out of q.
    const circuit = circuitIn(
      [
        'V1 a 0 2',
        'B1 o 0 V=V(a)**2-V(p)*V(p)/10',
        'R1 o 0 1k',
        'R9 a p R={1k*(1+V(a)**2)}',
        'R2 p 0 5k',
        'F1 q 0 B1 2',
        'R3 q 0 1k',
      ].join('\n'),
      'ltspice',
    );
    const { lines, names } = deckOf(circuit, 'finite');
    const vectors = ['o', 'p', 'q'].map((name) => names.node(circuit.nodes.indexOf(name))!);
    const source = circuit.elements.find(({ name }) => name === 'V1')!;
    const commands = [`alter ${names.element(source)} = 2`];
    const steps = [{ label: 'point', commands, vectors }];
    const outcome = await ngspice.engine.run({ elements: lines, steps, nonlinear: true });
    if (!outcome.ok) throw new Error(outcome.reason);
    const [o, p, q] = outcome.values[0]!;
    expect(p).toBeClose(1, BOUND);
    expect(o).toBeClose(3.9, BOUND);
    expect(q).toBeClose(2 * 3.9, BOUND);
  });

  it('a formula that shares its parts has a bounded text', async () => {
    const squares = Array.from({ length: 40 }, (_, i) => `.func f${i + 1}(x) {sq(f${i}(x))}`);
    const definitions = ['.func sq(x) {tanh(x*x)+x}', '.func f0(x) {x}', ...squares].join('\n');
    const circuit = circuitIn(
      `V1 n1 0 0.1\nR1 n1 0 1\nR3 o 0 1\n${definitions}\nB1 o 0 V=f40(V(n1))`,
    );
    const source = behaviouralIn(circuit, 'B1');
    const { lines, expression } = formulaText(source.formula, { inputs: ['v(n1)'], name: 'f1' });
    expect(`${lines.join('\n')}\n${expression}`.length).toBeLessThan(20_000);
    const law = formulaLaw(source.formula);
    const [value] = await asked([{ lines, expression }], { a: 0.1, b: 0 });
    expect(law.evaluate(Float64Array.of(0.1), new Float64Array(1))).toBeClose(value!, BOUND);
  });
});
