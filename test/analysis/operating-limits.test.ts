// Common-mode range and output swing against closed forms: the common-mode voltage shifts by -I_BN R_NEQ + V_OST/2
// (AN1177 Eq. 16 as corrected in docs/an1177-errata.md), R_IEQ has no part in it.

import { describe, expect, it } from 'vitest';
import { analysisDocument, analysisJson, analyze, renderMarkdown } from '../../src/index.ts';
import '../support/close.ts';

async function limitsOf(text: string, name = 'XU1') {
  const analysis = await analyze(text);
  const errors = analysis.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  // biome-ignore lint/suspicious/noExplicitAny: an object of JSON
  const json: any = JSON.parse(JSON.stringify(analysisJson(analysis)));
  return { limits: json.opAmps[name].limits, analysis };
}

const complaints = ({ diagnostics }: Awaited<ReturnType<typeof analyze>>) =>
  diagnostics
    .filter(({ severity }) => severity === 'warning')
    .map(({ code, span }) => [code, span.source.text.slice(0, span.start).split('\n').length]);

const REL = { rel: 1e-12, abs: 0 };

/** Gain 10 with R_NEQ = 2k and R_IEQ = 900 ohm. */
const amplifier = (lines: string) => `non-inverting amplifier
VDD d 0 5
VSS s 0 -5
VIN in 0 0.1
R1 in p 2k
R2 m 0 1k
R3 out m 9k
XU1 p m d s out AMP
${lines}
*@ output V(out)
`;

describe('the shift of the common-mode voltage', () => {
  it('is -(I_B + I_OS/2) R_NEQ by the bias currents, and V_OST/2 by the offset', async () => {
    const { limits } = await limitsOf(
      amplifier(`*@ opamp XU1 pins=+,-,V+,V-,out vos=+-2m ib=+-1u ios=+-0.2u vcm=-4..4 vout=-4..4
*@ range VIN -0.3 0.2`),
    );
    const { low, high } = limits.commonMode;
    expect(high.signal).toBeClose(0.2, REL);
    expect(high.bias).toBeClose(1.1e-6 * 2e3, REL);
    expect(high.errors).toBeClose(1e-3, REL);
    expect(high.margin).toBeClose(4 - 0.2 - 2.2e-3 - 1e-3, REL);
    expect(high.corner).toEqual({ sources: { VIN: 0.2 }, temperature: null });
    expect(low.reached).toBeClose(-0.3 - 2.2e-3 - 1e-3, REL);
    expect(low.margin).toBeClose(4 - 0.3032, REL);
    expect(low.corner.sources).toEqual({ VIN: -0.3 });
    // V_OUT: G_N (V_OS - I_BN R_NEQ + I_BI R_IEQ), I_BN = I_B + I_OS/2, I_BI = I_B - I_OS/2
    const { high: out } = limits.output;
    expect(out.signal).toBeClose(2, REL);
    expect(out.bias).toBeClose(10 * (1e-6 * (2000 - 900) + 0.1e-6 * (2000 + 900)), REL);
    expect(out.errors).toBeClose(10 * 2e-3, REL);
  });

  it('of known currents and offsets has their sign', async () => {
    const { limits } = await limitsOf(
      amplifier('*@ opamp XU1 pins=+,-,V+,V-,out vos=2m ibn=1u ibi=-3u vcm=-4..4'),
    );
    const { low, high } = limits.commonMode;
    for (const check of [low, high]) {
      expect(check.signal).toBeClose(0.1, REL);
      expect(check.bias).toBeClose(-2e-3, REL);
      expect(check.errors).toBeClose(1e-3, { rel: 1e-10, abs: 0 });
    }
    expect(limits.output).toEqual({ low: null, high: null });
  });

  it('of a finite gain is -V_OUT/(2 A_OL) (theory Th. 6)', async () => {
    const { limits } = await limitsOf(`buffer
VIN p 0 2
XU1 p o o AMP
*@ opamp XU1 pins=+,-,out aol>=1k vcm=0..4
*@ range VIN 1 3
*@ output V(o)
`);
    // To first order in 1/A, of the corner: V_OUT = 3 V, V_OUT0 = 0
    expect(limits.commonMode.high.errors).toBe(0);
    expect(limits.commonMode.low.errors).toBeClose(-1 / 2e3, REL);
  });
});

describe('corners', () => {
  it('a limit that counts from a supply is taken at the end of its range that is nearer', async () => {
    const { limits, analysis } = await limitsOf(
      amplifier(`*@ opamp XU1 pins=+,-,V+,V-,out vos=0 vcm=vss+2..vdd-1.2 vout=vee+0.1..vcc-0.1
*@ range VIN -0.4 0.3
*@ range VDD 2.9 5.5
*@ range VSS -5 -4.5`),
    );
    expect(limits.output.high).toMatchObject({ signal: 3, stated: 'V_DD - 0.1 V' });
    expect(limits.output.high.limit).toBeClose(2.8, REL);
    expect(limits.output.high.margin).toBeClose(-0.2, REL);
    expect(limits.output.high.corner.sources).toEqual({ VIN: 0.3, VDD: 2.9 });
    expect(limits.output.low.corner.sources).toEqual({ VIN: -0.4, VSS: -4.5 });
    expect(limits.output.low.margin).toBeClose(0.4, REL);
    expect(limits.commonMode.low.margin).toBeClose(-0.4 + 4.5 - 2, REL);
    // The warning points at the card of the op amp.
    expect(complaints(analysis)).toEqual([['outside_output_swing', 8]]);
    const { message = '' } =
      analysis.diagnostics.find(({ severity }) => severity === 'warning') ?? {};
    expect(message).toContain('reaches 3 V, 200 mV above its limit V_DD - 0.1 V = 2.8 V');
    expect(message).toMatch(/at (VDD = 2.9 V, VIN = 300 mV|VIN = 300 mV, VDD = 2.9 V)/);
    expect(renderMarkdown(analysisDocument(analysis))).toContain('BEYOND: ');
  });

  it('drifts, coefficients, tolerances and lots count where the voltage is largest', async () => {
    const { limits } = await limitsOf(
      amplifier(`*@ opamp XU1 pins=+,-,V+,V-,out tcvos=+-10u vout=-4..4
*@ tol R3 1% tc=+-100ppm
*@ tol R2 1%
*@ match R2 R3 0.2%
*@ temp 25 -40..125
*@ range VIN 0 0.3`),
    );
    // dV_OUT/V_IN = 1 + R3/R2; per part of R3: 9 V_IN; of a common part: 0. Of first order but for 1/(1 + t) in
    // conductances. The wider end of the temperatures is 125 deg C.
    const { high } = limits.output;
    expect(high.corner).toEqual({ sources: { VIN: 0.3 }, temperature: 125 });
    const r3 = 1 - 1 / (1.001 * 1.01);
    const r2 = 1 / 0.999 - 1;
    expect(high.errors).toBeClose(10 * 1e-3 + 9 * 0.3 * (r3 + r2), { rel: 1e-10, abs: 0 });
  });

  it('a stated range of the op amp counts instead of what the circuit gives', async () => {
    const { limits } = await limitsOf(
      amplifier(`*@ opamp XU1 pins=+,-,V+,V-,out vos=+-2m vcm=vss..vdd-1.2
*@ range XU1.vcm -0.3 4.3
*@ range XU1.vdd 4.5 5.5`),
    );
    const { low, high } = limits.commonMode;
    expect(high).toMatchObject({ signal: 4.3, bias: 0, errors: 0 });
    expect(high.margin).toBeClose(3.3 - 4.3, REL);
    expect(low.limit).toBe(-5);
  });

  it('both inputs of an inverting op amp: the common mode does not move with the signal', async () => {
    const { limits } = await limitsOf(`inverting
VIN in 0 1
R1 in m 1k
R2 m o 10k
XU1 0 m o AMP
*@ opamp XU1 pins=+,-,out vcmlow=0 vouthigh=5
*@ range VIN -1 1
*@ output V(o)
`);
    expect(limits.commonMode.low).toMatchObject({ signal: 0, margin: 0, corner: { sources: {} } });
    expect(limits.commonMode.high).toBeNull();
    expect(limits.output.high.margin).toBeClose(-5, REL);
    expect(limits.output.low).toBeNull();
  });
});

describe('where the limits come from', () => {
  const follower = (lines: string) => `follower
VDD d 0 5.5
VIN p 0 1
XU1 p o d 0 o MCP601
${lines}
*@ output V(o)
`;

  it('a part has those of its data sheet: AN1177 prints -0.3 V and V_DD - 1.2 V for the MCP601', async () => {
    const { limits, analysis } = await limitsOf(
      follower('*@ opamp XU1 MCP601 vos=0\n*@ range VIN -0.3 4.3'),
    );
    expect(limits.commonMode.low).toMatchObject({ stated: 'V_SS - 0.3 V' });
    expect(limits.commonMode.high.limit).toBeClose(4.3, REL);
    expect(limits.commonMode.high.signal).toBe(4.3);
    // The buffer drives its output as far as its input goes, beyond the rail.
    expect(limits.output.low).toMatchObject({ stated: 'V_SS + 0.015 V' });
    expect(complaints(analysis)).toContainEqual(['outside_output_swing', 4]);
  });

  it('a directive states one end over the part', async () => {
    const { limits } = await limitsOf(follower('*@ opamp XU1 MCP601 vcmhigh=vdd-2'));
    expect(limits.commonMode.high.stated).toBe('V_DD - 2 V');
    expect(limits.commonMode.low.stated).toBe('V_SS - 0.3 V');
  });

  it('an op amp without supply pins: limits from them are not checked, which is said', async () => {
    const { limits, analysis } = await limitsOf(`follower
VIN p 0 1
XU1 p o o AMP
*@ opamp XU1 pins=+,-,out vcm=vss..vdd-1 vout=0..2
*@ output V(o)
`);
    expect(limits.commonMode).toEqual({ low: null, high: null });
    expect(limits.output.high.margin).toBe(1);
    const codes = analysis.diagnostics.map(({ code }) => code);
    expect(codes).toContain('limit_without_supply');
  });

  it('none: no limits', async () => {
    const { limits } = await limitsOf(amplifier('*@ opamp XU1 pins=+,-,V+,V-,out vos=1m'));
    expect(limits).toBeNull();
  });

  it('a circuit that latches is at its limit anyway', async () => {
    const { diagnostics, status } = await analyze(`latch
VIN m 0 1
R1 p 0 1k
R2 o p 9k
XU1 p m o AMP
*@ opamp XU1 pins=+,-,out vout=0..2
*@ output V(o)
`);
    expect(status).toBe('unstable_dc');
    expect(diagnostics.map(({ code }) => code)).not.toContain('outside_output_swing');
  });
});
