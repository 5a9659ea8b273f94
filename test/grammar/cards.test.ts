import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { position } from '../../grammar/source.ts';
import { parseNetlist } from '../../grammar/spice/parse.ts';
import type { ElementCard } from '../../grammar/spice/tree.ts';
import { parse, statement, statements } from './support.ts';

const omit = ['kind', 'letter', 'name'];
const body = (text: string) =>
  Object.fromEntries(Object.entries(statement(text)).filter(([key]) => !omit.includes(key)));

describe('R, C, L', () => {
  const nodes = ['a', 'b'];
  it.each([
    ['R1 a b 10k', { nodes, value: 10_000, parameters: [] }],
    ['R1 a,b,10k', { nodes, value: 10_000, parameters: [] }],
    ['R1 (a b) 10k', { nodes, value: 10_000, parameters: [] }],
    ['r1 a b rx', { nodes, value: 'rx', parameters: [] }],
    ["R1 a b '2*x'", { nodes, value: ['*', 2, 'x'], parameters: [] }],
    ['R1 a b {2*x} tol=5%', { nodes, value: ['*', 2, 'x'], parameters: [{ tol: '5 %' }] }],
    ['R1 a b R = 10', { nodes, value: 10, parameters: [] }],
    ['R1 a b R={x}', { nodes, value: 'x', parameters: [] }],
    ['R1 a b RMOD 5', { nodes, value: 5, model: 'RMOD', parameters: [] }],
    ['R1 a b 5 RMOD', { nodes, value: 5, model: 'RMOD', parameters: [] }],
    ['R1 a b RMOD rx', { nodes, value: 'rx', model: 'RMOD', parameters: [] }],
    ['R1 a b RMOD R=5', { nodes, value: 5, model: 'RMOD', parameters: [] }],
    ['R1 a b 1 tc=1m,2m', { nodes, value: 1, parameters: [{ tc1: 1e-3 }, { tc2: 2e-3 }] }],
    ['R1 a b 1 tc1=1m m=2', { nodes, value: 1, parameters: [{ tc1: 1e-3 }, { m: 2 }] }],
    ['C1 a b 1u IC=0', { nodes, value: 1e-6, parameters: [{ IC: 0 }] }],
    ['L1 a b 10uH', { nodes, value: '0.00001 H', parameters: [] }],
    ['R1 Net-(R1-Pad1) +in 1k', { nodes: ['Net-(R1-Pad1)', '+in'], value: 1000, parameters: [] }],
    ['R1 V+ a.b 1k', { nodes: ['V+', 'a.b'], value: 1000, parameters: [] }],
    ['R1 1.5 in/2 1k', { nodes: ['1.5', 'in/2'], value: 1000, parameters: [] }],
    ['R1 #x [1] 1k', { nodes: ['#x', '[1]'], value: 1000, parameters: [] }],
    ['R1 $N_0001 1k 1k', { nodes: ['$N_0001', '1k'], value: 1000, parameters: [] }],
    [
      'R1 __proto__ constructor 1k',
      { nodes: ['__proto__', 'constructor'], value: 1000, parameters: [] },
    ],
  ])('%s', (text, tree) => {
    expect(body(text)).toEqual(tree);
  });
});

describe('V, I', () => {
  const nodes = ['a', '0'];
  const sin = { shape: 'SIN', arguments: [0, 1, 1000] };
  it.each([
    ['V1 a 0 5', { dc: 5 }],
    ['V1 a 0', {}],
    ['V1 a 0 DC 5', { dc: 5 }],
    ['V1 a 0 DC=5V', { dc: '5 V' }],
    ['I1 a 0 dc {x} ac 1 90', { dc: 'x', ac: [1, 90] }],
    ['V1 a 0 AC 1', { ac: [1] }],
    ['V1 a 0 AC', { ac: [] }],
    ['V1 a 0 SIN(0 1 1k)', { waveform: sin }],
    ['V1 a 0 sin (0,1,1k)', { waveform: sin }],
    ['V1 a 0 SIN 0 1 1k', { waveform: sin }],
    ['V1 a 0 SINE(0 1 1k)', { waveform: sin }],
    ['V1 a 0 SIN(0 1 1k) DC 2 AC 1', { dc: 2, ac: [1], waveform: sin }],
    ['V1 a 0 SIN 0 1 1k AC 1', { ac: [1], waveform: sin }],
    [
      'V1 a 0 3 PWL(0 0 1m {x})',
      { dc: 3, waveform: { shape: 'PWL', arguments: [0, 0, 1e-3, 'x'] } },
    ],
    ['V1 a 0 PULSE(0 5)', { waveform: { shape: 'PULSE', arguments: [0, 5] } }],
    ['V1 a 0 EXP(0 5)', { waveform: { shape: 'EXP', arguments: [0, 5] } }],
    ['V1 a 0 SFFM(0 5)', { waveform: { shape: 'SFFM', arguments: [0, 5] } }],
    ['V1 a 0 AM(0 5)', { waveform: { shape: 'AM', arguments: [0, 5] } }],
    [
      'V1 a 0 DC 0 TRNOISE(1u 1n)',
      { dc: 0, waveform: { shape: 'TRNOISE', arguments: [1e-6, 1e-9] } },
    ],
  ])('%s', (text, tree) => {
    expect(body(text)).toEqual({ nodes, parameters: [], ...tree });
  });
  it('keeps parameters', () => {
    expect(body('V1 a 0 5 Rser=1')).toEqual({ nodes, dc: 5, parameters: [{ Rser: 1 }] });
  });
});

describe('E, G, F, H', () => {
  const linear = { form: 'linear', pair: ['p', 'm'], gain: 100_000 };
  const poly2 = {
    form: 'polynomial',
    pairs: [
      ['a', 'b'],
      ['c', '0'],
    ],
    coefficients: [0, 1, 1],
  };
  const value = (keyword: string) => ({
    form: 'value',
    keyword,
    expression: ['*', 'V(a,b)', 2],
  });
  const table = (keyword: string, ...points: number[][]) => ({
    form: 'table',
    keyword,
    input: 'V(a)',
    points,
  });
  it.each([
    ['E1 o 0 p m 100k', linear],
    ['E1 (o,0) (p,m) 100k', linear],
    ['E1 o 0 VCVS p m 100k', linear],
    ['G1 o 0 VCCS (p,m) 100k', linear],
    ['E1 o 0 p m gain=100k', linear],
    ['E1 o 0 POLY(2) a b c 0 0 1 1', poly2],
    ['E1 o 0 POLY(2) (a,b) (c,0) 0 1 1', poly2],
    ['E1 o 0 poly (2) a b c 0 0,1,1', poly2],
    ['E1 o 0 VALUE={V(a,b)*2}', value('VALUE')],
    ['E1 o 0 VALUE {V(a,b)*2}', value('VALUE')],
    ["E1 o 0 vol='V(a,b)*2'", value('vol')],
    ["G1 o 0 cur='V(a,b)*2'", value('cur')],
    ['E1 o 0 value = V(a,b)*2', value('value')],
    ['E1 o 0 TABLE {V(a)} = (0,0) (1,1)', table('TABLE', [0, 0], [1, 1])],
    ['E1 o 0 TABLE {V(a)} (0 0 1 1)', table('TABLE', [0, 0], [1, 1])],
    ['E1 o 0 table V(a) = 0,0 1,1', table('table', [0, 0], [1, 1])],
    ['E1 o 0 a 0 table=(0,0,1,1)', { ...table('table', [0, 0], [1, 1]), input: 'V(a,0)' }],
    ['E1 o 0 PWL(1) a 0 0,0 1,1', { ...table('PWL', [0, 0], [1, 1]), input: 'V(a,0)' }],
    [
      'E1 o 0 TABLE {V(a)} = (0,0) (1)',
      { form: 'other', keyword: 'TABLE', rest: '{V(a)} = (0,0) (1)' },
    ],
    ['E1 o 0 OPAMP p m', { form: 'opamp', keyword: 'OPAMP', pair: ['p', 'm'] }],
    [
      'E1 o 0 LAPLACE {V(a)} = {1/(1+s^2)}',
      {
        form: 'laplace',
        keyword: 'LAPLACE',
        input: 'V(a)',
        transfer: ['/', 1, ['+', 1, ['**', 's', 2]]],
      },
    ],
    [
      'E1 o 0 FREQ {V(a)} = MAG (1, 10, 0) (1k, 1, 0)',
      {
        form: 'frequency',
        keyword: 'FREQ',
        input: 'V(a)',
        options: ['MAG'],
        points: [
          [1, 10, 0],
          [1000, 1, 0],
        ],
      },
    ],
    ['E1 o 0 LAPLACE p m 1 / 1 2', { form: 'other', keyword: 'LAPLACE', rest: 'p m 1 / 1 2' }],
    ['F1 o 0 VX 2', { form: 'linear', source: 'VX', gain: 2 }],
    ['H1 o 0 CCVS VX {k}', { form: 'linear', source: 'VX', gain: 'k' }],
    ['H1 o 0 POLY(1) VX 0 2', { form: 'polynomial', sources: ['VX'], coefficients: [0, 2] }],
    ['G1 o 0 TABLE {V(a)} ((0,0)(1,1))(2,2))', table('TABLE', [0, 0], [1, 1], [2, 2])],
    [
      'E1 o 0 p m laplace=(1)/(s)',
      { form: 'laplace', keyword: 'laplace', input: 'V(p,m)', transfer: ['/', 1, 's'] },
    ],
    ['F1 o 0 VALUE={I(VX)}', { form: 'value', keyword: 'VALUE', expression: 'I(VX)' }],
  ])('%s', (text, control) => {
    expect(body(text)).toEqual({ nodes: ['o', '0'], control, parameters: [] });
  });
  it('keeps parameters', () => {
    expect(body('E1 o 0 p m max=5 2 min=-5')).toEqual({
      nodes: ['o', '0'],
      control: { form: 'linear', pair: ['p', 'm'], gain: 2 },
      parameters: [{ max: 5 }, { min: -5 }],
    });
  });
});

describe('X, K and others', () => {
  it.each([
    ['X1 a b SUB', { nodes: ['a', 'b'], subcircuit: 'SUB', parameters: [] }],
    [
      'X1 a b SUB k = 2 m={x}',
      { nodes: ['a', 'b'], subcircuit: 'SUB', parameters: [{ k: 2 }, { m: 'x' }] },
    ],
    ['X1 a b SUB PARAMS: k=2', { nodes: ['a', 'b'], subcircuit: 'SUB', parameters: [{ k: 2 }] }],
    ['X1 SUB', { nodes: [], subcircuit: 'SUB', parameters: [] }],
    ['K1 L1 L2 0.99', { inductors: ['L1', 'L2'], coefficient: 0.99 }],
    ['X1 a b / SUB', { nodes: ['a', 'b'], subcircuit: 'SUB', parameters: [] }],
    ['X1 a SUB v=-{x}', { nodes: ['a'], subcircuit: 'SUB', parameters: [{ v: ['-', 'x'] }] }],
    ['Y1 a 0 DMOD', { words: ['a', '0', 'DMOD'] }],
    ['B1 a 0 V={x}', { nodes: ['a', '0'], quantity: 'V', expression: 'x', parameters: [] }],
    [
      'B1 a 0 I = V(a)*2 == 1 Rpar=5 NoJacob',
      {
        nodes: ['a', '0'],
        quantity: 'I',
        expression: ['==', ['*', 'V(a)', 2], 1],
        parameters: [{ Rpar: 5 }],
        flags: ['NoJacob'],
      },
    ],
    [
      'B1 a 0 V={POLY(2) V(c,d) I(V1) 1 2 3 4}',
      {
        nodes: ['a', '0'],
        quantity: 'V',
        expression: [
          '+',
          ['+', ['+', 1, ['*', 2, 'V(c,d)']], ['*', 3, 'I(V1)']],
          ['*', ['*', 4, 'V(c,d)'], 'V(c,d)'],
        ],
        parameters: [],
      },
    ],
  ])('%s', (text, tree) => {
    expect(body(text)).toEqual(tree);
  });
});

describe('devices', () => {
  const rest = { values: [], flags: [], parameters: [] };
  it.each([
    ['D1 a k DMOD', { nodes: ['a', 'k'], model: 'DMOD', ...rest }],
    [
      'D1 a k DMOD 2 off',
      { nodes: ['a', 'k'], model: 'DMOD', ...rest, values: [2], flags: ['off'] },
    ],
    ['Q1 c b e 2N2222', { nodes: ['c', 'b', 'e'], model: '2N2222', ...rest }],
    ['Q1 c b e 0 QMOD', { nodes: ['c', 'b', 'e', '0'], model: 'QMOD', ...rest }],
    [
      'Q1 c b e [sub] QMOD 3',
      { nodes: ['c', 'b', 'e', '[sub]'], model: 'QMOD', ...rest, values: [3] },
    ],
    [
      'J1 d g s JM ic=1,2',
      { nodes: ['d', 'g', 's'], model: 'JM', ...rest, parameters: [{ ic: 1 }] },
    ],
    [
      'M1 d g s 0 NM L=1u W = 2u',
      { nodes: ['d', 'g', 's', '0'], model: 'NM', ...rest, parameters: [{ L: 1e-6 }, { W: 2e-6 }] },
    ],
    ['M1 d g s VDM', { nodes: ['d', 'g', 's'], model: 'VDM', ...rest }],
    [
      'M1 d g 0 0 NM 1u 2u',
      { nodes: ['d', 'g', '0', '0'], model: 'NM', ...rest, values: [1e-6, 2e-6] },
    ],
    [
      'M1 d g s tj tc PM thermal',
      { nodes: ['d', 'g', 's', 'tj', 'tc'], model: 'PM', ...rest, flags: ['thermal'] },
    ],
    ['S1 a b c d SMOD on', { nodes: ['a', 'b', 'c', 'd'], model: 'SMOD', ...rest, flags: ['on'] }],
    ['W1 a b VX WMOD', { nodes: ['a', 'b'], control: 'VX', model: 'WMOD', ...rest }],
    ['T1 a b c d Z0=50', { nodes: ['a', 'b', 'c', 'd'], ...rest, parameters: [{ Z0: 50 }] }],
  ])('%s', (text, device) => {
    expect(statement(text)).toMatchObject({ device });
  });
  it.each(['D1 a', 'Q1 c b e', 'A1 [a b] c AMOD', 'M1 a b = 1'])('%s', (text) => {
    expect(statement(text)).not.toHaveProperty('device');
  });
});

describe('dot cards', () => {
  it.each([
    [
      '.param a=1 b = 2*a + 1, c={3}',
      [{ kind: 'parameters', assignments: [{ a: 1 }, { b: ['+', ['*', 2, 'a'], 1] }, { c: 3 }] }],
    ],
    [
      '.param a = b == 1 ? 2 : 3',
      [{ kind: 'parameters', assignments: [{ a: ['?', ['==', 'b', 1], 2, 3] }] }],
    ],
    [
      ".param f(x,y)='x*y'",
      [{ kind: 'function', name: 'f', formals: ['x', 'y'], body: ['*', 'x', 'y'] }],
    ],
    ['.func f(x) {x+1}', [{ kind: 'function', name: 'f', formals: ['x'], body: ['+', 'x', 1] }]],
    ['.func f() = 3', [{ kind: 'function', name: 'f', formals: [], body: 3 }]],
    [
      '.model m NPN(BF=100 IS = 1f)',
      [{ kind: 'model', name: 'm', type: 'NPN', parameters: [{ BF: 100 }, { IS: 1e-15 }] }],
    ],
    [
      '.model m D(IS=1 mfg=On-Semi',
      [{ kind: 'model', name: 'm', type: 'D', parameters: [{ IS: 1 }, { mfg: 'On-Semi' }] }],
    ],
    ['.global vdd vss', [{ kind: 'global', nodes: ['vdd', 'vss'] }]],
    ['.temp 25 50', [{ kind: 'temperature', values: [25, 50] }]],
    [
      '.options klu reltol=1e-6',
      [{ kind: 'options', words: ['klu'], assignments: [{ reltol: 1e-6 }] }],
    ],
    ['.tran 1u 1m', [{ kind: 'kept', keyword: '.tran', text: '.tran 1u 1m' }]],
    ['.control\nrun\n.endc', [{ kind: 'kept', keyword: '.control', text: '.control\nrun\n.endc' }]],
  ])('%s', (text, trees) => {
    expect(statements(text)).toEqual(trees);
  });

  it('nests subcircuits, with the comments above and inside', () => {
    const text = `* far away

* pins: in out
* of a divider
.subckt DIV in (out) k=2 j={k}
* inside
R1 in out {k}
.subckt INNER a
C1 a 0 1u
.ends INNER
*@ opamp XU1 vos=1m
.ends`;
    const [tree] = statements(text) as Record<string, unknown>[];
    expect(tree).toMatchObject({
      kind: 'subcircuit',
      name: 'DIV',
      ports: ['in', 'out'],
      parameters: [{ k: 2 }, { j: 'k' }],
      comments: ['pins: in out', 'of a divider', 'inside'],
      statements: [
        { letter: 'R' },
        { kind: 'subcircuit', name: 'INNER', comments: [] },
        { kind: 'directive' },
      ],
    });
  });

  it('knows .macro, .eom and PARAMS:', () => {
    expect(statement('.macro m a b PARAMS: k=1\n.eom m')).toMatchObject({
      ports: ['a', 'b'],
      parameters: [{ k: 1 }],
    });
  });
});

describe('expressions', () => {
  it.each([
    ['-2**2', ['-', ['**', 2, 2]]],
    ['2**3**2', ['**', ['**', 2, 3], 2]],
    ['2**-x', ['**', 2, ['-', 'x']]],
    ['a-b-c', ['-', ['-', 'a', 'b'], 'c']],
    ['a+b*c', ['+', 'a', ['*', 'b', 'c']]],
    ['(a+b)*c', ['*', ['+', 'a', 'b'], 'c']],
    ['a?b:c?d:e', ['?', 'a', 'b', ['?', 'c', 'd', 'e']]],
    ['a<b && !c || d', ['||', ['&&', ['<', 'a', 'b'], ['!', 'c']], 'd']],
    ['sqrt(x, 1k)', ['sqrt', 'x', 1000]],
    ['v(a-,1+)*i(VX)', ['*', 'v(a-,1+)', 'i(VX)']],
    ['4.7kohm', '4700 ohm'],
    ['2*{x+1}', ['*', 2, ['+', 'x', 1]]],
  ])('%s', (text, tree) => {
    expect(body(`R1 a b {${text}}`)).toMatchObject({ value: tree });
  });
});

describe('spans', () => {
  it('are those of the file, across continuations', () => {
    const {
      statements: [card],
    } = parse('R1 a ; note\r\n* comment\r\n\r\n  + b  {1 +\r\n+ 2*x}\r\n');
    if (card?.kind !== 'card' || card.letter !== 'R' || !('value' in card)) throw new Error('no R');
    const at = (offset: number) => position(card.span.source, offset);
    expect(at(card.nodes[1].span.start)).toEqual({ line: 5, column: 5 });
    const value = card.value;
    if (value?.kind !== 'binary' || value.right.kind !== 'binary') throw new Error('no sum');
    expect(at(value.right.span.start)).toEqual({ line: 6, column: 3 });
    expect(at(value.right.span.end)).toEqual({ line: 6, column: 6 });
    expect(at(card.span.start)).toEqual({ line: 2, column: 1 });
  });

  it('of two nodes and a value are those of the words, wherever they stand', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9_.+]{0,19}$/);
    const gap = fc.constantFrom(' ', '\t ', '   ', '\n+ ', ' ; note\r\n* comment\r\n\n +');
    const card = fc.tuple(word, gap, word, gap, word, gap, fc.constantFrom('1k', '4.7meg', 'rx'));
    const above = fc.constantFrom('', '  ', '* note\n', '\r\n', '.param x=1\n');
    const deck = fc.array(fc.tuple(above, card), { minLength: 1, maxLength: 900, size: 'max' });
    fc.assert(
      fc.property(deck, (cards) => {
        let text = 'title\n';
        const places = cards.map(([before, [name, ...rest]]) => {
          text += before;
          const starts = [`R${name}`, ...rest].map((part) => {
            text += part;
            return { text: part, start: text.length - part.length, end: text.length };
          });
          text += '\n';
          return starts.filter((_, index) => index % 2 === 0);
        });
        const { statements } = parseNetlist({ name: 'f', text }, { dialect: 'ngspice' });
        const found = statements.filter((each) => each.kind === 'card').map(partsOf);
        expect(found).toEqual(places);
      }),
      { numRuns: 20 },
    );
  });

  const partsOf = (card: ElementCard) => {
    if (!('nodes' in card) || !('value' in card)) throw new Error('no value');
    const parts = [card.name.span, ...card.nodes.map(({ span }) => span), card.value?.span];
    const [first, last] = [parts[0], parts.at(-1)];
    expect(card.span).toEqual({ ...first, end: last?.end });
    expect([card.name, ...card.nodes].map(({ text }) => text)).toEqual(
      parts.slice(0, -1).map((at) => at?.source.text.slice(at.start, at.end)),
    );
    return parts.map((at) => {
      if (at === undefined) throw new Error('no place');
      const { source, start, end } = at;
      return { text: source.text.slice(start, end), start, end };
    });
  };

  it('are no part of a copy as data, which has all the rest', () => {
    const [short, long] = parse('R1 a b 1k\nR1 a b R=1k').statements;
    const { span: _span, ...rest } = JSON.parse(JSON.stringify(long));
    expect(JSON.parse(JSON.stringify(short))).toEqual(rest);
  });
});
