import { describe, expect, it } from 'vitest';
import {
  DIALECT_NAMES,
  DIALECTS,
  type DialectName,
  isGround,
} from '../../grammar/spice/dialect.ts';
import { dialectTable } from '../../grammar/spice/dialect-table.ts';
import { parseNetlist } from '../../grammar/spice/parse.ts';
import { recogniseDialect } from '../../grammar/spice/recognise.ts';
import { faults, parse, place, plain } from './support.ts';

type Tree = Record<string, unknown> & { readonly dc?: unknown };

/** The first card of `text`, read by the rules of `dialect`; errors are thrown. */
function card(dialect: DialectName, text: string): Tree {
  const { statements, diagnostics } = parse(text, { dialect });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(place).join('\n'));
  return plain(statements[0]) as Tree;
}

const codes = (dialect: DialectName, text: string): string[] =>
  parse(text, { dialect }).diagnostics.map(({ severity, code }) => `${severity} ${code}`);

const all = (value: unknown) =>
  Object.fromEntries(DIALECT_NAMES.map((name) => [name, value])) as Record<DialectName, unknown>;

describe('numbers', () => {
  const rkm = 'error rkm_number';
  it.each<[string, Record<DialectName, unknown>]>([
    ['4k7', { ...all(rkm), ltspice: 4700 }],
    ['2R2', { ...all(rkm), ltspice: 2.2 }],
    ['1meg2', { ...all(rkm), ltspice: 1.2e6 }],
    ['1x', { ...all('1 x'), hspice: 1e6, xyce: 1e6 }],
    ['1a', { ...all('1 a'), ngspice: 1e-18, hspice: 1e-18 }],
    ['1\u00b5', all(1e-6)],
    ['1M', all(1e-3)],
    ['1d3', all(1000)],
    ['1e3k', all(1e6)],
    ['10F', all(1e-14)],
  ])('%s', (text, values) => {
    for (const name of DIALECT_NAMES) {
      const line = `V1 a 0 ${text}`;
      const [fault] = codes(name, line).filter((code) => code.startsWith('error'));
      expect([name, fault ?? card(name, line).dc]).toEqual([name, values[name]]);
    }
  });

  it.each<[string, Partial<Record<DialectName, string>>]>([
    ['1x', { ngspice: '', ltspice: '', hspice: 'none', xyce: 'none', pspice: '' }],
    ['1a', { ngspice: '', ltspice: 'none', hspice: '', pspice: 'none', xyce: 'none' }],
    ['1\u03bc', { ngspice: '', ltspice: '' }],
    ['1\u00b5', { ngspice: 'none', ltspice: 'none', pspice: '', hspice: '', xyce: '' }],
    ['2R2', { ltspice: '' }],
  ])('%s warns where its value could be a surprise', (text, expected) => {
    for (const [name, none] of Object.entries(expected)) {
      const warnings = none === 'none' ? [] : ['warning doubtful_suffix'];
      for (const line of [`V1 a 0 ${text}`, `V1 a 0 {2*${text}}`]) {
        expect([name, line, codes(name as DialectName, line)]).toEqual([name, line, warnings]);
      }
    }
  });

  it('warns of every doubt when nothing tells the dialect', () => {
    expect(faults('V1 a 0 1a\nV2 a 0 1x')).toEqual([
      'warning doubtful_suffix 2:8',
      'warning doubtful_suffix 3:8',
    ]);
  });

  it('takes the a for ampere when nothing tells the dialect', () => {
    const [card] = parse('I1 a 0 10A').statements;
    expect(plain(card)).toMatchObject({ dc: '10 A' });
  });
});

describe('operators', () => {
  const value = (dialect: DialectName, text: string) => card(dialect, `V1 a 0 {${text}}`).dc;
  it.each<[DialectName, string, unknown]>([
    ['ngspice', '2^3', ['**', 2, 3]],
    ['hspice', '2^3', ['**', 2, 3]],
    ['ltspice', '2^3', ['xor', 2, 3]],
    ['pspice', '2^3', ['xor', 2, 3]],
    ['xyce', '2^3', ['xor', 2, 3]],
    // [M] ngspice: 2**3**2 = 64, -2**2 = -4
    ['ngspice', '2**3**2', ['**', ['**', 2, 3], 2]],
    ['ngspice', '-2**2', ['-', ['**', 2, 2]]],
    ['ltspice', '-2**2', ['-', ['**', 2, 2]]],
    ['ltspice', '!a**2', ['**', ['!', 'a'], 2]],
    ['ltspice', 'a & b | c', ['|', ['&', 'a', 'b'], 'c']],
    ['ltspice', 'a | b & c', ['&', ['|', 'a', 'b'], 'c']],
    ['pspice', 'a | b & c', ['|', 'a', ['&', 'b', 'c']]],
    ['pspice', 'a | b ^ c & d', ['|', 'a', ['xor', 'b', ['&', 'c', 'd']]]],
    ['ltspice', 'a ^ b > 1', ['xor', 'a', ['>', 'b', 1]]],
    ['pspice', 'a == b & c', ['&', ['==', 'a', 'b'], 'c']],
    ['hspice', 'a ? b : c ? d : e', ['?', 'a', 'b', ['?', 'c', 'd', 'e']]],
    ['xyce', '~a', ['~', 'a']],
    ['ltspice', 'table(x, 1, 2, 3, 4)', ['table', 'x', 1, 2, 3, 4]],
    ['ltspice', '2*4k7', ['*', 2, 4700]],
  ])('%s: %s', (dialect, text, tree) => {
    expect(value(dialect, text)).toEqual(tree);
  });

  it('warn where ^ could be meant otherwise', () => {
    expect(codes('ltspice', 'V1 a 0 {2^3}')).toEqual(['warning caret_meaning']);
    expect(codes('ngspice', 'V1 a 0 {2^3}')).toEqual([]);
    expect(faults('V1 a 0 {2^3}')).toEqual(['warning caret_meaning 2:10']);
    expect(codes('ltspice', 'E1 a 0 b 0 laplace=1/(1+s^2)')).toEqual([]);
  });
});

describe('lines', () => {
  it.each<[DialectName, string, number]>([
    ['ngspice', 'R1 a b 1k $ note', 1],
    ['ngspice', 'R1 a b 1k $note', 1],
    ['ngspice', 'R1 a b 1k // note', 1],
    ['ngspice', 'R1 a b 1k;note', 1],
    ['hspice', 'R1 a b 1k $ note', 1],
    ['pspice', 'R1 $N_0001 b 1k ; note', 1],
    ['tina', 'R1 $G_X b 1k', 1],
    ['ngspice', '# note\nR1 a b 1k', 1],
    ['ngspice', 'R1 a b \\\\\n1k\nR2 a b 1', 2],
    ['hspice', 'R1 a b \\\n1k\nR2 a b 1', 2],
    ['hspice', 'R1 a b \\\\\n1k\nR2 a b 1', 2],
    ['xyce', ' R1 a b 1k\nR2 a b 1k\n  + tc1=1', 1],
    ['ngspice', ' R1 a b 1k\nR2 a b 1k\n  + tc1=1', 2],
    ['ltspice', 'M\u00a71 d g s s NM\nX\u00a7U2 a b SUB', 2],
    ['ngspice', 'R1 a b 1\n.end\nR2 a b 1', 2],
    ['ltspice', 'R1 a b 1\n.end\nR2 a b 1', 1],
    ['hspice', 'R1 a b 1\n.alter\nR1 a b 2', 1],
  ])('%s: %j has %d cards', (dialect, text, count) => {
    const { statements, diagnostics } = parse(text, { dialect });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(statements.filter(({ kind }) => kind === 'card')).toHaveLength(count);
  });
  it.each<[DialectName, string, string]>([
    ['ltspice', 'R1 a b 1k // note', 'error bad_number'],
    ['ngspice', 'R1 a b \\\n1k', 'error missing_value'],
    // [M] 7$foo is no comment in ngspice
    ['ngspice', 'R1 a b 7$foo', 'error bad_number'],
    ['xyce', ' R1 a b 1k\nR2 a b 1k', 'warning indented_comment'],
    ['pspice', 'R1 a b 1\n.end\nR2 a b 1', 'warning text_after_end'],
    ['ngspice', 'R1 a b 1\n.end\nR2 a b 1', 'warning text_after_end'],
  ])('%s: %j is %s', (dialect, text, expected) => {
    expect(codes(dialect, text)[0]).toBe(expected);
  });
});

describe('cards', () => {
  it.each<[DialectName, string, Record<string, unknown>]>([
    ['hspice', 'R1 a b 1k 1m 2u', { value: 1000, parameters: [{ tc1: 1e-3 }, { tc2: 2e-6 }] }],
    ['ngspice', 'R1 a b 1k tc 1m 2u', { value: 1000, parameters: [{ tc1: 1e-3 }, { tc2: 2e-6 }] }],
    ['ngspice', 'R1 a b 1k tc= 1m (2u)', { parameters: [{ tc1: 1e-3 }, { tc2: 2e-6 }] }],
    ['ngspice', 'R1 a b tc=1m 2k', { value: 2000, parameters: [{ tc1: 1e-3 }] }],
    ['pspice', 'R1 a b R=2*sqrt(x) tc1=1', { value: ['*', 2, ['sqrt', 'x']] }],
    ['hspice', 'R1 a b "2*x"', { value: ['*', 2, 'x'] }],
    ['ltspice', 'V1 a 0 5 Rser=1 Cpar=1p', { dc: 5, parameters: [{ Rser: 1 }, { Cpar: 1e-12 }] }],
    ['ltspice', 'I1 a 0 2m load', { dc: 2e-3, flags: ['load'] }],
    ['ngspice', 'V1 a 0 5 portnum 1 z0 50', { dc: 5, parameters: [{ portnum: 1 }, { z0: 50 }] }],
    ['ngspice', 'V1 a 0 type=vdc vdc=24', { dc: 24 }],
    ['ltspice', '.param RT 2000', { kind: 'parameters', assignments: [{ RT: 2000 }] }],
    ['xyce', '.global_param x=1', { kind: 'parameters', assignments: [{ x: 1 }] }],
    ['hspice', '.connect a b', { kind: 'connect', nodes: ['a', 'b'] }],
    ['hspice', '.protect', { kind: 'kept', keyword: '.protect' }],
    ['pspice', '.aliases\nR_R1 R1(1=a)\n.endaliases', { kind: 'kept', keyword: '.aliases' }],
    ['hspice', '.data d x\n+ 1\n2\n.enddata', { kind: 'kept', keyword: '.data' }],
    ['hspice', '.data d x 1', { kind: 'kept', keyword: '.data' }],
    ['pspice', 'B1 d g s BMOD', { device: undefined, words: ['d', 'g', 's', 'BMOD'] }],
    ['pspice', 'B1 d g I={x}', { quantity: 'I', expression: 'x' }],
    [
      'ltspice',
      'A1 1 2 0 0 0 0 3 0 OTA G=1',
      {
        device: {
          nodes: [...'12000030'],
          model: 'OTA',
          parameters: [{ G: 1 }],
          values: [],
          flags: [],
        },
      },
    ],
    [
      'ltspice',
      'Q1 c b e 0 2N2222',
      {
        device: {
          nodes: ['c', 'b', 'e', '0'],
          model: '2N2222',
          parameters: [],
          values: [],
          flags: [],
        },
      },
    ],
    [
      'pspice',
      '.model RM RES (R=1 DEV=5% LOT/GAUSS 1%)',
      { parameters: [{ R: 1 }, { DEV: '5 %' }, { 'LOT/GAUSS': '1 %' }] },
    ],
    ['pspice', '.model D1X ako:D1N D(IS=1)', { base: 'D1N', type: 'D', parameters: [{ IS: 1 }] }],
    [
      'pspice',
      '.subckt s a b OPTIONAL: p=$G_P n=0 PARAMS: k=1 TEXT: f="x"\n.ends',
      {
        ports: ['a', 'b'],
        optional: [
          { port: 'p', node: '$G_P' },
          { port: 'n', node: '0' },
        ],
        parameters: [{ k: 1 }],
        texts: [{ f: 'x' }],
      },
    ],
    [
      'ltspice',
      'XU1 a b c OPA k=1 ;\u00a7pnba In+)In-)OUT',
      { nodes: ['a', 'b', 'c'], pins: ['In+', 'In-', 'OUT'] },
    ],
    [
      'hspice',
      '.if (x > 1)\nR1 a b 1\n.elseif (x == 1)\n.else\nR1 a b 2\n.endif',
      {
        kind: 'if',
        branches: [
          { condition: ['>', 'x', 1], statements: [expect.objectContaining({ letter: 'R' })] },
          { condition: ['==', 'x', 1], statements: [] },
          { statements: [expect.objectContaining({ letter: 'R' })] },
        ],
      },
    ],
  ])('%s: %s', (dialect, text, tree) => {
    const found = card(dialect, text);
    for (const [key, part] of Object.entries(tree)) expect(found[key]).toEqual(part);
  });

  it('nest .if and .subckt into each other', () => {
    expect(faults('.subckt s a\n.if (1)\n.subckt t b\n.ends\n.endif\n.ends')).toEqual([]);
    expect(faults('.subckt s a\n.if (1)\n.ends')).toEqual(['error unclosed_if 3:1']);
  });
});

describe('ground', () => {
  it.each<[DialectName, string]>([
    ['ngspice', '0 gnd'],
    ['ltspice', '0 gnd'],
    ['pspice', '0'],
    ['hspice', '0 gnd gnd! ground'],
    ['xyce', '0'],
    ['tina', '0'],
  ])('%s: %s', (dialect, names) => {
    const known = ['0', 'GND', 'Gnd!', 'ground', '00'];
    const found = known.filter((name) => isGround(name, DIALECTS[dialect]));
    expect(found.join(' ').toLowerCase()).toBe(names);
  });
  it('is more in Xyce when the netlist says so', () => {
    const text = 't\n.preprocess replaceground true\nR1 a gnd 1\n';
    const { name, facts } = recogniseDialect({ name: 'f', text });
    expect([name, isGround('GND', facts)]).toEqual(['xyce', true]);
  });
});

describe('recogniseDialect', () => {
  it.each<[string, string]>([
    ['t\nR1 a b 1', 'ngspice? no program'],
    ['t\n.control\n.endc', 'ngspice ".control", line 2'],
    ['* C:\\users\\x.asc\nR1 a b 1', 'ltspice'],
    ['t\nR1 a b 1\n.backanno\n.end', 'ltspice ".backanno", line 3'],
    ['t\nX\u00a7U1 a b c', 'ltspice'],
    ['* Schematics Netlist *\nR1 a b 1', 'pspice'],
    ['* source AMPLIFIER\nR1 a b 1', 'pspice'],
    ['t\n.lib "nom.lib"\n', 'pspice'],
    ['t\nR_R1  $N_0001 0 1k', 'pspice "$N_0001", line 2'],
    ['t\n.inc "x.als"', 'pspice'],
    ['t\n.option post probe', 'hspice'],
    ["t\n.lib 'cmos.l' TT", 'hspice'],
    ['t\n.prot', 'hspice'],
    ['t\n.options timeint method=gear', 'xyce'],
    ['t\n.print tran format=csv v(1)', 'xyce'],
    ['OPAMP (TINA Netlist Editor format)\nR1 a b 1', 'tina'],
    ['OPAMP (PSpice format)\nR1 a b 1', 'pspice'],
    ['.title KiCad schematic\nR1 a b 1', 'ngspice/kicad'],
    ['* EESchema Netlist Version 1.1\nR1 a b 1', 'ngspice/kicad'],
    ['"amp"\nV1 1 0 V value=1 dc=0', 'ngspice/slicap'],
    ['t\n.control\n.endc\n.option post', 'ngspice'],
  ])('%j is %s', (text, expected) => {
    const { name, flavour, evidence, certain } = recogniseDialect({ name: 'f', text });
    const head = `${name}${flavour === undefined ? '' : `/${flavour}`}${certain ? '' : '?'}`;
    expect(`${head} ${evidence}`).toContain(expected);
    expect(`${head} `.startsWith(`${expected.split(' ')[0]} `)).toBe(true);
  });
  it('obeys a given dialect', () => {
    const source = { name: 'f', text: 't\n.control\n.endc' };
    expect(recogniseDialect(source, 'hspice')).toMatchObject({ name: 'hspice', certain: true });
  });
  it('finds fingerprints at both ends of a long text', () => {
    const text = `t\n${'R1 a b 1\n'.repeat(50_000)}.backanno\n`;
    expect(recogniseDialect({ name: 'f', text }).name).toBe('ltspice');
  });
});

describe('libraries that are not there', () => {
  it.each<[DialectName, string, string]>([
    ['ngspice', '.include models/x.lib', 'error missing_include'],
    ['ngspice', '.include C:\\x\\y.lib', 'warning missing_library'],
    ['ngspice', '.include "/home/a/b.mod"', 'warning missing_library'],
    ['ngspice', '.lib x.lib', 'warning missing_library'],
    ['ltspice', '.include x.lib', 'warning missing_library'],
    ['ltspice', '.lib C:\\Program Files\\LTC\\standard.dio', 'warning missing_library'],
    ['pspice', '.lib', 'warning missing_library'],
    ['pspice', '.inc "circuit.net"', 'error missing_include'],
    ['hspice', ".lib 'x.l' tt", 'warning missing_library'],
  ])('%s: %s is an %s', (dialect, text, expected) => {
    expect(codes(dialect, `${text}\nR1 a b 1`)).toEqual([expected]);
  });
  it('say what is affected', () => {
    const text =
      '.lib x.lib\nXU1 a b c LT1001\nXU2 a b c lt1001\nQ1 a b c QN\nD1 a b DX\n.model DX D()';
    const [warning] = parse(text, { dialect: 'ltspice' }).diagnostics;
    expect(warning?.message).toContain('LT1001 (XU1, XU2), QN (Q1).');
  });
  it('are found by their bare name and by either slash', () => {
    const files: Record<string, string> = { 'y.lib': '.model D1 D()', 'a/z.lib': '.model D2 D()' };
    const resolve = (name: string) =>
      name in files ? { name, text: files[name] ?? '' } : undefined;
    const text = '.lib C:\\x\\y.lib\n.lib a\\z.lib\nR1 a b 1';
    expect(faults(text, { resolve, dialect: 'ltspice' })).toEqual([]);
  });
  it('give no elements in LTspice and PSpice', () => {
    const resolve = (name: string) => ({ name, text: 'R9 a b 1\n.model D1 D()' });
    const read = (dialect: DialectName) =>
      parse('.lib x.lib\nR1 a b 1', { resolve, dialect }).statements.map(({ kind }) => kind);
    expect(read('ltspice')).toEqual(['model', 'card']);
    expect(read('ngspice')).toEqual(['card', 'model', 'card']);
  });
});

describe('a library as the file itself', () => {
  it('has no title', () => {
    const text = '.subckt s a\nR1 a 0 1\n.ends';
    const { title, statements, diagnostics } = parseNetlist({ name: 'x.lib', text });
    expect(title).toBe('');
    expect(statements.map(({ kind }) => kind)).toEqual(['subcircuit']);
    expect(diagnostics.map(place)).toEqual(['warning title_line 1:1']);
  });
});

describe('dialectTable', () => {
  it('has a column per dialect in every row', () => {
    const rows = dialectTable().split('\n');
    for (const row of rows) expect(row.split('|')).toHaveLength(DIALECT_NAMES.length + 3);
    expect(rows[0]).toContain('LTspice');
    expect(rows.some((row) => row.includes('| error | 4700 |'))).toBe(true);
  });
});
