/**
 * Private symbols that are not at hand and are copies of LTspice's own resistors, sources and transistors:
 * `My_sym\\source-V`, `Lab\\npn`. What the symbol or the part is called tells the kind, the wires the pins.
 */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { Placement } from '../../../grammar/ltspice/tree.ts';
import { fitting, type Touches } from './fit.ts';
import { stockSymbols } from './stock.ts';
import { baseName, type PartSymbol, stockPart, symbolPath } from './symbols.ts';

/** The stock symbols of a part whose name begins with the letter. */
const BY_LETTER: ReadonlyMap<string, readonly string[]> = new Map([
  ['R', ['res', 'res2']],
  ['C', ['cap']],
  ['L', ['ind']],
  ['V', ['voltage', 'misc/cell']],
  ['I', ['current']],
  ['D', ['diode']],
]);

/** The stock symbol that an unknown one seems to copy, with a warning; undefined when the wires do not fit. */
export function stockCopy(
  placement: Placement,
  { touches, diagnostics }: { readonly touches: Touches; readonly diagnostics: Diagnostics },
): PartSymbol | undefined {
  const path = symbolPath(placement);
  const base = baseName(path).toLowerCase();
  const name = placement.attributes.get('instname')?.text ?? '';
  // `source-V` says more than the part's own name.
  const letter = (/[-_ ]([rclvid])$/.exec(base)?.[1] ?? name.slice(0, 1)).toUpperCase();
  const candidates = [base, ...(BY_LETTER.get(letter) ?? [])].flatMap((stock) =>
    stockSymbols(stock)
      .filter(({ prefix }) => prefix !== 'X')
      .map((symbol) => stockPart(symbol, baseName(stock))),
  );
  const best = fitting(candidates, { placement, touches });
  if (best === undefined || !best.full) return undefined;
  const { pins } = best.symbol;
  const message = `The symbol "${path}" of ${name} is not at hand; by its name and its wires it is taken for a copy of LTspice's "${best.symbol.name}", with the pins ${pins.map((pin) => pin.name).join(' ')}.`;
  const hint = `To be sure, put ${baseName(path)}.asy beside the schematic.`;
  diagnostics.warning('assumed_symbol', placement.symbol.span, message, hint);
  return best.symbol;
}
