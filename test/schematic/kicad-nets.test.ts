// What a KiCad schematic connects, and what its nets are called.

import { describe, expect, it } from 'vitest';
import {
  fileOf,
  ground,
  junction,
  kicad,
  label,
  type Place,
  readKicad,
  resistor,
  symbol,
  wire,
} from './kicad-support.ts';
import { codesOf, nodesOf } from './support.ts';

/**
 * Where C(2, 5), B(-5, 1), E(3, -5), y up, of a transistor at (100, 100) lie on the sheet, y down: turned
 * counterclockwise, then `x` turns it upside down, `y` left to right.
 */
const TURNED: readonly (readonly [number, 'x' | 'y' | undefined, Place, Place, Place])[] = [
  [0, undefined, [102, 95], [95, 99], [103, 105]],
  [90, undefined, [95, 98], [99, 105], [105, 97]],
  [180, undefined, [98, 105], [105, 101], [97, 95]],
  [270, undefined, [105, 102], [101, 95], [95, 103]],
  [0, 'x', [102, 105], [95, 101], [103, 95]],
  [90, 'x', [95, 102], [99, 95], [105, 103]],
  [180, 'x', [98, 95], [105, 99], [97, 105]],
  [270, 'x', [105, 98], [101, 105], [95, 97]],
  [0, 'y', [98, 95], [105, 99], [97, 105]],
  [90, 'y', [105, 98], [101, 105], [95, 97]],
  [180, 'y', [102, 105], [95, 101], [103, 95]],
  [270, 'y', [95, 102], [99, 95], [105, 103]],
];

describe('orientation', () => {
  it.each(TURNED)('%i %s', (angle, mirror, collector, base, emitter) => {
    const options = mirror === undefined ? { angle } : { angle, mirror };
    const netlist = readKicad(
      kicad(
        label('c', collector),
        label('b', base),
        label('e', emitter),
        symbol('Device:Q_NPN_CBE', 'Q1 BC847', [100, 100], options),
      ),
    );
    expect(nodesOf(netlist)).toEqual({ Q1: ['c', 'b', 'e'] });
  });
});

/** R1 from (0, 5) to (0, 15), R2 from (20, 5) to (20, 15), both with `a` above. */
const PAIR = [
  resistor('R1 1k', [0, 10]),
  resistor('R2 1k', [20, 10]),
  label('a', [0, 5]),
  label('b', [20, 5]),
];

describe('wires', () => {
  it('connect at their ends', () => {
    const text = kicad(
      ...PAIR,
      wire([0, 15], [10, 15]),
      wire([10, 15], [20, 15]),
      label('o', [20, 15]),
    );
    expect(nodesOf(readKicad(text))).toEqual({ R1: ['a', 'o'], R2: ['b', 'o'] });
  });

  // LTspice takes both for connected.
  it('do not connect to a pin or an end in their middle', () => {
    const text = kicad(
      ...PAIR,
      wire([-10, 15], [30, 15]),
      label('o', [-10, 15]),
      wire([10, 15], [10, 30]),
      label('p', [10, 30]),
      resistor('R3 1k', [10, 35]),
    );
    const { R1, R2, R3 } = nodesOf(readKicad(text));
    expect(R1?.[1]).toBe('unconnected-_R1-Pad2_');
    expect(R2?.[1]).toBe('unconnected-_R2-Pad2_');
    expect(R3?.[0]).toBe('p');
  });

  it('connect through a junction', () => {
    const text = kicad(
      ...PAIR,
      wire([-10, 15], [30, 15]),
      label('o', [-10, 15]),
      junction([0, 15]),
      junction([20, 15]),
    );
    expect(nodesOf(readKicad(text))).toEqual({ R1: ['a', 'o'], R2: ['b', 'o'] });
  });

  it('do not connect where they cross, unless a junction says so', () => {
    const cross = [
      resistor('R1 1k', [0, 10]),
      resistor('R2 1k', [10, 0], { angle: 90 }),
      wire([0, 15], [0, 25]),
      wire([-5, 20], [5, 20]),
      label('h', [5, 20]),
      label('v', [0, 25]),
    ];
    const nodeBelow = (text: string) => Object.values(nodesOf(readKicad(text)))[0]?.[1];
    expect(nodeBelow(kicad(...cross))).toBe('v');
    expect(nodeBelow(kicad(...cross, junction([0, 20])))).toBe('h');
  });

  it('take a label in their middle', () => {
    const text = kicad(...PAIR, wire([0, 15], [20, 15]), label('mid', [7, 15]));
    expect(nodesOf(readKicad(text))).toEqual({ R1: ['a', 'mid'], R2: ['b', 'mid'] });
  });
});

describe('names', () => {
  it('are those of pins where nothing else names a net', () => {
    const text = kicad(
      resistor('R1 1k', [0, 10]),
      resistor('R2 1k', [0, 20]),
      symbol('Amplifier_Operational:TL071', 'U1 TL071', [20, 20]),
      wire([0, 15], [10, 15]),
    );
    const { R1, XU1 } = nodesOf(readKicad(text));
    expect(R1).toEqual(['unconnected-_R1-Pad1_', 'Net-_U1-+_']);
    expect(XU1?.[0]).toBe('Net-_U1-+_');
  });

  it('of a label keep their stroke where a global label has the name', () => {
    const text = kicad(
      resistor('R1 1k', [0, 10]),
      label('out', [0, 5]),
      label('out', [0, 15], 'global_label'),
    );
    expect(nodesOf(readKicad(text))).toEqual({ R1: ['/out', 'out'] });
  });

  it('of power symbols are values since version 7, pins before', () => {
    const items = [
      resistor('R1 1k', [0, 10]),
      symbol('power:VCC', '#PWR02 +9V', [0, 5]),
      ground([0, 15]),
    ];
    expect(nodesOf(readKicad(kicad(...items)))).toMatchObject({ R1: ['+9V', '0'] });
    const old = fileOf({ version: '20211123' }, items);
    expect(nodesOf(readKicad(old))).toMatchObject({ R1: ['VCC', '0'] });
  });

  it('of a ground that is called otherwise are told', () => {
    const text = kicad(
      resistor('R1 1k', [0, 10]),
      label('a', [0, 5]),
      symbol('power:GND', '#PWR01 AGND', [0, 15]),
    );
    const netlist = readKicad(text);
    expect(nodesOf(netlist)).toEqual({ R1: ['a', '0'] });
    expect(codesOf(netlist)).toContain('warning assumed_ground');
  });
});

describe('hierarchy', () => {
  const instances = (reference: string): string =>
    `(instances (project "p" (path "/root/s1" (reference "${reference}1") (unit 1)) (path "/root/s2" (reference "${reference}2") (unit 1))))`;
  const child = fileOf({ version: '20230121', uuid: 'child' }, [
    resistor('R9 1k', [0, 10], { marks: instances('R') }),
    label('in', [0, 5], 'hierarchical_label'),
    wire([0, 15], [0, 20]),
    label('mid', [0, 20]),
    resistor('R8 2k', [0, 25], { marks: instances('R1') }),
    ground([0, 30]),
  ]);
  const sheet = (name: string, at: Place): string =>
    `(sheet (at ${at.join(' ')}) (size 10 10) (uuid ${name}) (property "Sheetname" "${name}") (property "Sheetfile" "child.kicad_sch") (pin "in" input (at ${at.join(' ')} 180)))`;
  const root = kicad(
    sheet('s1', [50, 50]),
    sheet('s2', [50, 80]),
    wire([50, 50], [40, 50]),
    label('first', [40, 50]),
    wire([50, 80], [40, 80]),
    label('second', [40, 80]),
  );

  it('places a sheet twice, each with its own names', () => {
    const netlist = readKicad(root, { 'child.kicad_sch': child });
    expect(nodesOf(netlist)).toEqual({
      R1: ['first', '/s1/mid'],
      R11: ['/s1/mid', '0'],
      R2: ['second', '/s2/mid'],
      R12: ['/s2/mid', '0'],
    });
  });

  it('reads the names of version 6 from the root sheet', () => {
    const named = ['s1', 's2'].flatMap((path, index) =>
      ['R9', 'R8'].map(
        (old) =>
          `(path "/${path}/${old}-1" (reference "${old}${index}") (unit 1) (value "1k") (footprint ""))`,
      ),
    );
    const old = root
      .replace('20230121', '20211123')
      .replace(/\)\s*$/, `(symbol_instances ${named.join(' ')}))`);
    const plain = child.replace('20230121', '20211123').replaceAll(/\(instances .*?\)\)\)\)/g, '');
    const nodes = nodesOf(readKicad(old, { 'child.kicad_sch': plain }));
    expect(Object.keys(nodes).sort()).toEqual(['R80', 'R81', 'R90', 'R91']);
  });

  it('names the sheet that is missing', () => {
    const codes = codesOf(readKicad(root));
    expect(codes.filter((code) => code === 'error missing_sheet')).toHaveLength(2);
  });

  it('refuses a sheet that contains itself', () => {
    const loop = kicad(sheet('s1', [50, 50]));
    const codes = codesOf(readKicad(loop, { 'child.kicad_sch': loop }));
    expect(codes).toContain('error too_many_sheets');
  });
});
