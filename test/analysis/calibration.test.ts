// Offset and gain error, and what trimming leaves, against closed forms and against circuits that are solved again with
// another value of an element at other values of the sources.

import { describe, expect, it } from 'vitest';
import { analysisDocument, analysisJson, analyze, renderText } from '../../src/index.ts';
import '../support/close.ts';

async function calibrated(text: string) {
  const analysis = await analyze(text);
  const errors = analysis.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  // biome-ignore lint/suspicious/noExplicitAny: an object of JSON
  const { calibration, budget }: any = JSON.parse(JSON.stringify(analysisJson(analysis)));
  // biome-ignore lint/suspicious/noExplicitAny: an object of JSON
  const row = (name: string): any =>
    budget.rows.find(
      // biome-ignore lint/suspicious/noExplicitAny: an object of JSON
      ({ opAmp, element, cause }: any) => `${opAmp ?? element} ${cause}` === name,
    )?.calibration;
  return { calibration, row, analysis };
}

const REL = { rel: 1e-12, abs: 1e-18 };

/** G = 10, R_NEQ = 2k, R_IEQ = 900 ohm, specified at V_CM = 0.2 V and 25 deg C. */
const amplifier = (specification: string, lines = '') => `non-inverting amplifier
VDD d 0 5
VIN in 0 0.1
R1 in p 2k
R2 m 0 1k
R3 out m 9k
XU1 p m d 0 out AMP
*@ opamp XU1 pins=+,-,V+,V-,out ${specification}
*@ output V(out)
*@ input VIN
${lines}`;

const RANGES = `*@ range VIN 0 0.4
*@ range VDD 4.5 5.5
*@ temp 35 -40..125
`;

describe('each cause falls into offset, gain and residual', () => {
  const expectRow = async (
    name: string,
    specification: string,
    [offset, gain, residual]: readonly [number, number, number],
  ) => {
    const { row, calibration } = await calibrated(amplifier(specification, RANGES));
    const share = row(name);
    expect(share.offset, name).toBeClose(offset, REL);
    expect(share.gain, name).toBeClose(gain, REL);
    expect(share.residual, name).toBeClose(residual, REL);
    const { uncalibrated, offsetAndGain } = calibration.remaining;
    expect(calibration.offset.worst).toBeClose(offset, REL);
    expect(calibration.gain.worst).toBeClose(gain, REL);
    expect(offsetAndGain.worst).toBeClose(residual, REL);
    expect(uncalibrated.worst).toBeGreaterThan(0);
  };

  it.each([
    ['XU1 Vos', 'vos=+-2m', [20e-3, 0, 0]],
    // 10 (R_NEQ - R_IEQ) I_B and 10 (R_NEQ + R_IEQ)/2 I_OS
    ['XU1 Ib', 'ib=+-1u', [11e-3, 0, 0]],
    ['XU1 Ios', 'ios=+-1u', [14.5e-3, 0, 0]],
    // At the trim it is at 35 deg C, 10 K from where V_OS is specified; 90 K on one side remain.
    ['XU1 drift', 'tcvos=+-10u', [1e-3, 0, 9e-3]],
    // V_CM from 0 to 0.4 V, counted from 0.2 V
    ['XU1 Cmrr', 'cmrr>=1k vcm0=0.2', [2e-3, 4e-3, 0]],
    // V_OUT from 0 to 4 V, counted from 1 V
    ['XU1 Aol', 'aol>=10k vout0=1', [1e-3, 4e-3, 0]],
    ['XU1 Psrr', 'psrr>=10k', [0, 0, 0.5e-3]],
    ['XU1 Psrr', 'psrr>=10k vdd0=4', [1e-3, 0, 0.5e-3]],
  ] as const)('%s of %s', expectRow);

  it('a stated range of the op amp follows no source', async () => {
    const { row } = await calibrated(
      amplifier('cmrr>=1k', '*@ range VIN 0 0.4\n*@ range XU1.vcm -0.1 0.5'),
    );
    const share = row('XU1 Cmrr');
    expect(share.offset).toBeClose(10 * 0.2e-3, REL);
    expect(share.gain).toBe(0);
    expect(share.residual).toBeClose(10 * 0.3e-3, REL);
  });

  it('with half-range changes the middle of the range has no error', async () => {
    const { row } = await calibrated(
      amplifier('cmrr>=1k', '*@ range VIN 0 0.4\n*@ deltas half-range'),
    );
    const share = row('XU1 Cmrr');
    expect(share.offset).toBeClose(10 * 0.2e-3, REL);
    expect(share.gain).toBeClose(10 * 0.4e-3, REL);
  });
});

describe('elements', () => {
  const vOut = (vin: number, r3: number) => vin * (1 + r3 / 1e3);

  it('initial tolerances are gain errors; temperature and age come after the trim', async () => {
    const { calibration, row } = await calibrated(
      amplifier('vos=0', `${RANGES}*@ tol R3 1% tc=+-100ppm age=0.2%`),
    );
    expect(calibration).toMatchObject({
      input: { label: 'VIN', unit: 'V' },
      range: { low: 0, high: 0.4 },
      reference: 0,
      temperature: 35,
    });
    expect(calibration.span).toBeClose(4, REL);
    expect(row('R3 tolerance').gain).toBeClose(0.036, REL);
    expect(row('R3 tolerance').residual).toBe(0);
    const warm = vOut(0.4, 9e3 * (1 + 100e-6 * 90)) - 4;
    expect(row('R3 temperature')).toMatchObject({ offset: 0, gain: 0 });
    expect(row('R3 temperature').residual).toBeClose(warm, { rel: 1e-10, abs: 0 });
    expect(row('R3 ageing').residual).toBeClose(0.4 * 9 * 0.002, { rel: 1e-10, abs: 0 });
    expect(calibration.gain.relative.high).toBeClose(0.009, { rel: 1e-11, abs: 0 });
    expect(calibration.gain.ppm).toBeClose(9000, { rel: 1e-11, abs: 0 });
    expect(calibration.gain.percent).toBeClose(0.9, { rel: 1e-11, abs: 0 });
  });

  it('a source beside the input: its part of the error is an offset where it is fixed, a residue where it moves', async () => {
    const text = (r: number, v: number, vref: number) => `level shift
VIN a 0 ${v}
VREF b 0 ${vref}
R1 a m ${r}
R2 b m 10k
R3 m o 10k
XU1 0 m o AMP
*@ opamp XU1 pins=+,-,out vos=0
*@ output V(o)
*@ input VIN
`;
    const out = async (r: number, v: number, vref: number) =>
      (await analyze(text(r, v, vref))).result?.operatingPoint?.output ?? Number.NaN;
    const { calibration, row } = await calibrated(
      `${text(10e3, 1, 2)}*@ tol R3 1%\n*@ range VIN 1 3\n*@ range VREF 1.5 2.25\n`,
    );
    expect(calibration.reference).toBe(2);
    const error = async (v: number, vref: number) =>
      1.01 * (await out(10e3, v, vref)) - (await out(10e3, v, vref));
    const [middle, end] = [await error(2, 2), await error(3, 2)];
    expect(row('R3 tolerance').offset).toBeClose(Math.abs(middle), { rel: 1e-10, abs: 0 });
    expect(row('R3 tolerance').gain).toBeClose(Math.abs(end - middle), { rel: 1e-10, abs: 0 });
    const left = (await error(2, 1.5)) - middle;
    expect(row('R3 tolerance').residual).toBeClose(Math.abs(left), { rel: 1e-10, abs: 0 });
    const { uncalibrated, offset, offsetAndGain } = calibration.remaining;
    expect(uncalibrated.worst).toBeClose(0.01 * (3 + 2.25), { rel: 1e-10, abs: 0 });
    expect(offset.worst).toBeClose(0.01 * (1 + 0.5), { rel: 1e-10, abs: 0 });
    expect(offsetAndGain.worst).toBeClose(0.01 * 0.5, { rel: 1e-10, abs: 0 });
  });

  it('a difference: what the common mode makes of unequal resistors is left', async () => {
    const { calibration, row } = await calibrated(`difference amplifier
VP a 0 2.1
VM b 0 1.9
R1 b m 10k
R2 m o 100k
R3 a p 10k
R4 p 0 100k
XU1 p m o AMP
*@ opamp XU1 pins=+,-,out vos=0
*@ tol R4 0.1%
*@ range VP 2 3
*@ range VM 1.5 2
*@ output V(o)
*@ input VP VM
`);
    // V_OUT = 11 V_P R4/(R3 + R4) - 10 V_M: an error of V_P alone, de = k V_P, the larger one with the smaller R4
    const k = 11 * (100 / 110 - 99.9 / 109.9);
    expect(calibration.range.low).toBeClose(0, { rel: 0, abs: 1e-15 });
    expect(calibration.range.high).toBeClose(1.5, REL);
    // V_P = s/2 + V_CM, and V_CM = (V_P + V_M)/2 is 2 V at the values of the netlist
    const share = row('R4 tolerance');
    expect(share.offset).toBeClose(2 * k, { rel: 1e-10, abs: 0 });
    expect(share.gain).toBeClose((k / 2) * 1.5, { rel: 1e-10, abs: 0 });
    // The common mode goes from 1.75 V to 2.5 V.
    expect(share.residual).toBeClose(0.5 * k, { rel: 1e-10, abs: 0 });
  });

  it('the tolerance of the input itself is a gain error, of a source beside it an offset', async () => {
    const { calibration, row } = await calibrated(`sum
VIN a 0 1
VREF b 0 2
R1 a out 1k
R2 b out 1k
*@ tol V* 1%
*@ range VIN 0 4
*@ output V(out)
*@ input VIN
`);
    expect(row('VIN tolerance').offset).toBe(0);
    expect(row('VIN tolerance').gain).toBeClose(0.02, REL);
    expect(row('VREF tolerance')).toMatchObject({ gain: 0, residual: 0 });
    expect(row('VREF tolerance').offset).toBeClose(0.01, REL);
    expect(calibration.gain.relative.high).toBeClose(0.01, REL);
    expect(calibration.remaining.offsetAndGain.worst).toBeClose(0, { rel: 0, abs: 1e-15 });
  });

  it('a lot that is off as a whole, and the mismatch in it', async () => {
    const { row } = await calibrated(
      amplifier('vos=0', '*@ tol R* 1%\n*@ match R2 R3 0.2%\n*@ range VIN -0.2 0.2\n'),
    );
    expect(row('R2 R3 lot')).toBeUndefined();
    // 1/0.999 - 1
    expect(row('R2 mismatch').gain).toBeClose((0.2 * 9) / 999, { rel: 1e-10, abs: 0 });
    expect(row('R2 mismatch').offset).toBe(0);
  });
});

describe('known errors', () => {
  it('a known offset and a known gain are exact', async () => {
    const { calibration } = await calibrated(amplifier('vos=2m aol=1k', '*@ range VIN 0 0.4\n'));
    // V_OUT = (V_IN + V_OS)/(1/10 + 1/1000)
    const g = 1 / 0.101;
    expect(calibration.offset.low).toBeClose(2e-3 * g, REL);
    expect(calibration.offset.high).toBeClose(2e-3 * g, REL);
    expect(calibration.gain.relative.low).toBeClose(g / 10 - 1, { rel: 1e-12, abs: 0 });
    expect(calibration.remaining.offsetAndGain).toMatchObject({ low: 0, high: 0 });
    expect(calibration.remaining.uncalibrated.low).toBeClose(0.402 * g - 4, { rel: 1e-12, abs: 0 });
  });

  it('a known drift is left', async () => {
    const { calibration } = await calibrated(amplifier('tcvos=10u', RANGES));
    expect(calibration.offset.high).toBeClose(1e-3, REL);
    expect(calibration.remaining.offsetAndGain.high).toBeClose(9e-3, REL);
    expect(calibration.remaining.offsetAndGain.low).toBeClose(-7.5e-3, REL);
  });
});

describe('where it comes from', () => {
  it('without a range the input goes from 0 to its value', async () => {
    const { calibration } = await calibrated(amplifier('vos=+-1m cmrr>=1k'));
    expect(calibration.range).toEqual({ low: 0, high: 0.1 });
    expect(calibration.gain.worst).toBeClose(1e-3, REL);
  });

  it('an input of 0 V without a range has no span, and no parts of it', async () => {
    const { calibration } = await calibrated(
      amplifier('vos=+-1m').replace('VIN in 0 0.1', 'VIN in 0 0'),
    );
    expect(calibration).toMatchObject({ span: 0, offset: { ppm: null, percent: null } });
  });

  it('limits of a part over a range of temperatures hold what the temperatures change, so no trim removes them', async () => {
    const follower = (temperature: string) => `follower
VDD d 0 5
VIN p 0 1
RS p q 1Meg
XU1 q o d 0 o MCP601
*@ output V(o)
*@ input VIN
${temperature}`;
    // DS21314: no maximum of the drift; V_OS and I_B have limits over the temperatures.
    const warm = await calibrated(follower('*@ temp 25 -40..125\n'));
    for (const cause of ['XU1 Vos', 'XU1 Ib']) {
      expect(warm.row(cause)).toMatchObject({ offset: 0, gain: 0 });
      expect(warm.row(cause).residual).toBeGreaterThan(0);
    }
    const still = await calibrated(follower(''));
    expect(still.row('XU1 Vos')).toMatchObject({ offset: 2e-3, residual: 0 });
  });

  it('none without an output or an input', async () => {
    expect((await calibrated('t\nV1 a 0 1\nR1 a 0 1k\n')).calibration).toBeNull();
    expect(
      (await calibrated('t\nV1 a 0 1\nR1 a b 1k\nR2 b a 1\n*@ output V(a,b)\n')).calibration,
    ).toBeNull();
  });

  it('is in the report where a range is stated', async () => {
    const { analysis } = await calibrated(amplifier('vos=+-2m cmrr>=1k vcm0=0.2', RANGES));
    const text = renderText(analysisDocument(analysis));
    expect(text).toContain('VIN from 0 V to 400 mV, trimmed at 0 V and 35 °C');
    // 22 mV and 4 mV of 4 V
    expect(text).toMatch(/offset error +-22 mV +22 mV +5500 +0\.55/);
    expect(text).toMatch(/gain error, of the gain +-0\.1 % +0\.1 %/);
    expect(text).toMatch(/XU1 +CMRR .* gain, offset/);
    const bare = renderText(analysisDocument(await analyze(amplifier('vos=+-2m'))));
    expect(bare).not.toContain('gain error');
  });
});
