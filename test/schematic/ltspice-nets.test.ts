// What an LTspice schematic connects, and what its nets and elements are called.

import { describe, expect, it } from 'vitest';
import { codesOf, nodesOf, part, readSheet, sheet } from './support.ts';

/** Where the pins C(64,0), B(0,48), E(64,96) of a transistor at the origin lie, as LTspice draws them. */
const TRANSISTOR: readonly (readonly [string, string, string, string])[] = [
  ['R0', '64 0', '0 48', '64 96'],
  ['R90', '0 64', '-48 0', '-96 64'],
  ['R180', '-64 0', '0 -48', '-64 -96'],
  ['R270', '0 -64', '48 0', '96 -64'],
  ['M0', '-64 0', '0 48', '-64 96'],
  ['M90', '0 64', '48 0', '96 64'],
  ['M180', '64 0', '0 -48', '64 -96'],
  ['M270', '0 -64', '-48 0', '-96 -64'],
];

describe('orientation', () => {
  it.each(TRANSISTOR)('%s', (orientation, collector, base, emitter) => {
    const netlist = readSheet(
      sheet(
        `FLAG ${collector} c`,
        `FLAG ${base} b`,
        `FLAG ${emitter} e`,
        part(`npn 0 0 ${orientation}`, 'InstName Q1'),
      ),
    );
    expect(nodesOf(netlist)).toEqual({ Q1: ['c', 'b', 'e', '0'] });
  });

  it('moves with the origin', () => {
    const text = sheet('FLAG -52 107 a', 'FLAG -52 27 b', part('res -36 11 M0', 'InstName R1'));
    expect(nodesOf(readSheet(text))).toEqual({ R1: ['b', 'a'] });
  });
});

/** A resistor between (x, 16) and (x, 96), x a multiple of 100. */
const resistor = (name: string, x: number) =>
  part(`res ${x - 16} 0 R0`, `InstName ${name}`, 'Value 1k');

describe('nets', () => {
  it('numbers wired nets by their first wire, dangling ones too', () => {
    const text = sheet(
      'WIRE 500 500 600 500',
      'WIRE 100 96 200 96',
      'WIRE 100 16 200 16',
      resistor('R1', 100),
      resistor('R2', 200),
    );
    expect(nodesOf(readSheet(text))).toEqual({ R1: ['N003', 'N002'], R2: ['N003', 'N002'] });
  });

  it('numbers pins that meet without a wire, and pins that meet nothing', () => {
    const text = sheet(
      resistor('R1', 100),
      part('res 84 80 R0', 'InstName R2', 'Value 1k'),
      resistor('R3', 300),
    );
    expect(nodesOf(readSheet(text))).toEqual({
      R1: ['NC_01', 'P001'],
      R2: ['P001', 'NC_02'],
      R3: ['NC_03', 'NC_04'],
    });
  });

  it('joins labels of one name, whatever their case, and takes the first of several', () => {
    const text = sheet(
      'FLAG 100 16 In',
      'FLAG 200 16 IN',
      'FLAG 200 16 other',
      'FLAG 100 96 0',
      'FLAG 200 96 com',
      'FLAG 200 96 gnd',
      resistor('R1', 100),
      resistor('R2', 200),
    );
    const netlist = readSheet(text);
    expect(nodesOf(netlist)).toEqual({ R1: ['In', '0'], R2: ['In', 'gnd'] });
    expect(codesOf(netlist)).toEqual(['warning several_net_names', 'warning several_net_names']);
  });

  it('keeps numbered nets apart from labels that look like them', () => {
    const text = sheet('WIRE 100 16 100 0', 'FLAG 100 96 N001', resistor('R1', 100));
    expect(nodesOf(readSheet(text))).toEqual({ R1: ['N002', 'N001'] });
  });

  it('connects what touches the inside of a wire, and not what crosses it', () => {
    const text = sheet(
      'WIRE 0 16 400 16',
      'WIRE 50 -50 50 50',
      'WIRE 300 16 300 -50',
      'FLAG 50 50 crossing',
      'FLAG 300 -50 touching',
      resistor('R1', 100),
    );
    expect(nodesOf(readSheet(text))['R1']?.[0]).toBe('touching');
  });

  it('follows wires that slant or lie on each other', () => {
    const text = sheet(
      'WIRE 0 -84 100 16',
      'WIRE -100 -184 50 -34',
      'WIRE 200 16 300 16',
      'WIRE 250 16 400 16',
      'FLAG -100 -184 slanting',
      'FLAG 400 16 level',
      resistor('R1', 100),
      resistor('R2', 200),
    );
    const nodes = nodesOf(readSheet(text));
    expect([nodes['R1']?.[0], nodes['R2']?.[0]]).toEqual(['slanting', 'level']);
  });

  it('joins both sides of a jumper', () => {
    const text = sheet(
      'WIRE 100 16 168 16',
      'WIRE 232 16 300 16',
      part('Misc\\\\jumper 200 -48 R0', 'InstName X1'),
      resistor('R1', 100),
      resistor('R2', 300),
    );
    const nodes = nodesOf(readSheet(text));
    expect(nodes['R1']?.[0]).toBe(nodes['R2']?.[0]);
    expect(Object.keys(nodes)).toEqual(['R1', 'R2']);
  });

  it('refuses buses', () => {
    const text = sheet('BUSTAP 0 0 16 16', 'FLAG 100 16 d[3:0]', resistor('R1', 100));
    expect(codesOf(readSheet(text))).toEqual(['error bus', 'error bus']);
  });
});

describe('elements', () => {
  it('puts the letter of the prefix in front of names that lack it', () => {
    const text = sheet(
      part('res 0 0 R0', 'InstName Shunt', 'Value 1k'),
      part('cap 100 0 R0', 'InstName c5', 'Value 1n'),
      part('OpAmps\\\\opamp2 200 0 R0', 'InstName U1', 'Value OA'),
      part('OpAmps\\\\opamp2 300 0 R0', 'InstName X2', 'Value OA'),
    );
    expect(Object.keys(nodesOf(readSheet(text)))).toEqual(['R\u00a7Shunt', 'c5', 'XU1', 'XX2']);
  });

  it('gives a MOSFET of three pins its source as bulk', () => {
    const text = sheet('FLAG 48 96 s', part('nmos 0 0 R0', 'InstName M1'));
    expect(nodesOf(readSheet(text))['M1']?.slice(2)).toEqual(['s', 's']);
  });

  it('joins the values, which say nothing when they are empty', () => {
    const text = sheet(
      part('voltage 0 0 R0', 'InstName V1', 'Value ""', 'Value2 AC 1', 'SpiceLine Rser=2'),
    );
    const [card] = readSheet(text).statements;
    expect(card).toMatchObject({
      letter: 'V',
      ac: [{ kind: 'number', value: 1 }],
      parameters: [{ key: { text: 'Rser' } }],
    });
  });

  it('warns of a part without a value', () => {
    expect(codesOf(readSheet(sheet(part('res 0 0 R0', 'InstName R1'))))).toEqual([
      'warning missing_value',
    ]);
  });
});
