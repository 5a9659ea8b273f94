// Netlists that KiCad exports, and what damaged files end in.

import { describe, expect, it } from 'vitest';
import { decode } from '../../grammar/decode.ts';
import { ground, kicad, label, readKicad, resistor, symbol } from './kicad-support.ts';
import { codesOf, nodesOf } from './support.ts';

const part = (reference: string, value: string, name: string): string =>
  `(comp (ref "${reference}") (value "${value}") (libsource (lib "L") (part "${name}")))`;

const node = (text: string, name = ''): string => {
  const [reference, number, type = 'passive'] = text.split(' ');
  const named = name === '' ? '' : ` (pinfunction "${name}")`;
  return `(node (ref "${reference}") (pin "${number}")${named} (pintype "${type}"))`;
};

const net = (name: string, ...nodes: readonly string[]): string =>
  `(net (code "1") (name "${name}") ${nodes.join(' ')})`;

const EXPORTED = `(export (version "E") (design (tool "test"))
(components ${[part('R1', '10k', 'R'), part('R2', '1M', 'R'), part('U1', 'LM358', 'LM358')].join('\n')})
(nets ${[
  net('GND', node('R1 1'), node('U1 3 input', '+'), node('U1 4 power_in', 'V-')),
  net('+5V', node('U1 8 power_in', 'V+')),
  net('/out', node('R1 2'), node('U1 1 output'), node('U1 2 input', '-'), node('U1 5 input', '+')),
  net('Net-(U1--)', node('R2 1'), node('U1 6 input', '-')),
  net('/amp/out', node('R2 2'), node('U1 7 output')),
].join('\n')}))`;

describe('exported netlists', () => {
  it('have the amplifiers of a dual in the order of its pins', () => {
    expect(nodesOf(readKicad(EXPORTED))).toMatchObject({
      R1: ['0', 'out'],
      R2: ['Net-_U1--_', '/amp/out'],
      XU1A: ['0', 'out', '+5V', '0', 'out'],
      XU1B: ['out', 'Net-_U1--_', '+5V', '0', '/amp/out'],
    });
  });
});

const SHEET = kicad(
  resistor('R1 1k', [0, 10]),
  label('a', [0, 5]),
  ground([0, 15]),
  symbol('Device:C', 'C1 1\u00b5', [20, 10]),
);

describe('encodings', () => {
  const bytes = new TextEncoder().encode(SHEET);
  const wide = new Uint8Array([...SHEET].flatMap((sign) => [sign.charCodeAt(0), 0]));
  const narrow = new Uint8Array([...SHEET].map((sign) => sign.charCodeAt(0)));

  it.each([
    ['UTF-8', bytes],
    ['UTF-8 with a mark', new Uint8Array([0xef, 0xbb, 0xbf, ...bytes])],
    ['UTF-16', wide],
    ['the Windows code page', narrow],
    ['CR LF', new TextEncoder().encode(SHEET.replaceAll('\n', '\r\n'))],
  ])('%s', (_, file) => {
    const netlist = readKicad(decode(file));
    expect(nodesOf(netlist)).toMatchObject({ R1: ['a', '0'], C1: expect.any(Array) });
    expect(netlist.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

/** Linear congruences: the same files in every run. */
function* randoms(seed: number): Generator<number, never, undefined> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe('damaged files', () => {
  it('cut off anywhere are refused with a place', () => {
    for (let end = 'fx(kicad_sch '.length; end < SHEET.length - 2; end += 97) {
      const netlist = readKicad(SHEET.slice(0, end));
      expect(codesOf(netlist).some((code) => /^error open_(?:list|quote)$/.test(code))).toBe(true);
    }
  });

  it('with lines in any order end in a netlist or in diagnostics', () => {
    const random = randoms(1);
    const words = SHEET.split(/(?=[()])/);
    for (let run = 0; run < 100; run++) {
      const mixed = words.slice(1).sort(() => random.next().value - 0.5);
      const { diagnostics } = readKicad(`(kicad_sch ${mixed.join('')}`);
      expect(diagnostics.length).toBeGreaterThan(0);
    }
  });

  it.each([
    ['nested too deep', '(kicad_sch '.repeat(100_000), 'error too_deep'],
    [
      'with a place beyond every sheet',
      SHEET.replace('(at 0 10 0)', '(at 1e9 10 0)'),
      'error bad_place',
    ],
    [
      'with a place that is no number',
      SHEET.replace('(at 0 10 0)', '(at x 10 0)'),
      'error bad_place',
    ],
    ['at a slant', SHEET.replace('(at 0 10 0) (unit', '(at 0 10 45) (unit'), 'error bad_place'],
    [
      'with a text of 10 MB that has no end',
      `(kicad_sch "${'x'.repeat(10_000_000)}`,
      'error open_quote',
    ],
    ['without the symbols', SHEET.replace('(lib_symbols', '(other'), 'error missing_symbol'],
    ['without parts', kicad(), 'error empty_schematic'],
  ])('%s', (_, text, code) => {
    expect(codesOf(readKicad(text))).toContain(code);
  });

  it('with many parts of one name are read in a few seconds', () => {
    const parts = Array.from({ length: 10_000 }, (_, i) =>
      resistor('R? 1k', [i % 1000, 20 * Math.floor(i / 1000)]),
    );
    const start = performance.now();
    expect(Object.keys(nodesOf(readKicad(kicad(...parts))))).toHaveLength(10_000);
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('of 10 MB are read in a few seconds', () => {
    const count = 62_000;
    const wires = Array.from(
      { length: count },
      (_, i) =>
        `(wire (pts (xy ${i % 1000} ${Math.floor(i / 1000)}) (xy ${(i % 1000) + 1} ${Math.floor(i / 1000)})) (stroke (width 0) (type default)) (uuid "00000000-0000-0000-0000-000000000000") (pad "${'x'.repeat(40)}"))`,
    );
    const text = kicad(resistor('R1 1k', [0, 10]), ...wires);
    expect(text.length).toBeGreaterThan(10_000_000);
    const start = performance.now();
    expect(nodesOf(readKicad(text))).toHaveProperty('R1');
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
