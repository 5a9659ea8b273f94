// LEVEL chooses the equations of a MOSFET; `.options scale=` its unit of length.

import { describe, expect, it } from 'vitest';
import { operate } from '../../src/operate.ts';

/** The device M1 of a deck with these lines. */
function transistor(...lines: string[]) {
  const deck = ['A transistor', 'VD d 0 1.1', 'VG g 0 0.9', ...lines, '.end'].join('\n');
  const { result, diagnostics } = operate(deck, { name: 'deck.cir' });
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  const [device] = result?.devices ?? [];
  if (device === undefined) throw new Error('the deck has no solution');
  return device;
}

it.each([
  ['LEVEL=14', 'bsim4'],
  ['LEVEL={2*27}', 'bsim4'],
  ['LEVEL=3', 'mosfet'],
  ['VTO=0.5', 'mosfet'],
])('%s is a %s', (parameters, device) => {
  const found = transistor('M1 d g 0 0 MX L=1u W=5u', `.model MX NMOS(${parameters})`);
  expect(found.device).toBe(device);
});

it('LEVEL=8 is BSIM4 in PSpice, where BSIM3 is 7', () => {
  const lines = (level: number) =>
    `t\nVD d 0 1.1\nVG g 0 0.9\nM1 d g 0 0 MX L=1u W=5u\n.model MX NMOS(LEVEL=${level})\n.end\n`;
  const device = (level: number, dialect: 'pspice' | 'ltspice' | 'ngspice') =>
    operate(lines(level), { dialect }).result?.devices[0]?.device;
  expect(device(8, 'pspice')).toBe('bsim4');
  expect(device(7, 'pspice')).toBe('bsim3');
  expect(device(8, 'ltspice')).toBe('bsim3');
  expect(device(8, 'ngspice')).toBe('bsim3');
});

describe('scale', () => {
  const sizes = ['L=0.2u W=5u AD=10p AS=20p PD=8u PS=9u', 'L=0.2 W=5 AD=10 AS=20 PD=8 PS=9'];

  it.each(['NMOS(LEVEL=54 JSS=1e-3 JSWS=1e-9)', 'NMOS(LEVEL=1 VTO=0.5 KP=1e-4 JS=1e-3)'])(
    'multiplies lengths, and areas by its square: %s',
    (model) => {
      const [metres, microns] = sizes.map((size, i) =>
        transistor(
          `M1 d g 0 0 MX ${size}`,
          `.model MX ${model}`,
          ...(i === 0 ? [] : ['.options scale=1e-6']),
        ),
      );
      const currents = (of = metres) => of?.terminals.map(({ current }) => current) ?? [];
      const [there, here] = [currents(metres), currents(microns)];
      expect(here).toHaveLength(4);
      here.forEach((current, i) => {
        expect(current).toBeCloseTo(there[i] ?? 0, 15);
      });
    },
  );

  it('leaves the resistor alone', () => {
    const found = transistor(
      '.options scale=1e-6',
      'RD d x 1k',
      'M1 x g 0 0 MX L=1 W=5',
      '.model MX NMOS(LEVEL=1 VTO=0.5 KP=1e-4)',
    );
    // beta = 5e-4; (0.9 - 0.5)^2 / 2 beta = 40 uA in saturation, and GMIN: x at 1.06 V (1 - 1e-9)
    const drain = found.terminals.find(({ role }) => role === 'drain');
    expect(drain?.voltage).toBeCloseTo(1.06 * (1 - 1e-9), 9);
  });
});
