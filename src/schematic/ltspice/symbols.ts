/** Which symbols a placement may mean: the file beside the schematic, else those that come with LTspice. */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { Word } from '../../../grammar/expression.ts';
import { parseSymbol } from '../../../grammar/ltspice/symbol.ts';
import type { Placement, SymbolPin } from '../../../grammar/ltspice/tree.ts';
import type { Source } from '../../../grammar/source.ts';
import type { IncludeResolver } from '../../../grammar/spice/parse.ts';
import { type StockSymbol, stockSymbols } from './stock.ts';

/** A symbol as it stands for a placement. */
export interface PartSymbol {
  /** Its name without folders, as written. */
  readonly name: string;
  /** A block is a sheet of its own, unless its attributes name a model. */
  readonly kind: 'cell' | 'block';
  readonly pins: readonly SymbolPin[];
  /** By name in lower case: as a file says, or as LTspice's own symbol has it. */
  readonly attributes: ReadonlyMap<string, Word | string>;
}

/** Different symbols of one schematic, each of which is looked for in files; more are no drawing. */
const MOST_SYMBOLS = 2000;

/** `OpAmps\\opamp2` -> `OpAmps/opamp2` */
export function symbolPath({ symbol }: Placement): string {
  return symbol.text.replace(/[\\/]+/g, '/');
}

export class SymbolLibrary {
  readonly #resolve: IncludeResolver;
  readonly #diagnostics: Diagnostics;
  readonly #files = new Map<string, PartSymbol | undefined>();
  readonly #stock = new Map<string, readonly PartSymbol[]>();

  constructor({ resolve, diagnostics }: { resolve: IncludeResolver; diagnostics: Diagnostics }) {
    this.#resolve = resolve;
    this.#diagnostics = diagnostics;
  }

  /** The candidates, the likeliest first; none when the symbol is unknown. */
  candidates(placement: Placement, sheet: Source): readonly PartSymbol[] {
    const path = symbolPath(placement);
    const own = this.#file(path, { placement, sheet });
    if (own !== undefined) return [own];
    const key = path.toLowerCase();
    const known = this.#stock.get(key);
    if (known !== undefined) return known;
    const found = stockSymbols(key).map((symbol) => stockPart(symbol, baseName(path)));
    this.#stock.set(key, found);
    return found;
  }

  #file(
    path: string,
    { placement, sheet }: { placement: Placement; sheet: Source },
  ): PartSymbol | undefined {
    const key = `${sheet.name}\n${path.toLowerCase()}`;
    if (this.#files.has(key)) return this.#files.get(key);
    if (this.#files.size > MOST_SYMBOLS) return undefined;
    if (this.#files.size === MOST_SYMBOLS) {
      const message = `The schematic uses more than ${MOST_SYMBOLS} different symbols.`;
      const hint = 'Is the file damaged?';
      this.#diagnostics.error('too_many_symbols', placement.symbol.span, message, hint);
    }
    const source = this.#find(path, { placement, sheet });
    const symbol = source && this.#read(source, baseName(path));
    this.#files.set(key, symbol);
    return symbol;
  }

  #find(
    path: string,
    { placement, sheet }: { placement: Placement; sheet: Source },
  ): Source | undefined {
    const name = baseName(path);
    for (const file of new Set([path, name, path.toLowerCase(), name.toLowerCase()])) {
      const found = this.#resolve(`${file}.asy`, sheet);
      if (found === 'forbidden') {
        const message = `The symbol "${file}.asy" lies outside the folder of the schematic.`;
        const hint = 'Allow its folder: --allow-include FOLDER.';
        this.#diagnostics.error('forbidden_include', placement.symbol.span, message, hint);
        return undefined;
      }
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #read(source: Source, name: string): PartSymbol {
    const { kind, pins, attributes, diagnostics } = parseSymbol(source);
    this.#diagnostics.all.push(...diagnostics);
    return { name, kind, pins, attributes };
  }
}

/** The name of a symbol without its folders. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** One of LTspice's own symbols under a name. */
export function stockPart({ pins, attributes }: StockSymbol, name: string): PartSymbol {
  return { name, kind: 'cell', pins, attributes: new Map(Object.entries(attributes)) };
}
