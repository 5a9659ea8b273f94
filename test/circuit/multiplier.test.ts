/** `m=` of an instance is as many equal instances in parallel: the law that the values must obey. */

import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/index.ts';
import '../support/close.ts';
import { circuitOf, faultsOf, ohms } from '../support/circuit.ts';

async function nodeVoltages(body: string): Promise<ReadonlyMap<string, number | null>> {
  const { result, diagnostics } = await analyze(`title\n${body}\n.end\n`, { name: 'm.cir' });
  if (result?.operatingPoint == null) {
    throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  }
  return new Map(Object.entries(result.operatingPoint.nodes));
}

const DRIVE = 'V1 in 0 3\nR1 in a 1k\nR2 a 0 2k\nV2 ctl 0 0.5\n';
/** Everything whose current or resistance a multiplier could touch. */
const CELL = `.subckt CELL p c r=3k
R1 p n {r}
R2 n q 1k tc1=1m
V1 q 0 0.25
I1 0 n 0.1m
G1 n 0 c 0 0.2m
F1 p 0 V1 0.5
H1 h 0 V1 300
R3 h p 5k
E1 e 0 n 0 2
R4 e p 7k
B1 p 0 I={0.1m*V(n) + 0.25*I(V1)}
L1 p k 1m
R5 k 0 9k
C1 p 0 1n
.ends`;

describe('m= of an instance', () => {
  it.each([2, 3])('m=%d', async (m) => {
    const copies = Array.from({ length: m }, (_, i) => `X${i} a ctl CELL r=4k`).join('\n');
    const one = await nodeVoltages(`${DRIVE}XM a ctl CELL r=4k m=${m}\n${CELL}`);
    const many = await nodeVoltages(`${DRIVE}${copies}\n${CELL}`);
    for (const node of ['a', 'in']) {
      expect(one.get(node)).toBeClose(many.get(node) ?? Number.NaN, { rel: 1e-14, abs: 0 });
    }
    for (const node of ['n', 'q', 'h', 'e', 'k']) {
      const expected = many.get(`X0.${node}`) ?? Number.NaN;
      expect(one.get(`XM.${node}`)).toBeClose(expected, { rel: 1e-13, abs: 0 });
    }
  });

  it('multiplies through the levels', async () => {
    const pair = `.subckt PAIR p c\nXA p c CELL m=2\n.ends\n${CELL}`;
    const nested = await nodeVoltages(`${DRIVE}XM a ctl PAIR m=3\n${pair}`);
    const flat = await nodeVoltages(`${DRIVE}XM a ctl CELL m=6\n${CELL}`);
    expect(nested.get('a')).toBeClose(flat.get('a') ?? Number.NaN, { rel: 1e-14, abs: 0 });
    expect(nested.get('XM.XA.n')).toBeClose(flat.get('XM.n') ?? Number.NaN, { rel: 1e-13, abs: 0 });
  });

  it('may be an expression of the level outside, and less than 1', async () => {
    const half = await nodeVoltages(
      '.param k=4\nV1 a 0 1\nR1 a b 1k\nX1 b S m={2/k}\n.subckt S p\nR1 p 0 1k\n.ends',
    );
    expect(half.get('b')).toBeClose(2 / 3, { rel: 1e-15, abs: 0 });
  });

  it('is an ordinary parameter where the subcircuit has one of that name', () => {
    const circuit = circuitOf('X1 a S m=2\n.subckt S p m=1\nR1 p 0 {m*1k}\n.ends');
    expect(ohms(circuit, 'X1.R1')).toBe(2000);
  });

  it('names what ngspice multiplies otherwise', () => {
    expect(faultsOf(`${DRIVE}XM a ctl CELL m=2\n${CELL}\nR9 a 0 1k m=2`)).toEqual([
      'warning multiplier_meaning 13',
      'warning multiplier_meaning 14',
      'warning multiplier_meaning 18',
    ]);
  });
});
