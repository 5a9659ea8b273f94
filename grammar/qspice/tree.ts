/** The syntax tree of QSPICE's schematics (`.qsch`): what is drawn on a sheet, with the names that QSPICE gave to its wires. */

import type { Word } from '../expression.ts';
import type { Source, Span } from '../source.ts';

/** x to the right, y up. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Schematic {
  readonly source: Source;
  readonly components: readonly Component[];
  readonly wires: readonly Wire[];
  /** Names of nets at points. */
  readonly labels: readonly Label[];
  readonly texts: readonly SheetText[];
}

export interface Component {
  readonly at: Point;
  /** Eighths of a turn, counterclockwise; mirrored behind the turn from 8 on. */
  readonly orientation: number;
  /** `R`, `QN`, `Ã`; empty of a block, which stands for a sheet. */
  readonly type: string;
  /** The name first, then the value and what follows it. */
  readonly texts: readonly Word[];
  readonly pins: readonly Pin[];
  /** A file of models, or behind a stroke its text. */
  readonly library: Word | undefined;
  readonly span: Span;
}

export interface Pin {
  /** From the component, before it is turned. */
  readonly at: Point;
  readonly name: string;
}

export interface Wire {
  readonly from: Point;
  readonly to: Point;
  /** Its net. */
  readonly name: Word | undefined;
}

export interface Label {
  readonly at: Point;
  readonly name: Word;
}

export interface SheetText {
  readonly isComment: boolean;
  readonly text: string;
  readonly span: Span;
}
