/** The syntax tree of KiCad's schematics (`.kicad_sch`): what is drawn on one sheet, not what it connects. */

import type { Word } from '../expression.ts';
import type { Source, Span } from '../source.ts';

/** x to the right, y down, whole numbers of 0.1 micrometre, at most LARGEST_COORDINATE either way. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** 2 m: small enough for products of differences to be exact. */
export const LARGEST_COORDINATE = 20_000_000;

export interface Schematic {
  readonly source: Source;
  /** The date of the format, as 20231120. */
  readonly version: number;
  readonly uuid: string;
  readonly wires: readonly Wire[];
  readonly junctions: readonly Point[];
  readonly labels: readonly Label[];
  readonly symbols: readonly PlacedSymbol[];
  readonly sheets: readonly SheetSymbol[];
  readonly texts: readonly Word[];
  readonly buses: readonly Span[];
  /** By name. */
  readonly library: ReadonlyMap<string, LibrarySymbol>;
  /** KiCad 6 keeps the names of all parts in the root sheet: by path of sheets and symbol. */
  readonly annotations: ReadonlyMap<string, Annotation>;
}

export interface Wire {
  readonly from: Point;
  readonly to: Point;
}

export interface Label {
  /** `label` is known on its sheet, `hierarchical_label` to its parent too, `global_label` everywhere. */
  readonly kind: 'label' | 'hierarchical_label' | 'global_label';
  readonly at: Point;
  readonly name: Word;
}

export interface Annotation {
  readonly reference: Word;
  readonly unit: number;
}

/** Properties by name, in the spelling of the file. */
export type Fields = ReadonlyMap<string, Word>;

export interface PlacedSymbol {
  readonly name: Word;
  /** Where its definition stands in the file's library. */
  readonly key: string;
  readonly uuid: string;
  readonly at: Point;
  /** Turned counterclockwise [deg], then mirrored. */
  readonly angle: 0 | 90 | 180 | 270;
  readonly mirror: '' | 'x' | 'y';
  readonly unit: number;
  /** 1, or 2 for the alternative drawing. */
  readonly body: number;
  readonly fields: Fields;
  /** By the path of the sheet. */
  readonly annotations: ReadonlyMap<string, Annotation>;
  readonly isOnBoard: boolean;
  readonly isPopulated: boolean;
  readonly isSimulated: boolean;
  readonly span: Span;
}

export interface LibrarySymbol {
  readonly name: string;
  /** A power symbol: it names its net everywhere, or on its sheet only. */
  readonly power: 'global' | 'local' | undefined;
  readonly pins: readonly LibraryPin[];
  readonly fields: Fields;
  /** The symbol whose pins it has. */
  readonly base?: string;
}

export interface LibraryPin {
  readonly number: string;
  readonly name: string;
  /** The electrical type: `input`, `output`, `passive`, `power_in` ... */
  readonly type: string;
  /** In the coordinates of the symbol, y up. */
  readonly at: Point;
  /** 0: of all units, of all drawings. */
  readonly unit: number;
  readonly body: number;
  readonly isHidden: boolean;
}

export interface SheetSymbol {
  readonly uuid: string;
  readonly name: Word;
  readonly file: Word;
  readonly pins: readonly { readonly name: Word; readonly at: Point }[];
  readonly isPopulated: boolean;
  readonly isSimulated: boolean;
  readonly span: Span;
}
