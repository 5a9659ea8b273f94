// Circuits that are hard to solve: many junctions in a row, regeneration, transistor-level op amps, characteristics that
// lead Newton's method astray. Truth is ngspice with its own models, a closed form, or the equation itself.

import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { type Operation, operate } from '../../src/operate.ts';
import { useEngine } from '../ngspice/built-worker.ts';
import { TRANSISTOR_OP_AMP } from '../support/transistor-op-amp.ts';
import '../support/close.ts';

const ngspice = useEngine();
const THERMAL = (1.38064852e-23 * 300.15) / 1.6021766208e-19; // 27 deg C, CODATA 2014 [V]

const netlist = (body: string) => `title\n${body}\n.end\n`;

function solved(body: string): NonNullable<Operation['result']> {
  const { result, diagnostics } = operate(netlist(body));
  if (result === null) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return result;
}

/** Node voltages that ngspice confirms, solved with its own models. */
async function confirmed(body: string): Promise<Record<string, number | null>> {
  const { crossCheck, result, diagnostics } = await analyze(netlist(body), {
    engine: ngspice.engine,
  });
  if (result === null) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  expect(crossCheck?.reason).toBeUndefined();
  const voltages = crossCheck?.rows.filter(({ quantity }) => /ngspice's devices/.test(quantity));
  expect(voltages?.length).toBeGreaterThan(1);
  expect(crossCheck?.rows.filter(({ difference, bound }) => !(difference <= bound))).toEqual([]);
  const { nodes } = result.operatingPoint ?? { nodes: {} };
  expect(solved(body).nodes).toEqual(nodes);
  return nodes;
}

const BIPOLAR = '.model QN NPN(IS=1e-14 BF=200 BR=2 VAF=80)';
const CMOS =
  '.model MN NMOS(VTO=0.7 KP=200u LAMBDA=0.02)\n.model MP PMOS(VTO=-0.8 KP=80u LAMBDA=0.03)\nVDD vdd 0 5\n';
const inverter = (name: string, input: string, output: string) =>
  `MN${name} ${output} ${input} 0 0 MN W=10u L=1u\nMP${name} ${output} ${input} vdd vdd MP W=20u L=1u\n`;

describe('ngspice confirms', () => {
  it('a chain of twenty diodes, each with its part of the voltage', async () => {
    const chain = Array.from(
      { length: 20 },
      (_, i) => `D${i} a${i} ${i < 19 ? `a${i + 1}` : 0} DX`,
    );
    const nodes = await confirmed(
      `V1 in 0 15\nR1 in a0 1k\n${chain.join('\n')}\n.model DX D(IS=1e-14)`,
    );
    const top = nodes['a0'] ?? Number.NaN;
    const each = THERMAL * Math.log((15 - top) / 1e3 / 1e-14 + 1);
    for (let i = 0; i < 20; i++)
      expect(nodes[`a${i}`]).toBeClose((20 - i) * each, { rel: 1e-8, abs: 0 });
  });

  it('an op amp of twenty transistors at +-15 V as a follower', async () => {
    for (const input of [-10, 0, 3, 10]) {
      const nodes = await confirmed(
        `VCC vcc 0 15\nVEE vee 0 -15\nVIN in 0 ${input}\nXA in out vcc vee out STAGES\nRL out 0 2k\n` +
          `*@ output V(out)\n${TRANSISTOR_OP_AMP}`,
      );
      // It follows to a few millivolts of offset, or it is not an op amp.
      expect(nodes['out']).toBeClose(input, { rel: 0, abs: 3e-3 });
    }
  });

  it('two of them in a loop', async () => {
    const nodes = await confirmed(
      `VCC vcc 0 15\nVEE vee 0 -15\nVIN in 0 0.5\nXA in m vcc vee o STAGES\nXB o out vcc vee out STAGES\n` +
        `R1 m 0 1k\nR2 out m 9k\nRL out 0 5k\n*@ output V(out)\n${TRANSISTOR_OP_AMP}`,
    );
    expect(nodes['out']).toBeClose(5, { rel: 0, abs: 30e-3 });
  });

  it('twelve CMOS inverters in a row, the first in the middle of its swing', async () => {
    const row = Array.from({ length: 12 }, (_, k) => inverter(`${k}`, `n${k}`, `n${k + 1}`));
    const nodes = await confirmed(`${CMOS}VIN n0 0 2.3\n${row.join('')}`);
    expect(nodes['n11']).toBeClose(5, { rel: 1e-6, abs: 0 });
    expect(nodes['n12']).toBeClose(0, { rel: 0, abs: 1e-6 });
  });

  it('a thyristor of two transistors, switched on by its gate', async () => {
    const nodes = await confirmed(
      `V1 a 0 10\nR1 a x 100\nQ1 g b x QP\nQ2 b g 0 QN\nR2 x b 10k\nR3 g 0 10k\nI1 0 g 1m\n` +
        `${BIPOLAR}\n.model QP PNP(IS=1e-15 BF=100 VAF=50)`,
    );
    // On: a V_BE and a saturated transistor
    expect(nodes['x']).toBeGreaterThan(0.6);
    expect(nodes['x']).toBeLessThan(1.2);
  });
});

describe('start values select the solution', () => {
  const schmitt = (start: string, input = 3) =>
    `VCC vcc 0 12\nVIN in 0 ${input}\nRS in b1 1k\nQ1 c1 b1 e QN\nR1 vcc c1 4.7k\nR2 c1 b2 22k\nR3 b2 0 22k\n` +
    `Q2 c2 b2 e QN\nR4 vcc c2 2.2k\nRE e 0 1k\n${BIPOLAR}\n${start}`;

  it.each(['.nodeset', '.ic'])('of a Schmitt trigger, stated by %s', async (card) => {
    const high = await confirmed(schmitt(`${card} V(c2)=12 V(c1)=3 V(b2)=1.5`));
    expect(high['c2']).toBeClose(12, { rel: 1e-6, abs: 0 });
    const low = await confirmed(schmitt(`${card} V(c2)=4 V(c1)=10.6 V(b2)=4.4`));
    expect(low['c2']).toBeLessThan(4);
  });

  it('and where there is only one solution they do not matter', () => {
    const [high, low] = [
      '.nodeset V(c2)=12 V(c1)=3 V(b2)=1.5',
      '.nodeset V(c2)=4 V(c1)=11 V(b2)=5',
    ].map((start) => solved(schmitt(start, 1)).nodes['c2']);
    expect(high).toBeClose(low ?? Number.NaN, { rel: 1e-12, abs: 0 });
  });

  it('of a latch of two CMOS inverters', async () => {
    const latch = CMOS + inverter('1', 'a', 'b') + inverter('2', 'b', 'a');
    const set = await confirmed(`${latch}.nodeset V(a)=5 V(b)=0`);
    const reset = await confirmed(`${latch}.nodeset V(a)=0 V(b)=5`);
    expect(set['a']).toBeClose(5, { rel: 1e-6, abs: 0 });
    expect(reset['a']).toBeClose(0, { rel: 0, abs: 1e-6 });
    expect(reset['b']).toBeClose(set['a'] ?? Number.NaN, { rel: 1e-9, abs: 0 });
  });
});

describe('two sources that drive each other', () => {
  const follows = (other: string) => `2.5 + 2.5*tanh(4*(2.5 - V(${other})))`;
  const latch = `B1 q 0 V=${follows('r')}\nB2 r 0 V=${follows('q')}\nR1 q 0 1k\nR2 r 0 1k\n`;
  const next = (v: number) => 2.5 + 2.5 * Math.tanh(4 * (2.5 - v));

  it.each([
    ['V(q)=5 V(r)=0', true],
    ['V(q)=0 V(r)=5', false],
    ['V(r)=5', false],
  ])('begin at %s, though nothing holds them there', (start, isHigh) => {
    const { nodes } = solved(`${latch}.nodeset ${start}`);
    const [q, r] = [nodes['q'] ?? Number.NaN, nodes['r'] ?? Number.NaN];
    expect(q > 2.5).toBe(isHigh);
    expect(q).toBeClose(next(r), { rel: 1e-12, abs: 1e-15 });
    expect(r).toBeClose(next(q), { rel: 1e-12, abs: 1e-15 });
  });

  it('settle with damped steps, where whole ones go from end to end', () => {
    const { nodes, aids } = solved(latch);
    expect(aids).toEqual(['damped steps']);
    const [q, r] = [nodes['q'] ?? Number.NaN, nodes['r'] ?? Number.NaN];
    expect(q).toBeClose(next(r), { rel: 1e-12, abs: 0 });
    expect(r).toBeClose(next(q), { rel: 1e-12, abs: 0 });
  });
});

describe('where roundings stand in the way', () => {
  it('of a chain of diodes that only leak', () => {
    const chain = Array.from(
      { length: 20 },
      (_, i) => `D${i} ${i < 19 ? `n${i + 1}` : 0} n${i} DX\n`,
    );
    const { nodes, aids } = solved(`V1 n0 0 400\n${chain.join('')}.model DX D(IS=1e-14 RS=50m)`);
    expect(aids).toEqual([]);
    expect(nodes['n10']).toBeClose(200, { rel: 1e-12, abs: 0 });
  });

  it('of open transistors, whose picoamperes say nothing about the ohms in their way', () => {
    const open = (ohms: string) => {
      const half = (from: string, to: string, k: number) =>
        `Q${k}a ${from} b${k} x${k} QN\nQ${k}b x${k} c${k} ${to} QN\n`;
      const { nodes, aids } = solved(
        `V1 a 0 40\n${half('a', 'm', 1)}${half('m', '0', 2)}` +
          `.model QN NPN(IS=1e-15 RC=${ohms} RE=${ohms} RB=${ohms})`,
      );
      expect(aids).toEqual([]);
      return nodes['m'];
    };
    for (const ohms of ['1', '100m', '10m']) {
      expect(open(ohms)).toBeClose(open('1m') ?? Number.NaN, { rel: 1e-8, abs: 0 });
    }
    // Half of the supply each, but for GMIN to the substrates.
    expect(open('1m')).toBeClose(20, { rel: 0.03, abs: 0 });
  });

  it('of a diode beyond its breakdown', () => {
    // The voltage of the first limited step is not what it was after there and back again.
    for (let k = 1; k < 40; k++) {
      const drop = 5.1 + k / 7;
      const { nodes, aids } = solved(
        `V1 a 0 ${-drop}\nR1 a b 10\nD1 b 0 DX\n.model DX D(IS=1e-14 BV=5.1)`,
      );
      expect(aids).toEqual([]);
      expect(Math.abs((nodes['b'] ?? 0) - (nodes['a'] ?? 0))).toBeLessThan(drop - 5);
    }
  });

  it('of a quotient whose divisor starts at 0', () => {
    const { nodes, aids } = solved('V1 p 0 4\nR1 p a 1k\nB1 b 0 V={1/V(a)}\nR2 b 0 1k');
    expect(aids).toEqual([]);
    expect(nodes['b']).toBe(0.25);
  });
});

describe('where plain Newton goes astray', () => {
  it('in a cycle of two: v^3 - 2 v + 2 = 0 from v = 0', () => {
    const { nodes, aids } = solved('B1 a 0 I=V(a)*V(a)*V(a)-2*V(a)+2\nR1 a 0 1e15');
    // Cardano: v = -(u + 2/(3 u)), u^3 = 1 + sqrt(1 - 8/27)
    const u = Math.cbrt(1 + Math.sqrt(1 - 8 / 27));
    expect(nodes['a']).toBeClose(-(u + 2 / (3 * u)), { rel: 1e-12, abs: 0 });
    expect(aids).not.toEqual([]);
  });

  it('away from a root: arctan', () => {
    const { nodes, aids } = solved('B1 a 0 I=atan(50*(V(a)-1))\nR1 a 0 1e15');
    expect(nodes['a']).toBeClose(1, { rel: 1e-12, abs: 0 });
    expect(aids).not.toEqual([]);
  });

  it('between many roots: a solution is one, whichever', () => {
    const { nodes, aids } = solved('V1 in 0 10\nR1 in a 1\nB1 a 0 I=5*sin(20*V(a))');
    const a = nodes['a'] ?? Number.NaN;
    expect(10 - a).toBeClose(5 * Math.sin(20 * a), { rel: 1e-11, abs: 0 });
    expect(aids).not.toEqual([]);
  });

  it('a nullor around a MOSFET that starts cut off: the gain is raised in steps', async () => {
    const sink =
      'VDD d 0 5\nVR p 0 0.5\nM1 d g s s MN\nRS s 0 100\nRF s m 1k\nRG o g 100\nXU1 p m o OA\n' +
      '.model MN NMOS(VTO=1 KP=0.1)\n.subckt OA p m o\nE1 o 0 p m 1e9\n.ends\n*@ opamp XU1 vos=0';
    const { result } = await analyze(netlist(sink));
    expect(result?.aids).toContain('gain stepping');
    expect(result?.operatingPoint?.nodes['s']).toBeClose(0.5, { rel: 1e-12, abs: 0 });
    // I = KP/2 (V_GS - VTO)^2
    const gate = 0.5 + 1 + Math.sqrt((2 * 0.5) / 100 / 0.1);
    expect(result?.operatingPoint?.nodes['g']).toBeClose(gate, { rel: 1e-9, abs: 0 });
    expect(solved(sink).nodes['g']).toBeClose(gate, { rel: 1e-7, abs: 0 });
  });
});

describe('no operating point', () => {
  it('names the node that does not come to rest, and a device there', () => {
    const body =
      'V1 in 0 5\nR1 in d 1k\nD1 d 0 DX\n.model DX D(IS=1e-14)\nB1 o 0 V={if(V(o) > 0.5, 0, 1)}\nR2 o 0 1k';
    const [fault] = operate(netlist(body)).diagnostics;
    expect(fault?.message).toContain('"o"');
    expect(fault?.span.source.text.slice(fault.span.start, fault.span.end)).toMatch(/^B1/);
  });

  it.each([
    [
      'a current that only an impossible voltage draws',
      'I1 0 a 1\nB1 a 0 I=-V(a)*V(a)-1\nR1 a 0 1k',
      3,
    ],
    [
      'a voltage that runs ahead of itself',
      'V1 in 0 1\nB1 a 0 V=exp(V(a))\nR1 a 0 1k\nR2 in a 1k',
      3,
    ],
  ])('%s: no_convergence with place and hint, in bounded time', async (_, body, line) => {
    const { result, diagnostics } = operate(netlist(body));
    expect(result).toBeNull();
    expect(diagnostics).toHaveLength(1);
    const [fault] = diagnostics;
    expect(fault).toMatchObject({ severity: 'error', code: 'no_convergence' });
    expect(fault?.hint).toContain('.nodeset');
    const text = fault?.span.source.text ?? '';
    expect(text.slice(0, fault?.span.start).split('\n')).toHaveLength(line);
    const analysis = await analyze(netlist(body), { engine: ngspice.engine });
    expect(analysis).toMatchObject({ status: 'no_convergence', crossCheck: null });
  });
});
