/** KiCad schematics in memory, in the form of version 7 unless said otherwise. Coordinates are millimetres. */

import type { Netlist } from '../../grammar/spice/tree.ts';
import { readNetlist } from '../../src/read-netlist.ts';
import type { Files } from './support.ts';

export type Place = readonly [number, number];

function pin(type: string, number: string, { name, at }: { name: string; at: Place }): string {
  return `(pin ${type} line (at ${at.join(' ')} 0) (length 0) (name "${name}") (number "${number}"))`;
}

const PASSIVE = [
  pin('passive', '1', { name: '~', at: [0, 5] }),
  pin('passive', '2', { name: '~', at: [0, -5] }),
].join(' ');

function definition(name: string, drawings: Readonly<Record<string, string>>, marks = ''): string {
  const [, base] = name.split(':');
  const units = Object.entries(drawings).map(
    ([unit, pins]) => `(symbol "${base}_${unit}" ${pins})`,
  );
  return `(symbol "${name}" ${marks} ${units.join(' ')})`;
}

/** An amplifier: + at (-10, 5), - at (-10, -5), output at (10, 0), y up. */
function amplifier(plus: string, minus: string, output: string): string {
  return [
    pin('input', plus, { name: '+', at: [-10, 5] }),
    pin('input', minus, { name: '-', at: [-10, -5] }),
    pin('output', output, { name: '~', at: [10, 0] }),
  ].join(' ');
}

const SUPPLIES = (positive: string, negative: string): string =>
  [
    pin('power_in', positive, { name: 'V+', at: [0, 10] }),
    pin('power_in', negative, { name: 'V-', at: [0, -10] }),
  ].join(' ');

export const LIBRARY = [
  definition('Device:R', { '1_1': PASSIVE }),
  definition('Device:C', { '1_1': PASSIVE }),
  definition('Simulation_SPICE:VDC', { '1_1': PASSIVE }),
  definition('Device:Q_NPN_CBE', {
    '1_1': [
      pin('passive', '1', { name: 'C', at: [2, 5] }),
      pin('input', '2', { name: 'B', at: [-5, 1] }),
      pin('passive', '3', { name: 'E', at: [3, -5] }),
    ].join(' '),
  }),
  definition('Amplifier_Operational:TL071', {
    '1_1': `${amplifier('3', '2', '6')} ${SUPPLIES('7', '4')}`,
  }),
  definition('Amplifier_Operational:TL072', {
    '1_1': amplifier('3', '2', '1'),
    '2_1': amplifier('5', '6', '7'),
    '3_1': SUPPLIES('8', '4'),
  }),
  definition('Connector:Conn_01x02', { '1_1': PASSIVE }),
  definition('power:GND', { '1_1': pin('power_in', '1', { name: 'GND', at: [0, 0] }) }, '(power)'),
  definition('power:VCC', { '1_1': pin('power_in', '1', { name: 'VCC', at: [0, 0] }) }, '(power)'),
];

/** A whole file. */
export function kicad(...items: readonly string[]): string {
  return fileOf({ version: '20230121' }, items);
}

export function fileOf(
  { version, uuid = 'root' }: { readonly version: string; readonly uuid?: string },
  items: readonly string[],
): string {
  const head = `(kicad_sch (version ${version}) (generator test) (uuid ${uuid}) (paper "A4")`;
  return `${head}\n(lib_symbols ${LIBRARY.join('\n')})\n${items.join('\n')}\n)\n`;
}

export interface SymbolOptions {
  readonly angle?: number;
  readonly mirror?: 'x' | 'y';
  readonly unit?: number;
  readonly marks?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** `symbol('Device:R', 'R1 10k', [x, y])` */
export function symbol(
  library: string,
  label: string,
  at: Place,
  options: SymbolOptions = {},
): string {
  const { angle = 0, mirror, unit = 1, marks = '', fields = {} } = options;
  const [reference = '', ...value] = label.split(' ');
  const all = { Reference: reference, Value: value.join(' '), ...fields };
  const properties = Object.entries(all).map(([key, text]) => `(property "${key}" "${text}")`);
  const turned = mirror === undefined ? '' : ` (mirror ${mirror})`;
  return `(symbol (lib_id "${library}") (at ${at.join(' ')} ${angle})${turned} (unit ${unit}) ${marks} (uuid "${reference}-${unit}") ${properties.join(' ')})`;
}

export const resistor = (label: string, at: Place, options?: SymbolOptions): string =>
  symbol('Device:R', label, at, options);
export const ground = (at: Place): string => symbol('power:GND', '#PWR01 GND', at);
export const wire = (from: Place, to: Place): string =>
  `(wire (pts (xy ${from.join(' ')}) (xy ${to.join(' ')})))`;
export const junction = (at: Place): string => `(junction (at ${at.join(' ')}) (diameter 0))`;
export const label = (name: string, at: Place, kind = 'label'): string =>
  `(${kind} "${name}" (at ${at.join(' ')} 0))`;
export const note = (text: string): string => `(text "${text}" (at 0 0 0))`;

export function readKicad(text: string, files: Files = {}): Netlist {
  const resolve = (path: string) => {
    const found = files[path];
    return found === undefined ? undefined : { name: path, text: found };
  };
  return readNetlist({ name: 'test.kicad_sch', text }, { resolve });
}
