/** The sheets of a KiCad project as they are drawn, one below the other: the graphics are those of the file. */

import { Diagnostics } from '../../grammar/diagnostic.ts';
import { type DrawnText, type Graphic, parseKicadDrawing } from '../../grammar/kicad/drawing.ts';
import type { PlacedSymbol, Point as SheetPoint } from '../../grammar/kicad/tree.ts';
import { nodeNames } from '../schematic/board/nodes.ts';
import { opAmpsOf } from '../schematic/board/op-amps.ts';
import type { Sheet } from '../schematic/kicad/hierarchy.ts';
import { unitLetter } from '../schematic/kicad/net-names.ts';
import { definitionOf, placed } from '../schematic/kicad/placement.ts';
import {
  annotationOf,
  isFirstOfFile,
  isLettered,
  type Project,
} from '../schematic/kicad/project.ts';
import { PointTable } from '../schematic/point-table.ts';
import type { Point } from '../schematic/segments.ts';
import { extentOf } from './extent.ts';
import { area, line, type NetWire, type Picture, type Role, type Shape } from './shapes.ts';

/** Pixels per 0.1 micrometre: the grid of 1.27 mm is 16, as that of LTspice. */
const SCALE = 16 / 12_700;

/** KiCad's own letters of 1.27 mm. */
const FONT = 16;

/** Between two sheets. */
const GAP = 120;

export function kicadPicture(sheets: readonly Sheet[], { board, netAt }: Project): Picture {
  const node = nodeNames(board, new Diagnostics());
  const opAmps = new Set(
    board.components.flatMap((part) => opAmpsOf(part).map(({ name }) => name)),
  );
  const shapes: Shape[] = [];
  const wires: NetWire[] = [];
  const found: { name: string; shapes: readonly Shape[] }[] = [];
  let top = 0;
  for (const sheet of sheets.filter(isFirstOfFile)) {
    const drawn = new SheetPicture(sheet, sheets[0]);
    const { low, high } = extentOf(drawn.shapes, FONT);
    const move = { x: 0, y: shapes.length === 0 ? 0 : top - low.y };
    shapes.push(...drawn.shapes.map((shape) => moved(shape, move)));
    for (const { name, shapes: own } of drawn.parts) {
      if (opAmps.has(name)) {
        found.push({ name: `X${name}`, shapes: own.map((shape) => moved(shape, move)) });
      }
    }
    for (const { from, to } of sheet.schematic.wires) {
      const net = netAt(sheet, from) ?? netAt(sheet, to);
      if (net === undefined) continue;
      wires.push({ node: node(net), from: shift(scaled(from), move), to: shift(scaled(to), move) });
    }
    top = high.y + move.y + GAP;
  }
  return { shapes, wires, opAmps: found, font: FONT };
}

class SheetPicture {
  readonly shapes: Shape[] = [];
  /** By their names on the sheet, units with their letters. */
  readonly parts: { name: string; shapes: readonly Shape[] }[] = [];

  constructor(sheet: Sheet, root: Sheet | undefined) {
    const { schematic } = sheet;
    const drawing = parseKicadDrawing(schematic.source, new Diagnostics());
    for (const { from, to } of schematic.wires)
      this.shapes.push(line('wire', scaled(from), scaled(to)));
    this.shapes.push(...dots(sheet));
    for (const symbol of schematic.symbols) {
      const definition = definitionOf(symbol, schematic);
      const { reference, unit } = annotationOf(symbol, sheet, root);
      const graphics = drawing.graphics.get(symbol.key) ?? drawing.graphics.get(symbol.name.text);
      const own = (graphics ?? [])
        .filter((each) => isOf(each, unit, symbol.body))
        .map((graphic) => drawnGraphic(graphic, symbol));
      const isPower = definition?.power !== undefined;
      const letter = definition !== undefined && isLettered(definition) ? unitLetter(unit) : '';
      const name = reference.text + letter;
      const texts = (drawing.fields.get(symbol.uuid) ?? []).flatMap((field): Shape[] => {
        if (isPower && field.name === 'Reference') return [];
        const text = field.name === 'Reference' ? name : field.text;
        const role: Role = field.name === 'Reference' ? 'name' : isPower ? 'net' : 'value';
        return [textShape({ ...field, text }, { role, symbol })];
      });
      this.shapes.push(...own, ...texts);
      if (!isPower) this.parts.push({ name, shapes: own });
    }
    for (const text of drawing.labels) this.shapes.push(labelShape(text));
    for (const text of drawing.texts) {
      const role: Role = /^\s*[@.]/.test(text.text) ? 'directive' : 'comment';
      const lines = text.text.split(/\r\n|\n/);
      for (const [index, each] of lines.entries()) {
        const shape = textShape({ ...text, text: each }, { role });
        this.shapes.push(moved(shape, { x: 0, y: index * FONT * 1.4 }));
      }
    }
    for (const { at, size, name, pins } of drawing.sheets) {
      const [x, y] = [at.x + size.x, at.y + size.y];
      const corners = [at, { x, y: at.y }, { x, y }, { x: at.x, y }].map(scaled);
      const title = { kind: 'text', at: scaled(at), text: name, along: 1, across: -1 } as const;
      this.shapes.push(area('part', ...corners), { ...title, upright: false, role: 'name' });
      for (const pin of pins) this.shapes.push(labelShape(pin));
    }
  }
}

function isOf({ unit, body }: Graphic, wantedUnit: number, wantedBody: number): boolean {
  return (unit === 0 || unit === wantedUnit) && (body === 0 || body === wantedBody);
}

function drawnGraphic(graphic: Graphic, symbol: PlacedSymbol): Shape {
  const at = (point: SheetPoint) => scaled(placed(point, symbol));
  switch (graphic.kind) {
    case 'line':
      return line('part', ...graphic.points.map(at));
    case 'area':
      return area('part', ...graphic.points.map(at));
    case 'circle':
      return {
        kind: 'circle',
        centre: at(graphic.centre),
        radius: graphic.radius * SCALE,
        filled: false,
        role: 'part',
      };
    case 'text': {
      const { at: place, text, along } = graphic;
      const way = along === undefined ? { x: 0, y: 0 } : placed(along, { ...symbol, at: ORIGIN });
      const upright = Math.abs(way.y) > Math.abs(way.x);
      const where = { along: upright ? -way.y : way.x, across: 0, upright };
      return { kind: 'text', at: at(place), text, role: 'value', ...where };
    }
  }
}

const ORIGIN = { x: 0, y: 0 };

/** A text turns and mirrors with its symbol, but is never upside down. */
function textShape(
  { at, angle, along, across, text }: DrawnText,
  { role, symbol }: { role: Role; symbol?: PlacedSymbol },
): Shape {
  const turn = {
    at: { x: 0, y: 0 },
    angle: symbol?.angle ?? 0,
    mirror: symbol?.mirror ?? '',
  } as const;
  const upright = (angle + turn.angle) % 180 === 90;
  const own = angle === 90 || angle === 270 ? { x: across, y: along } : { x: along, y: -across };
  const side = placed(own, turn);
  return upright
    ? { kind: 'text', at: scaled(at), text, along: -side.y, across: side.x, upright, role }
    : { kind: 'text', at: scaled(at), text, along: side.x, across: side.y, upright, role };
}

/** Away from the wire that it ends, or beside it. */
function labelShape({ at, angle, text, name }: DrawnText): Shape {
  const upright = angle === 90 || angle === 270;
  const along = angle === 0 || angle === 90 ? 1 : -1;
  const place = scaled(at);
  const away = name === 'label' ? 0 : 6 * along;
  return {
    kind: 'text',
    at: upright ? { x: place.x, y: place.y - away } : { x: place.x + away, y: place.y },
    text,
    along,
    across: name === 'label' ? -1 : 0,
    upright,
    role: 'net',
  };
}

/** Where the file has a junction. */
function dots({ schematic }: Sheet): Shape[] {
  const seen = new PointTable();
  return schematic.junctions.flatMap((point): Shape[] => {
    if (seen.has(point)) return [];
    seen.add(point);
    return [{ kind: 'circle', centre: scaled(point), radius: 4, filled: true, role: 'wire' }];
  });
}

function scaled({ x, y }: SheetPoint): Point {
  return { x: x * SCALE, y: y * SCALE };
}

function shift({ x, y }: Point, by: Point): Point {
  return { x: x + by.x, y: y + by.y };
}

function moved(shape: Shape, by: Point): Shape {
  switch (shape.kind) {
    case 'line':
    case 'area':
      return { ...shape, points: shape.points.map((point) => shift(point, by)) };
    case 'circle':
      return { ...shape, centre: shift(shape.centre, by) };
    case 'text':
      return { ...shape, at: shift(shape.at, by) };
  }
}
