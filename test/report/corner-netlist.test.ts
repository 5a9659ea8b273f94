// The netlist of a corner is read again and analysed: its output is the extreme, to the last bit.

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type Analysis, analyze, cornerNetlist } from '../../src/index.ts';
import '../support/close.ts';
import { netlistOf } from '../support/exact-circuit.ts';
import { randomCircuits } from '../support/random-circuits.ts';
import { SEED } from '../support/seed.ts';

vi.setConfig({ testTimeout: 60_000 });

const SIDES = ['low', 'high'] as const;

function errorsOf({ diagnostics }: Analysis): string[] {
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

/** What the corners of a netlist give when they are read again, beside the extremes. */
async function reread(text: string) {
  const analysis = await analyze(text);
  expect(errorsOf(analysis)).toEqual([]);
  const { extremes } = analysis.result ?? {};
  return Promise.all(
    SIDES.map(async (side) => {
      const netlist = cornerNetlist(analysis, side);
      if (netlist === null) throw new Error(`no corner: ${extremes?.status}`);
      const again = await analyze(netlist);
      expect(errorsOf(again), netlist).toEqual([]);
      return {
        netlist,
        again,
        expected: extremes?.[side]?.value ?? Number.NaN,
        found: again.result?.operatingPoint?.output ?? Number.NaN,
      };
    }),
  );
}

describe('random op amp networks', () => {
  it('give the extreme exactly', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        randomCircuits({ resistance: { low: 1, high: 5 }, maximumOpAmps: 3, wild: false }),
        fc.constantFrom(0.1, 1, 20),
        async (circuit, percent) => {
          const text = `${netlistOf(circuit.elements, { output: `V(${circuit.output.join(',')})` })}
*@ tol R* ${percent}%
`;
          const { result, status } = await analyze(text);
          if (status !== 'ok' || (result?.extremes?.high ?? null) === null) return;
          const nodes = Object.values(result?.operatingPoint?.nodes ?? {});
          const size = Math.max(...nodes.map((value) => Math.abs(value ?? 0)));
          for (const { found, expected, netlist } of await reread(text)) {
            compared += 1;
            // 1/A_OL is read from A_OL and so is off by a rounding, which is not of the output but of an error.
            expect(found, netlist).toBeClose(expected, { rel: 1e-15, abs: 1e-15 * size });
          }
        },
      ),
      { seed: SEED, numRuns: 60, interruptAfterTimeLimit: 20_000 },
    );
    expect(compared).toBeGreaterThan(40);
  });
});

const AMPLIFIER = `two stages, hierarchical
VDD vdd 0 5
VSS vss 0 -5
VIN in 0 0.1
XA in mid vdd vss STAGE rf=9k
XB mid out vdd vss STAGE rf=4k
C1 out 0 1n
RL out 0 1k
.subckt STAGE a b p n rf=1k
RS a x 2k
RG y 0 1k
RF y b {rf}
XU1 x y p n b OPAMP
.ends
.subckt OPAMP inp inn vdd vss out
E1 out 0 inp inn 1meg
.ends
*@ opamp OPAMP vos=+-1m tcvos=+-10u ib=10n+-5n ios=+-2n aol>=10k cmrr>=70dB psrr>=80dB vout0=0.1 vcm=vss+1..vdd-1.2
*@ tol R* 1% tc=+-50ppm age=0.1%
*@ tol V* 2%
*@ temp 25 -40..125
*@ output V(out)
*@ input VIN
`;

describe('an amplifier in a hierarchy', () => {
  it('has every value at its corner, and the extreme', async () => {
    const [low, high] = await reread(AMPLIFIER);
    expect(low?.found).toBe(low?.expected);
    expect(high?.found).toBe(high?.expected);
    expect(high?.again.result?.extremes).toBeNull();
    const corner = high?.netlist ?? '';
    expect(corner).toMatch(/^two stages, hierarchical, corner with the highest V\(out\)$/m);
    // 9k * 1.01 * (1 + 50e-6 * 100) * 1.001
    const rf = Number(/^R\.XA\.RF XA\.y mid (\S+) ; nominal 9000$/m.exec(corner)?.[1]);
    expect(rf).toBeClose(9e3 * 1.01 * 1.005 * 1.001, { rel: 1e-14, abs: 0 });
    expect(corner).toContain('tcvos=0.00001 dt=100');
    expect(corner).toContain('vcmlow=vss+1 vcmhigh=vdd-1.2');
    expect(high?.again.circuit.input?.label).toBe('VIN');
    // 1 k +- the same in both stages, which the corner of the lowest output has at the other ends
    expect(low?.netlist).toMatch(/^RL out 0 /m);
  });

  it('ngspice reads it: nothing in it is beyond plain SPICE', async () => {
    const [low] = await reread(AMPLIFIER);
    const lines = (low?.netlist ?? '').split('\n').filter((line) => !/^\*|^\s*$/.test(line));
    for (const line of lines.slice(1))
      expect(line).toMatch(/^(?:[RVX.E]\S*)( \S+)+(?: ; .*)?$|^\.\w+/);
  });
});

describe('other elements', () => {
  it('controlled sources, inductors, currents as outputs, op amps of E sources', async () => {
    for (const { found, expected, netlist } of await reread(`mixed
V1 a 0 2
L1 a b 1m
R1 b c 1k
E1 d 0 b c 3
G1 0 e d 0 1m
H1 f 0 V1 10
F1 0 g L1 2
E2 h 0 POLY(2) d 0 f 0 1 2 3
E3 o 0 h m 1e6
R2 e 0 1k
R3 f 0 1k
R4 g 0 1k
R5 o m 2k
R6 m 0 1k
I1 0 e 1m
RS o s 50
VS s 0 0
R7 c 0 3k
*@ opamp E3 vos=+-1m aol=50k
*@ tol * 1%
*@ output I(RS)
`)) {
      expect(found, netlist).toBeClose(expected, { rel: 2e-16, abs: 0 });
    }
  });

  it('a difference of two sources stays the input', async () => {
    const [low] = await reread(`difference
VP p 0 1
VM m 0 2
R1 p out 1k
R2 m out 1k
*@ tol R1 1%
*@ output V(out,m)
*@ input VP VM
`);
    expect(low?.netlist).toContain('*@ input VP VM');
    expect(low?.netlist).toContain('*@ output V(out,m)');
    expect(low?.found).toBe(low?.expected);
  });

  it('none where nothing varies, and with a pole', async () => {
    expect(cornerNetlist(await analyze('t\nV1 a 0 1\nR1 a 0 1\n*@ output V(a)'), 'low')).toBeNull();
    const pole = 'p\nI1 0 a 1\nR1 a 0 1k\nR2 a 0 -1.05k\n*@ tol R1 10%\n*@ output V(a)\n';
    expect(cornerNetlist(await analyze(pole), 'high')).toBeNull();
  });
});
