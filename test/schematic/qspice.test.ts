// QSPICE schematics of our own: every orientation, names of nets, the op amp, blocks, texts, and files that are damaged.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../grammar/decode.ts';
import { printNetlist } from '../../grammar/spice/printer.ts';
import { readNetlist } from '../../src/read-netlist.ts';
import { SEED } from '../support/seed.ts';

type Place = readonly [number, number];

const point = ([x, y]: Place) => `(${x},${y})`;

interface Drawn {
  readonly type: string;
  readonly texts: readonly string[];
  readonly at: Place;
  readonly orientation?: number;
  readonly pins?: readonly (readonly [name: string, at: Place])[];
  readonly more?: string;
}

const TWO_PINS = [
  ['1', [0, 200]],
  ['2', [0, -200]],
] as const;

const component = ({ type, texts, at, orientation = 0, pins = TWO_PINS, more = '' }: Drawn) => `
  \u00abcomponent ${point(at)} ${orientation} 0
    \u00absymbol ${type}
      \u00abtype: ${type}\u00bb${more}
      ${texts.map((text) => `\u00abtext (100,150) 1 7 0 0x1000000 -1 -1 "${text}"\u00bb`).join('\n')}
      ${pins.map(([name, place]) => `\u00abpin ${point(place)} (0,0) 1 0 0 0x0 -1 "${name}"\u00bb`).join('\n')}
    \u00bb
  \u00bb`;
const wire = (from: Place, to: Place, name = '') =>
  `\n  \u00abwire ${point(from)} ${point(to)}${name === '' ? '' : ` "${name}"`}\u00bb`;
const label = (name: string, at: Place) => `\n  \u00abnet ${point(at)} 1 14 0 "${name}"\u00bb`;
const note = (text: string, isComment = false) =>
  `\n  \u00abtext (0,0) 1 7 ${isComment ? 1 : 0} 0x1000000 -1 -1 "\u00ef\u00bb\u00bf${text}"\u00bb`;
const sheet = (...pieces: readonly string[]) =>
  `\u00ff\u00d8\u00ff\u00db\u00abschematic${pieces.join('')}\n\u00bb\n`;

const OP_AMP_PINS = [
  ['Vdd', [100, 300]],
  ['Vss', [100, -300]],
  ['OUT', [500, 0]],
  ['IN-', [-100, 200]],
  ['IN+', [-100, -200]],
  ['EN', [-100, 0]],
] as const;

function read(text: string, files: Readonly<Record<string, string>> = {}) {
  const resolve = (path: string) => {
    const found = files[path];
    return found === undefined ? undefined : { name: path, text: found };
  };
  return readNetlist({ name: 'test.qsch', text }, { resolve });
}

function linesOf(text: string, files?: Readonly<Record<string, string>>): string[] {
  const netlist = read(text, files);
  const errors = netlist.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return printNetlist(netlist).trim().split('\n').slice(1, -1);
}

describe('a QSPICE schematic', () => {
  // Eighths of a turn counterclockwise, the odd ones stretched to the grid: where the pin above the middle goes.
  const above: readonly Place[] = [
    [0, 200],
    [-200, 200],
    [-200, 0],
    [-200, -200],
    [0, -200],
    [200, -200],
    [200, 0],
    [200, 200],
  ];

  it.each(Array.from({ length: 16 }, (_, orientation) => orientation))(
    'has a part in orientation %i',
    (orientation) => {
      const [x, y] = above[orientation % 8] ?? [0, 0];
      const first: Place = [orientation >= 8 ? 1000 - x : 1000 + x, y];
      const second: Place = [orientation >= 8 ? 1000 + x : 1000 - x, -y];
      const text = sheet(
        component({ type: 'R', texts: ['R1', '4.7K'], at: [1000, 0], orientation }),
        wire(first, [2 * first[0] - 1000, 2 * first[1]], 'a'),
        label('GND', second),
      );
      expect(linesOf(text)).toEqual(['R1 a 0 4700']);
    },
  );

  it('names what has no name, and joins wires by their names and pins by their places', () => {
    const text = sheet(
      component({ type: 'V', texts: ['V1', '5', 'AC 1'], at: [0, 0] }),
      component({ type: 'R', texts: ['R1', '1K'], at: [500, 0] }),
      component({ type: 'R', texts: ['R2', '1Meg'], at: [500, -400] }),
      component({ type: 'C', texts: ['C1', '10\u00b5'], at: [900, 0] }),
      wire([0, 200], [500, 200], 'in'),
      wire([900, 200], [900, 300], 'IN'),
      label('GND', [0, -200]),
      label('GND', [500, -600]),
      label('GND', [900, -200]),
    );
    expect(linesOf(text)).toEqual([
      'V1 in 0 DC 5 AC 1',
      'R1 in N01 1000',
      'R2 N01 0 1000000',
      'C1 in 0 0.00001',
    ]);
  });

  it('does not join wires that cross', () => {
    const text = sheet(
      component({ type: 'R', texts: ['R1', '1'], at: [0, 200] }),
      component({ type: 'R', texts: ['R2', '1'], at: [500, 200] }),
      wire([0, 0], [0, -1000]),
      wire([-500, -500], [500, -500]),
      wire([500, -500], [500, 0]),
    );
    const [first, second] = linesOf(text).map((line) => line.split(' '));
    expect(first?.[2]).not.toBe(second?.[2]);
  });

  it('has its op amp as an instance with the roles of its pins, whatever it is called', () => {
    const pins = OP_AMP_PINS;
    const texts = ['\u00c3U1', 'RRopAmp', 'Avol=<100K>', 'GBW=5Meg'];
    const text = sheet(
      component({ type: '\u00c3', texts, at: [0, 0], pins }),
      label('in', [-100, -200]),
      label('out', [500, 0]),
      label('VP', [100, 300]),
      label('VM', [100, -300]),
      wire([500, 0], [500, 200], 'out'),
      wire([500, 200], [-100, 200], 'out'),
    );
    expect(linesOf(text)).toEqual([
      'X\u00c3U1 in out VP VM out RRopAmp Avol=100000 GBW=5000000 ;\u00a7pnba +)-)V+)V-)OUT',
    ]);
  });

  it('has directives in its texts, and in comments those that begin with @', () => {
    const text = sheet(
      component({ type: 'R', texts: ['R1', '{r}'], at: [0, 0] }),
      label('a', [0, 200]),
      label('GND', [0, -200]),
      note('.param r=10K c=1\u00c2\u00b5'),
      note('a remark', true),
      note('@ output V(a)', true),
      note('*@ input V1'),
    );
    expect(linesOf(text)).toEqual([
      'R1 a 0 {r}',
      '.param r=10000 c=0.000001',
      '*@ output V(a)',
      '*@ input V1',
    ]);
  });

  it('has blocks with sheets of their own, and subcircuits that a symbol carries', () => {
    const inner = sheet(
      component({ type: 'R', texts: ['R1', '1K'], at: [0, 0] }),
      label('A', [0, 200]),
      label('B', [0, -200]),
    );
    const carried = '\n\u00ablibrary file: |.subckt half IN OUT\\nR1 IN OUT 2K\\n.ends half\u00bb';
    const pins = [
      ['A', [0, 200]],
      ['B', [0, -200]],
    ] as const;
    const text = sheet(
      component({ type: '', texts: ['X1', 'block', 'k=2'], at: [0, 0], pins }),
      component({ type: 'X', texts: ['X2', 'half'], at: [500, 0], pins, more: carried }),
      wire([0, 200], [500, 200], 'p'),
      label('GND', [0, -200]),
      label('GND', [500, -200]),
    );
    const lines = linesOf(text, { 'block.qsch': inner });
    expect(lines).toContain('X1 p 0 block k=2');
    expect(lines).toContain('.subckt block A B');
    expect(lines).toContain('R1 A B 1000');
    expect(lines.some((line) => /^X2 p 0 half\b/.test(line))).toBe(true);
    expect(lines).toContain('R1 IN OUT 2000');
    expect(read(text).diagnostics.map(({ code }) => code)).toContain('missing_sheet');
  });

  it('is read from bytes in the code page that QSPICE writes', () => {
    const text = sheet(
      component({ type: 'C', texts: ['C1', '1\u00b5'], at: [0, 0] }),
      label('a', [0, 200]),
      label('GND', [0, -200]),
    );
    const bytes = Uint8Array.from(text, (sign) => sign.charCodeAt(0));
    expect(linesOf(decode(bytes))).toEqual(['C1 a 0 0.000001']);
  });

  it('refuses devices without a meaning at DC by name', () => {
    const text = sheet(component({ type: '\u00a5', texts: ['\u00a51', 'D-FLOP'], at: [0, 0] }));
    const [first] = read(text).diagnostics.filter(({ severity }) => severity === 'error');
    expect(first).toMatchObject({ code: 'unsupported_device' });
    expect(first?.message).toContain('\u00a51 (D-FLOP)');
  });
});

describe('a damaged QSPICE schematic', () => {
  const whole = sheet(
    component({ type: 'R', texts: ['R1', '1K'], at: [0, 0] }),
    wire([0, 200], [0, 300], 'a'),
    label('GND', [0, -200]),
  );
  const codes = (text: string) => read(text).diagnostics.map(({ code }) => code);

  it.each([
    ['cut off', whole.slice(0, -10), 'bad_qsch'],
    ['deep', `\u00abschematic ${'\u00aba '.repeat(100_000)}`, 'bad_qsch'],
    ['far away', whole.replace('(0,300)', '(0,999999999)'), 'bad_point'],
    ['without a point', whole.replace('(0,300)', '"(0"'), 'bad_point'],
    ['empty', sheet(), 'empty_schematic'],
  ])('%s', (_, text, code) => {
    expect(codes(text)).toContain(code);
  });

  it('ends in a diagnostic wherever it is cut or changed', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: whole.length - 1 }),
        fc.nat({ max: 40 }),
        fc.constantFrom('', '\u00ab', '\u00bb', '"', '(', '-', '9'),
        (at, length, put) => {
          const text = whole.slice(0, at) + put + whole.slice(at + length);
          if (!text.startsWith('\u00ff\u00d8\u00ff\u00db\u00abschematic')) return;
          const { diagnostics, statements } = read(text);
          expect(diagnostics.length + statements.length).toBeGreaterThan(0);
        },
      ),
      { seed: SEED, numRuns: 500 },
    );
  });
});
