/** What a drawn circuit is to the importers that know parts by their pins and values: KiCad's and Eagle's. */

import type { Word } from '../../../grammar/expression.ts';
import type { Fields } from '../../../grammar/kicad/tree.ts';
import type { Span } from '../../../grammar/source.ts';

export interface Board {
  readonly program: Program;
  readonly components: readonly Component[];
  readonly nets: readonly Net[];
  /** The texts on the sheets. */
  readonly texts: readonly Word[];
}

/** What is said of the program that drew it. */
export interface Program {
  /** `a KiCad schematic` */
  readonly drawing: string;
  /** How to draw a voltage source: `place a VDC of the library Simulation_SPICE`. */
  readonly toDrawSource: string;
  /** How to say which pin of a part is which terminal. */
  readonly toNamePins: string;
}

export interface Net {
  /** As the program calls it, of KiCad `GND`, `/out`, `/filter/in`, `Net-(U1A-+)`. */
  readonly name: string;
  /** Of a supply symbol, a label or a pin that names it. */
  readonly span: Span;
  /** True if a power symbol or a power pin names it. */
  readonly isPower: boolean;
}

export interface Pin {
  readonly number: string;
  /** Empty where it has none. */
  readonly name: string;
  /** The electrical type: `input`, `output`, `passive`, `power_in` ... */
  readonly type: string;
  /** The unit of the part it belongs to; 0: of all; undefined where the file does not say. */
  readonly unit: number | undefined;
  readonly net: Net;
}

export interface Component {
  readonly reference: Word;
  readonly value: Word;
  /** `Device:R` */
  readonly symbol: string;
  readonly fields: Fields;
  readonly pins: readonly Pin[];
  /** True if it is drawn in units with letters, as U1A; undefined where the file does not say. */
  readonly isLettered: boolean | undefined;
  /** False for what is drawn for the simulation only. */
  readonly isOnBoard: boolean;
  readonly isPopulated: boolean;
  readonly isSimulated: boolean;
  readonly span: Span;
}

/** A field by its name, whatever its case; empty and `~` say nothing. */
export function field({ fields }: Pick<Component, 'fields'>, name: string): Word | undefined {
  const exact = fields.get(name);
  const key = name.toLowerCase();
  const found = exact ?? [...fields].find(([other]) => other.toLowerCase() === key)?.[1];
  const text = found?.text.trim() ?? '';
  return text === '' || text === '~' ? undefined : found;
}
