// Schematics that were made to hurt: every text ends in a netlist or in diagnostics, soon.

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { renderDiagnostic } from '../../grammar/diagnostic.ts';
import { MOST_DIRECTIONS } from '../../src/schematic/segments.ts';
import { codesOf, part, readSheet, sheet } from './support.ts';

/** Of processor time, since the machine may be busy [ms]. */
const LIMIT = 10_000;
vi.setConfig({ testTimeout: 60_000 });

function survived(text: string) {
  const before = process.cpuUsage();
  const netlist = readSheet(text);
  for (const diagnostic of netlist.diagnostics.slice(0, 50)) renderDiagnostic(diagnostic);
  const { user } = process.cpuUsage(before);
  expect(user / 1000, 'milliseconds').toBeLessThan(LIMIT);
  return netlist;
}

const many = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i));

describe('size', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'wires on each other',
      sheet(
        ...many(100_000, (i) => `WIRE ${i} 0 ${1_000_000 - i} 0`),
        part('res 0 0 R0', 'InstName R1', 'Value 1'),
      ),
      [],
    ],
    [
      'labels',
      sheet(
        ...many(100_000, (i) => `FLAG ${i} 0 A${i % 7}`),
        part('res 0 0 R0', 'InstName R1', 'Value 1'),
      ),
      [],
    ],
    [
      'symbols without a file',
      sheet(...many(30_000, (i) => part(`thing${i} ${i} 0 R0`, `InstName Q${i}`))),
      ['error too_many_symbols'],
    ],
    [
      'directions',
      sheet(...many(50_000, (i) => `WIRE 0 0 ${1 + i} ${(i * i) % 9973}`)),
      ['error too_many_directions'],
    ],
    ['coordinates', sheet(...many(1000, (i) => `WIRE ${i}00000000 0 0 0`)), ['error bad_line']],
    [
      'names for one net',
      sheet(...many(30_000, (i) => `FLAG 0 0 A${i}`), part('res 0 0 R0', 'InstName R1', 'Value 1')),
      ['warning several_net_names'],
    ],
    ['a line without an end', sheet(`SYMBOL ${' '.repeat(3_000_000)}x`), ['error bad_line']],
    ['nothing', sheet(), ['error empty_schematic']],
    ['nothing connected', sheet('WIRE 0 0 16 0'), ['error empty_schematic']],
  ])('%s', (_, text, codes) => {
    const found = codesOf(survived(text));
    expect(found).toEqual(expect.arrayContaining([...codes]));
    expect(found.length).toBeLessThan(1100);
  });

  it('bears wires in as many directions as it says', () => {
    const wires = many(MOST_DIRECTIONS, (i) => `WIRE 0 0 1000 ${i}`);
    const text = sheet(...wires, part('res -16 -16 R0', 'InstName R1', 'Value 1'));
    expect(codesOf(survived(text))).toEqual([]);
  });
});

describe('damage', () => {
  const whole = sheet(
    'WIRE 100 16 200 16',
    'WIRE 0 0 100 100',
    'FLAG 200 16 out',
    'FLAG 100 96 0',
    part('res 84 0 R0', 'InstName R1', 'Value 1k'),
    part('OpAmps\\\\opamp2 300 0 M90', 'InstName U1', 'Value OA'),
    part('Mine\\\\what 500 0 R0', 'InstName V1', 'Value 5'),
    'TEXT 0 0 Left 2 !.param a=1\\nR9 out 0 {a}',
    'TEXT 0 0 Left 2 ;@ output V(out)',
    'BUSTAP 0 0 16 16',
  );
  const lines = whole.split('\n');
  const head = `${lines.slice(0, 2).join('\n')}\n`;

  it('bears any end', () => {
    for (let end = 0; end <= whole.length; end++) survived(whole.slice(0, end));
  });

  it('bears any order of lines and any words', () => {
    const words = fc.constantFrom(
      ...whole.split(/[\s]+/),
      '-1e9',
      '99999999999',
      '"',
      '\u0001',
      '(',
      '\\n',
    );
    const line = fc.oneof(
      fc.constantFrom(...lines),
      fc.array(words, { maxLength: 8 }).map((list) => list.join(' ')),
      fc.string({ maxLength: 40 }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (list) => {
        survived(head + list.join('\n'));
      }),
      { numRuns: 500 },
    );
  });
});
