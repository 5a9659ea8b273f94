/** What is connected on the sheets of a project. */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { Point } from '../../../grammar/kicad/tree.ts';
import { PointTable } from '../point-table.ts';
import { MOST_DIRECTIONS, Segments } from '../segments.ts';
import { UnionFind } from '../union-find.ts';
import type { Sheet } from './hierarchy.ts';

/**
 * The nets of all sheets as one union. Connected are: the ends of a wire; ends, pins and labels at one point; wires
 * that pass through a junction or a label; labels of one name on a sheet; a hierarchical label and the pin of that
 * name on the sheet's symbol; global labels of one name. A pin or an end in the middle of a wire is not.
 */
export class Connections {
  readonly #union = new UnionFind();
  readonly #sheets = new Map<Sheet, SheetPoints>();
  readonly #named = new Map<string, number>();

  constructor(sheets: readonly Sheet[], diagnostics: Diagnostics) {
    for (const sheet of sheets) {
      const points = new SheetPoints(sheet, this.#union);
      if (points.hasExcess) reportDirections(sheet, diagnostics);
      this.#sheets.set(sheet, points);
      for (const { kind, at, name } of sheet.schematic.labels) {
        const member = points.through(at);
        this.#name(
          member,
          kind === 'global_label' ? globalKey(name.text) : localKey(sheet, name.text),
        );
      }
      if (sheet.parent === undefined) continue;
      const above = this.#sheets.get(sheet.parent.sheet);
      for (const { name, at } of sheet.parent.symbol.pins) {
        if (above !== undefined) this.#name(above.member(at), localKey(sheet, name.text));
      }
    }
  }

  /** The net at a point where a wire ends or a pin or a label is; a number that later joins may change. */
  at(sheet: Sheet, point: Point): number {
    const member = this.#sheets.get(sheet)?.member(point);
    return member === undefined ? -1 : this.#union.find(member);
  }

  /** Joins the net at a point with others of the name: on all sheets, or on this one. */
  power(sheet: Sheet, point: Point, { name, isLocal }: { name: string; isLocal: boolean }): void {
    const member = this.at(sheet, point);
    if (member >= 0) this.#name(member, isLocal ? localKey(sheet, name) : globalKey(name));
  }

  #name(member: number, key: string): void {
    const known = this.#named.get(key);
    if (known === undefined) this.#named.set(key, member);
    else this.#union.join(known, member);
  }
}

function reportDirections({ schematic: { source } }: Sheet, diagnostics: Diagnostics): void {
  const message = `The wires run in more than ${MOST_DIRECTIONS} directions.`;
  const hint = 'Is the file damaged? KiCad draws wires along the grid.';
  diagnostics.error('too_many_directions', { source, start: 0, end: 1 }, message, hint);
}

function globalKey(name: string): string {
  return `*${name}`;
}

function localKey({ path }: Sheet, name: string): string {
  return `${path} ${name}`;
}

/** The wires and points of one sheet, as members of a union. */
class SheetPoints {
  readonly #union: UnionFind;
  readonly #segments: Segments;
  readonly #points = new PointTable();
  /** Of each run of wires, of each point. */
  readonly #runMembers: number[] = [];
  readonly #pointMembers: number[] = [];

  constructor({ schematic }: Sheet, union: UnionFind) {
    const { wires, junctions } = schematic;
    this.#union = union;
    this.#segments = new Segments(wires);
    for (let run = 0; run < this.#segments.runs; run++) this.#runMembers.push(union.add());
    for (const [index, { from, to }] of wires.entries()) {
      const first = this.member(from);
      union.join(first, this.member(to));
      const run = this.#segments.runOf[index];
      const member = run === undefined ? undefined : this.#runMembers[run];
      if (member !== undefined) union.join(first, member);
    }
    for (const point of junctions) this.through(point);
  }

  /** True if wires run in too many directions to be followed. */
  get hasExcess(): boolean {
    return this.#segments.excess.length > 0;
  }

  member(point: Point): number {
    const number = this.#points.add(point);
    const known = this.#pointMembers[number];
    if (known !== undefined) return known;
    const member = this.#union.add();
    this.#pointMembers[number] = member;
    return member;
  }

  /** The member at a point, joined with the wires that pass there. */
  through(point: Point): number {
    const member = this.member(point);
    this.#segments.visit(point, (run) => {
      const other = this.#runMembers[run];
      if (other !== undefined) this.#union.join(member, other);
    });
    return member;
  }
}
