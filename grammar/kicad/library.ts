/** The symbols that a schematic carries: `(lib_symbols (symbol "Device:R" ... (symbol "R_1_1" (pin ...))))`. */

import type { List } from './expression.ts';
import { fieldsOf } from './fields.ts';
import type { Places } from './places.ts';
import type { LibraryPin, LibrarySymbol } from './tree.ts';

export function librarySymbols(
  list: List | undefined,
  places: Places,
): ReadonlyMap<string, LibrarySymbol> {
  const found = new Map<string, LibrarySymbol>();
  for (const symbol of list?.lists('symbol') ?? []) {
    const name = symbol.atom(1)?.text ?? '';
    const base = symbol.value('extends')?.text;
    const power = symbol.list('power');
    found.set(name, {
      name,
      power: power === undefined ? undefined : power.atom(1)?.text === 'local' ? 'local' : 'global',
      pins: symbol.lists('symbol').flatMap((unit) => pinsOf(unit, places)),
      fields: fieldsOf(symbol),
      ...(base === undefined ? {} : { base }),
    });
  }
  return found;
}

/** The name of a drawing ends in its unit and its body style. */
export const UNIT_AND_BODY = /_(\d+)_(\d+)$/;

function pinsOf(drawing: List, places: Places): LibraryPin[] {
  const [, unit = '0', body = '0'] = UNIT_AND_BODY.exec(drawing.atom(1)?.text ?? '') ?? [];
  return drawing.lists('pin').flatMap((pin) => {
    const at = places.at(pin);
    if (at === undefined) return [];
    return {
      number: pin.value('number')?.text ?? '',
      name: pin.value('name')?.text ?? '',
      type: pin.atom(1)?.text ?? '',
      at,
      unit: Number(unit),
      body: Number(body),
      isHidden: pin.has('hide'),
    };
  });
}
