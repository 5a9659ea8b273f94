import { describe, expect, it } from 'vitest';
import '../support/close.ts';
import { circuitOf, element, faultsOf } from '../support/circuit.ts';

const value = (source: string): number => {
  const found = element(circuitOf(`${source}\nR1 a 0 1`), source.split(' ')[0]!);
  if (found.kind === 'voltageSource') return found.voltage;
  if (found.kind === 'currentSource') return found.current;
  throw new Error(found.kind);
};

describe('the DC value of a source', () => {
  it.each([
    ['V1 a 0 5', 5],
    ['V1 a 0 DC 5', 5],
    ['V1 a 0 DC=5', 5],
    ['V1 a 0', 0],
    ['V1 a 0 AC 1', 0],
    ['V1 a 0 AC 1 90 DC 2', 2],
    ['V1 a 0 DC 2 AC 1 SIN(7 1 1k)', 2],
    ['V1 a 0 3 SIN(7 1 1k)', 3],
    ['V1 a 0 SIN(0.5 2 1k)', 0.5],
    ['V1 a 0 SIN(0.5 2 1k 0 0 90)', 2.5],
    ['V1 a 0 SIN(0.5 2 1k 1m 0 90)', 0.5],
    ['V1 a 0 PULSE(1 5 0 1u 1u 1m 2m)', 1],
    ['V1 a 0 EXP(-1 4 1u 1u)', -1],
    ['V1 a 0 PWL(0 1.5 1m 3)', 1.5],
    ['V1 a 0 SFFM(0.25 1 10k 5 1k)', 0.25],
    // Begun before t = 0, as ngspice has them.
    ['V1 a 0 PULSE(1 5 -1u 4u 1u 1m 2m)', 2],
    ['V1 a 0 PULSE(1 5 -10u 4u 1u 1m 2m)', 5],
    ['V1 a 0 PULSE(1 5 -1.5u 1u 1u 0.25u 10u)', 4],
    ['V1 a 0 PULSE(1 5 -5u 1u 1u 1u 10u)', 1],
    ['V1 a 0 PULSE(1 5 -12u 4u 1u 3u 10u)', 3],
    ['V1 a 0 PULSE(1 5 -1u)', 5],
    ['V1 a 0 SIN(0.5 2 1k -0.25m 100)', 0.5 + 2 * Math.exp(-0.025)],
    ['V1 a 0 EXP(-1 4 -1u 2u)', 4 - 5 * Math.exp(-0.5)],
    ['V1 a 0 EXP(-1 4 -3u 2u -1u 4u)', -1 - 5 * Math.exp(-1.5) + 5 * Math.exp(-0.25)],
    ['V1 a 0 PWL(-1 1 1 5)', 3],
    ['V1 a 0 PWL(-3 1 -1 5)', 5],
    ['V1 a 0 PWL(1 2 3 5)', 2],
    ['V1 a 0 PWL(-1 1 0 7 1 9)', 7],
    ['I1 a 0 3m', 3e-3],
    ['I1 a 0 PULSE(2u 5u)', 2e-6],
    ['I1 a 0 {2*3m}', 6e-3],
  ])('%s: %d', (source, expected) => {
    expect(value(source)).toBeClose(expected, { rel: 1e-15, abs: 0 });
  });

  it('asks only for the arguments that matter', () => {
    expect(value('V1 a 0 PULSE(1 5 0 {rise} {fall})')).toBe(1);
  });
});

describe('controlled sources', () => {
  const base = 'V1 a 0 1\nV2 b 0 1\nR1 a 0 1\nR2 b 0 1\nR3 o 0 1\n';
  it.each([
    ['E1 o 0 a b 2', { offset: 0, controls: [{ port: { plus: 0, minus: 1 }, gain: 2 }] }],
    ['G1 o 0 a b 2m', { offset: 0, controls: [{ port: { plus: 0, minus: 1 }, gain: 2e-3 }] }],
    ['G1 o 0 a b 2m m=3', { controls: [{ gain: 6e-3 }] }],
    ['F1 o 0 V1 2', { offset: 0, controls: [{ element: 'V1', gain: 2 }] }],
    ['H1 o 0 V1 50', { offset: 0, controls: [{ element: 'V1', gain: 50 }] }],
    ['E1 o 0 POLY(1) a b 1.5 2', { offset: 1.5, controls: [{ gain: 2 }] }],
    [
      'E1 o 0 POLY(2) a 0 b 0 0.5 2 3',
      {
        offset: 0.5,
        controls: [
          { port: { plus: 0, minus: -1 }, gain: 2 },
          { port: { plus: 1, minus: -1 }, gain: 3 },
        ],
      },
    ],
    ['E1 o 0 POLY(2) a 0 b 0 0 2 3 0 0 0', { offset: 0, controls: [{ gain: 2 }, { gain: 3 }] }],
    ['E1 o 0 POLY(2) (a,0) (b,0) 0 2', { controls: [{ gain: 2 }, { gain: 0 }] }],
    [
      'F1 o 0 POLY(2) V1 V2 1m 2 3',
      {
        offset: 1e-3,
        controls: [
          { element: 'V1', gain: 2 },
          { element: 'V2', gain: 3 },
        ],
      },
    ],
    ['H1 o 0 POLY(1) V1 0 40', { offset: 0, controls: [{ gain: 40 }] }],
  ])('%s', (card, expected) => {
    expect(element(circuitOf(base + card), card.slice(0, 2))).toMatchObject(expected);
  });

  it('a single coefficient of POLY(1) is the gain, with a warning', () => {
    expect(element(circuitOf(`${base}E1 o 0 POLY(1) a 0 5`), 'E1')).toMatchObject({
      offset: 0,
      controls: [{ gain: 5 }],
    });
    expect(faultsOf(`${base}E1 o 0 POLY(1) a 0 5`)).toEqual(['warning single_coefficient 7']);
  });

  it.each([
    ['E1 o 0 CHEBYSHEV {V(a)} = LP 800 1200 .1 50', 'unsupported_form'],
    ['B1 o 0 P=1', 'unsupported_form'],
    ['F1 o 0 VX 2', 'unknown_control'],
    ['D1 o 0 DMOD', 'undefined_model'],
    ['Q1 o a b QMOD', 'undefined_model'],
    ['N1 o 0 a 0 LINE', 'unsupported_element'],
  ])('%s is refused as %s', (card, code) => {
    const errors = faultsOf(base + card).filter((fault) => fault.startsWith('error'));
    expect(errors).toEqual([expect.stringMatching(new RegExp(`^error ${code} 7$`))]);
  });

  it('K is without effect at DC', () => {
    expect(
      circuitOf('L1 a 0 1m\nL2 b 0 1m\nK1 L1 L2 0.9\nR1 a 0 1\nR2 b 0 1').elements.map(
        ({ name }) => name,
      ),
    ).toEqual(['L1', 'L2', 'R1', 'R2']);
  });
});
