/** The sheets of a project: a file stands for as many sheets as there are symbols of it. */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import { shorten } from '../../../grammar/expression-faults.ts';
import { parseKicadSchematic } from '../../../grammar/kicad/schematic.ts';
import type { Schematic, SheetSymbol } from '../../../grammar/kicad/tree.ts';
import type { Source } from '../../../grammar/source.ts';
import type { IncludeResolver } from '../../../grammar/spice/parse.ts';

export interface Sheet {
  readonly schematic: Schematic;
  /** `/root/sheet`, by the identifiers of the sheets. */
  readonly path: string;
  /** `/` or `/filter/`, by the names of the sheets. */
  readonly name: string;
  readonly depth: number;
  /** Undefined for the root. */
  readonly parent?: { readonly sheet: Sheet; readonly symbol: SheetSymbol };
  readonly isPopulated: boolean;
  readonly isSimulated: boolean;
}

export interface HierarchyOptions {
  readonly resolve: IncludeResolver;
  readonly diagnostics: Diagnostics;
}

const MOST_SHEETS = 1000;
const DEEPEST = 50;
/** Wires, labels and symbols of all sheets together. */
const MOST_ITEMS = 2_000_000;

/** The root first, parents before their children; without what cannot be read, which is an error. */
export function sheetsOf(
  source: Source,
  { resolve, diagnostics }: HierarchyOptions,
): readonly Sheet[] {
  const read = new Map<string, Schematic | undefined>();
  const root = parseKicadSchematic(source, diagnostics);
  if (root === undefined) return [];
  read.set(source.name, root);
  const sheets: Sheet[] = [
    {
      schematic: root,
      path: `/${root.uuid}`,
      name: '/',
      depth: 0,
      isPopulated: true,
      isSimulated: true,
    },
  ];
  let items = 0;
  for (const sheet of sheets) {
    const { wires, labels, symbols } = sheet.schematic;
    items += wires.length + labels.length + symbols.length;
    for (const symbol of sheet.schematic.sheets) {
      if (sheets.length >= MOST_SHEETS || sheet.depth >= DEEPEST || items > MOST_ITEMS) {
        const message = `The project has more than ${MOST_SHEETS} sheets, more than ${DEEPEST} within each other, or more than ${MOST_ITEMS} wires and symbols.`;
        diagnostics.error('too_many_sheets', symbol.span, message, 'Does a sheet contain itself?');
        return sheets;
      }
      const schematic = childOf(symbol, sheet);
      if (schematic === undefined) continue;
      sheets.push({
        schematic,
        path: `${sheet.path}/${symbol.uuid}`,
        name: `${sheet.name}${symbol.name.text}/`,
        depth: sheet.depth + 1,
        parent: { sheet, symbol },
        isPopulated: sheet.isPopulated && symbol.isPopulated,
        isSimulated: sheet.isSimulated && symbol.isSimulated,
      });
    }
  }
  return sheets;

  function childOf({ file, name }: SheetSymbol, { schematic }: Sheet): Schematic | undefined {
    const found = resolve(file.text, schematic.source);
    if (found === undefined || found === 'forbidden') {
      const message = `The sheet "${shorten(name.text)}" is in the file "${shorten(file.text)}", which ${
        found === undefined ? 'was not found' : 'lies outside the folder of the schematic'
      }.`;
      const hint =
        found === undefined
          ? 'Put it where the schematic looks for it, or give the netlist that KiCad exports.'
          : 'Allow its folder: --allow-include FOLDER.';
      diagnostics.error('missing_sheet', file.span, message, hint);
      return undefined;
    }
    if (!read.has(found.name)) read.set(found.name, parseKicadSchematic(found, diagnostics));
    return read.get(found.name);
  }
}
