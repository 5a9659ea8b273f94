/**
 * What an analysis found, written onto a drawing: each text where it covers least of what is there, beside its wire or
 * its op amp.
 */

import type { Point } from '../schematic/segments.ts';
import { type Extent, extentOf } from './extent.ts';
import type { NetWire, Picture, Role, Shape } from './shapes.ts';

export interface Annotations {
  /** Lines beside an op amp, by the name of its element in lower case. */
  readonly opAmps: ReadonlyMap<string, readonly string[]>;
  /** What is written at a net, by the name of its node in lower case. */
  readonly nodes: ReadonlyMap<string, string>;
}

/** On a larger drawing nobody reads them, and the search takes too long. */
const MOST_SHAPES = 4000;

/** Wires of a net that are tried, the longest first. */
const MOST_WIRES = 6;

type Text = Extract<Shape, { kind: 'text' }>;

export function annotated(picture: Picture, { opAmps, nodes }: Annotations): Picture {
  if (picture.shapes.length > MOST_SHAPES) return picture;
  const taken = new Obstacles(picture);
  const added: Shape[] = [];
  for (const { name, shapes } of picture.opAmps) {
    const lines = opAmps.get(name.toLowerCase());
    if (lines === undefined) continue;
    const found = taken.best(besideOpAmp(lines, shapes, picture.font));
    added.push(...found);
  }
  for (const [node, wires] of byNode(picture.wires)) {
    const text = nodes.get(node);
    if (text === undefined) continue;
    added.push(...taken.best(besideWires(text, wires, picture.font)));
  }
  return { ...picture, shapes: [...picture.shapes, ...added] };
}

function byNode(wires: readonly NetWire[]): ReadonlyMap<string, readonly NetWire[]> {
  const found = new Map<string, NetWire[]>();
  for (const wire of wires) {
    const key = wire.node.toLowerCase();
    found.set(key, [...(found.get(key) ?? []), wire]);
  }
  return found;
}

function length({ from, to }: NetWire): number {
  return Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
}

/** Above and below the longest wires, along them; left and right of upright ones. */
function besideWires(text: string, wires: readonly NetWire[], font: number): Text[][] {
  const longest = [...wires].sort((a, b) => length(b) - length(a)).slice(0, MOST_WIRES);
  return longest.flatMap(({ from, to }) =>
    [0.5, 0.25, 0.75].flatMap((part) => {
      const at = { x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y) };
      const isLevel = Math.abs(to.x - from.x) >= Math.abs(to.y - from.y);
      const gap = font * 0.35;
      return [-1, 1].map((side) => {
        const place = isLevel
          ? { x: at.x, y: at.y + side * gap }
          : { x: at.x + side * gap, y: at.y };
        const where = isLevel ? { along: 0, across: side } : { along: side, across: 0 };
        return [textAt(place, text, { ...where, role: 'voltage' })];
      });
    }),
  );
}

/** Around an op amp: below, above, and at its corners, nearer ones first. */
function besideOpAmp(lines: readonly string[], shapes: readonly Shape[], font: number): Text[][] {
  const { low, high } = extentOf(shapes, font);
  const middle = (low.x + high.x) / 2;
  const step = font * 1.15;
  const height = step * lines.length;
  const block = (x: number, y: number, along: number): Text[] =>
    lines.map((text, i) =>
      textAt({ x, y: y + (i + 0.5) * step }, text, { along, across: 0, role: 'finding' }),
    );
  return [4, 30, 60, 100].flatMap((gap) => [
    block(middle, high.y + gap, 0),
    block(middle, low.y - gap - height, 0),
    block(middle + 8, high.y + gap, 1),
    block(middle + 8, low.y - gap - height, 1),
    block(high.x + gap, high.y, 1),
    block(high.x + gap, low.y - height, 1),
    block(low.x - gap, high.y, -1),
  ]);
}

function textAt(
  at: Point,
  text: string,
  { along, across, role }: { along: number; across: number; role: Role },
): Text {
  return { kind: 'text', at, text, along, across, upright: false, role };
}

/** What is drawn already; lines are thin boxes. */
class Obstacles {
  readonly #boxes: Extent[] = [];
  readonly #font: number;

  constructor({ shapes, font }: Picture) {
    this.#font = font;
    for (const shape of shapes) {
      if (shape.kind !== 'line') this.#boxes.push(extentOf([shape], font));
      else {
        for (let i = 1; i < shape.points.length; i++) {
          const ends = [shape.points[i - 1], shape.points[i]].filter(
            (point) => point !== undefined,
          );
          this.#boxes.push(extentOf([{ ...shape, points: ends }], font));
        }
      }
    }
  }

  /** The candidate that covers least, which from then on is there. */
  best(candidates: readonly (readonly Text[])[]): readonly Text[] {
    let [found, least]: [readonly Text[], number] = [[], Number.POSITIVE_INFINITY];
    for (const candidate of candidates) {
      const box = extentOf(candidate, this.#font);
      const covered = this.#boxes.reduce((sum, other) => sum + overlap(box, other), 0);
      if (covered >= least) continue;
      [found, least] = [candidate, covered];
      if (covered === 0) break;
    }
    if (found.length > 0) this.#boxes.push(extentOf(found, this.#font));
    return found;
  }
}

/** A line has no area, but a text on it is unreadable. */
const THICKNESS = 3;

function overlap(a: Extent, b: Extent): number {
  const width = Math.min(a.high.x, b.high.x + THICKNESS) - Math.max(a.low.x, b.low.x - THICKNESS);
  const height = Math.min(a.high.y, b.high.y + THICKNESS) - Math.max(a.low.y, b.low.y - THICKNESS);
  return width > 0 && height > 0 ? width * height : 0;
}
