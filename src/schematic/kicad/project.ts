/** The sheets of a KiCad project -> its parts and nets. */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import { shorten } from '../../../grammar/expression-faults.ts';
import type {
  Annotation,
  LibrarySymbol,
  PlacedSymbol,
  Point,
} from '../../../grammar/kicad/tree.ts';
import type { Board, Component, Net, Pin } from '../board/board.ts';
import { Connections } from './connections.ts';
import type { Sheet } from './hierarchy.ts';
import { type Driver, NetDrivers, pinDriverName, unitLetter } from './net-names.ts';
import { definitionOf, type PlacedPin, placedPins } from './placement.ts';
import { KICAD_PROGRAM } from './program.ts';

/** A symbol on a sheet, found and placed. */
interface Placed {
  readonly sheet: Sheet;
  readonly symbol: PlacedSymbol;
  readonly definition: LibrarySymbol;
  readonly annotation: Annotation;
  readonly pins: readonly PlacedPin[];
}

/** The parts and nets of a project, and which net is at a point of a sheet. */
export interface Project {
  readonly board: Board;
  /** Undefined where nothing has a pin. */
  netAt(sheet: Sheet, point: Point): Net | undefined;
}

export function projectOf(sheets: readonly Sheet[], diagnostics: Diagnostics): Project {
  const placed = placedSymbols(sheets, diagnostics);
  const connections = new Connections(sheets, diagnostics);
  for (const { sheet, symbol, definition, pins } of placed)
    for (const pin of pins)
      if (namesNet(pin, definition))
        connections.power(sheet, pin.place, {
          name: powerName(pin, { sheet, symbol, definition }),
          isLocal: definition.power === 'local',
        });
  const netAt = netsOf(placed, sheets, connections);
  reportBuses(sheets, diagnostics);
  const board: Board = {
    components: componentsOf(placed, netAt, diagnostics),
    nets: netAt.all,
    program: KICAD_PROGRAM,
    texts: sheets.filter(isFirstOfFile).flatMap(({ schematic }) => schematic.texts),
  };
  return { board, netAt };
}

/** A file that several symbols stand for says its texts once. */
export function isFirstOfFile(sheet: Sheet, index: number, sheets: readonly Sheet[]): boolean {
  return sheets.findIndex(({ schematic }) => schematic === sheet.schematic) === index;
}

function placedSymbols(sheets: readonly Sheet[], diagnostics: Diagnostics): readonly Placed[] {
  const [root] = sheets;
  const told = new Set<string>();
  return sheets.flatMap((sheet) =>
    sheet.schematic.symbols.flatMap((symbol) => {
      const definition = definitionOf(symbol, sheet.schematic);
      if (definition === undefined) {
        if (told.has(symbol.key)) return [];
        told.add(symbol.key);
        const message = `The file lacks the definition of the symbol "${shorten(symbol.key)}".`;
        const hint = 'Open the schematic in KiCad and save it: it then carries its symbols.';
        diagnostics.error('missing_symbol', symbol.name.span, message, hint);
        return [];
      }
      const annotation = annotationOf(symbol, sheet, root);
      const pins = placedPins(symbol, definition, annotation.unit);
      return [{ sheet, symbol, definition, annotation, pins }];
    }),
  );
}

/** Its name on this sheet: a file that stands for several sheets has one per sheet. */
export function annotationOf(
  symbol: PlacedSymbol,
  sheet: Sheet,
  root: Sheet | undefined,
): Annotation {
  const below = sheet.path.slice(root?.path.length ?? 0);
  const found =
    symbol.annotations.get(sheet.path) ??
    root?.schematic.annotations.get(`${below}/${symbol.uuid}`);
  if (found !== undefined) return found;
  const nowhere = { text: '', span: symbol.span };
  return { reference: symbol.fields.get('Reference') ?? nowhere, unit: symbol.unit };
}

/** Pins that connect by name: of power symbols, and hidden supply pins of parts. */
function namesNet({ type, isHidden }: PlacedPin, { power }: LibrarySymbol): boolean {
  return type === 'power_in' && (power !== undefined || isHidden);
}

/** From version 7 on a power symbol is known by its value, before by its pin. */
const VALUE_NAMES_SINCE = 20220000;

function powerName(
  pin: PlacedPin,
  { sheet, symbol, definition }: Pick<Placed, 'sheet' | 'symbol' | 'definition'>,
): string {
  const isValue = definition.power !== undefined && sheet.schematic.version >= VALUE_NAMES_SINCE;
  return (isValue ? symbol.fields.get('Value')?.text : undefined) ?? pin.name;
}

interface NetTable {
  (sheet: Sheet, point: Point): Net | undefined;
  readonly all: readonly Net[];
}

function netsOf(
  placed: readonly Placed[],
  sheets: readonly Sheet[],
  connections: Connections,
): NetTable {
  const drivers = new NetDrivers();
  for (const sheet of sheets) {
    const { name: prefix, depth, schematic, parent } = sheet;
    for (const { kind, at, name } of schematic.labels) {
      const isGlobal = kind === 'global_label';
      const rank = ({ global_label: 'global label', label: 'label' } as const)[
        kind as 'label' | 'global_label'
      ];
      drivers.offer(connections.at(sheet, at), {
        rank: rank ?? 'hierarchical label',
        depth,
        name: isGlobal ? name.text : prefix + name.text,
        span: name.span,
      });
    }
    for (const { name, at } of parent?.symbol.pins ?? []) {
      if (parent === undefined) continue;
      const driver = {
        rank: 'sheet pin',
        depth,
        name: prefix + name.text,
        span: name.span,
      } as const;
      drivers.offer(connections.at(parent.sheet, at), driver);
    }
  }
  for (const part of placed)
    for (const pin of part.pins)
      drivers.offer(connections.at(part.sheet, pin.place), driver(pin, part));
  const nets = new Map<number, Net>();
  const table = (sheet: Sheet, point: Point): Net | undefined => {
    const number = connections.at(sheet, point);
    const net = nets.get(number) ?? drivers.net(number);
    if (net !== undefined) nets.set(number, net);
    return net;
  };
  for (const { sheet, pins } of placed) for (const pin of pins) table(sheet, pin.place);
  return Object.assign(table, { all: [...nets.values()] });
}

function driver(pin: PlacedPin, part: Placed): Driver {
  const { sheet, symbol, definition, annotation } = part;
  const { depth, name: prefix } = sheet;
  if (namesNet(pin, definition)) {
    const name = powerName(pin, part);
    const { span } = symbol.fields.get('Value') ?? symbol;
    if (definition.power === 'local')
      return { rank: 'local power', depth, name: prefix + name, span };
    return { rank: 'power', depth, name, span };
  }
  const letter = isLettered(definition) ? unitLetter(annotation.unit) : '';
  const name = pinDriverName(annotation.reference.text + letter, pin);
  return { rank: 'pin', depth, name, span: symbol.span, pad: `Pad${pin.number}` };
}

/** A part of several units bears a letter per unit. */
export function isLettered({ pins }: LibrarySymbol): boolean {
  return pins.some(({ unit }) => unit > 1);
}

/** Units of one reference are one component. References that begin with # are no parts. */
function componentsOf(
  placed: readonly Placed[],
  netAt: NetTable,
  diagnostics: Diagnostics,
): readonly Component[] {
  const groups = new Map<string, Placed[]>();
  for (const part of placed) {
    const { reference, unit } = part.annotation;
    if (reference.text.startsWith('#') || part.definition.power !== undefined) continue;
    const group = groups.get(reference.text) ?? [];
    const isTaken = group.some(({ annotation }) => annotation.unit === unit);
    // Two parts of one name are told of, and stay two.
    if (isTaken) groups.set(`${reference.text} ${groups.size}`, [part]);
    else groups.set(reference.text, group);
    if (!isTaken) group.push(part);
    if (isTaken || reference.text.endsWith('?')) {
      const message = isTaken
        ? `There are two parts "${shorten(reference.text)}".`
        : `The part "${shorten(reference.text)}" has no number yet.`;
      const hint = 'Annotate the schematic in KiCad: Tools > Annotate Schematic.';
      diagnostics.warning('not_annotated', reference.span, message, hint);
    }
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { symbol, annotation } = first;
    const nowhere = { text: '', span: symbol.span };
    return {
      reference: annotation.reference,
      value: symbol.fields.get('Value') ?? nowhere,
      symbol: symbol.name.text,
      fields: symbol.fields,
      pins: group.flatMap((part) => pinsOf(part, netAt)),
      isLettered: isLettered(first.definition),
      isOnBoard: symbol.isOnBoard,
      isPopulated: group.every(({ sheet, symbol: unit }) => sheet.isPopulated && unit.isPopulated),
      isSimulated: group.every(({ sheet, symbol: unit }) => sheet.isSimulated && unit.isSimulated),
      span: symbol.span,
    };
  });
}

function pinsOf({ sheet, pins, annotation }: Placed, netAt: NetTable): Pin[] {
  return pins.flatMap((pin) => {
    const net = netAt(sheet, pin.place);
    const unit = pin.unit === 0 ? 0 : annotation.unit;
    return net === undefined
      ? []
      : [{ number: pin.number, name: pin.name, type: pin.type, unit, net }];
  });
}

function reportBuses(sheets: readonly Sheet[], diagnostics: Diagnostics): void {
  const hint = 'Where a bus leads to another sheet, draw its wires on their own.';
  const [first] = sheets.flatMap(({ schematic }) => schematic.buses);
  if (first !== undefined) {
    const message = 'Buses are not followed: their wires connect by their labels only.';
    diagnostics.warning('bus', first, message, hint);
  }
}
