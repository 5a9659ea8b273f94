/** The syntax tree of LTspice's schematics (`.asc`) and symbols (`.asy`): what is drawn, not what it connects. */

import type { Diagnostic } from '../diagnostic.ts';
import type { Word } from '../expression.ts';
import type { Source, Span } from '../source.ts';

/** x to the right, y down, whole numbers of at most LARGEST_COORDINATE either way. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Small enough for products of differences to be exact. */
export const LARGEST_COORDINATE = 10_000_000;

export const ORIENTATIONS = ['R0', 'R90', 'R180', 'R270', 'M0', 'M90', 'M180', 'M270'] as const;

/** Turned clockwise by as many degrees; M: then mirrored left to right. */
export type Orientation = (typeof ORIENTATIONS)[number];

export interface Schematic {
  readonly source: Source;
  readonly wires: readonly Wire[];
  readonly flags: readonly Flag[];
  readonly placements: readonly Placement[];
  readonly texts: readonly SheetText[];
  readonly busTaps: readonly Span[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface Wire {
  readonly from: Point;
  readonly to: Point;
  readonly span: Span;
}

/** A net label; `0` is ground. */
export interface Flag {
  readonly at: Point;
  readonly name: Word;
}

/** A symbol on the sheet. */
export interface Placement {
  /** As written: `OpAmps\\opamp2`. */
  readonly symbol: Word;
  readonly at: Point;
  readonly orientation: Orientation;
  readonly attributes: Attributes;
  /** Where its texts stand, by the number of the text: 0 its name, 3 its value. */
  readonly windows: ReadonlyMap<number, Window>;
  readonly span: Span;
}

/** Where a text of a symbol stands, in the symbol's coordinates. */
export interface Window {
  readonly at: Point;
  /** `Left`, `Right`, `Top`, `Bottom`, `Center`, with a V for an upright one; `Invisible`. */
  readonly justification: string;
}

/** By name in lower case: `instname`, `value`, `value2`, `spiceline`, `spicemodel`, `prefix` ... */
export type Attributes = ReadonlyMap<string, Word>;

/** A text on the sheet: SPICE lines, or a comment. */
export interface SheetText {
  readonly kind: 'spice' | 'comment';
  readonly at: Point;
  /** As that of a `Window`. */
  readonly justification: string;
  /** `\n` in the file separates them. */
  readonly lines: readonly Word[];
}

export interface SymbolDefinition {
  readonly source: Source;
  /** A block stands for a sheet of its own, unless its attributes name a model. */
  readonly kind: 'cell' | 'block';
  readonly attributes: Attributes;
  /** In the order of a netlist. */
  readonly pins: readonly SymbolPin[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface SymbolPin {
  readonly name: string;
  readonly at: Point;
}
