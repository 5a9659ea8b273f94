// Op amps that are parts: the limits of their data sheets as spreads, what a directive states over them, the
// bias point in the voltages of the circuit, and budgets against closed forms.

import { describe, expect, it } from 'vitest';
import { renderDiagnostic } from '../../grammar/diagnostic.ts';
import { parseNetlist } from '../../grammar/spice/parse.ts';
import { analyze } from '../../src/analyze.ts';
import type { Circuit } from '../../src/circuit/circuit.ts';
import { elaborate } from '../../src/circuit/elaborate.ts';
import { library } from '../parts/support.ts';
import { opAmp } from '../support/circuit.ts';
import '../support/close.ts';

const REL = { rel: 1e-12, abs: 0 };

/** A non-inverting amplifier with R1, R2 around XU1, which is the last word of the card. */
const amplifier = (part: string, { vdd = 5, vss = 0 } = {}) => `VIN in 0 0.1
VDD vdd 0 ${vdd}
VSS vss 0 ${vss}
R1 n 0 1k
R2 out n 9k
XU1 in n vdd vss out ${part}
.subckt ${part} inp inn vdd vss out
E1 out 0 inp inn 200k
.ends`;

const circuitOf = (body: string): Circuit =>
  elaborate(parseNetlist({ name: 'test.cir', text: `title\n${body}` }), { library });
const specification = (body: string) => opAmp(circuitOf(body), 'XU1').specification;
const limits = (high: number) => ({ nominal: 0, low: 0 - high, high });
const told = (body: string) =>
  circuitOf(body).diagnostics.map(({ severity, code }) => `${severity} ${code}`);

describe('a part of the library whose subcircuit is missing', () => {
  const bare = (part: string, nodes = 'in n vdd vss out') =>
    amplifier(part).replace(/XU1[\s\S]*/, `XU1 ${nodes} ${part}`);
  const names = library.names.filter((name) => !/\s/.test(name));

  it('is known by its name, every one, in the usual order that the supplies fit', () => {
    const refused = names.filter((name) =>
      circuitOf(bare(name)).diagnostics.some(({ severity }) => severity === 'error'),
    );
    expect(names).toContain('LTC2050');
    expect(refused).toEqual([]);
    expect(told(bare('LTC2050'))).toContain('info part');
    expect(told(bare('LTC2050'))).toContain('warning unconfirmed_pins');
    expect(specification(bare('LTC2050')).offsetVoltage).toEqual(limits(3e-6));
  });

  it('asks for its pins where the supplies do not fit', () => {
    expect(told(bare('LTC2050', 'in n out vdd vss'))).toContain('error unknown_pins');
  });
});

describe('a part that a directive names', () => {
  const body = `${amplifier('OA')}\n*@ opamp XU1 MCP601`;

  it('has the limits of its data sheet (DS21314)', () => {
    const { offsetVoltage, inverseGain, inverseCmrr, inversePsrr, bias } = specification(body);
    expect(offsetVoltage).toEqual(limits(2e-3));
    expect(inverseGain).toMatchObject({ nominal: 0, low: 0 });
    expect(inverseGain.high).toBeClose(1e-5, REL);
    expect(inverseCmrr.high).toBeClose(10 ** (-75 / 20), REL);
    expect(inversePsrr).toMatchObject({ kind: 'lumped', both: { nominal: 0 } });
    expect(bias).toEqual({ kind: 'average', average: limits(60e-12), offset: limits(0) });
  });

  it('is meant by its name, too, when a directive states where it is used and no figure', () => {
    const named = `${amplifier('MCP601')}\n*@ opamp XU1 vout0=2 vout=vss+0.2..vdd-0.2`;
    const { offsetVoltage, biasPoint } = specification(named);
    expect(offsetVoltage).toEqual(limits(2e-3));
    expect(biasPoint).toMatchObject({ output: 2, commonMode: 2.5 });
    expect(specification(`${named} vos=+-1m`).bias).toMatchObject({ average: limits(0) });
  });

  it('has the bias point of its data sheet: V_CM = V_OUT = half the supply', () => {
    const { biasPoint, stated } = specification(body);
    expect(biasPoint).toEqual({ commonMode: 2.5, output: 2.5, temperature: 25 });
    expect(stated).toEqual(expect.arrayContaining(['vcm0', 'vout0']));
  });

  it('counts from the supply at which V_OS is specified', () => {
    // DS21314: 2.7 to 5.5 V
    const { biasPoint } = specification(`${amplifier('OA', { vdd: 6 })}\n*@ opamp XU1 MCP601`);
    expect(biasPoint).toMatchObject({ positiveSupply: 5.5, negativeSupply: 0, commonMode: 3 });
  });

  it('has its bias point between split supplies', () => {
    // TL072C at +-15 V: V_CM = 0
    const body = `${amplifier('OA', { vdd: 15, vss: -15 })}\n*@ opamp XU1 TL072C`;
    expect(specification(body).biasPoint.commonMode).toBe(0);
  });

  it('has the limits for the temperatures of the netlist', () => {
    expect(specification(`${body}\n*@ temp 25 -40..125`).offsetVoltage).toEqual(limits(4.5e-3));
    expect(specification(`${body} dt=60`).offsetVoltage).toEqual(limits(3e-3));
    expect(specification(`${body}\n.temp 85`).offsetVoltage).toEqual(limits(3e-3));
  });

  it('works for an E source without supplies', () => {
    const source = 'VIN in 0 1\nEX out 0 in n 1meg\nR1 n 0 1k\nR2 out n 1k\n*@ opamp EX OP07C';
    expect(opAmp(circuitOf(source), 'EX').specification.offsetVoltage).toEqual(limits(150e-6));
  });

  it('has currents of known direction in one direction', () => {
    // SLOS068: I_B of LM358 is -20 nA typical, -250 nA at most, at 25 deg C
    const { bias } = specification(`${amplifier('OA')}\n*@ opamp XU1 LM358`);
    expect(bias).toMatchObject({ average: { nominal: 0, low: -250e-9, high: 0 } });
  });

  it('is suggested when its name is misspelt', () => {
    const [fault] = circuitOf(`${amplifier('OA')}\n*@ opamp XU1 MPC601 vos=1m`).diagnostics;
    expect(fault).toMatchObject({ code: 'unknown_part', hint: 'Did you mean "MCP601"?' });
  });

  it('warns when there are no data, and keeps what the line states', () => {
    const unknown = `${amplifier('OA')}\n*@ opamp XU1 XYZ1 vos=1m`;
    expect(told(unknown)).toEqual(['warning unknown_part']);
    expect(specification(unknown).offsetVoltage.nominal).toBe(1e-3);
    expect(told(`${amplifier('OA')}\n*@ opamp XU1 OP07A vos=1m`)).toEqual(['warning unknown_part']);
  });
});

describe('what a directive states beside a part', () => {
  const over = (text: string) => specification(`${amplifier('OA')}\n*@ opamp XU1 MCP601 ${text}`);

  it('counts key by key', () => {
    const found = over('vos=1m ios=+-2p vcm0=1');
    expect(found.offsetVoltage).toEqual({ nominal: 1e-3, low: 1e-3, high: 1e-3 });
    expect(found.bias).toEqual({
      kind: 'average',
      average: limits(60e-12),
      offset: limits(2e-12),
    });
    expect(found.biasPoint).toMatchObject({ commonMode: 1, output: 2.5 });
    expect(found.inverseGain.high).toBeClose(1e-5, REL);
  });

  it('may be one pin of the two', () => {
    // OP07C: I_B 7 nA, I_OS 6 nA; I_BI = I_B - I_OS/2 (AN1177 Eq. 4)
    const { bias } = specification(`${amplifier('OA')}\n*@ opamp XU1 OP07C ibn=5n`);
    if (bias.kind !== 'pins') throw new Error('not by pins');
    expect(bias.nonInverting.nominal).toBe(5e-9);
    expect(bias.inverting.high).toBeClose(10e-9, REL);
    expect(bias.inverting.low).toBeClose(-10e-9, REL);
  });

  it('may be one supply of the two', () => {
    const { inversePsrr } = over('psrrp=-2000');
    if (inversePsrr.kind !== 'split') throw new Error('not split');
    expect(inversePsrr.plus.nominal).toBe(-1 / 2000);
    expect(inversePsrr.minus.high).toBeClose(1e-4, REL);
    expect(inversePsrr.minus.low).toBeClose(-1e-4, REL);
  });

  it('silences what the data lack of it', () => {
    const lacks = `${amplifier('OA')}\n*@ opamp XU1 MCP601`;
    expect(told(lacks)).toContain('warning no_limit'); // I_OS has a typical value only
    expect(told(`${lacks} ios=+-1p`)).not.toContain('warning no_limit');
  });

  it('in a line without part is the whole model', () => {
    const { offsetVoltage, inverseCmrr } = specification(
      `${amplifier('MCP601')}\n*@ opamp XU1 vos=+-1m`,
    );
    expect(offsetVoltage).toEqual(limits(1e-3));
    expect(inverseCmrr).toEqual({ nominal: 0, low: 0, high: 0 });
  });
});

describe('a name in the netlist', () => {
  it('binds by itself, and that is said with the document', () => {
    const circuit = circuitOf(amplifier('OPA333AIDBV'));
    expect(opAmp(circuit, 'XU1').specification.offsetVoltage).toEqual(limits(10e-6));
    const [part] = circuit.diagnostics.filter(({ code }) => code === 'part');
    expect(part?.message).toMatch(
      /^"XU1" is OPA333 with the limits of Texas Instruments SBOS351 revision E, December 2015: V_OS \+-10uV at 25 °C, /,
    );
  });

  it('leaves an op amp by structure alone when it is no part', () => {
    expect(specification(amplifier('AMP1')).inverseGain.nominal).toBe(1 / 200e3);
  });

  it('is warned about when its grade is assumed or missing', () => {
    expect(told(amplifier('OP07', { vdd: 15, vss: -15 }))).toEqual([
      'info part',
      'warning assumed_grade',
    ]);
    expect(told(amplifier('OP07A'))).toEqual(['warning unknown_part']);
  });

  it('binds both op amps of a dual', () => {
    const dual = `V1 a 0 1\nVC vp 0 15\nVE vm 0 -15
X1 o1 o1 a vm a o2 o2 vp TL072CP
*@ opamp X1 pins=out,-,+,V-,+,-,out,V+
RL o1 0 1k
RM o2 0 1k`;
    const circuit = circuitOf(dual);
    for (const name of ['X1.A', 'X1.B']) {
      expect(opAmp(circuit, name).specification.offsetVoltage).toEqual(limits(10e-3));
    }
    expect(circuit.diagnostics.filter(({ code }) => code === 'part')).toHaveLength(1);
  });

  it('without a library is only a name', () => {
    const netlist = parseNetlist({ name: 'test.cir', text: `title\n${amplifier('MCP601')}` });
    const found = opAmp(elaborate(netlist), 'XU1').specification;
    expect(found.offsetVoltage).toEqual(limits(0));
    expect(found.inverseGain.nominal).toBe(1 / 200e3);
  });
});

describe('the budget of a bound part', () => {
  // OP07C (data sheet rev. G) at +-15 V over -40..85 deg C: V_OS 150 uV, 1.8 uV/C, I_B 9 nA, I_OS 8 nA
  const body = `title
VIN in 0 0.1
VDD vdd 0 15
VSS vss 0 -15
R1 n 0 1k
R2 out n 9k
R3 in p 10k
XU1 p n vdd vss out OP07CP
*@ opamp XU1 OP07CP pins=+,-,V+,V-,out
*@ temp 25 -40..85
.end`;

  it('is the closed form', async () => {
    const { result, diagnostics } = await analyze(body);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const worst = new Map(result?.budget?.rows.map((row) => [row.cause, row.worst]));
    const gain = 10;
    expect(worst.get('Vos')).toBeClose(gain * 150e-6, REL);
    expect(worst.get('drift')).toBeClose(gain * 1.8e-6 * 65, REL);
    // Z_N = -G R_NEQ, Z_I = G R_IEQ: Z_B = Z_N + Z_I, Z_OS = (Z_N - Z_I)/2 (theory 3.1)
    const [zn, zi] = [-gain * 10e3, gain * 900];
    expect(worst.get('Ib')).toBeClose(Math.abs(zn + zi) * 9e-9, { rel: 1e-9, abs: 0 });
    expect(worst.get('Ios')).toBeClose(Math.abs((zn - zi) / 2) * 8e-9, { rel: 1e-9, abs: 0 });
    // A_OL >= 100 V/mV, CMRR >= 97 dB; V_OUT = 1 V, V_CM = 0.1 V
    expect(worst.get('Aol')).toBeClose((gain * 1) / 100e3, { rel: 1e-9, abs: 0 });
    expect(worst.get('Cmrr')).toBeClose(gain * 0.1 * 10 ** (-97 / 20), { rel: 1e-9, abs: 0 });
  });

  it('has the supply difference to the data sheet', async () => {
    // PSRR <= 51 uV/V; V_OS is specified at 30 V, the circuit has 20 V
    const { result } = await analyze(
      body.replace('vdd 0 15', 'vdd 0 10').replace('vss 0 -15', 'vss 0 -10'),
    );
    const row = result?.budget?.rows.find(({ cause }) => cause === 'Psrr');
    expect(row?.worst).toBeClose(10 * 51e-6 * 10, { rel: 1e-9, abs: 0 });
  });

  it('is not made with a file of parts that is wrong', async () => {
    const { status, diagnostics } = await analyze(body, {
      parts: [{ name: 'mine.json', text: '{"schema": "nullor/parts/1"}' }],
    });
    expect(status).toBe('invalid');
    expect(diagnostics.map(renderDiagnostic).join()).toContain(
      'mine.json:1:1: error: At parts this is missing; it must be a list.',
    );
  });

  it('takes the parts of the user first', async () => {
    const mine = {
      schema: 'nullor/parts/1',
      parts: [
        {
          name: 'OP07',
          document: { title: 'mine' },
          tables: [{ at: { temperature: [-40, 85] }, vos: { max: '1mV' } }],
        },
      ],
    };
    const parts = [{ name: 'mine.json', text: JSON.stringify(mine) }];
    const { result } = await analyze(body, { parts });
    expect(result?.budget?.worstCase).toBeClose(10e-3, REL);
  });
});
