/** Coordinates in millimetres, as KiCad writes them, -> whole numbers. */

import type { Diagnostics } from '../diagnostic.ts';
import { shorten } from '../expression-faults.ts';
import type { Atom, List } from './expression.ts';
import { LARGEST_COORDINATE, type PlacedSymbol, type Point } from './tree.ts';

/** 0.1 micrometre in a millimetre. */
const PER_MILLIMETRE = 10_000;

/** Faults that are told; a file with more is no schematic. */
const MOST_FAULTS = 100;

export class Places {
  readonly #diagnostics: Diagnostics;
  #faults = 0;

  constructor(diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics;
  }

  /** `(xy 1.27 2.54)`; undefined, with an error, where it is no point. */
  point(list: List): Point | undefined {
    const x = this.#coordinate(list.atom(1), list);
    const y = this.#coordinate(list.atom(2), list);
    return x === undefined || y === undefined ? undefined : { x, y };
  }

  /** The point of the `(at x y)` in `list`. */
  at(list: List): Point | undefined {
    const at = list.list('at');
    if (at !== undefined) return this.point(at);
    this.#fault(list, `"(${shorten(list.head)}" has no place.`);
    return undefined;
  }

  /** The number in `(name 1.27)` in `list`; 0 where it has none. */
  length(list: List, name: string): number {
    const inner = list.list(name);
    return (inner && this.#coordinate(inner.atom(1), inner)) ?? 0;
  }

  /** The angle of the `(at x y angle)` in `list`. */
  angle(list: List): PlacedSymbol['angle'] {
    const atom = list.list('at')?.atom(3);
    const value = Number(atom?.text ?? 0);
    if (value === 0 || value === 90 || value === 180 || value === 270) return value;
    this.#fault(
      atom ?? list,
      `"${shorten(atom?.text ?? '')}" is none of the angles 0, 90, 180, 270.`,
    );
    return 0;
  }

  #coordinate(atom: Atom | undefined, list: List): number | undefined {
    const text = atom?.text ?? '';
    const value = /^[-+]?[\d.]{1,20}(?:e[-+]?\d{1,2})?$/i.test(text) ? Number(text) : Number.NaN;
    const units = Math.round(value * PER_MILLIMETRE);
    if (Math.abs(units) <= LARGEST_COORDINATE) return units;
    const message = Number.isNaN(units)
      ? `"${shorten(text)}" is no coordinate.`
      : `The coordinate ${shorten(text)} mm lies outside every sheet.`;
    this.#fault(atom ?? list, message);
    return undefined;
  }

  #fault({ span }: Atom | List, message: string): void {
    if (this.#faults++ >= MOST_FAULTS) return;
    const hint = 'The file is damaged; open it in KiCad and save it again.';
    this.#diagnostics.error('bad_place', span, message, hint);
  }
}
