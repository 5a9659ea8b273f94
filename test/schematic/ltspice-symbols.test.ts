// Which symbol a placement means: files, both libraries of LTspice, and symbols that are not at hand.

import { describe, expect, it } from 'vitest';
import { decode } from '../../grammar/decode.ts';
import { placeOf } from '../../grammar/source.ts';
import { analyze } from '../../src/analyze.ts';
import { codesOf, nodesOf, part, readSheet, sheet } from './support.ts';

const flags = (pins: Readonly<Record<string, string>>) =>
  Object.entries(pins).map(([name, place]) => `FLAG ${place} ${name}`);

/** The five pins of an op amp where its later symbol has them, and where the older one has. */
const LATER = { p: '-32 16', m: '-32 -16', vp: '0 -32', vm: '0 32', o: '32 0' };
const OLDER = { p: '-32 80', m: '-32 48', vp: '0 32', vm: '0 96', o: '32 64' };

describe('stock symbols', () => {
  it.each([
    ['later', LATER],
    ['older', OLDER],
  ])('has the pins of the %s library when the wires are there', (_, pins) => {
    const text = sheet(...flags(pins), part('Opamps\\\\LT1360 0 0 R0', 'InstName U1'));
    const netlist = readSheet(text);
    expect(nodesOf(netlist)).toEqual({ XU1: ['p', 'm', 'vp', 'vm', 'o'] });
    expect(codesOf(netlist)).toEqual([]);
  });

  it('is found in an absolute path and without its folder', () => {
    const text = sheet(
      part('C:\\\\LTC\\\\lib\\\\sym\\\\OpAmps\\\\opamp2 0 0 R0', 'InstName U1', 'Value OA'),
      part('opamp2 200 0 R0', 'InstName U2', 'Value OA'),
    );
    expect(Object.keys(nodesOf(readSheet(text)))).toEqual(['XU1', 'XU2']);
  });

  it('knows the parameters of the generic op amps', () => {
    const text = sheet(
      part('Opamps\\\\UniversalOpamp2 0 0 R0', 'InstName U1', 'Value2 Avol=5Meg GBW=1Meg'),
    );
    const [card] = readSheet(text).statements;
    expect(card).toMatchObject({
      subcircuit: { text: 'level2' },
      pins: ['In+', 'In-', 'V+', 'V-', 'OUT'],
    });
  });
});

describe('private symbols', () => {
  it('takes an unknown op amp for one whose pins the wires meet, with a warning', () => {
    const text = sheet(...flags(OLDER), part('Mine\\\\BestAmp 0 0 R0', 'InstName U1'));
    const netlist = readSheet(text);
    expect(nodesOf(netlist)).toEqual({ XU1: ['p', 'm', 'vp', 'vm', 'o'] });
    expect(codesOf(netlist)).toEqual(['warning assumed_symbol']);
  });

  it('takes a symbol for a copy of a stock one by its name and its wires', () => {
    const text = sheet(
      'FLAG 0 16 a',
      'FLAG 0 96 b',
      part('Mine\\\\source-V 0 0 R0', 'InstName Uq', 'Value 5'),
      'FLAG 264 0 c',
      'FLAG 200 48 d',
      'FLAG 264 96 e',
      part('Mine\\\\npn 200 0 R0', 'InstName Q1'),
    );
    const netlist = readSheet(text);
    expect(nodesOf(netlist)).toEqual({ 'V\u00a7Uq': ['a', 'b'], Q1: ['c', 'd', 'e', '0'] });
    expect(codesOf(netlist).slice(0, 2)).toEqual(Array(2).fill('warning assumed_symbol'));
  });

  it('refuses what nothing tells, once per symbol, with the parts that use it', () => {
    const text = sheet(
      part('Mine\\\\thing 0 0 R0', 'InstName U1'),
      part('Mine\\\\thing 0 500 R0', 'InstName U2'),
    );
    const [fault, ...others] = readSheet(text).diagnostics;
    expect(others.filter(({ code }) => code === 'missing_symbol')).toEqual([]);
    expect(fault?.code).toBe('missing_symbol');
    expect(fault?.message).toContain('(U1, U2)');
  });

  it('reads the file beside the schematic before anything else', () => {
    const symbol =
      'Version 4\nSymbolType CELL\nSYMATTR Prefix R\nSYMATTR Value 47\n' +
      'PIN 0 0 NONE 0\nPINATTR PinName B\nPINATTR SpiceOrder 2\n' +
      'PIN 0 32 NONE 0\nPINATTR PinName A\nPINATTR SpiceOrder 1\n';
    const text = sheet('FLAG 0 0 b', 'FLAG 0 32 a', part('res 0 0 R0', 'InstName R1'));
    const netlist = readSheet(text, { 'res.asy': symbol });
    expect(nodesOf(netlist)).toEqual({ R1: ['a', 'b'] });
    expect(netlist.statements[0]).toMatchObject({ value: { kind: 'number', value: 47 } });
  });

  it('refuses a block whose sheet is not there, and one that contains itself', async () => {
    const symbol =
      'Version 4\nSymbolType BLOCK\nPIN 0 0 NONE 0\nPINATTR PinName a\nPINATTR SpiceOrder 1\n';
    const text = sheet('FLAG 0 0 in', part('stage 0 0 R0', 'InstName X1'));
    expect(codesOf(readSheet(text, { 'stage.asy': symbol }))).toContain('error missing_sheet');
    const files: Record<string, string> = { 'stage.asy': symbol, 'stage.asc': text };
    const { status, diagnostics } = await analyze(text, {
      name: 'stage.asc',
      resolve: (path) => {
        const found = files[path];
        return found === undefined ? undefined : { name: path, text: found };
      },
    });
    expect(status).toBe('invalid');
    expect(diagnostics.map(({ message }) => message).join()).toContain('contains itself');
  });
});

describe('texts', () => {
  it('points at the part as it is drawn', () => {
    const text = sheet(
      part('res 0 0 R0', 'InstName R1', 'Value 4k7x('),
      'TEXT 0 0 Left 2 !.param a=1\\n.param b={',
    );
    const places = readSheet(text).diagnostics.map(({ span }) => placeOf(span));
    expect(places[0]).toMatchObject({ file: 'test.asc', line: 5 });
    expect(places.at(-1)).toMatchObject({ file: 'test.asc', line: 6, column: 39 });
  });

  it('reads comments that begin with @ as directives', () => {
    const text = sheet(
      part('res 0 0 R0', 'InstName R1', 'Value 1k'),
      'TEXT 0 0 Left 2 ;A note\\n@ output V(out)\\n@input V1',
    );
    const directives = readSheet(text).statements.filter(({ kind }) => kind === 'directive');
    expect(directives.map((line) => 'directive' in line && line.directive.kind)).toEqual([
      'output',
      'input',
    ]);
  });

  it.each([';@ expect V(out) = 1', ';*@ expect V(out) = 1', '; * @expect V(out) = 1'])(
    '%j is a directive, and its faults are where they are drawn',
    (text) => {
      const resistor = part('res 0 0 R0', 'InstName R1', 'Value 1k');
      const directives = readSheet(sheet(resistor, `TEXT 0 0 Left 2 ${text}`)).statements.filter(
        ({ kind }) => kind === 'directive',
      );
      expect(directives).toMatchObject([{ directive: { kind: 'expect', text: 'V(out) = 1' } }]);
      const line = `TEXT 0 0 Left 2 ${text.replace('V(out)', '4k7x')}`;
      const [fault] = readSheet(sheet(resistor, line)).diagnostics;
      if (fault === undefined) throw new Error('no diagnostic');
      expect(placeOf(fault.span)).toMatchObject({ line: 6, column: line.indexOf('4k7x') + 1 });
    },
  );

  const micro = sheet(part('cap 0 0 R0', 'InstName C1', 'Value 1\u00b5'));
  it.each([
    ['UTF-8', new TextEncoder().encode(micro)],
    ['CP1252', Uint8Array.from(micro, (character) => character.charCodeAt(0))],
    [
      'UTF-16 without a mark',
      new Uint8Array(Uint16Array.from(micro, (c) => c.charCodeAt(0)).buffer),
    ],
    ['CRLF', new TextEncoder().encode(micro.replaceAll('\n', '\r\n'))],
  ])('reads %s', (_, bytes) => {
    const [card] = readSheet(decode(bytes)).statements;
    expect(card).toMatchObject({ value: { kind: 'number', value: 1e-6 } });
  });
});
