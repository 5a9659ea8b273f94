import { describe, expect, it } from 'vitest';
import { parseNetlist } from '../../grammar/spice/parse.ts';
import { analyze } from '../../src/analyze.ts';
import { elaborate } from '../../src/circuit/elaborate.ts';
import { operate } from '../../src/operate.ts';
import { circuitOf, element, errorsOf, faultsOf } from '../support/circuit.ts';

const kept = (body: string) => circuitOf(body).elements.map(({ name }) => name);
const floating = (body: string) => {
  const { nodes, floating: indices } = circuitOf(body);
  return [...indices].map((index) => nodes[index]);
};
const solved = async (body: string) => (await analyze(`title\n${body}`)).result;

describe('inductors', () => {
  // LTspice's reference: 1 milliohm, unless Rser is stated or the inductor stands in a mutual inductance.
  it.each([
    ['ltspice', 'L1 a b 1m', 1e-3],
    ['ltspice', 'L1 a b 1m Rser=5', 5],
    ['ltspice', 'L1 a b 1m Rser=0', 0],
    ['ltspice', 'L1 a b 1m\nK1 l1 L2 0.9', 0],
    ['ltspice', 'L1 a b 1m\nK1 L2 L3 0.9', 1e-3],
    ['ngspice', 'L1 a b 1m', 0],
    ['ngspice', 'L1 a b 1m Rser=5', 5],
  ] as const)('series resistance, %s: %j', (dialect, card, expected) => {
    const body = `V1 a 0 1\nR1 b 0 1k\nL2 a c 1m\nR2 c 0 1\nL3 a d 1m\nR3 d 0 1\n${card}`;
    const netlist = parseNetlist({ name: 'test.cir', text: `title\n${body}` }, { dialect });
    const found = element(elaborate(netlist), 'L1');
    expect(found.kind === 'resistor' ? found.resistance : 0).toBe(expected);
  });

  it('in a loop of inductors: the one that closes it is left out', () => {
    const body = 'V1 a 0 1\nL1 a b 1m\nL2 b c 1m\nL3 a c 1m\nR1 c 0 1k';
    expect(kept(body)).toEqual(['V1', 'L1', 'L2', 'R1']);
    expect(faultsOf(body)).toEqual(['info inductor_loop 5']);
  });

  it('in parallel', async () => {
    const result = await solved('V1 a 0 1\nL1 a b 1m\nL2 a b 2m\nR1 b 0 1k');
    expect(result?.operatingPoint?.nodes).toMatchObject({ a: 1, b: 1 });
    expect(result?.operatingPoint?.branches).toMatchObject({ L1: 1e-3, V1: -1e-3 });
  });

  it('whose current controls something stay', () => {
    expect(kept('V1 a 0 1\nL1 a b 1m\nL2 a b 2m\nR1 b 0 1k\nF1 0 b L2 1')).toContain('L2');
  });

  it('across a source are a conflict', async () => {
    expect((await solved('V1 a 0 1\nL1 a 0 1m\nR1 a 0 1k'))?.status).toBe('voltage_conflict');
  });

  it('with both ends on one node close a loop alone', () => {
    expect(kept('L1 a a 1m\nR1 a 0 1')).toEqual(['R1']);
  });
});

describe('floating islands', () => {
  it('behind capacitors are left out, and named', async () => {
    const body = 'V1 a 0 1\nR0 a 0 1k\nC1 a b 1u\nR1 b c 1k\nL1 c d 1m\nC2 d 0 1u';
    expect(floating(body)).toEqual(['b', 'c', 'd']);
    expect(kept(body)).toEqual(['V1', 'R0']);
    expect(faultsOf(body)).toEqual([
      'info floating_node 4',
      'info floating_node 5',
      'info floating_node 6',
    ]);
    expect((await solved(body))?.operatingPoint?.nodes).toMatchObject({
      a: 1,
      b: null,
      c: null,
      d: null,
    });
  });

  it('an open gate is named alone, not what it controls', () => {
    const inverters =
      'VDD vdd 0 3\nM1 a g 0 0 MN\nR1 vdd a 10k\nM2 b a 0 0 MN\nR2 vdd b 10k\nR3 b a 1meg\n.model MN NMOS(VTO=0.7)';
    const [fault] = operate(`title\n${inverters}\n.end\n`).diagnostics;
    expect(fault).toMatchObject({ code: 'no_dc_path', severity: 'error' });
    expect(fault?.message).toMatch(/^Node "g" has no DC path/);
  });

  it.each([
    ['an op amp input', 'V1 a 0 1\nC1 a b 1u\nXU1 b o o OA\n*@ opamp XU1 pins=+,-,out vos=1m'],
    ['a controlled source', 'V1 a 0 1\nC1 a b 1u\nE1 o 0 b 0 2\nR1 o 0 1'],
    ['a current source', 'V1 a 0 1\nR0 a 0 1\nC1 a b 1u\nI1 b 0 1m'],
  ])('that %s depends on are no DC path', async (_, body) => {
    expect(floating(body)).toEqual([]);
    const analysis = await analyze(`title\n${body}`);
    expect(analysis.status).toBe('no_dc_path');
    expect(
      analysis.diagnostics
        .filter(({ severity }) => severity === 'error')
        .map(({ message }) => message)
        .join(),
    ).toContain('"b"');
  });

  it('a supply pin that nothing feeds is no fault', () => {
    const circuit = circuitOf(
      'V1 a 0 1\nR1 a 0 1k\nXU1 a o vdd vss o OA\n*@ opamp XU1 pins=+,-,V+,V-,out vos=1m psrr>=80dB',
    );
    expect(errorsOf(circuit)).toEqual([]);
    const found = circuit.elements.find(({ kind }) => kind === 'opAmp');
    expect(found).not.toHaveProperty('positiveSupply');
    expect(found).not.toHaveProperty('negativeSupply');
    expect(circuit.diagnostics.map(({ code }) => code)).toEqual([
      'supply_not_fed',
      'supply_not_fed',
    ]);
  });
});

describe('the default output', () => {
  const amplifier = (out: string) => `V1 in 0 1\nR1 in m 1k\nR2 m ${out} 2k\nXU1 0 m ${out} OA`;
  const label = (body: string) =>
    circuitOf(`${body}\n*@ opamp * pins=+,-,out vos=1m`).output?.label ?? null;

  it.each([
    ['the node out', `${amplifier('x')}\nR3 x OUT 1\nR4 out 0 1`, 'V(OUT)'],
    ['the node vout', `${amplifier('x')}\nR3 x Vout 1\nR4 vout 0 1`, 'V(Vout)'],
    ['out before vout', `${amplifier('vout')}\nR3 vout out 1\nR4 out 0 1`, 'V(out)'],
    ['the output of the only op amp', amplifier('y'), 'V(y)'],
    [
      'of the last op amp in the chain',
      `${amplifier('y')}\nR3 y m2 1k\nR4 m2 z 1k\nXU2 0 m2 z OA`,
      'V(z)',
    ],
    [
      'whatever the order of cards',
      `R3 y m2 1k\nR4 m2 z 1k\nXU2 0 m2 z OA\n${amplifier('y')}`,
      'V(z)',
    ],
    ['of two that drive no other, the last', `${amplifier('y')}\nXU2 in w w OA`, 'V(w)'],
  ])('is %s', (_, body, expected) => {
    expect(label(body)).toBe(expected);
  });

  it('is none without op amps and without such a node', () => {
    expect(circuitOf('V1 a 0 1\nR1 a 0 1').output).toBeNull();
  });

  it('gives way to a directive, the last of which counts', () => {
    expect(
      circuitOf('V1 a 0 1\nR1 a out 1\nR2 out 0 1\n*@ output V(out)\n*@ output V(A,out)').output
        ?.label,
    ).toBe('V(A,out)');
    expect(circuitOf('V1 a 0 1\nR1 a out 1\nR2 out 0 1\n*@ output I(v1)').output).toEqual({
      quantity: 'I',
      element: 'V1',
      label: 'I(v1)',
    });
  });

  it.each([
    ['*@ output V(nope)', 'unknown_node'],
    ['*@ output V(a,nope)', 'unknown_node'],
    ['*@ output I(nope)', 'unknown_element'],
    ['*@ output I(I1)', 'unknown_element'],
    ['*@ input R1', 'unknown_element'],
    ['*@ input nope', 'unknown_element'],
  ])('%s is refused', (line, code) => {
    expect(faultsOf(`V1 a 0 1\nR1 a 0 1\nI1 a 0 1\n${line}`)).toEqual([`error ${code} 5`]);
  });

  it('the input is one source or the difference of two', () => {
    const base = 'V1 a 0 1\nV2 b 0 1\nR1 a b 1\n';
    expect(circuitOf(`${base}*@ input v1`).input).toEqual({
      label: 'V1',
      terms: [{ source: 'V1', weight: 1 }],
    });
    expect(circuitOf(`${base}*@ input V1 V2`).input).toEqual({
      label: 'V1 - V2',
      terms: [
        { source: 'V1', weight: 0.5 },
        { source: 'V2', weight: -0.5 },
      ],
    });
  });
});
