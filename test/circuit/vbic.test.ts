// Transistors of VBIC in circuits: by their LEVEL, in any dialect, and in the error budget.

import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { operate } from '../../src/operate.ts';
import { useEngine } from '../ngspice/built-worker.ts';
import '../support/close.ts';

const ngspice = useEngine();

const MODEL =
  'IS=2e-16 IBEI=2e-18 RCX=2 RCI=4 RBX=5 RBI=8 RE=0.5 VEF=40 VER=5 IKF=0.05 AVC1=1 AVC2=20 VO=3 GAMM=1e-12 RBP=20 ISP=1e-18 IBEIP=1e-19 IBCIP=1e-17';
const follower = (model: string) =>
  `output stage\nVCC vcc 0 12\nVEE vee 0 -12\nVIN in 0 1\nXU1 in fb vcc vee o AMP\nQ1 vcc o out sub QN area=3\nVS sub 0 -12\nRL out 0 100\nRF out fb 10k\nRG fb 0 10k\n.model QN ${model}\n.subckt AMP inp inn vp vn out\nE1 out 0 inp inn 1e6\n.ends\n*@ opamp XU1 vos=10u ib=1n ios=0.1n aol=120dB\n*@ output V(out)\n.end\n`;

describe('a transistor of VBIC', () => {
  it.each([4, 9])('is what LEVEL=%d means', (level) => {
    const { result } = operate(follower(`NPN(LEVEL=${level} ${MODEL})`));
    expect(result?.devices[0]).toMatchObject({ device: 'vbic', region: 'forward active' });
    const currents = result?.devices[0]?.terminals.map(({ current }) => current) ?? [];
    expect(currents.reduce((a, b) => a + b, 0)).toBeClose(0, { rel: 0, abs: 1e-15 });
    // 2 V at 100 and 20 kohm, and what the emitter's own resistance is by Ohm's law.
    const emitter = result?.nodes['Q1#emitter'] ?? 0;
    expect(-(currents[2] ?? 0)).toBeClose((result?.nodes['out'] ?? 0) * (1 / 100 + 1 / 20e3), {
      rel: 1e-10,
      abs: 0,
    });
    expect((emitter - (result?.nodes['out'] ?? 0)) / (0.5 / 3)).toBeClose(-(currents[2] ?? 0), {
      rel: 1e-10,
      abs: 0,
    });
  });

  it('is linearised for the budget, and ngspice agrees', async () => {
    const { crossCheck } = await analyze(follower(`NPN(LEVEL=9 ${MODEL})`), {
      engine: ngspice.engine,
    });
    expect(crossCheck).toMatchObject({ agrees: true });
  });

  it('that heats itself is refused', () => {
    const { diagnostics } = operate(follower(`NPN(LEVEL=9 ${MODEL} RTH=300 SELFT=1)`));
    expect(diagnostics.map(({ code }) => code)).toContain('unsupported_model');
  });

  it.each(['RCX=-1', 'IBCI=-1e-18'])('with %s is refused', (value) => {
    const own = MODEL.replace(/ RCX=\S+/, '');
    const { diagnostics } = operate(follower(`NPN(LEVEL=9 ${own} ${value})`));
    expect(diagnostics.map(({ code }) => code)).toContain('unsupported_model');
  });

  it('does not have grading coefficients of 1', () => {
    const { diagnostics } = operate(follower(`NPN(LEVEL=9 ${MODEL} MC=1)`));
    expect(diagnostics.find(({ code }) => code === 'unsupported_model')?.message).toContain(
      'MC is 1',
    );
  });
});
