// Limits of input currents over temperature: printed points, log-linear between, the laws of theory beyond.

import { describe, expect, it } from 'vitest';
import '../support/close.ts';
import { chosenCurrent } from '../../src/parts/bias-current.ts';
import type { Part } from '../../src/parts/part.ts';
import { at, part, partWith } from './support.ts';

const REL = { rel: 1e-12, abs: 0 };
const choice = (of: Part, low: number, high = low) =>
  chosenCurrent(of, { quantity: 'ib', surroundings: at(low, high) });
const codes = (of: Part, low: number, high = low) =>
  choice(of, low, high)?.remarks.map(({ code }) => code);

describe('MCP601 (DS21314: 60 pA at 85, 5 nA at 125 deg C)', () => {
  const mcp601 = part('MCP601');

  it.each([
    [85, 60e-12],
    [125, 5e-9],
    [105, Math.sqrt(60e-12 * 5e-9)],
    [95, 60e-12 ** 0.75 * 5e-9 ** 0.25],
  ])('at %d deg C', (temperature, expected) => {
    expect(choice(mcp601, temperature)?.limit.high).toBeClose(expected, REL);
    expect(choice(mcp601, temperature)?.limit.low).toBeClose(-expected, REL);
  });

  it('keeps the limit where leakage is smaller', () => {
    expect(choice(mcp601, 25)?.limit.high).toBe(60e-12);
    expect(codes(mcp601, 25)).toEqual(['limit_beyond_temperature']);
  });

  it('has the largest limit of a range', () => {
    expect(choice(mcp601, -40, 105)?.limit.high).toBeClose(Math.sqrt(60e-12 * 5e-9), REL);
    expect(choice(mcp601, -40, 125)?.limit.high).toBe(5e-9);
  });

  it('names what was interpolated', () => {
    expect(choice(mcp601, 105)?.remarks).toMatchObject([
      {
        severity: 'info',
        code: 'interpolated_current',
        message:
          'the limit of I_B at 105 °C is log-linear between those at 85 °C (+-60pA) and 125 °C (+-5000pA).',
      },
    ]);
  });
});

describe('beyond the last limit', () => {
  const one = (input: string, limits: object = { max: '10nA' }) =>
    partWith([{ at: { temperature: 25 }, ib: limits }], { input });

  it.each([
    ['cmos', 85, 64],
    ['jfet', 125, 1024],
    ['cmos', -40, 1],
    ['bipolar', -40, 2],
    ['bipolar', -7.5, Math.SQRT2],
    ['bipolar', 125, 1],
    ['bias-cancelled', 125, 1],
    ['zero-drift', -40, 1],
  ])('%s at %d deg C: %d times that at 25', (input, temperature, factor) => {
    expect(choice(one(input), temperature)?.limit.high).toBeClose(10e-9 * factor, REL);
  });

  it('names the law of an extrapolation', () => {
    const [remark] = choice(one('cmos'), 85)?.remarks ?? [];
    expect(remark).toMatchObject({ severity: 'warning', code: 'extrapolated_current' });
    expect(remark?.message).toBe(
      'no maximum of I_B is specified at 85 °C; the limit +-10nA at 25 °C is extrapolated by the factor 64: leakage doubles every 10 K.',
    );
  });

  it('warns where no law is known', () => {
    expect(choice(one('zero-drift'), 85)?.remarks).toMatchObject([
      { severity: 'warning', code: 'limit_beyond_temperature' },
    ]);
  });

  it('keeps the signs', () => {
    const pnp = one('bipolar', { min: '-250nA', max: '0A' });
    expect(choice(pnp, -40)?.limit.low).toBeClose(-500e-9, REL);
    expect(choice(pnp, -40)?.limit.high).toBe(0);
    const two = partWith([
      { at: { temperature: 25 }, ib: { min: '-100nA', max: '0A' } },
      { at: { temperature: 85 }, ib: { min: '-400nA', max: '0A' } },
    ]);
    expect(choice(two, 55)?.limit.low).toBeClose(-200e-9, REL);
    expect(choice(two, 55)?.limit.high).toBe(0);
  });
});

it('has none without a maximum', () => {
  expect(choice(part('MCP6001'), 25)).toBeUndefined();
});
