// Operating ranges: AN1177 Example 1 in both conventions (theory 1.2, E23), and ranges of sources by hand.

import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import '../support/close.ts';

const BUFFER = `Buffer
VDD vdd 0 5.5
VIN in 0 2.75
XU1 in out vdd 0 out BUFFER
.subckt BUFFER inp inn vdd vss out
E1 out 0 inp inn 1meg
.ends`;
const SPECIFICATION = 'vos=+-2m tcvos=+-12u dt=100 aol>=100k cmrr>=5.62k psrr>=10k';

async function resultOf(text: string) {
  const analysis = await analyze(text);
  const errors = analysis.diagnostics.filter(({ severity }) => severity === 'error');
  if (analysis.result === null || errors.length > 0)
    throw new Error(errors.map(({ message }) => message).join());
  return analysis.result;
}

async function termsOf(text: string) {
  const { budget } = await resultOf(text);
  return {
    worstCase: budget?.worstCase,
    rss: budget?.rss,
    ...Object.fromEntries((budget?.rows ?? []).map(({ cause, worst }) => [cause, worst])),
  };
}

const STATED = `*@ range XU1.vout 0.1 5.4
*@ range XU1.vcm -0.3 4.3
*@ range XU1.vdd 2.7 5.5`;
const rel = 1e-12;

describe('AN1177 Example 1', () => {
  it('with half of each range, as the note counts', async () => {
    const found = await termsOf(
      `${BUFFER}\n*@ opamp XU1 ${SPECIFICATION}\n${STATED}\n*@ deltas half-range`,
    );
    const expected = {
      Vos: 2e-3,
      Aol: 26.5e-6,
      Psrr: 140e-6,
      Cmrr: 409.252669039146e-6,
      drift: 1200e-6,
      worstCase: 3.77575266903915e-3,
      rss: 2.37229635524647e-3,
    };
    for (const [what, value] of Object.entries(expected)) {
      expect(found[what as keyof typeof found], what).toBeClose(value, { rel, abs: 0 });
    }
  });

  it('from the bias point of the specification', async () => {
    const found = await termsOf(
      `${BUFFER}\n*@ opamp XU1 ${SPECIFICATION} vcm0=2.75 vout0=2.75 vdd0=4.1\n${STATED}`,
    );
    // -3.05 ... 1.55 V over CMRR, +-2.65 V over A_OL, +-1.4 V over PSRR
    expect(found).toMatchObject({ worstCase: expect.any(Number) });
    const sum = 2e-3 + 26.5e-6 + 140e-6 + 3.05 / 5620 + 1.2e-3;
    expect(found.worstCase).toBeClose(sum, { rel, abs: 0 });
  });

  it('sees what a buffer really does when only its input has a range: V_OUT = V_CM', async () => {
    const { swings } = await resultOf(
      `${BUFFER}\n*@ opamp XU1 vos=+-2m\n*@ range VIN -0.3 4.3\n*@ range VDD 2.7 5.5`,
    );
    const [swing] = [...swings.values()];
    for (const quantity of ['output', 'commonMode'] as const) {
      expect(swing?.[quantity].low, quantity).toBeClose(-0.3, { rel, abs: 0 });
      expect(swing?.[quantity].high, quantity).toBeClose(4.3, { rel, abs: 0 });
      expect(swing?.[quantity].origin).toBe('sources');
    }
    expect(swing?.positiveSupply).toEqual({ low: 2.7, high: 5.5, origin: 'sources' });
    expect(swing?.negativeSupply).toEqual({ low: 0, high: 0, origin: 'operating point' });
  });
});

describe('ranges of sources', () => {
  const AMPLIFIER = `Difference amplifier
VP p 0 1
VM m 0 2
R1 p a 10k
R2 a 0 20k
R3 m b 10k
R4 o b 20k
E1 o 0 a b 1e9
*@ output V(o)
*@ opamp E1 aol>=1e5 cmrr>=1e4`;

  it('move the op amp by their gains, each to its worse end', async () => {
    const result = await resultOf(`${AMPLIFIER}\n*@ range VP 0 3\n*@ range VM -1 2`);
    const [swing] = [...result.swings.values()];
    // V_O = 2 (VP - VM), V_CM = 2/3 VP
    expect(swing?.output.low).toBeClose(2 * (0 - 2), { rel, abs: 0 });
    expect(swing?.output.high).toBeClose(2 * (3 + 1), { rel, abs: 0 });
    expect(swing?.commonMode.low).toBeClose(0, { rel, abs: 1e-12 });
    expect(swing?.commonMode.high).toBeClose(2, { rel, abs: 0 });
    const row = (cause: string) => result.budget?.rows.find((each) => each.cause === cause);
    // G_N = 3: 3 V_O / A_OL, and 3 V_CM / CMRR
    expect(row('Aol')?.low).toBeClose((-3 * 8) / 1e5, { rel, abs: 0 });
    expect(row('Aol')?.high).toBeClose((3 * 4) / 1e5, { rel, abs: 0 });
    expect(row('Cmrr')?.worst).toBeClose((3 * 2) / 1e4, { rel, abs: 0 });
  });

  it.each([
    ['*@ range VX 0 1', 'unknown_element'],
    ['*@ range XU9.vout 0 1', 'unknown_op_amp'],
  ])('%s is an error', async (line, code) => {
    const { diagnostics } = await analyze(`${AMPLIFIER}\n${line}`);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toMatchObject([{ code }]);
  });
});
