/** The placements of a sheet with their symbols found: parts, whose pins have places. */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { Word } from '../../../grammar/expression.ts';
import { shorten } from '../../../grammar/expression-faults.ts';
import type { Placement, Point, Schematic } from '../../../grammar/ltspice/tree.ts';
import { PointTable } from '../point-table.ts';
import type { Segments } from '../segments.ts';
import { stockCopy } from './copies.ts';
import { fitting, type Touches } from './fit.ts';
import { placed } from './orientation.ts';
import { type PartSymbol, type SymbolLibrary, symbolPath } from './symbols.ts';
import { opAmpTemplate } from './templates.ts';

export interface Part {
  readonly placement: Placement;
  readonly symbol: PartSymbol;
  /** On the sheet, in netlist order. */
  readonly pins: readonly Point[];
}

/** What the part says of `key`, else its symbol; `""` says nothing. */
export function attribute({ placement, symbol }: Part, key: string): Word | undefined {
  const found = placement.attributes.get(key) ?? symbol.attributes.get(key);
  // What no file states stands where the symbol is named.
  const word = typeof found === 'string' ? { text: found, span: placement.symbol.span } : found;
  return word === undefined || word.text === '' || word.text === '""' ? undefined : word;
}

/** The parts in the order of the file. A symbol that cannot be found is an error. */
export function partsOf(
  schematic: Schematic,
  {
    segments,
    library,
    diagnostics,
  }: { segments: Segments; library: SymbolLibrary; diagnostics: Diagnostics },
): readonly Part[] {
  const { placements, wires, flags, source } = schematic;
  const marks = new PointTable();
  for (const { from, to } of wires) {
    marks.add(from);
    marks.add(to);
  }
  for (const { at } of flags) marks.add(at);
  const touches: Touches = (point) => marks.has(point) || segments.isOn(point);
  const candidates = placements.map((placement) => library.candidates(placement, source));
  const parts: (Part | undefined)[] = placements.map(() => undefined);
  const settle = (index: number, symbol: PartSymbol | undefined): void => {
    const placement = placements[index];
    if (symbol === undefined || placement === undefined) return;
    const pins = symbol.pins.map(({ at }) => placed(at, placement));
    parts[index] = { placement, symbol, pins };
    for (const pin of pins) marks.add(pin);
  };
  const assumed = (placement: Placement): PartSymbol | undefined =>
    stockCopy(placement, { touches, diagnostics }) ??
    opAmpTemplate(placement, { touches, diagnostics });
  // What is certain first: its pins help to place the rest.
  for (const [index, found] of candidates.entries())
    if (found.length === 1) settle(index, found[0]);
  for (const [index, placement] of placements.entries()) {
    const found = candidates[index] ?? [];
    if (found.length > 1) settle(index, fitting(found, { placement, touches })?.symbol);
    else if (found.length === 0) settle(index, assumed(placement));
  }
  reportMissing(
    placements.filter((_, index) => parts[index] === undefined),
    diagnostics,
  );
  return parts.filter((part) => part !== undefined);
}

/** The most instances that a message lists, and the most symbols that are told of. */
const LISTED = 8;
const TOLD = 50;

function reportMissing(placements: readonly Placement[], diagnostics: Diagnostics): void {
  const missing = new Map<string, Placement[]>();
  for (const placement of placements) {
    const key = symbolPath(placement).toLowerCase();
    const same = missing.get(key) ?? [];
    same.push(placement);
    missing.set(key, same);
  }
  for (const [first, ...others] of [...missing.values()].slice(0, TOLD)) {
    if (first === undefined) continue;
    const path = symbolPath(first);
    const names = [first, ...others].flatMap(
      ({ attributes }) => attributes.get('instname')?.text ?? [],
    );
    const listed = names.slice(0, LISTED).join(', ') + (names.length > LISTED ? ', ...' : '');
    const used = names.length === 0 ? '' : ` (${listed})`;
    const message = `The symbol "${shorten(path)}"${used} is neither beside the schematic nor one of LTspice's own.`;
    const hint = `Put ${shorten(path)}.asy beside the schematic: its pins tell what is connected.`;
    diagnostics.error('missing_symbol', first.symbol.span, message, hint);
  }
  const more = missing.size - TOLD;
  const [placement] = placements;
  if (more <= 0 || placement === undefined) return;
  const message = `${more} more symbols are missing.`;
  diagnostics.error('missing_symbol', placement.symbol.span, message);
}
