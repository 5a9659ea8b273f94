/** Raw files written byte by byte from the description of their format. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantityOf } from '../../grammar/raw/quantity.ts';
import { type RawPlot, readRawFile } from '../../grammar/raw/read.ts';
import { SEED } from '../support/seed.ts';

interface Plot {
  readonly title?: string;
  readonly plot?: string;
  readonly flags?: string;
  readonly points?: string;
  readonly count?: string;
  readonly more?: string;
  readonly section?: string;
  readonly names?: readonly (readonly [string, string])[];
}

const VARIABLES = [
  ['V(in)', 'voltage'],
  ['V(out)', 'voltage'],
  ['I(R1)', 'device_current'],
] as const;

function header({
  title = 't',
  plot = 'Operating Point',
  flags = 'real',
  points = '1',
  names = VARIABLES,
  count = `${names.length}`,
  more = '',
  section = 'Binary',
}: Plot = {}): string {
  const rows = names.map(([name, type], i) => `\t${i}\t${name}\t${type}\n`).join('');
  return `Title: ${title}\nDate: Sat Sep  5 2026\nPlotname: ${plot}\nFlags: ${flags}\nNo. Variables: ${count}\nNo. Points: ${points}\n${more}Variables:\n${rows}${section}:\n`;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

const narrow = (text: string) => new TextEncoder().encode(text);
const wide = (text: string) =>
  Uint8Array.from(
    [...text].flatMap((letter) => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8]),
  );

function doubles(...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  values.forEach((value, i) => {
    view.setFloat64(8 * i, value, true);
  });
  return new Uint8Array(view.buffer);
}

function floats(...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => {
    view.setFloat32(4 * i, value, true);
  });
  return new Uint8Array(view.buffer);
}

function read(...parts: readonly Uint8Array[]): RawPlot {
  const plot = readRawFile(joined(...parts));
  if ('fault' in plot) throw new Error(plot.fault);
  return plot;
}

const valuesOf = (plot: RawPlot) => plot.variables.map(({ value }) => value);

describe('ngspice', () => {
  it('binary: doubles, little endian', () => {
    const plot = read(narrow(header()), doubles(1, 0.1, -1e-3));
    expect(plot).toMatchObject({
      title: 't',
      plotName: 'Operating Point',
      points: 1,
      warnings: [],
    });
    expect(plot.variables).toEqual([
      { name: 'V(in)', type: 'voltage', value: 1 },
      { name: 'V(out)', type: 'voltage', value: 0.1 },
      { name: 'I(R1)', type: 'device_current', value: -1e-3 },
    ]);
  });

  it('text', () => {
    const text = `${header({ section: 'Values' })} 0\t1.000000000000000e+00\n\t-2.5E-3\n\t.5\n\n`;
    expect(valuesOf(read(narrow(text)))).toEqual([1, -2.5e-3, 0.5]);
  });

  it('CRLF, UTF-8 with a byte order mark, and letters that are no ASCII', () => {
    const names = [['v(größe)', 'voltage']] as const;
    const text = header({ names, title: 'Verstärker' }).replaceAll('\n', '\r\n');
    const plot = read(Uint8Array.of(0xef, 0xbb, 0xbf), narrow(text), doubles(3));
    expect(plot.title).toBe('Verstärker');
    expect(plot.variables).toEqual([{ name: 'v(größe)', type: 'voltage', value: 3 }]);
  });

  it('several plots: the operating point is found behind complex and transient ones', () => {
    const ac = header({ plot: 'AC Analysis', flags: 'complex', points: '2' });
    const transient = header({ plot: 'Transient Analysis', points: '2' });
    const plot = read(
      narrow(ac),
      doubles(...Array.from({ length: 12 }, (_, i) => i)),
      narrow(transient),
      doubles(0, 1, 2, 3, 4, 5),
      narrow(header()),
      doubles(7, 8, 9),
    );
    expect(valuesOf(plot)).toEqual([7, 8, 9]);
    expect(plot.warnings).toEqual([]);
  });

  it('the same as text', () => {
    const values = (section: Plot, rows: string) =>
      header({ ...section, section: 'Values' }) + rows;
    const ac = values(
      { plot: 'AC Analysis', flags: 'complex', points: '1' },
      '0\t1,2\n\t3,4\n\t5,6\n\n',
    );
    expect(valuesOf(read(narrow(ac + values({}, '0\t7\n\t8\n\t9\n'))))).toEqual([7, 8, 9]);
  });

  it.each(['Transient Analysis', 'DC transfer characteristic'])(
    'without an operating point the first point of "%s", with a warning',
    (plot) => {
      const found = read(narrow(header({ plot, points: '2' })), doubles(0, 1, 2, 3, 4, 5));
      expect(valuesOf(found)).toEqual([0, 1, 2]);
      expect(found.warnings).toHaveLength(1);
      expect(found.warnings[0]).toContain('V(in) = 0');
    },
  );
});

describe('LTspice', () => {
  const command =
    'Offset:   0.0000000000000000e+000\nCommand: Linear Technology Corporation LTspice XVII\n';
  const back = 'Backannotation: u1 1 2 3\n';

  it('an operating point: UTF-16LE, the first variable double and the others single', () => {
    const plot = read(wide(header({ more: command + back })), doubles(1.1), floats(0.1, -1e-3));
    expect(valuesOf(plot)).toEqual([1.1, Math.fround(0.1), Math.fround(-1e-3)]);
  });

  it.each(['real double', 'real'])('all doubles, with the flags "%s"', (flags) => {
    const plot = read(wide(header({ flags, more: command })), doubles(1.1, 0.1, -1e-3));
    expect(valuesOf(plot)).toEqual([1.1, 0.1, -1e-3]);
  });

  it('a transient analysis, its first point', () => {
    const text = header({
      plot: 'Transient Analysis',
      flags: 'real forward',
      points: '2',
      more: command,
    });
    const plot = read(wide(text), doubles(0), floats(2, 3), doubles(1e-3), floats(4, 5));
    expect(valuesOf(plot)).toEqual([0, 2, 3]);
  });

  it('fast access: variable by variable', () => {
    const flags = 'real forward fastaccess';
    const text = header({ plot: 'Transient Analysis', flags, points: '2', more: command });
    const plot = read(wide(text), doubles(0, 1e-3), floats(2, 4), floats(3, 5));
    expect(valuesOf(plot)).toEqual([0, 2, 3]);
  });

  it('an 8-bit header and text', () => {
    expect(valuesOf(read(narrow(header({ more: command })), doubles(1), floats(2, 3)))).toEqual([
      1, 2, 3,
    ]);
    const text = `${header({ section: 'Values', more: command })}0\t\t1\n\t2\n\t3\n`;
    expect(valuesOf(read(wide(text)))).toEqual([1, 2, 3]);
  });

  it('stepped operating points: the first one, with a warning', () => {
    const text = header({ flags: 'real stepped', points: '2', more: command });
    const plot = read(wide(text), doubles(1), floats(2, 3), doubles(4), floats(5, 6));
    expect(valuesOf(plot)).toEqual([1, 2, 3]);
    expect(plot.warnings[0]).toContain('2 points');
  });
});

describe('what is no operating point', () => {
  const good = joined(narrow(header()), doubles(1, 2, 3));
  it.each<[string, Uint8Array, RegExp]>([
    ['an empty file', new Uint8Array(), /empty/],
    ['a file that is cut off', good.subarray(0, -1), /ends within its numbers/],
    ['a header that is cut off', good.subarray(0, 69), /list of variables/],
    ['more numbers than it says', joined(good, doubles(4)), /header/i],
    [
      'a complex plot',
      joined(narrow(header({ flags: 'complex', plot: 'AC Analysis' })), doubles(1, 0, 2, 0, 3, 0)),
      /AC Analysis/,
    ],
    [
      'fewer variables than it says',
      joined(narrow(header({ count: '4' })), doubles(1, 2, 3)),
      /Variable 3 of 4/,
    ],
    [
      'more variables than it says',
      joined(narrow(header({ count: '2' })), doubles(1, 2)),
      /Binary/,
    ],
    ['a count that is none', joined(narrow(header({ count: 'x' })), doubles(1)), /how many/],
    ['a billion variables', joined(narrow(header({ count: '999999999' })), doubles(1)), /how many/],
    [
      'a trillion points',
      joined(narrow(header({ points: '999999999999' })), doubles(1)),
      /ends within/,
    ],
    [
      'a trillion points of text',
      narrow(`${header({ points: '999999999999', section: 'Values' })}0 1`),
      /ends within/,
    ],
    ['words for numbers', narrow(`${header({ section: 'Values' })}0 1 two 3\n`), /"two"/],
    ['no plot at all', narrow('hello world\n'), /hello world/],
    ['other bytes', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) & 255), /header/i],
    ['a line of five million letters', new Uint8Array(5e6).fill(65), /header/i],
  ])('%s', (_, bytes, reason) => {
    const plot = readRawFile(bytes);
    expect('fault' in plot ? plot.fault : plot).toMatch(reason);
  });

  it('damaged files end in a fault or a plot, never in an exception', () => {
    const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 8 });
    fc.assert(
      fc.property(damage, fc.nat(good.length), (changes, length) => {
        const bytes = good.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        const plot = readRawFile(bytes.subarray(0, length));
        expect('fault' in plot || plot.variables.length > 0).toBe(true);
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });
});

describe('names of variables', () => {
  it.each([
    ['V(out)', 'voltage', 'V', 'out'],
    ['v(X1:Net-7)', 'voltage', 'V', 'x1.net-7'],
    ['v(x1.n)', 'voltage', 'V', 'x1.n'],
    ['V(n+)', 'voltage', 'V', 'n+'],
    ['out', 'voltage', 'V', 'out'],
    ['I(R1)', 'device_current', 'I', 'r1'],
    ['I(x1:R1)', 'device_current', 'I', 'x1.r1'],
    ['i(@r1[i])', 'current', 'I', 'r1'],
    ['@r1[i]', 'current', 'I', 'r1'],
    ['i(@r.x1.r1[i])', 'current', 'I', 'x1.r1'],
    ['i(v.xu1.x1.v9)', 'current', 'I', 'xu1.x1.v9'],
    ['@d1[id]', 'current', 'I', 'd1'],
    ['@i1[current]', 'current', 'I', 'i1'],
    ['v1#branch', 'current', 'I', 'v1'],
  ])('%s', (name, type, quantity, expected) => {
    expect(quantityOf({ name, type })).toEqual({ quantity, name: expected });
  });

  it.each([
    ['time', 'time'],
    ['Ib(Q1)', 'device_current'],
    ['Ix(u1:1)', 'subckt_current'],
    ['@q1[ib]', 'current'],
    ['@r1[p]', 'power'],
    ['V(a,b)', 'voltage'],
    ['temp-sweep', 'temperature'],
  ])('%s is none', (name, type) => {
    expect(quantityOf({ name, type })).toBeNull();
  });
});
