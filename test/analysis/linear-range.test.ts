// When tangents are not enough: devices at a kink, and errors that leave the range in which the figures of small
// deviations hold. What the warnings say is compared with closed forms.

import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import '../support/close.ts';

const OP_AMP = '.subckt OA p m o\nE1 o 0 p m 1e6\n.ends\n';

async function warnings(body: string) {
  const analysis = await analyze(`title\n${body}\n${OP_AMP}.end\n`);
  expect(analysis.status).toBe('ok');
  return analysis.diagnostics.filter(({ severity }) => severity === 'warning');
}

const codes = async (body: string) => (await warnings(body)).map(({ code }) => code);

describe('at_kink', () => {
  const absolute = (volts: number) =>
    `V1 in 0 ${volts}\nB1 out 0 V=abs(V(in))\nR1 out 0 1k\n*@ output V(out)`;

  it('of an absolute value at zero, with its place', async () => {
    const [warning, ...others] = await warnings(absolute(0));
    expect(others).toEqual([]);
    expect(warning?.code).toBe('at_kink');
    expect(warning?.message).toContain('"B1"');
    expect(warning?.span.source.text.slice(warning.span.start)).toMatch(/^B1/);
  });

  it.each([1, -1, 1e-3, -1e-3])('not beside it, at %s V', async (volts) => {
    expect(await codes(absolute(volts))).toEqual([]);
  });

  it('of a limiter whose input is at a limit', async () => {
    const limiter = (volts: number) =>
      `V1 in 0 ${volts}\nB1 out 0 V=min(max(V(in),-1),2)\nR1 out 0 1k\n*@ output V(out)`;
    expect(await codes(limiter(2))).toEqual(['at_kink']);
    expect(await codes(limiter(-1))).toEqual(['at_kink']);
    expect(await codes(limiter(1.9))).toEqual([]);
  });

  it('not of a MOSFET that conducts or is off', async () => {
    const stage = (gate: number) =>
      `VDD vdd 0 5\nVG g 0 ${gate}\nM1 out g 0 0 MN\nR1 vdd out 1k\n.model MN NMOS(VTO=1 KP=1m)\n*@ output V(out)`;
    for (const gate of [2, 0.5]) expect(await codes(stage(gate))).toEqual([]);
  });
});

describe('beyond_linear_range', () => {
  /** V_OUT = -V_T ln((V_IN - V_OS)/(R1 I_S)): 1 mV of 2 mV is much, of 1 V it is not. */
  const logarithm = (input: string, offset: string) =>
    `VIN in 0 ${input}\nR1 in m 10k\nQ1 m 0 out QN\nXU1 0 m out OA\n.model QN NPN(IS=1e-16)\n` +
    `*@ opamp XU1 vos=${offset}\n*@ output V(out)`;

  it('of a budget that a logarithm bends', async () => {
    const found = await warnings(logarithm('2m', '+-1m'));
    expect(found.map(({ code }) => code)).toEqual(['beyond_linear_range', 'beyond_linear_range']);
    const [low, high] = found.map(({ message }) => message);
    expect(low).toContain('lowest');
    expect(high).toContain('highest');
    // The collector is at V_OS: half the current, or one and a half.
    const thermal = (1.38064852e-23 * 300.15) / 1.6021766208e-19;
    const at = (volts: number) => -thermal * Math.log(volts / 1e4 / 1e-16);
    const shown = (text = '') => /is (-?[\d.]+) mV/.exec(text)?.[1];
    expect(Number(shown(low))).toBeClose(1e3 * at(3e-3), { rel: 1e-5, abs: 0 });
    expect(Number(shown(high))).toBeClose(1e3 * at(1e-3), { rel: 1e-5, abs: 0 });
  });

  it('not of one that is small against the input', async () => {
    expect(await codes(logarithm('1', '+-1m'))).toEqual([]);
  });

  it('of a known error that moves the tangents', async () => {
    const found = await codes(logarithm('2m', '1m'));
    expect(found).toContain('beyond_linear_range');
  });

  it('never of a linear circuit', async () => {
    const amplifier = `VIN in 0 1m\nR1 m 0 1k\nR2 out m 100k\nXU1 in m out OA\n*@ opamp XU1 vos=+-1 ib=+-1\n*@ output V(out)`;
    expect(await codes(amplifier)).toEqual([]);
  });
});
