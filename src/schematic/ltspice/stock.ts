/**
 * The symbols that come with LTspice: pins in netlist order, and what their attributes say where the drawing
 * is silent. Where two generations of the library differ, the later one comes first.
 */

import type { Point, SymbolPin } from '../../../grammar/ltspice/tree.ts';
import ROWS from './stock-pins.json' with { type: 'json' };

export interface StockSymbol {
  readonly prefix: string;
  readonly pins: readonly SymbolPin[];
  /** By attribute name in lower case. */
  readonly attributes: Readonly<Record<string, string>>;
}

interface Row {
  readonly folder?: string;
  readonly prefix?: string;
  readonly pins: string;
  readonly symbols: string;
}

let table: ReadonlyMap<string, readonly Row[]> | undefined;

function stockTable(): ReadonlyMap<string, readonly Row[]> {
  if (table !== undefined) return table;
  const made = new Map<string, Row[]>();
  for (const row of ROWS as readonly Row[]) {
    for (const name of row.symbols.split(' ')) {
      const path = row.folder === undefined ? name : `${row.folder}/${name}`;
      // A bare name finds a symbol in any folder, as LTspice's own search does.
      for (const key of new Set([path, name])) made.set(key, [...(made.get(key) ?? []), row]);
    }
  }
  table = made;
  return made;
}

/** The generations of a stock symbol; none for another name. `path` as `symbolPath` gives it. */
export function stockSymbols(path: string): readonly StockSymbol[] {
  const parts = path.toLowerCase().split('/');
  // An absolute path of somebody's library ends in `sym/res` or `sym/opamps/opamp2`.
  const inner = parts.slice(parts.lastIndexOf('sym') + 1);
  const rows = stockTable().get(inner.join('/')) ?? [];
  const name = inner.at(-1) ?? '';
  return rows.map(({ prefix = 'X', pins }) => ({
    prefix,
    pins: pinsOf(pins),
    attributes: { ...attributesOf(name, prefix), prefix },
  }));
}

/** `In+:-32,80 OUT:32,64` */
export function pinsOf(text: string): readonly SymbolPin[] {
  return text.split(' ').map((pin) => {
    const colon = pin.lastIndexOf(':');
    return { name: pin.slice(0, colon), at: pointOf(pin.slice(colon + 1)) };
  });
}

function pointOf(text: string): Point {
  const [x = 0, y = 0] = text.split(',').map(Number);
  return { x, y };
}

/** What stands for a value that was never entered, by prefix. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  R: 'R',
  C: 'C',
  L: 'L',
  V: 'V',
  I: 'I',
  D: 'D',
  E: 'E',
  F: 'F',
  G: 'G',
  H: 'H',
  S: 'SW',
  W: 'CSW',
  QN: 'NPN',
  QP: 'PNP',
  MN: 'NMOS',
  MP: 'PMOS',
  JN: 'NJF',
  JP: 'PJF',
  Z: 'NMF',
  O: 'LTRA',
  T: 'Td=50n Z0=50',
};

const NOISELESS = 'En=0 Enk=0 In=0 Ink=0 Rin=500Meg';

/** Attributes of the generic op amps; the levels are those of the later library. */
const GENERIC: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  bv: { value: 'V=F(...)' },
  bi: { value: 'I=F(...)' },
  bi2: { value: 'I=F(...)' },
  opamp: { value: 'opamp', spiceline: 'Aol=100K', spiceline2: 'GBW=10Meg' },
  opamp2: { value: 'opamp2' },
  universalopamp: universal('level1', 'Avol=1Meg GBW=10Meg Vos=0'),
  universalopamp1: universal('level1', 'Avol=1Meg GBW=10Meg Vos=0'),
  universalopamp2: limited('level2'),
  universalopamp3: limited('level3'),
  universalopamp3a: limited('level3a'),
  universalopamp3b: limited('level3b'),
  universalopamp4: limited('level4'),
  universalopamp5: universal('level5', 'Avol=1Meg GBW=10Meg Vos=0 Ibp=2n Ibn=1n'),
};

function universal(spicemodel: string, value2: string): Readonly<Record<string, string>> {
  return { spicemodel, value2, spiceline2: NOISELESS };
}

function limited(spicemodel: string): Readonly<Record<string, string>> {
  const spiceline = 'Ilimit=25m Rail=0 Vos=0';
  return { ...universal(spicemodel, 'Avol=1Meg GBW=10Meg Slew=10Meg'), spiceline };
}

/** A part's subcircuit is called as the part; a few symbols of LTspice use the model of a sibling. */
function attributesOf(name: string, prefix: string): Readonly<Record<string, string>> {
  const own = GENERIC[name];
  if (own !== undefined) return own;
  const value = prefix === 'X' ? name.toUpperCase() : PLACEHOLDERS[prefix];
  return value === undefined ? {} : { value };
}
