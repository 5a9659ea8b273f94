/** What the flat netlist says, card by card, and what is refused. */

import { describe, expect, it } from 'vitest';
import type { DialectName } from '../../grammar/spice/dialect.ts';
import { parseNetlist } from '../../grammar/spice/parse.ts';
import { printNetlist } from '../../grammar/spice/printer.ts';
import { flatNetlist } from '../../src/circuit/flat/netlist.ts';
import { netlistJson } from '../../src/report/netlist-json.ts';

function flatten(body: string, dialect: DialectName = 'ngspice') {
  const flat = flatNetlist(parseNetlist({ name: 'f.cir', text: `title\n${body}\n` }, { dialect }));
  return {
    flat,
    lines: printNetlist(flat, { to: 'ngspice' }).trimEnd().split('\n').slice(1, -1),
    faults: flat.diagnostics.map(({ severity, code }) => `${severity} ${code}`),
  };
}

describe('cards of the flat netlist', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'names begin with the letter of the element, nodes with the instance',
      'XA in STAGE\n.subckt STAGE p\nR1 p n 1k\nXB n INNER\n.ends\n.subckt INNER q\nC1 q gnd 1n\n.ends',
      ['R.XA.R1 in XA.n 1000', 'C.XA.XB.C1 XA.n 0 1e-9'],
    ],
    [
      'parameters of all levels are numbers',
      '.param a=2\nX1 n S b={a*3}\n.subckt S p b=1 c={b+1}\n.param d={c*10}\nR1 p 0 {d}\nI1 0 p DC {a} AC {b} 90 SIN({a} 1 1k)\n.ends',
      ['R.X1.R1 n 0 70', 'I.X1.I1 0 n DC 2 AC 6 90 SIN(2 1 1000)'],
    ],
    [
      'functions are written out where they depend on the solution',
      '.param k=2\n.func f(x,y) {x*y+g(k)}\n.func g(x) {x**2}\nB1 o 0 V={f(V(a),k)-f(1,2)}\nB2 p 0 V={k>1 ? V(a)*time : nope(1)}',
      ['B1 o 0 V={V(a) * 2 + 4 - 6}', 'B2 p 0 V={V(a) * time}'],
    ],
    [
      'sources and nodes in expressions',
      'X1 a S\n.subckt S p\nV1 p m 0\nB1 m 0 I={-2*I(V1)+V(p,m)}\nF1 m 0 V1 2\nH1 h 0 POLY(1) V1 0 3\nW1 h 0 V1 SM\n.model SM CSW(it=1)\n.ends',
      [
        'V.X1.V1 a X1.m DC 0',
        'B.X1.B1 X1.m 0 I={(-2) * I(V.X1.V1) + V(a,X1.m)}',
        'F.X1.F1 X1.m 0 V.X1.V1 2',
        'H.X1.H1 X1.h 0 POLY(1) V.X1.V1 0 3',
        '.model X1.SM CSW(it=1)',
        'W.X1.W1 X1.h 0 V.X1.V1 X1.SM',
      ],
    ],
    [
      'instances share a model that is the same, and have their own where it is not',
      'X1 a S\nX2 a S\nX3 a S n=2\nD1 a 0 DM\n.model DM D(n=1)\n.subckt S p n=1\nD1 p 0 DM {n} off\n.model DM D(n={n})\n.ends',
      [
        '.model X1.DM D(n=1)',
        'D.X1.D1 a 0 X1.DM 1 off',
        'D.X2.D1 a 0 X1.DM 1 off',
        '.model X3.DM D(n=2)',
        'D.X3.D1 a 0 X3.DM 2 off',
        'D1 a 0 DM',
        '.model DM D(n=1)',
      ],
    ],
    [
      '.if is decided, .global nodes are those of the top, .connect joins',
      '.global vcc\n.param x=1\nX1 a S\n.connect a b\n.connect b gnd\n.subckt S p\n.if (x==1)\nR1 p vcc 1\n.else\nR1 p vcc 2\n.endif\n.ends\nR2 b c 3',
      ['R.X1.R1 0 vcc 1', 'R2 0 c 3'],
    ],
    [
      'coupled inductors',
      '.param k=0.5\nX1 a S\n.subckt S p\nL1 p 0 1u\nL2 q 0 1u\nK1 L1 L2 {k}\n.ends',
      ['L.X1.L1 a 0 0.000001', 'L.X1.L2 X1.q 0 0.000001', 'K.X1.K1 L.X1.L1 L.X1.L2 0.5'],
    ],
    [
      'm= multiplies what can be multiplied',
      'X1 a S m=4\n.subckt S p\nR1 p 0 1k\nC1 p 0 1n\nL1 p 0 1m\nI1 0 p 1m PULSE(0 1 2 3)\nV1 p q 0\nG1 q 0 p 0 1m\nF1 q 0 V1 2\nH1 h 0 V1 8\nB1 p 0 I={2*I(V1)}\nD1 p 0 DX 2 m=3\nQ1 p p 0 QX\n.ends\n.model DX D\n.model QX NPN',
      [
        'R.X1.R1 a 0 250',
        'C.X1.C1 a 0 4e-9',
        'L.X1.L1 a 0 0.00025',
        'I.X1.I1 0 a DC 0.004 PULSE(0 4 2 3)',
        'V.X1.V1 a X1.q DC 0',
        'G.X1.G1 X1.q 0 a 0 0.004',
        'F.X1.F1 X1.q 0 V.X1.V1 2',
        'H.X1.H1 X1.h 0 V.X1.V1 2',
        'B.X1.B1 a 0 I={4 * (2 * (I(V.X1.V1) / 4))}',
        'D.X1.D1 a 0 DX 2 m=12',
        'Q.X1.Q1 a a 0 QX m=4',
        '.model DX D()',
        '.model QX NPN()',
      ],
    ],
    [
      'parameters that kept cards name stay',
      '.param stop=1m r=2\nR1 a 0 {r}\n.tran 1u {stop}',
      ['.param stop=0.001', 'R1 a 0 2', '.tran 1u {stop}'],
    ],
  ])('%s', (_, body, expected) => {
    expect(flatten(body).lines.filter((line) => line !== '')).toEqual(expected);
  });

  it('JSON has the flat cards', () => {
    const { flat } = flatten(
      'XA a S\n.subckt S p\nR1 p n {1+1}\nD1 n 0 DX\n.model DX D(n=1)\n.ends',
    );
    expect(netlistJson(flat)).toMatchObject({
      elements: [
        { name: 'R.XA.R1', nodes: ['a', 'XA.n'], text: 'R.XA.R1 a XA.n 2' },
        { name: 'D.XA.D1', nodes: ['XA.n', '0'], text: 'D.XA.D1 XA.n 0 XA.DX' },
      ],
      subcircuits: [],
    });
  });
});

describe('what the flat netlist cannot have', () => {
  it.each([
    ['X1 a S\nR.X1.R1 a 0 1\n.subckt S p\nR1 p 0 1\n.ends', 'error duplicate_name'],
    ['X1 a S\n.subckt S p\nX2 p S\n.ends', 'error recursive_subcircuit'],
    ['X1 a b S\n.subckt S p\nR1 p 0 1\n.ends', 'error wrong_node_count'],
    ['X1 a S\n.subckt S p\nA1 [p q] r AX\n.ends', 'error cannot_flatten'],
    ['X1 a S\n.subckt S p\nE1 p 0 CHEBYSHEV {V(q)} = LP 1k\n.ends', 'error cannot_flatten'],
    ['X1 a S m=2\n.subckt S p\nS1 p 0 p 0 SX\n.model SX SW\n.ends', 'error unsupported_multiplier'],
    ['X1 a S m=2\n.subckt S p\nI1 p 0 AM(1 2 3 4)\n.ends', 'error unsupported_multiplier'],
    ['F1 a 0 VX 2', 'error unknown_control'],
    ['R1 a 0 {nope}', 'error undefined_parameter'],
    ['.func f(x) {f(x)+V(a)}\nB1 a 0 V={f(V(b))}', 'error function_too_deep'],
    [
      'X1 a S\n.subckt S p\nD1 p 0 A\n.model A ako:B D(n=1)\n.model B ako:A D\n.ends',
      'error recursive_model',
    ],
    ['X1 a b NOWHERE', 'warning undefined_subcircuit'],
    ['D1 a 0 NOWHERE', 'warning undefined_model'],
    ['X1 a S\n.subckt S p\nR1 p 0 1\n.save V(p)\n.ends', 'warning left_out'],
    ['X1 a b c S\n.subckt S p q r\nE1 r 0 p q 1meg\n.ends\n*@ opamp X1 vos=1m', 'warning left_out'],
  ])('%j: %s', (body, fault) => {
    expect(flatten(body).faults).toContain(fault);
  });

  it('.step of a parameter that is a number there', () => {
    expect(flatten('.param r=1\nR1 a 0 {r}\n.step param r 1 10 1', 'ltspice').faults).toEqual([
      'warning stepped_parameter',
    ]);
  });

  it('grows without bound', () => {
    const doubling = Array.from(
      { length: 40 },
      (_, i) => `.func f${i + 1}(x) {f${i}(x)+f${i}(x)}`,
    ).join('\n');
    expect(flatten(`.func f0(x) {x*V(a)}\n${doubling}\nB1 a 0 V={f40(V(b))}`).faults).toEqual([
      'error expression_too_long',
    ]);
    const levels = Array.from(
      { length: 20 },
      (_, i) => `.subckt S${i + 1} p\nX1 p S${i}\nX2 p S${i}\nX3 p S${i}\n.ends`,
    ).join('\n');
    expect(flatten(`X1 a S20\n.subckt S0 p\nR1 p 0 1\n.ends\n${levels}`).faults).toEqual([
      'error too_large',
    ]);
  });
});
