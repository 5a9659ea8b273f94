// Transmission lines at DC: against ngspice with its own models, and against the laws of ports.

import { describe, expect, it } from 'vitest';
import { parseNetlist } from '../../grammar/spice/parse.ts';
import { printNetlist } from '../../grammar/spice/printer.ts';
import { analyze } from '../../src/analyze.ts';
import { formulate } from '../../src/formulate.ts';
import { type Operation, operate } from '../../src/operate.ts';
import { useEngine } from '../ngspice/built-worker.ts';
import '../support/close.ts';

const ngspice = useEngine();

const netlist = (body: string) => `lines\n${body}\n.end\n`;

function solved(body: string): NonNullable<Operation['result']> {
  const { result, diagnostics } = operate(netlist(body));
  if (result === null) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return result;
}

/** The code of the first error. */
function faultOf(body: string): string | undefined {
  const { diagnostics } = operate(netlist(body));
  return diagnostics.find(({ severity }) => severity === 'error')?.code;
}

describe('lines are what ngspice makes of them', () => {
  const LOAD = 'v1 in 0 1\nrl out 0 1k';

  it.each([
    ['T', 't1 in 0 out 0 z0=50 td=1n'],
    ['T the other way round', 't1 0 in out 0 z0=50 td=1n'],
    ['T between other nodes', 'v2 g 0 0.3\nt1 in g out 0 z0=50 td=1n'],
    ['LTRA with R, L and C', 'o1 in 0 out 0 lo\n.model lo ltra(r=10 l=1u c=1n len=5)'],
    ['LTRA without R', 'o1 in 0 out 0 lo\n.model lo ltra(r=0 l=1u c=1n len=5)'],
    ['URC', 'u1 in out 0 um l=0.1\n.model um urc(rperl=2k)'],
    ['TXL', 'y1 in 0 out 0 ym\n.model ym txl(r=12.45 l=9n g=0 c=0.5p length=16)'],
    [
      'TXL whose card has its length',
      'y1 in 0 out 0 ym len=2\n.model ym txl(r=12.45 l=9n g=0 c=0.5p length=16)',
    ],
    [
      'CPL',
      'r2 b 0 50\np1 in b 0 out d 0 pm\nr3 d 0 70\n.model pm cpl r=20 0 40 l=247n 31n 247n c=31p -2p 31p g=0 0 0 length=0.5',
    ],
    ['URC of 1 kohm/m, six lumps', 'u1 in out 0 um l=50m n=6\n.model um urc'],
  ])('%s', async (label, line) => {
    const body = `${LOAD}\n${line}`;
    const outcome = await ngspice.engine.run({
      elements: body.split('\n'),
      steps: [{ label, commands: [], vectors: ['v(out)', 'i(v1)'] }],
    });
    if (!outcome.ok) throw new Error(outcome.reason);
    const [[out, current] = []] = outcome.values;
    const { nodes, branches } = solved(body);
    // What is left of ngspice's own gmin and lumps.
    expect(nodes['out']).toBeClose(out!, { rel: 1e-9, abs: 0 });
    expect(branches['v1']).toBeClose(current!, { rel: 1e-9, abs: 0 });
  });
});

describe('a lossy line', () => {
  it('is its resistance between ports, whatever their other nodes are', () => {
    const { nodes, branches } = solved(
      'V1 in 0 1\nV2 g 0 0.3\nO1 in g out 0 LO\nRL out 0 1k\n.model LO LTRA(R=10 L=1u C=1n LEN=5)',
    );
    expect(nodes['out']).toBeClose(0.7 / 1.05, { rel: 1e-14, abs: 0 });
    // What goes in comes back.
    expect(branches['V1']).toBeClose(-0.7 / 1050, { rel: 1e-14, abs: 0 });
    expect(branches['V2']).toBeClose(0.7 / 1050, { rel: 1e-14, abs: 0 });
  });

  it('may have its length on the card (RC lines), and a capacitance that no current reaches', () => {
    const { nodes } = solved(
      'V1 in 0 1\nU1 in out c UM l=2\nRL out 0 1k\nRC c 0 1\n.model UM URC(rperl=500)',
    );
    expect([nodes['out'], nodes['c']]).toEqual([0.5, 0]);
  });
});

describe('coupled lines', () => {
  const coupled = (r: string, more = '') =>
    `V1 a 0 1\nV2 b 0 2\nV3 g 0 0.5\nP1 a b g c d g PM\nR1 c 0 90\nR2 d 0 80\n.model PM CPL\n+R=${r}\n+length=0.5 ${more}`;

  it('are the resistances of their own, with a common return', () => {
    const { nodes, branches } = solved(coupled('20 0 40'));
    expect(nodes['c']).toBeClose(0.9, { rel: 1e-14, abs: 0 });
    expect(nodes['d']).toBeClose(1.6, { rel: 1e-14, abs: 0 });
    // The return is the same node at both ends: what comes back leaves there.
    expect(branches['V3']).toBeClose(0, { rel: 0, abs: 1e-16 });
  });

  it('are three conductors of six resistances', () => {
    const { nodes } = solved(
      'V1 a 0 1\nP1 a a a 0 x y z 0 PM\nR1 x 0 10\nR2 y 0 10\nR3 z 0 10\n.model PM CPL R=10 0 0 30 0 90 L=1n 0 0 1n 0 1n length=1',
    );
    expect(['x', 'y', 'z'].map((node) => nodes[node])).toEqual([0.5, 0.25, 0.1]);
  });

  it.each([
    ['a resistance in common', coupled('20 3 40'), 'unsupported_element'],
    ['a conductance', coupled('20 0 40', 'G=1u 0 1u'), 'unsupported_element'],
    ['a matrix of another size', coupled('20 0'), 'bad_model'],
    ['an odd number of nodes', 'P1 a b 0 c d PM\nR1 a 0 1\n.model PM CPL', 'missing_node'],
    ['no length', 'P1 a 0 b 0 PM\nR1 a 0 1\n.model PM CPL R=1', 'missing_value'],
    [
      'the model of a single line',
      'P1 a 0 b 0 PM\nR1 a 0 1\n.model PM TXL R=1',
      'wrong_model_type',
    ],
  ])('with %s are refused', (_, body, code) => {
    expect(faultOf(body)).toBe(code);
  });

  it('are written as they were read', () => {
    const read = parseNetlist({ name: 'lines', text: netlist(coupled('20 0 40')) });
    expect(printNetlist(read, { to: 'ngspice' })).toContain('.model PM CPL(length=0.5 R=20 0 40)');
  });
});

describe('what a line is to the budget', () => {
  it('has its resistance among the sensitivities, not the law that joins its ports', async () => {
    const body =
      'V1 in 0 1\nO1 in 0 p 0 LO\nT1 p 0 out 0 Z0=50 TD=1n\nRL out 0 950\n.model LO LTRA(R=10 L=1u C=1n LEN=5)';
    const { result } = await analyze(netlist(`${body}\n*@ output V(out)`));
    const rows = (result?.sensitivities ?? []).map(({ element, relative }) => [element, relative]);
    expect(rows.map(([element]) => element)).toEqual(['V1', expect.anything(), expect.anything()]);
    // V(out) = 950/(950 + R)
    const parts = new Map(rows as [string, number][]);
    expect(parts.get('V1')).toBeClose(1, { rel: 1e-12, abs: 0 });
    expect(parts.get('O1.r')).toBeClose(-0.05, { rel: 1e-12, abs: 0 });
    expect(parts.get('RL')).toBeClose(0.05, { rel: 1e-12, abs: 0 });
  });
});

describe('what a line is to formulas', () => {
  it('its resistance has a name, the law that joins its ports has none', async () => {
    const body =
      'V1 in 0 1\nO1 in 0 p 0 LO\nT1 p 0 out 0 Z0=50 TD=1n\nRL out 0 950\n.model LO LTRA(R=10 L=1u C=1n LEN=5)';
    const { formulas } = await formulate(netlist(`${body}\n*@ output V(out)`));
    const gain = formulas.find(({ quantity }) => quantity === 'gain(V1)');
    expect(gain?.text).toBe('RL/(O1.r + RL)');
  });
});

describe('refused', () => {
  it.each([
    ['O without a length', 'O1 in 0 out 0 LO\n.model LO LTRA(R=10 C=1n)', 'missing_value'],
    ['U without a length', 'U1 in out 0 UM\n.model UM URC', 'missing_value'],
    ['a conductance', 'O1 in 0 out 0 LO\n.model LO LTRA(R=10 G=1m LEN=5)', 'unsupported_element'],
    ['diodes', 'U1 in out 0 UM l=1\n.model UM URC(ISPERL=1n)', 'unsupported_element'],
    ['a model of another type', 'O1 in 0 out 0 LO\n.model LO URC', 'wrong_model_type'],
    ['no model', 'O1 in 0 out 0 LO', 'undefined_model'],
    [
      'a conductance of TXL',
      'Y1 in 0 out 0 YM\n.model YM TXL(R=1 L=1n C=1p G=1u length=1)',
      'unsupported_element',
    ],
    ['TXL without a length', 'Y1 in 0 out 0 YM\n.model YM TXL(R=1)', 'missing_value'],
  ])('%s', (_, line, code) => {
    expect(faultOf(`V1 in 0 1\nRL out 0 1k\n${line}`)).toBe(code);
  });
});
