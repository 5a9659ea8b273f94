// Sensitivities from one adjoint solution: random op amp networks against differences of exact rational solutions,
// then closed forms.

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { analysisDocument, analysisJson, analyze, renderText } from '../../src/index.ts';
import '../support/close.ts';
import { type ExactElement, ExactSystem, netlistOf } from '../support/exact-circuit.ts';
import { type RandomCircuit, randomCircuits } from '../support/random-circuits.ts';
import { add, divide, fromNumber, type Rational, subtract, toNumber } from '../support/rational.ts';
import { SEED } from '../support/seed.ts';

vi.setConfig({ testTimeout: 60_000 });

async function sensitivitiesOf(text: string) {
  const { result, diagnostics } = await analyze(text);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return result?.sensitivities ?? [];
}

/** The output of the network, exactly. */
function exactly({ output }: RandomCircuit, elements: readonly ExactElement[]): Rational {
  const system = new ExactSystem(elements, 'finite');
  const errors = system.errors();
  const b = system.sources().map((source, i) => add(source, errors[i]!));
  const [x] = system.solve([b]) ?? [];
  if (x === undefined) throw new Error('a singular network');
  return x.at(system.node(output[0]), system.node(output[1]));
}

const withValue = (element: ExactElement, value: number): ExactElement =>
  'value' in element
    ? { ...element, value }
    : 'gain' in element
      ? { ...element, gain: value }
      : element;

/** d output / d value as the difference over one part in 2^40 to either side, whose own error is of relative order 2^-80. */
function difference(circuit: RandomCircuit, name: string, value: number): number {
  const [low, high] = [value * (1 - 2 ** -40), value * (1 + 2 ** -40)];
  const at = (x: number) =>
    exactly(
      circuit,
      circuit.elements.map((element) => (element.name === name ? withValue(element, x) : element)),
    );
  const width = subtract(fromNumber(high), fromNumber(low));
  return toNumber(divide(subtract(at(high), at(low)), width));
}

describe('random op amp networks', () => {
  it('every derivative is the difference of exact solutions', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        randomCircuits({ resistance: { low: 1, high: 6 }, maximumOpAmps: 3, wild: false }),
        async (circuit) => {
          const text = netlistOf(circuit.elements, { output: `V(${circuit.output.join(',')})` });
          const { status, result } = await analyze(text);
          if (status !== 'ok' && status !== 'unstable_dc') return;
          const rows = new Map(result?.sensitivities.map((row) => [row.element, row]));
          const values = circuit.elements.flatMap((element) => {
            if ('value' in element) return [{ name: element.name, value: element.value }];
            return 'gain' in element ? [{ name: element.name, value: element.gain }] : [];
          });
          const size = Math.max(
            ...values.map(({ name, value }) => Math.abs(difference(circuit, name, value) * value)),
          );
          for (const { name, value } of values) {
            const logarithmic = difference(circuit, name, value) * value;
            const found = rows.get(name);
            if (found === undefined) {
              expect(logarithmic, name).toBeClose(0, { rel: 0, abs: 1e-12 * size });
              continue;
            }
            compared += 1;
            expect(found.logarithmic, name).toBeClose(logarithmic, {
              rel: 1e-12,
              abs: 1e-14 * size,
            });
            expect(found.value).toBe(value);
          }
        },
      ),
      { seed: SEED, numRuns: 60, interruptAfterTimeLimit: 20_000 },
    );
    // The property must not be true for want of rows.
    expect(compared).toBeGreaterThan(100);
  });
});

const AMPLIFIER = `non-inverting amplifier with a known gain
VIN in 0 2
R1 in p 1k
R2 m 0 1k
R3 out m 9k
XU1 p m out AMP
*@ opamp XU1 pins=+,-,out aol=1k vos=1m ibn=1u
*@ output V(out)
`;

describe('closed forms', () => {
  // out = A/(1 + A b) (V + V_OS - I_BN R1), b = R2/(R2 + R3); 1/A = 1e-3, b = 0.1
  const [a, b, v] = [1e-3, 0.1, 2 + 1e-3 - 1e-3];
  const out = v / (a + b);

  it('of resistors, sources, and specifications of the op amp', async () => {
    const rows = await sensitivitiesOf(AMPLIFIER);
    const found = new Map(rows.map((row) => [row.element ?? row.cause, row]));
    const dOutDb = -v / (a + b) ** 2;
    for (const [name, logarithmic, value] of [
      ['VIN', 2 / (a + b), 2],
      ['R1', -1e-3 / (a + b), 1e3],
      ['R2', dOutDb * b * (1 - b), 1e3],
      ['R3', -dOutDb * b * (1 - b), 9e3],
      ['Aol', dOutDb * a, a],
      ['Vos', 1e-3 / (a + b), 1e-3],
      ['Ibn', -1e-3 / (a + b), 1e-6],
    ] as const) {
      const row = found.get(name);
      expect(row?.value, name).toBe(value);
      expect(row?.logarithmic, name).toBeClose(logarithmic, { rel: 1e-13, abs: 0 });
      expect(row?.derivative, name).toBeClose(logarithmic / value, { rel: 1e-13, abs: 0 });
      expect(row?.relative, name).toBeClose(logarithmic / out, { rel: 1e-13, abs: 0 });
    }
    expect(rows).toHaveLength(7);
    const sizes = rows.map(({ logarithmic }) => Math.abs(logarithmic));
    expect(sizes).toEqual(sizes.toSorted((x, y) => y - x));
  });

  it('Euler: an output that is homogeneous of degree 0 in the resistors and 1 in the sources', async () => {
    const rows = await sensitivitiesOf(`ladder
V1 a 0 3
R1 a b 1k
R2 b 0 2.2k
R3 b c 4.7k
R4 c 0 10k
I1 0 c 0
*@ output V(c)
`);
    const sum = (names: readonly string[]) =>
      rows
        .filter(({ element }) => names.includes(element ?? ''))
        .reduce((total, { relative }) => total + (relative ?? Number.NaN), 0);
    expect(sum(['R1', 'R2', 'R3', 'R4'])).toBeClose(0, { rel: 0, abs: 1e-15 });
    expect(sum(['V1'])).toBeClose(1, { rel: 1e-15, abs: 0 });
  });

  it('a very small resistor, whose current is an unknown', async () => {
    const rows = await sensitivitiesOf(`shunt
V1 a 0 1
R1 a b 100Meg
R2 b 0 10m
*@ output V(b)
`);
    const r2 = rows.find(({ element }) => element === 'R2');
    expect(r2?.relative).toBeClose(1e8 / (1e8 + 1e-2), { rel: 1e-13, abs: 0 });
  });

  it('a source with a gain and a constant has the sensitivity of both together', async () => {
    const rows = await sensitivitiesOf(`poly
V1 a 0 2
R1 a 0 1k
E1 b 0 POLY(1) a 0 5 3
R2 b 0 1k
*@ output V(b)
`);
    const e1 = rows.find(({ element }) => element === 'E1');
    expect(e1).toMatchObject({ value: 1, logarithmic: 11, relative: 1 });
  });

  it('around a diode: the derivative of the non-linear circuit', async () => {
    const diode = (r: number) => `diode
V1 a 0 5
R1 a b ${r}
D1 b 0 DM
.model DM D(IS=1e-14)
*@ output V(b)
`;
    const [row, ...others] = (await sensitivitiesOf(diode(1e3))).filter(
      ({ element }) => element === 'R1',
    );
    expect(others).toEqual([]);
    const at = async (r: number) =>
      (await analyze(diode(r))).result?.operatingPoint?.output ?? Number.NaN;
    const h = 1e-4;
    const found = ((await at(1e3 * (1 + h))) - (await at(1e3 * (1 - h)))) / (2 * h);
    // The difference itself is off by h^2/6 of itself.
    expect(row?.logarithmic).toBeClose(found, { rel: 1e-7, abs: 0 });
  });
});

describe('outside', () => {
  it('JSON has all rows, the report ten', async () => {
    const chain = Array.from({ length: 12 }, (_, i) => `R${i + 1} n${i} n${i + 1} ${i + 1}k`);
    const text = `chain\nV1 n0 0 1\n${chain.join('\n')}\nR13 n12 0 1k\n*@ output V(n12)\n`;
    const analysis = await analyze(text);
    expect(analysisJson(analysis)['sensitivities']).toHaveLength(14);
    const report = renderText(analysisDocument(analysis));
    expect(report).toMatch(/Sensitivities of V\(n12\), the largest 10 of 14/);
    const table = /Sensitivities[\s\S]*(?=Signal gains)/.exec(report)?.[0] ?? '';
    // V(n12) = R13/(sum of all): 1 - 1/79 for R13
    expect(table).toMatch(/V1 +1 V +126\.582 µV +1\.000000/);
    expect(table).toMatch(/R13 +1 kΩ +124\.98 µV +0\.987342/);
    expect(table.match(/^ +[VR]\d+ /gm)).toHaveLength(10);
  });

  it('none without an output', async () => {
    expect(await sensitivitiesOf('t\nV1 a 0 1\nR1 a 0 1k\n')).toEqual([]);
  });
});
