import { describe, expect, it } from 'vitest';
import type { Source } from '../../grammar/source.ts';
import { parseNetlist } from '../../grammar/spice/parse.ts';
import { faults, parse, place } from './support.ts';

describe('faults of a card', () => {
  it.each([
    ['R1 a', 'error missing_node 2:4'],
    ['R1', 'error missing_node 2:1'],
    ['R1 a b', 'error missing_value 2:6'],
    ['R1 a b tc1=1', 'error missing_value 2:12'],
    ['R1 a b 4k7', 'error rkm_number 2:8'],
    ['R1 a b {2*4k7}', 'error rkm_number 2:11'],
    ['R1 a b 1_000', 'error bad_number 2:8'],
    ['R1 a b 1e999', 'error bad_number 2:8'],
    ['R1 a b 2*x', 'error bad_number 2:8'],
    ['R1 a b 1 2', 'error extra_argument 2:10'],
    ['R1 a b m n p', 'error extra_argument 2:12'],
    ['R1 a b 1 k=', 'error missing_value 2:10'],
    ['R1 a b 1 k= m=2', 'error missing_value 2:10'],
    ['R1 (a b 1', 'error unclosed_parenthesis 2:4'],
    ['R1 a) b 1', 'error stray_parenthesis 2:5'],
    ['.model m cap(C=0.5 0 0.5 L=1u)\nR1 a b 1', 'warning list_value 2:20'],
    ['R1 a b {1+2', 'error unclosed_brace 2:8'],
    ['R1 a b {(1+2}', 'error unclosed_parenthesis 2:9'],
    ['R1 a b {1+2)}', 'error stray_parenthesis 2:12'],
    ["R1 a b '1+2", 'error unclosed_quote 2:8'],
    ['R1 a b {1+}', 'error bad_expression 2:10'],
    ['R1 a b {}', 'error bad_expression 2:9'],
    ['R1 a b {1 2}', 'error bad_expression 2:11'],
    ['R1 a b {a ? b}', 'error bad_expression 2:11'],
    ['R1 a b {a = b}', 'error bad_expression 2:11'],
    ['R1 a b 5M', 'warning milli_not_mega 2:8'],
    ['V1 a 0 5 6', 'error extra_argument 2:10'],
    ['V1 a 0 SIN(0 1', 'error unclosed_parenthesis 2:11'],
    ['V1 a 0 SIN(4k7)', 'error rkm_number 2:12'],
    ['E1 o 0 p', 'error missing_node 2:8'],
    ['E1 o 0 p m', 'error missing_value 2:10'],
    ['E1 o 0 p m 1 2', 'warning implied_polynomial 2:12'],
    ['E1 o 0 p m 1 x', 'error extra_argument 2:14'],
    ['E1 o 0 POLY(x) a b 1', 'error bad_number 2:13'],
    ['E1 o 0 POLY(1) a b', 'error missing_value 2:18'],
    ['E1 o 0 VALUE', 'error missing_value 2:8'],
    ['F1 o 0', 'error missing_source 2:6'],
    ['X1', 'error missing_subcircuit 2:1'],
    ['X1 a b {x}', 'error extra_argument 2:8'],
    ['K1 0.9', 'error missing_inductor 2:4'],
    ['1R a b 1k', 'error unknown_card 2:1'],
    ['= a', 'error unknown_card 2:1'],
    ['.modle m D', 'error unknown_dot_card 2:1'],
    ['.if (1)', 'error unclosed_if 2:1'],
    ['.if', 'error missing_value 2:1'],
    ['.else', 'error stray_else 2:1'],
    ['.endif', 'error stray_endif 2:1'],
    ['.param', 'warning empty_card 2:1'],
    ['.alter', 'warning alter_ignored 2:1'],
    ['.aliases', 'error unclosed_aliases 2:1'],
    ['.subckt s a OPTIONAL: b=\n.ends', 'error missing_node 2:24'],
    ['B1 a 0 5', 'error extra_argument 2:8'],
    ['B1 a 0', 'error missing_value 2:6'],
    ['.param a', 'error missing_value 2:8'],
    ['.param a= b=2', 'error missing_value 2:8'],
    ['.func f {x}', 'error missing_name 2:9'],
    ['.model', 'error missing_name 2:1'],
    ['.model m', 'error missing_type 2:8'],
    ['.model m D(IS=4k7)', 'error rkm_number 2:15'],
    ['.temp', 'error missing_value 2:1'],
    ['.subckt s a\nR1 a 0 1', 'error unclosed_subcircuit 2:1'],
    ['.subckt', 'error missing_name 2:1'],
    ['.ends', 'error stray_ends 2:1'],
    ['.endl', 'error stray_endl 2:1'],
    ['.control\nrun\nR1 a b 1', 'error unclosed_control 2:1'],
    ['.control\nrun\nplot v(a)\n* so\n.end', 'warning unclosed_control 2:1'],
    ['.include x.lib', 'error missing_include 2:10'],
    ['.include', 'error missing_file 2:1'],
    ['+ R1 a b 1', 'error stray_continuation 2:1'],
    ['R1 a b 1\n.end\n* fine\nR2 a b 1', 'warning text_after_end 5:1'],
  ])('%j', (text, expected) => {
    const { statements, diagnostics } = parse(text);
    expect(place(diagnostics[0] as (typeof diagnostics)[0])).toBe(expected);
    expect(diagnostics[0]?.message).toMatch(/^["A-Z.].*\.$/);
    if (diagnostics[0]?.severity === 'error') {
      expect(diagnostics[0].hint).toBeDefined();
      expect(statements.filter(({ kind }) => kind === 'card')).toEqual([]);
    }
  });

  it('gives the hints of the silent traps', () => {
    const hint = (text: string) => parse(text).diagnostics[0]?.hint;
    expect(hint('R1 a b 4k7')).toBe('ngspice reads 4k7 as 4000; write 4.7k.');
    expect(hint('R1 a b 5M')).toContain('5MEG');
    expect(hint('.modle m D')).toBe('Did you mean ".model"?');
  });
});

describe('recovery', () => {
  it('reports every fault of a file and keeps the sound cards', () => {
    const text = `R1 a b 4k7
R2 a b (1
R3 a b 1k
.subckt
R4 a b 1
.ends
.foo
R5 a
R6 a b 2k`;
    expect(faults(text)).toEqual([
      'error rkm_number 2:8',
      'error unclosed_parenthesis 3:8',
      'error missing_name 5:1',
      'error unknown_dot_card 8:1',
      'error missing_node 9:4',
    ]);
    const names = parse(text).statements.map((card) =>
      card.kind === 'card' ? card.name.text : '',
    );
    expect(names).toEqual(['R3', 'R6']);
  });

  it('closes the inner definitions of .ends NAME', () => {
    const text = '.subckt a 1\n.subckt b 1\nR1 1 0 1\n.ends a\nR2 1 0 1';
    expect(faults(text)).toEqual(['error unclosed_subcircuit 3:1']);
    expect(parse(text).statements.map(({ kind }) => kind)).toEqual(['subcircuit', 'card']);
  });

  it('stops after very many faults', () => {
    expect(faults('R\n'.repeat(5000)).length).toBe(1000);
  });
});

describe('whole files', () => {
  const codes = (text: string) => parseNetlist({ name: 'f', text }).diagnostics.map(place);
  it('takes the first line as the title', () => {
    const netlist = parseNetlist({ name: 'f', text: '\uFEFF My amp \nR1 a b 1\n.end' });
    expect(netlist).toMatchObject({ title: 'My amp', diagnostics: [] });
    expect(parseNetlist({ name: 'f', text: 'x\n.title Other one\nR1 a b 1' }).title).toBe(
      'Other one',
    );
    expect(parseNetlist({ name: 'f', text: '.title KiCad schematic\nR1 a b 1' })).toMatchObject({
      title: 'KiCad schematic',
      diagnostics: [],
    });
    expect(codes('R1 a b 1k\nR2 a b 1k')).toEqual(['warning title_line 1:1']);
    expect(codes('*@ output V(a)\nR2 a b 1k')).toEqual(['warning title_line 1:1']);
  });
  it.each([
    ['', 'error empty_netlist 1:1'],
    ['title', 'error empty_netlist 1:1'],
    ['title\n* comment\n\n; more', 'error empty_netlist 1:1'],
    ['PK\0\u0003', 'error binary_file 1:1'],
  ])('%j', (text, expected) => {
    expect(codes(text)).toEqual([expected]);
  });
  it.each(['\n', '\r\n', '\r'])('reads line ends %j', (newline) => {
    const text = ['t', '* c', 'R1 a b', '* between', '', ' + 1k', '\tR2 a b 4k7', '\u001a'].join(
      newline,
    );
    const netlist = parseNetlist({ name: 'f', text });
    expect(netlist.diagnostics.map(place)).toEqual(['error rkm_number 7:9']);
    expect(netlist.statements).toHaveLength(1);
  });
  it('tells comments from words', () => {
    expect(
      faults('R1 a b 1k ; 2\nR2 a b 1k // 2\nR3 a b 1k $ 2\nR4 a b 1k $$\n  * x\n$ x\n// x'),
    ).toEqual([]);
    expect(faults('R1 a $N_1 1k;2', { dialect: 'pspice' })).toEqual([]);
  });
});

describe('included files', () => {
  const files: Record<string, string> = {
    'r.inc': 'R1 a b 1k\n',
    'bad.inc': '* x\nR1 a b 4k7',
    'loop.inc': '.include loop.inc',
    'open.inc': '.subckt s a',
    'p.lib': '.lib tt\nR1 a b 1\n.endl\n.lib ff\nR2 a b 2\n.endl ff\n',
    'q.lib': '.lib all\n.lib q.lib one\nR2 a b 1\n.endl\n.lib one\nR1 a b 2\n.endl\n',
  };
  const resolve = (path: string): Source | undefined =>
    path in files ? { name: path, text: files[path] ?? '' } : undefined;
  const names = (text: string) =>
    parse(text, { resolve }).statements.map((card) => (card.kind === 'card' ? card.name.text : ''));

  it('stand in their places, without a title', () => {
    expect(names('R0 a b 1\n.include "r.inc"\nR2 a b 1')).toEqual(['R0', 'R1', 'R2']);
    expect(names('.inc r.inc')).toEqual(['R1']);
    expect(names('.lib r.inc')).toEqual(['R1']);
  });
  it('take one section of a library', () => {
    expect(names('.lib p.lib ff')).toEqual(['R2']);
    expect(names(".lib 'p.lib' TT")).toEqual(['R1']);
    expect(names('.lib q.lib all')).toEqual(['R1', 'R2']);
    expect(faults('.lib p.lib ss', { resolve })).toEqual(['error missing_section 2:12']);
  });
  it('report their faults at their own lines', () => {
    const [fault] = parse('.include bad.inc', { resolve }).diagnostics;
    expect(fault?.span.source.name).toBe('bad.inc');
    expect(fault === undefined ? '' : place(fault)).toBe('error rkm_number 2:8');
  });
  it('are bounded', () => {
    expect(faults('.include loop.inc', { resolve })).toEqual(['error include_cycle 1:10']);
    const endless = (path: string) => ({ name: `${path}x`, text: `.include ${path}x` });
    const [fault] = parse('.include a', { resolve: endless }).diagnostics;
    expect(fault?.code).toBe('include_too_deep');
    let read = 0;
    const twice = () => ({ name: `f${read++}`, text: '.include a\n.include b' });
    expect(parse('.include a', { resolve: twice }).diagnostics[0]?.code).toBe('include_too_deep');
    expect(read).toBeLessThan(5000);
  });
  it('keep an open definition to themselves', () => {
    expect(faults('.include open.inc\nR1 a b 1', { resolve })).toEqual([
      'error unclosed_subcircuit 1:1',
    ]);
  });
});
