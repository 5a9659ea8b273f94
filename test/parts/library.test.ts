// The library against the printed numbers of the data sheets, and how names find its parts.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import '../support/close.ts';
import { fullName } from '../../src/parts/part.ts';
import { readParts } from '../../src/parts/read-parts.ts';
import { library, part } from './support.ts';

const FOLDER = new URL('../../src/parts/library/', import.meta.url);

describe('the files of the library', () => {
  it.each(readdirSync(FOLDER))('%s is a valid file of parts', (file) => {
    const { parts, faults } = readParts(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')));
    expect(faults).toEqual([]);
    expect(parts.length).toBeGreaterThan(0);
  });

  it('have every part once', () => {
    const names = library.parts.map(fullName);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBe(61);
  });

  it('have a document for every part', () => {
    for (const { document } of library.parts) {
      expect(document.number ?? document.title).toMatch(/\w/);
    }
  });
});

/** name, document, quantity, temperature [deg C] or range, min typ max as printed. */
const PRINTED: readonly [string, string, string, number | [number, number], string][] = [
  ['MCP601', 'DS21314', 'vos', 25, '- 0.7mV 2mV'],
  ['MCP601', 'DS21314', 'vos', [-40, 125], '- 1mV 4.5mV'],
  ['MCP601', 'DS21314', 'ib', 85, '- 20pA 60pA'],
  ['MCP601', 'DS21314', 'ib', 125, '- 450pA 5000pA'],
  ['MCP6001', 'DS21733', 'vos', 25, '- - 4.5mV'],
  ['MCP6001', 'DS21733', 'aol', 25, '88dB 112dB -'],
  ['MCP6V01', 'DS22058', 'psrr', 25, '115dB - -'],
  ['OPA2188', 'SBOS525', 'tcvos', [-40, 105], '- 0.03uV/C 0.085uV/C'],
  ['OPA2188', 'SBOS525', 'psrr', [-40, 105], '- - 0.3uV/V'],
  ['OPA333', 'SBOS351', 'ib', 25, '- 70pA 200pA'],
  ['OPA333', 'SBOS351', 'aol', [-40, 125], '106dB 130dB -'],
  ['LMP7721', 'SNOSAW6', 'ib', [-40, 85], '- - 900fA'],
  ['LMP7721', 'SNOSAW6', 'tcvos', [-40, 125], '-4uV/C -1.5uV/C 0uV/C'],
  ['OP07C', 'OP07', 'vos', 25, '- 60uV 150uV'],
  ['OP07C', 'OP07', 'psrr', [-40, 85], '- 10uV/V 51uV/V'],
  ['LM358', 'SLOS068', 'ib', 25, '-250nA -20nA 0nA'],
  ['LM358', 'SLOS068', 'ib', [0, 70], '-500nA - 0nA'],
  ['LM324B', 'SLOS066', 'ib', 25, '-35nA -10nA 0nA'],
  ['TL072C', 'SLOS080', 'vos', [0, 70], '- - 13mV'],
  ['TL072C', 'SLOS080', 'aol', [0, 70], '15V/mV - -'],
  ['LF356', 'SNOSBH0', 'ib', 70, '- - 8nA'],
  ['OPA828', 'SBOS671', 'cmrr', [0, 85], '105dB - -'],
  ['CA3140A', 'FN957', 'cmrr', 25, '- 32uV/V 320uV/V'],
  ['AD822A', 'AD822', 'ib', 85, '- 0.5nA 5nA'],
  ['ADA4610-2B', 'ADA4610', 'tcvos', [-40, 125], '- 0.5uV/C 2uV/C'],
];

describe('figures as printed', () => {
  it.each(PRINTED)('%s (%s): %s at %j is %s', (name, document, quantity, temperature, figures) => {
    const found = part(name);
    expect(found.document.number).toBe(document);
    const [low, high] = Array.isArray(temperature) ? temperature : [temperature, temperature];
    const printed = found.rows
      .filter((row) => row.quantity === quantity)
      .filter(({ conditions: { temperature: t } }) => t.low === low && t.high === high)
      .map(({ min, typ, max }) => [min, typ, max].map((figure) => figure?.text ?? '-').join(' '));
    expect(printed).toContain(figures);
  });
});

describe('names', () => {
  const found = (name: string) => {
    const lookup = library.find(name);
    if (lookup === undefined) return 'none';
    if (!('part' in lookup)) return `lacks ${lookup.missingGrade} of ${lookup.of}`;
    return `${fullName(lookup.part)}${lookup.assumed === undefined ? '' : ' assumed'}`;
  };

  it.each([
    ['MCP601', 'MCP601'],
    ['mcp601', 'MCP601'],
    ['MCP604', 'MCP601'],
    ['MCP601-E/SN', 'MCP601'],
    ['x_MCP601', 'MCP601'],
    ['OPA333AIDBV', 'OPA333'],
    ['OPA2333', 'OPA333'],
    ['OPA2188_BB', 'OPA2188'],
    ['LM358/NS', 'LM358'],
    ['LM358B', 'LM358B'],
    ['LM358_B', 'LM358B'],
    ['OP07CP', 'OP07C'],
    ['OP07EP', 'OP07E'],
    ['OP07', 'OP07C assumed'],
    ['OP07X', 'OP07C assumed'],
    ['OP07A', 'lacks A of OP07'],
    ['LT1001ACN8', 'LT1001AC'],
    ['LT1001CN8', 'LT1001C'],
    ['LT1028CN8', 'lacks C of LT1028'],
    ['TL072ACP', 'lacks A of TL072'],
    ['TL074CN', 'TL072C'],
    ['OPA277PA', 'lacks PA of OPA277'],
    ['ADA4610-2BRZ', 'ADA4610-2B'],
    ['ADA4522-2', 'ADA4522-2'],
    ['CA3140', 'none'],
    ['LM308', 'none'],
    ['LM3582', 'none'],
    ['MCP6011', 'none'],
    ['OPAMP', 'none'],
    ['constructor', 'none'],
    ['__proto__', 'none'],
    ['', 'none'],
    ['M'.repeat(100_000), 'none'],
  ])('%s is %s', (name, expected) => {
    expect(found(name)).toBe(expected);
  });
});
