/** An LTspice schematic as it is drawn: its own geometry, our own glyphs. */

import type { Flag, Orientation, Placement, Schematic, Wire } from '../../grammar/ltspice/tree.ts';
import { elementName } from '../schematic/ltspice/cards.ts';
import type { NetNames } from '../schematic/ltspice/nets.ts';
import { placed } from '../schematic/ltspice/orientation.ts';
import { attribute, type Part } from '../schematic/ltspice/parts.ts';
import { PointTable } from '../schematic/point-table.ts';
import type { Point } from '../schematic/segments.ts';
import { greatest, least } from './extent.ts';
import { glyphOf, isTriangle } from './glyphs.ts';
import { area, line, type Picture, type Role, type Shape } from './shapes.ts';

/** Height of letters. */
const FONT = 22;

export function ltspicePicture(
  schematic: Schematic,
  parts: readonly Part[],
  net: NetNames,
): Picture {
  const { wires, flags, texts } = schematic;
  const ends = new WireEnds(wires);
  const glyphs = parts.map((part) => ({ part, shapes: glyphOf(part) }));
  const shapes: Shape[] = [
    ...wires.map(({ from, to }) => line('wire', from, to)),
    ...junctions(schematic, parts),
    ...glyphs.flatMap(({ part, shapes: own }) => [...own, ...labels(part)]),
    ...flags.flatMap((flag) => label(flag, ends)),
    ...texts.flatMap(({ kind, at, justification, lines }) =>
      lines.map(({ text }, index) => {
        const role: Role = kind === 'spice' ? 'directive' : 'comment';
        const place = { x: at.x, y: at.y + LINE * index };
        return { ...justified(justification, 'R0'), kind: 'text', at: place, text, role } as const;
      }),
    ),
  ];
  return {
    shapes,
    wires: wires.map(({ from, to }) => ({ node: net(from), from, to })),
    opAmps: glyphs.flatMap(({ part, shapes: own }) => {
      const name = part.placement.attributes.get('instname')?.text;
      const prefix = attribute(part, 'prefix')?.text || 'X';
      return name === undefined
        ? []
        : [{ name: elementName(prefix.slice(0, 1), name), shapes: own }];
    }),
    font: FONT,
  };
}

/** From one line of a text to the next. */
const LINE = 28;

/** Dots where three or more ends of wires and pins meet. */
function junctions({ wires }: Schematic, parts: readonly Part[]): readonly Shape[] {
  const ends = [
    ...wires.flatMap(({ from, to }) => [from, to]),
    ...parts.flatMap(({ pins }) => pins),
  ];
  const table = new PointTable();
  const counts: number[] = [];
  const dots: Shape[] = [];
  for (const end of ends) {
    const index = table.add(end);
    const count = (counts[index] ?? 0) + 1;
    counts[index] = count;
    if (count === 3)
      dots.push({ kind: 'circle', centre: end, radius: 4, filled: true, role: 'wire' });
  }
  return dots;
}

/** A label stands away from the wire that it names; ground hangs below. */
function label({ at, name }: Flag, ends: WireEnds): readonly Shape[] {
  if (name.text === '0') {
    const { x, y } = at;
    return [area('part', { x: x - 14, y }, { x: x + 14, y }, { x, y: y + 14 })];
  }
  const [other, second] = ends.opposite(at);
  if (second !== undefined) {
    // In the middle of its net there is room beside the wires only.
    const place = { x: at.x + 6, y: at.y - 6 };
    return [
      {
        kind: 'text',
        at: place,
        text: name.text,
        along: 1,
        across: -1,
        upright: false,
        role: 'net',
      },
    ];
  }
  const [dx, dy] = other === undefined ? [0, 1] : [other.x - at.x, other.y - at.y];
  const sideways = Math.abs(dx) > Math.abs(dy);
  const place = sideways
    ? { x: at.x - 6 * Math.sign(dx), y: at.y }
    : { x: at.x, y: at.y - 6 * Math.sign(dy || 1) };
  const along = sideways ? -Math.sign(dx) : 0;
  const across = sideways ? 0 : -Math.sign(dy || 1);
  return [
    { kind: 'circle', centre: at, radius: 3, filled: false, role: 'net' },
    { kind: 'text', at: place, text: name.text, along, across, upright: false, role: 'net' },
  ];
}

/** The other ends of the wires that end at a point. */
class WireEnds {
  readonly #points = new PointTable();
  readonly #opposite: Point[][] = [];

  constructor(wires: readonly Wire[]) {
    for (const { from, to } of wires) {
      this.#add(from, to);
      this.#add(to, from);
    }
  }

  opposite(point: Point): readonly Point[] {
    return this.#points.has(point) ? (this.#opposite[this.#points.add(point)] ?? []) : [];
  }

  #add(end: Point, other: Point): void {
    const index = this.#points.add(end);
    const known = this.#opposite[index] ?? [];
    known.push(other);
    this.#opposite[index] = known;
  }
}

/** The texts of a symbol by the number of their window, and where they stand unless the drawing says. */
const WINDOWS: readonly { readonly id: number; readonly key: string; readonly role: Role }[] = [
  { id: 0, key: 'instname', role: 'name' },
  { id: 3, key: 'value', role: 'value' },
];

function labels(part: Part): readonly Shape[] {
  const { placement, symbol } = part;
  const ys = symbol.pins.map(({ at }) => at.y);
  const xs = symbol.pins.map(({ at }) => at.x);
  const [top, bottom] = [least(ys), greatest(ys)];
  const round = symbol.pins.length === 2 && /^[VIB]/i.test(attribute(part, 'prefix')?.text ?? '');
  const triangle = isTriangle(part);
  const x = greatest(xs) + (triangle ? -12 : round ? 32 : 20);
  // Beside a triangle there is room at its corners, beside other parts in their middle.
  const inset = triangle ? 4 : (bottom - top) * 0.25;
  const y = (id: number) => (id === 0 ? top + inset : bottom - inset);
  return WINDOWS.flatMap(({ id, key, role }): readonly Shape[] => {
    const word = attribute(part, key);
    const window = placement.windows.get(id);
    if (word === undefined || window?.justification === 'Invisible') return [];
    const at = window?.at ?? { x, y: y(id) };
    const justification = window?.justification ?? 'Left';
    const where = justified(justification, placement.orientation);
    return [{ kind: 'text', at: placed(at, placement), text: word.text, role, ...where }];
  });
}

const SIDES: Readonly<Record<string, Point>> = {
  Left: { x: 1, y: 0 },
  Right: { x: -1, y: 0 },
  Top: { x: 0, y: 1 },
  Bottom: { x: 0, y: -1 },
};

/** Where a text lies that is justified so in a symbol of that orientation; upright texts read upwards. */
function justified(justification: string, orientation: Orientation) {
  const vertical = justification.startsWith('V');
  const side = SIDES[vertical ? justification.slice(1) : justification] ?? { x: 0, y: 0 };
  const own = vertical ? { x: side.y, y: -side.x } : side;
  const origin = { at: { x: 0, y: 0 }, orientation } as Placement;
  const turned = placed(own, origin);
  const upright = vertical !== /90|270/.test(orientation);
  return upright
    ? { along: -turned.y, across: turned.x, upright }
    : { along: turned.x, across: turned.y, upright };
}
