/** A KiCad schematic (`.kicad_sch`, versions 6 to 10) -> its syntax tree. What is only drawn is passed over. */

import type { Diagnostics } from '../diagnostic.ts';
import type { Source } from '../source.ts';
import { List } from './expression.ts';
import { fieldsOf } from './fields.ts';
import { librarySymbols } from './library.ts';
import { Places } from './places.ts';
import { readExpression } from './read.ts';
import type { Annotation, Label, PlacedSymbol, Schematic, SheetSymbol } from './tree.ts';

export function parseKicadSchematic(
  source: Source,
  diagnostics: Diagnostics,
): Schematic | undefined {
  const top = readExpression(source, diagnostics);
  if (top === undefined) return undefined;
  if (top.head !== 'kicad_sch') {
    const message = `The file holds a list "${top.head.slice(0, 40)}", not a KiCad schematic.`;
    diagnostics.error('no_schematic', { ...top.span, end: top.start + 1 }, message);
    return undefined;
  }
  const places = new Places(diagnostics);
  return {
    source,
    version: Number(top.value('version')?.text ?? 0),
    uuid: top.value('uuid')?.text ?? '',
    wires: top.lists('wire').flatMap((wire) => {
      const [from, to] = (wire.list('pts')?.lists('xy') ?? []).map((xy) => places.point(xy));
      return from === undefined || to === undefined ? [] : [{ from, to }];
    }),
    junctions: top.lists('junction').flatMap((junction) => places.at(junction) ?? []),
    labels: labelsOf(top, places),
    symbols: top.lists('symbol').flatMap((symbol) => placedSymbol(symbol, places) ?? []),
    sheets: top.lists('sheet').map((sheet) => sheetSymbol(sheet, places)),
    texts: top.lists('text').flatMap((text) => text.atom(1) ?? []),
    buses: top.lists('bus').map(({ span }) => span),
    library: librarySymbols(top.list('lib_symbols'), places),
    annotations: annotationsOf(top.list('symbol_instances')),
  };
}

function labelsOf(top: List, places: Places): Label[] {
  return (['label', 'hierarchical_label', 'global_label'] as const).flatMap((kind) =>
    top.lists(kind).flatMap((label) => {
      const at = places.at(label);
      const name = label.atom(1);
      return at === undefined || name === undefined ? [] : [{ kind, at, name }];
    }),
  );
}

function annotationsOf(list: List | undefined): Map<string, Annotation> {
  const found = new Map<string, Annotation>();
  for (const path of list?.lists('path') ?? []) {
    const key = path.atom(1);
    const reference = path.value('reference');
    if (key === undefined || reference === undefined) continue;
    found.set(key.text, { reference, unit: Number(path.value('unit')?.text ?? 1) });
  }
  return found;
}

function placedSymbol(symbol: List, places: Places): PlacedSymbol | undefined {
  const at = places.at(symbol);
  const name = symbol.value('lib_id');
  if (at === undefined || name === undefined) return undefined;
  const projects = symbol.list('instances')?.lists('project') ?? [];
  const annotations = new Map(projects.flatMap((project) => [...annotationsOf(project).entries()]));
  const mirror = symbol.value('mirror')?.text ?? '';
  return {
    name,
    key: symbol.value('lib_name')?.text ?? name.text,
    uuid: symbol.value('uuid')?.text ?? '',
    at,
    angle: places.angle(symbol),
    mirror: mirror === 'x' || mirror === 'y' ? mirror : '',
    unit: Number(symbol.value('unit')?.text ?? 1),
    body: Number((symbol.value('body_style') ?? symbol.value('convert'))?.text ?? 1),
    fields: fieldsOf(symbol),
    annotations,
    isOnBoard: symbol.value('on_board')?.text !== 'no',
    isPopulated: !symbol.has('dnp'),
    isSimulated: !symbol.has('exclude_from_sim'),
    span: headSpan(symbol),
  };
}

/** Where a list begins and says what it is. */
function headSpan(list: List): PlacedSymbol['span'] {
  const first = list.items.find((item) => item instanceof List) ?? list;
  return { ...list.span, end: first.end };
}

function sheetSymbol(sheet: List, places: Places): SheetSymbol {
  const fields = fieldsOf(sheet);
  const nowhere = { text: '', span: headSpan(sheet) };
  return {
    uuid: sheet.value('uuid')?.text ?? '',
    name: fields.get('Sheetname') ?? fields.get('Sheet name') ?? nowhere,
    file: fields.get('Sheetfile') ?? fields.get('Sheet file') ?? nowhere,
    pins: sheet.lists('pin').flatMap((pin) => {
      const at = places.at(pin);
      const name = pin.atom(1);
      return at === undefined || name === undefined ? [] : [{ name, at }];
    }),
    isPopulated: !sheet.has('dnp'),
    isSimulated: !sheet.has('exclude_from_sim'),
    span: headSpan(sheet),
  };
}
