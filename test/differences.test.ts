// Where our operating points differ from ngspice's on purpose (docs/differences-from-ngspice.md).

import { describe, expect, it } from 'vitest';
import { operate } from '../src/operate.ts';
import './support/close.ts';

// CODATA 2014, as the devices have it.
const BOLTZMANN_OVER_CHARGE = 1.38064852e-23 / 1.6021766208e-19;

function voltage(text: string, node: string, dialect?: 'hspice'): number {
  const { result, diagnostics } = operate(text, dialect === undefined ? {} : { dialect });
  const value = result?.nodes[node];
  if (typeof value === 'number') return value;
  throw new Error(diagnostics.map(({ message }) => message).join());
}

/** 1 mA through IS = 1e-14 A with XTI = 0 and EG so small that IS keeps its value: V = Vt ln(I/IS + 1). */
const DIODE = (cards = '') =>
  `diode\nI1 0 a 1m\nD1 a 0 DX\n.model DX D(IS=1e-14 XTI=0 EG=1e-9 TNOM=27)\n${cards}\n.end\n`;
const junction = (celsius: number) =>
  BOLTZMANN_OVER_CHARGE * (celsius + 273.15) * Math.log(1e-3 / 1e-14 + 1);

describe('operating points that differ from those of ngspice', () => {
  it('an HSPICE netlist is at 25 deg C unless it says otherwise', () => {
    expect(voltage(DIODE(), 'a', 'hspice')).toBeClose(junction(25), { rel: 1e-8, abs: 0 });
    expect(voltage(DIODE('.temp 27'), 'a', 'hspice')).toBeClose(junction(27), {
      rel: 1e-8,
      abs: 0,
    });
    expect(voltage(DIODE(), 'a')).toBeClose(junction(27), { rel: 1e-8, abs: 0 });
  });

  it('of a list of temperatures the first one counts', () => {
    expect(voltage(DIODE('.temp 0 25 50'), 'a')).toBeClose(junction(0), { rel: 1e-8, abs: 0 });
  });

  it('the first line is the title, whatever it looks like', () => {
    expect(voltage('R1 a 0 1k\nI1 0 a 1m\nR2 a 0 2k\n', 'a')).toBeClose(2, { rel: 1e-12, abs: 0 });
  });

  it('a table has at its corners the values of its points', () => {
    const table = (input: number) =>
      `table\nV1 a 0 ${input}\nE1 o 0 TABLE {V(a)} = (0,0) (30,1)\nR1 o 0 1k\nR2 a 0 1k\n`;
    expect(voltage(table(0), 'o')).toBe(0);
    expect(voltage(table(30), 'o')).toBeClose(1, { rel: 1e-15, abs: 0 });
  });

  it('what settles nowhere is refused, with the node', () => {
    const refusal = (text: string) => {
      const { result, diagnostics } = operate(text);
      expect(result).toBeNull();
      return diagnostics.map(({ code, message }) => `${code} ${message}`).join();
    };
    const oscillator =
      'astable\nV1 p 0 5\nB1 o 0 V={if(V(c) > 2.5, 0, 5)}\nR1 o c 10k\nC1 c 0 1n\nR2 p 0 1k\n.end\n';
    expect(refusal(oscillator)).toMatch(/^no_convergence .*"[oc]"/);
    const gate = 'gate\nV1 d 0 5\nM1 d g 0 0 MN\nC1 g 0 1p\n.model MN NMOS(VTO=1)\n.end\n';
    expect(refusal(gate)).toMatch(/^no_dc_path Node "g"/);
  });

  it('LEVEL=8 is BSIM3 in a netlist of LTspice', () => {
    const deck = 'M\nV1 d 0 1\nM1 d d 0 0 MX L=1u W=5u\n.model MX NMOS(LEVEL=8)\n.backanno\n.end\n';
    expect(operate(deck).result?.devices[0]?.device).toBe('bsim3');
  });

  it('.ic chooses among several solutions', () => {
    const latch = (start: string) =>
      `latch\nVDD vdd 0 5\nB1 qi 0 V={2.5 + 2.5*tanh(4*(2.5 - V(r)))}\nB2 ri 0 V={2.5 + 2.5*tanh(4*(2.5 - V(q)))}\nR1 qi q 1k\nR2 ri r 1k\nR3 vdd 0 1k\n.ic ${start}\n`;
    expect(voltage(latch('V(q)=5 V(r)=0'), 'q')).toBeGreaterThan(4.9);
    expect(voltage(latch('V(q)=0 V(r)=5'), 'q')).toBeLessThan(0.1);
  });
});
