/** The flat netlist and the one it was made of have the same operating point in ngspice, node by node. */

import { describe, expect, it } from 'vitest';
import { parseNetlist } from '../../grammar/spice/parse.ts';
import { printNetlist } from '../../grammar/spice/printer.ts';
import { flatNetlist } from '../../src/circuit/flat/netlist.ts';
import { useRawNgspice } from '../ngspice/raw-ngspice.ts';
import '../support/close.ts';
import { netlistsIn, readNetlist } from '../support/spice-files.ts';

const ngspice = useRawNgspice();

async function vectorsOf(text: string): Promise<ReadonlyMap<string, number>> {
  const outcome = await ngspice(text);
  if ('fault' in outcome) throw new Error(`${outcome.fault}\n${text}`);
  return outcome.vectors;
}

function flat(text: string): string {
  const netlist = flatNetlist(parseNetlist({ name: 'flat.cir', text }));
  const errors = netlist.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return printNetlist(netlist, { to: 'ngspice' });
}

/**
 * Every vector of the original but those of elements that ngspice makes itself, and of sources in nested
 * definitions, which it calls `v.xa.v.xp.v1`.
 */
async function compare(text: string): Promise<number> {
  const expanded = flat(text);
  expect(expanded).not.toMatch(/^\.subckt|^x/im);
  const expected = await vectorsOf(text);
  const actual = await vectorsOf(expanded);
  const largest = Math.max(...[...expected.values()].map(Math.abs));
  let compared = 0;
  for (const [name, value] of expected) {
    if (/_int[12]\)|#|^i\([be]\.|^i\(v\..*\.v\./.test(name)) continue;
    expect(actual.get(name), name).toBeClose(value, { rel: 1e-9, abs: 1e-12 * largest });
    compared++;
  }
  return compared;
}

const CELLS = `.subckt STAGE i o r=1k n=2
.param g={r/n}
.model DM D(is={1e-14*n} n=1.1)
.model RM R(r={r*2} tc1=1m)
R1 i n {r}
V1 n q 0
R2 q 0 {g} tc1=1m
R6 q o RM
D1 q o DM
F1 o 0 V1 {n/10}
H1 h 0 V1 {n*r}
R7 h o 20k
G1 o 0 n 0 {1/r/n}
E1 e 0 VALUE={n>2 ? V(n)*n : V(vcc)}
R3 e o 5k
L1 i x 1u
L2 x y 1u
R8 y 0 50k
K1 L1 L2 {0.9}
C1 o 0 1n ic={n}
.if (n>2)
R5 o 0 7k
.else
R5 o 0 9k
.endif
XI o INNER
.subckt INNER p
I1 0 p {n*10u}
Q1 p p 0 QM {n}
J1 p 0 0 JM
M1 p p 0 0 MM w=10u l={n*1u}
.model QM NPN(bf=50)
.model JM NJF(vto={-n})
.model MM NMOS(level=1 vto=0.7 kp=20u)
.ends
.ends`;

describe('the flat netlist has the operating point of the hierarchical one', () => {
  it.each([
    [
      'parameters, models of a level, .if, .func, controlled sources, probes of inner names',
      `title
.param vs=5 rr={2*k} k=1k
.func f(x,y) {x*y+k/1k}
.global vcc
VCC vcc 0 {vs}
V1 in 0 DC {vs/10} AC 1 SIN(0 {vs} 1k)
XA in a STAGE r={rr} n=3
XB a b STAGE
RL b 0 10k
BX bx 0 V={f(V(XA.n),vs)+I(V.XA.V1)*1k-f(2,3)}
RBX bx 0 1k
${CELLS}
.end`,
    ],
    [
      'subcircuits in each other, the same names at every level',
      `title
.param r=1k
V1 a 0 1
R1 a n 1k
XA n TOP r=5k
XB n TOP
.subckt TOP p r=2k
R1 p n {r}
V1 n m 0.1
XP m S r={r*2}
XQ m S
.subckt S p r=7k
R1 p n {r}
R2 n 0 {r+1}
V1 p q 0
R3 q 0 {r/3}
F1 n 0 V1 0.25
.ends
.ends
.end`,
    ],
    [
      'switches, B sources and tables of inner nodes',
      `title
V1 a 0 2
XA a o SW1 th=1
XB a p SW1 th=3
RA o 0 1k
RB p 0 1k
.subckt SW1 i o th=0
S1 i m c 0 SM on
W1 m o VC WM
VC c d {th/2}
RC d 0 1k
B1 c 0 I={-(1m*(V(i)-th) + 0.1*I(VC))}
R1 i o 1meg
B2 t 0 V={pwl(V(i), 0, 0, {th}, 1, 10, 2)}
R2 t 0 1k
.model SM SW(vt={th} vh=0.1 ron=1 roff=1meg)
.model WM CSW(it=10u ih=1u ron=2 roff=2meg)
.ends
.end`,
    ],
    [
      'm= of what ngspice multiplies alike',
      `title
V1 a 0 2
XA a b S m=3
XB b 0 S m={1+1}
XD b 0 T m=0.5
.subckt S p q
R1 p n 1k
I1 0 n 1m
R2 n q RM
G1 n q p q 0.1m
D1 n q DM
Q1 p n q QM
XC n q T
.model RM R(r=3k)
.model DM D
.model QM NPN
.ends
.subckt T a b
R1 a b 10k
D1 b a DT
.model DT D(bv=5)
.ends
.end`,
    ],
  ])('%s', async (_, text) => {
    expect(await compare(text)).toBeGreaterThan(4);
  });

  const hierarchical = ['an1177', 'classic', 'verdict']
    .flatMap((folder) => netlistsIn(folder))
    .filter((path) => /^\.subckt/im.test(readNetlist(path).text));
  it.each(hierarchical)('%s', async (path) => {
    expect(await compare(readNetlist(path).text)).toBeGreaterThan(0);
  });
});
