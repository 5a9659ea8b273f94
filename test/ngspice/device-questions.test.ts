// The referee of non-linear circuits: it must not take our word. Voltages at which it begins do not stay where its own
// models do not want them, and a device of another size than the analysed one shows.

import { describe, expect, it } from 'vitest';
import { parseNetlist } from '../../grammar/spice/parse.ts';
import { analyze } from '../../src/analyze.ts';
import { elaborate } from '../../src/circuit/elaborate.ts';
import { crossCheck } from '../../src/ngspice/cross-check.ts';
import { useEngine } from './built-worker.ts';

const ngspice = useEngine();

const stage = (parts: { is?: string; bf?: number; kp?: string } = {}) => `every device once
VCC vcc 0 10
VIN in 0 1.2
R1 in b 10k
Q1 c b e QN
Q2 o2 c vcc QP
R2 vcc c 4.7k
R3 e 0 470
R4 o2 0 2.2k
D1 o2 k DX
R5 k 0 1k
M1 d o2 0 0 MN
R6 vcc d 1k
J1 vcc k s JN
R7 s 0 1k
.model QN NPN(IS=1e-15 BF=${parts.bf ?? 150} VAF=70)
.model QP PNP(IS=1e-15 BF=80 RC=20)
.model DX D(IS=${parts.is ?? '1e-14'} N=1.2)
.model MN NMOS(VTO=1 KP=${parts.kp ?? '1m'} LAMBDA=0.02)
.model JN NJF(VTO=-2 BETA=1m)
*@ output V(s)
.end
`;

/** ngspice's verdict on the analysis of one circuit when it is given the devices of another. */
async function verdict(analysed: string, given: string) {
  const { result, circuit } = await analyze(analysed);
  if (result === null) throw new Error('no analysis');
  const others = elaborate(parseNetlist({ name: 'given.cir', text: given })).elements;
  const elements = circuit.elements.map((element) => {
    const other = others.find(({ name }) => name === element.name);
    return element.kind === 'device' && other !== undefined ? other : element;
  });
  const check = await crossCheck(
    { circuit: { ...circuit, elements }, analysis: result },
    ngspice.engine,
  );
  expect(check.reason).toBeUndefined();
  const outside = check.rows.filter(({ difference, bound }) => !(difference <= bound));
  return { agrees: check.agrees, outside: outside.map(({ quantity }) => quantity) };
}

it('agrees with the circuit that was analysed', async () => {
  expect(await verdict(stage(), stage())).toEqual({ agrees: true, outside: [] });
});

describe('disagrees', () => {
  it.each([
    ['a saturation current', { is: '1.001e-14' }, "V(k) with ngspice's devices"],
    ['a current gain', { bf: 150.1 }, "V(b) with ngspice's devices"],
    ['a transconductance', { kp: '1.001m' }, "V(d) with ngspice's devices"],
  ])('when %s is off by 0.1 %', async (_, parts, quantity) => {
    const { agrees, outside } = await verdict(stage(), stage(parts));
    expect(agrees).toBe(false);
    expect(outside).toContain(quantity);
  });

  it('when the analysed state is no solution, although it begins there', async () => {
    const latch = (gain: number) => `latch
VCC vcc 0 5
R1 vcc c1 1k
R2 vcc c2 1k
R3 c1 b2 10k
R4 c2 b1 10k
Q1 c1 b1 0 QN
Q2 c2 b2 0 QX
.model QN NPN(IS=1e-15 BF=150)
.model QX NPN(IS=1e-15 BF=${gain})
.nodeset V(c1)=5 V(c2)=0
*@ output V(c1)
.end
`;
    expect((await verdict(latch(150), latch(150))).agrees).toBe(true);
    // Without gain Q2 cannot hold Q1 off.
    const { agrees, outside } = await verdict(latch(150), latch(0.1));
    expect(agrees).toBe(false);
    expect(outside).toContain("V(c1) with ngspice's devices");
  });
});

describe('agrees on substrates', () => {
  const transistor = (nodes: string, model: string) => `substrate
VCC c 0 5
VB b 0 3
VS s 0 1
R1 b q 10k
R2 c n 10k
Q1 n q e ${nodes} QX
RE e ${model.startsWith('PNP') ? 'c' : '0'} 2k
.model QX ${model}
*@ output V(e)
.end
`;

  it.each([
    ['none stated', '', 'NPN(IS=1e-15 BF=100)'],
    ['one stated', 's', 'NPN(IS=1e-15 BF=100)'],
    ['a lateral PNP', '', 'PNP(IS=1e-15 BF=50 RB=100)'],
    ['a vertical PNP', 's', 'PNP(IS=1e-15 BF=50 RC=50 SUBS=1)'],
    ['three transistors in one', '', 'NPN(IS=1e-15 BF=100)'],
  ])('%s', async (what, nodes, model) => {
    const text = transistor(nodes, model);
    const wide = what.startsWith('three') ? text.replace(' QX\n', ' QX m=3\n') : text;
    expect(await verdict(wide, wide)).toEqual({ agrees: true, outside: [] });
  });
});
