// Files of parts: the documented example, and what is refused where with which words.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import '../support/close.ts';
import { Diagnostics, renderDiagnostic } from '../../grammar/diagnostic.ts';
import { partLibrary, partsOf } from '../../src/parts/built-in.ts';
import { QUANTITIES } from '../../src/parts/part.ts';
import { readParts } from '../../src/parts/read-parts.ts';

const REL = { rel: 1e-12, abs: 0 };
const document = { title: 'test' };
const table = { at: { temperature: 25 }, vos: { max: '2mV' } };
const part = (more: object) => ({ name: 'TEST1', document, tables: [table], ...more });
const withTable = (more: object) => part({ tables: [{ at: { temperature: 25 }, ...more }] });

const faults = (file: unknown) =>
  readParts(file).faults.map(({ path, message }) => `${path}: ${message}`);
const ofPart = (one: unknown) => faults({ schema: 'nullor/parts/1', parts: [one] });

describe('docs/parts.md', () => {
  const text = readFileSync(new URL('../../docs/parts.md', import.meta.url), 'utf8');
  const example = /<!-- example -->\s*```json\n([\s\S]*?)```/.exec(text)?.[1] ?? '';

  it('has an example that is read without a fault', () => {
    const diagnostics = new Diagnostics();
    const [acme] = partsOf({ name: 'docs/parts.md', text: example }, diagnostics);
    expect(diagnostics.all).toEqual([]);
    expect(acme).toMatchObject({ name: 'ACME17', alsoFor: ['ACME27'], input: 'cmos' });
    const psrr = acme?.rows.find(({ quantity }) => quantity === 'psrr');
    expect(psrr?.max?.value).toBeClose(50e-6, REL);
    const cmrr = acme?.rows.find(({ quantity }) => quantity === 'cmrr');
    expect(cmrr?.min?.value).toBeClose(1e-4, REL);
    expect(cmrr?.conditions.commonMode?.high).toMatchObject({ fraction: 1, offset: -1.2 });
    expect(cmrr?.conditions.output?.low).toMatchObject({ fraction: 0.5, offset: 0 });
  });

  it.each(QUANTITIES)('speaks of %s', (quantity) => {
    expect(text).toContain(`\`${quantity}\``);
  });
});

describe('figures', () => {
  const figures = (quantity: string, row: object) =>
    readParts({ schema: 'nullor/parts/1', parts: [withTable({ [quantity]: row })] }).parts[0]
      ?.rows[0];

  it.each([
    ['vos', { max: '2mV' }, 2e-3],
    ['vos', { max: 0.002 }, 2e-3],
    ['tcvos', { max: '3uV/C' }, 3e-6],
    ['ib', { max: '20fA' }, 20e-15],
    ['psrr', { max: '100uV/V' }, 1e-4],
    ['vcmLow', { max: '-0.3V' }, -0.3],
  ])('%s %j', (quantity, row, expected) => {
    expect(figures(quantity, row)?.max?.value).toBeClose(expected, REL);
  });

  it.each([
    ['aol', '100dB', 1e-5],
    ['aol', '50V/mV', 1 / 50e3],
    ['aol', '2V/uV', 0.5e-6],
    ['cmrr', '10k', 1e-4],
  ])('%s: at least %s', (quantity, min, expected) => {
    expect(figures(quantity, { min })?.min?.value).toBeClose(expected, REL);
  });
});

describe('faults', () => {
  it.each([
    [[], ': this is a list; it must be an object'],
    [{ parts: [] }, ': this is no file of parts that can be read'],
    [{ schema: 'opamps', parts: [] }, 'schema: this is no file of parts that can be read'],
    [{ schema: 'nullor/parts/1' }, 'parts: this is missing; it must be a list'],
    [{ schema: 'nullor/parts/1', parts: [], more: 1 }, 'more: there is no key "more" here'],
  ])('of a file: %j', (file, expected) => {
    expect(faults(file)).toEqual([expected]);
  });

  it.each([
    [3, 'parts[0]: this is 3; it must be an object'],
    [
      part({ name: undefined }),
      'parts[0].name: this is missing; it must be a text that is not empty',
    ],
    [part({ name: 'OPAMP' }), 'parts[0].name: "OPAMP" is no name of a part'],
    [part({ document: {} }), 'parts[0].document: where the figures come from is not stated'],
    [part({ input: 'mos' }), 'parts[0].input: "mos" is not known here'],
    [part({ channels: 1.5 }), 'parts[0].channels: a package has 1 to 8 op amps, not 1.5'],
    [part({ supply: [5, 3] }), 'parts[0].supply: the interval ends at 3, below its start 5'],
    [part({ supply: [1, 2, 3] }), 'parts[0].supply: an interval has two ends'],
    [part({ grades: 'C' }), 'parts[0].grades: this is "C"; it must be a list'],
    [part({ alsoFor: [7] }), 'parts[0].alsoFor[0]: this is 7; it must be a text that is not empty'],
    [part({ temperatures: [0, 70] }), 'parts[0].temperatures: there is no key "temperatures" here'],
  ])('of a part: %j', (one, expected) => {
    expect(ofPart(one)).toEqual([expected]);
  });

  const VOS = 'parts[0].tables[0].vos';
  it.each([
    [{ vso: {} }, 'parts[0].tables[0].vso: there is no key "vso" here'],
    [{ vos: {} }, `${VOS}: there is no figure here`],
    [{ vos: { max: '2mA' } }, `${VOS}.max: "vos" cannot be given in A`],
    [{ vos: { max: '2mW' } }, `${VOS}.max: "mW" is not a unit`],
    [{ vos: { max: '4k7' } }, `${VOS}.max: "4k7" is not a SPICE number`],
    [
      { vos: { max: true } },
      `${VOS}.max: a figure is a text with a unit, such as "2mV", or a number in SI units`,
    ],
    [{ vos: { max: '-2mV' } }, `${VOS}: a maximum alone is a magnitude and cannot be -2mV`],
    [{ vos: { min: '-2mV' } }, `${VOS}: the limits of "vos" have a minimum and no maximum`],
    [{ vos: { min: '3mV', max: '2mV' } }, `${VOS}: the minimum 3mV is above the maximum 2mV`],
    [
      { aol: { max: '100dB' } },
      'parts[0].tables[0].aol.max: 100dB limits "aol" from the wrong side',
    ],
    [
      { cmrr: { min: '20uV/V' } },
      'parts[0].tables[0].cmrr.min: 20uV/V limits "cmrr" from the wrong side',
    ],
    [
      { psrr: { min: '-80dB' } },
      'parts[0].tables[0].psrr.min: a ratio must be positive, not -80dB',
    ],
    [
      { vos: { max: '1mV', at: { commonMode: 2.5 } } },
      `${VOS}.at.commonMode: this is 2.5; it must be a text that is not empty`,
    ],
    [
      { vos: { max: '1mV', at: { commonMode: '2.5' } } },
      `${VOS}.at.commonMode: "2.5" is no voltage between the supplies`,
    ],
    [
      { vos: { max: '1mV', at: { output: ['V-', 'V+', 'V+'] } } },
      `${VOS}.at.output: a range of voltages has two ends`,
    ],
    [
      { vos: { max: '1mV', at: { temperature: -300 } } },
      `${VOS}.at.temperature: -300 is below the least possible value, -273.15`,
    ],
    [
      { vos: { max: '1mV', at: { temperature: 'room' } } },
      `${VOS}.at.temperature: this is "room"; it must be a number`,
    ],
  ])('of a table: %j', (more, expected) => {
    expect(ofPart(withTable(more))).toEqual([expected]);
  });

  it('is a table without temperature', () => {
    expect(ofPart(part({ tables: [{ vos: { max: '1mV' } }] }))).toEqual([
      `${VOS}: the temperature at which this holds is not stated`,
    ]);
  });

  it('are told all, up to a bound', () => {
    const parts = Array.from({ length: 1000 }, () => part({ name: 'x', channels: 0 }));
    expect(faults({ schema: 'nullor/parts/1', parts })).toHaveLength(100);
  });

  it('end for any text', () => {
    const large = (text: string) => {
      const diagnostics = new Diagnostics();
      expect(partsOf({ name: 'my.json', text }, diagnostics)).toEqual([]);
      return diagnostics.all.map(({ code }) => code);
    };
    expect(large(`[${'1,'.repeat(100_000)}1]`)).toEqual(['bad_part']);
    expect(large(' '.repeat(3_000_000))).toEqual(['file_too_large']);
    expect(large('{"schema": "nullor/parts/1", "parts": [{"__proto__": 1}]}')).toContain(
      'bad_part',
    );
  });

  it('point at their place in the text', () => {
    const text = JSON.stringify(
      { schema: 'nullor/parts/1', parts: [withTable({ vos: { max: '2mA' } })] },
      null,
      2,
    );
    const diagnostics = new Diagnostics();
    expect(partsOf({ name: 'my.json', text }, diagnostics)).toEqual([]);
    const line = text.split('\n').findIndex((at) => at.includes('2mA')) + 1;
    expect(diagnostics.all.map(renderDiagnostic)).toEqual([
      [
        `my.json:${line}:20: error: At parts[0].tables[0].vos.max "vos" cannot be given in A.`,
        `${line} |             "max": "2mA"`,
        '   |                    ^^^^^',
        '   = hint: Write it in V, or without a unit in SI units.',
      ].join('\n'),
    ]);
  });
});

it('has the user win over the library, name by name', async () => {
  const mine = { schema: 'nullor/parts/1', parts: [part({ name: 'MCP601' })] };
  const library = await partLibrary(
    [{ name: 'mine.json', text: JSON.stringify(mine) }],
    new Diagnostics(),
  );
  expect(library.find('MCP601')).toMatchObject({ part: { document: { title: 'test' } } });
  expect(library.find('MCP602')).toMatchObject({ part: { document: { number: 'DS21314' } } });
  expect(library.parts.filter(({ name }) => name === 'MCP601')).toHaveLength(1);
});
