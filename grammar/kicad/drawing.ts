/** What a KiCad sheet shows beside what it connects: the graphics of its symbols, and where texts stand. */

import type { Diagnostics } from '../diagnostic.ts';
import type { Source } from '../source.ts';
import type { List } from './expression.ts';
import { fieldsOf } from './fields.ts';
import { UNIT_AND_BODY } from './library.ts';
import { Places } from './places.ts';
import { readExpression } from './read.ts';
import type { Point } from './tree.ts';

export interface SheetDrawing {
  /** By the name of the symbol. */
  readonly graphics: ReadonlyMap<string, readonly Graphic[]>;
  /** Of each symbol by its identifier. */
  readonly fields: ReadonlyMap<string, readonly DrawnText[]>;
  readonly labels: readonly DrawnText[];
  readonly texts: readonly DrawnText[];
  readonly sheets: readonly SheetBox[];
}

/** In the coordinates of the symbol, y up. */
export type Graphic = {
  /** 0: of all units, of all drawings. */
  readonly unit: number;
  readonly body: number;
} & (
  | { readonly kind: 'line' | 'area'; readonly points: readonly Point[] }
  | { readonly kind: 'circle'; readonly centre: Point; readonly radius: number }
  /** `along`: the way on which it lies behind its point; undefined around it. */
  | { readonly kind: 'text'; readonly at: Point; readonly text: string; readonly along?: Point }
);

export interface DrawnText {
  /** `Reference` of a field, `global_label` of a label. */
  readonly name: string;
  readonly text: string;
  readonly at: Point;
  readonly angle: 0 | 90 | 180 | 270;
  /** Where the text lies, seen from its point: 1 behind it and below it. */
  readonly along: -1 | 0 | 1;
  readonly across: -1 | 0 | 1;
}

export interface SheetBox {
  readonly at: Point;
  readonly size: Point;
  readonly name: string;
  readonly pins: readonly DrawnText[];
}

/** From the end of a pin to its name, unless the symbol says it: 0.508 mm. */
const NAME_OFFSET = 5080;

/** Pieces that a curve is drawn with. */
const STEPS = 12;

export function parseKicadDrawing(source: Source, diagnostics: Diagnostics): SheetDrawing {
  const top = readExpression(source, diagnostics);
  const places = new Places(diagnostics);
  const graphics = new Map<string, readonly Graphic[]>();
  for (const symbol of top?.list('lib_symbols')?.lists('symbol') ?? []) {
    graphics.set(symbol.atom(1)?.text ?? '', graphicsOf(symbol, places));
  }
  for (const symbol of top?.list('lib_symbols')?.lists('symbol') ?? []) {
    const [name, base] = [symbol.atom(1)?.text ?? '', symbol.value('extends')?.text];
    const inherited =
      graphics.get(base ?? '') ?? graphics.get(name.replace(/:.*/, ':') + (base ?? ''));
    if (base !== undefined && inherited !== undefined) graphics.set(name, inherited);
  }
  return {
    graphics,
    fields: new Map(
      (top?.lists('symbol') ?? []).map((symbol) => [
        symbol.value('uuid')?.text ?? '',
        fieldTexts(symbol, places),
      ]),
    ),
    labels: LABELS.flatMap((kind) =>
      (top?.lists(kind) ?? []).flatMap((label) =>
        drawn(label, { name: kind, text: label.atom(1)?.text ?? '' }, places),
      ),
    ),
    texts: (top?.lists('text') ?? []).flatMap((text) =>
      drawn(text, { name: 'text', text: text.atom(1)?.text ?? '' }, places),
    ),
    sheets: (top?.lists('sheet') ?? []).flatMap((sheet) => sheetBox(sheet, places)),
  };
}

const LABELS = ['label', 'hierarchical_label', 'global_label'] as const;

function graphicsOf(symbol: List, places: Places): Graphic[] {
  return symbol.lists('symbol').flatMap((drawing) => {
    const [, unit = '0', body = '0'] = UNIT_AND_BODY.exec(drawing.atom(1)?.text ?? '') ?? [];
    const of = { unit: Number(unit), body: Number(body) };
    const point = (list: List, name: string): Point | undefined => {
      const found = list.list(name);
      return found && places.point(found);
    };
    const lines = drawing.lists('polyline').map(
      (line): Graphic => ({
        ...of,
        kind: 'line',
        points: (line.list('pts')?.lists('xy') ?? []).flatMap((xy) => places.point(xy) ?? []),
      }),
    );
    const boxes = drawing.lists('rectangle').flatMap((box): Graphic[] => {
      const [a, b] = [point(box, 'start'), point(box, 'end')];
      if (a === undefined || b === undefined) return [];
      const points = [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }];
      return [{ ...of, kind: 'area', points }];
    });
    const circles = drawing.lists('circle').flatMap((circle): Graphic[] => {
      const [centre, radius] = [point(circle, 'center'), places.length(circle, 'radius')];
      return centre === undefined ? [] : [{ ...of, kind: 'circle', centre, radius }];
    });
    const arcs = drawing.lists('arc').flatMap((arc): Graphic[] => {
      const ends = [point(arc, 'start'), point(arc, 'mid'), point(arc, 'end')];
      const [start, mid, end] = ends;
      if (start === undefined || mid === undefined || end === undefined) return [];
      return [{ ...of, kind: 'line', points: arcPoints(start, mid, end) }];
    });
    const texts = drawing.lists('text').flatMap((text): Graphic[] => {
      const at = places.at(text);
      return at === undefined ? [] : [{ ...of, kind: 'text', at, text: text.atom(1)?.text ?? '' }];
    });
    const isPower = symbol.list('power') !== undefined;
    const names = symbol.list('pin_names');
    const offset =
      names?.list('offset') === undefined ? NAME_OFFSET : places.length(names, 'offset');
    const pins = drawing.lists('pin').flatMap((pin): Graphic[] => {
      const at = places.at(pin);
      if (at === undefined || pin.has('hide')) return [];
      const length = places.length(pin, 'length');
      const [dx, dy] = { 0: [1, 0], 90: [0, 1], 180: [-1, 0], 270: [0, -1] }[places.angle(pin)] as [
        number,
        number,
      ];
      const inner = { x: at.x + dx * length, y: at.y + dy * length };
      const name = pin.value('name')?.text ?? '~';
      const inside = { x: inner.x + dx * offset, y: inner.y + dy * offset };
      return [
        { ...of, kind: 'line', points: [at, inner] },
        ...(isPower || names?.has('hide') === true || /^~?$/.test(name)
          ? []
          : [{ ...of, kind: 'text', at: inside, text: name, along: { x: dx, y: dy } } as const]),
      ];
    });
    return [...boxes, ...lines, ...circles, ...arcs, ...pins, ...texts];
  });
}

/** The arc through three points; a line where they are on one. */
function arcPoints(start: Point, mid: Point, end: Point): Point[] {
  const [ax, ay] = [mid.x - start.x, mid.y - start.y];
  const [bx, by] = [end.x - start.x, end.y - start.y];
  const twice = 2 * (ax * by - ay * bx);
  if (twice === 0) return [start, end];
  const [a2, b2] = [ax * ax + ay * ay, bx * bx + by * by];
  const centre = {
    x: start.x + (by * a2 - ay * b2) / twice,
    y: start.y + (ax * b2 - bx * a2) / twice,
  };
  const angleOf = ({ x, y }: Point) => Math.atan2(y - centre.y, x - centre.x);
  const radius = Math.hypot(start.x - centre.x, start.y - centre.y);
  const first = angleOf(start);
  const turn = (angle: number, sign: number) => {
    const rest = (sign * (angle - first)) % (2 * Math.PI);
    return rest < 0 ? rest + 2 * Math.PI : rest;
  };
  const sign = turn(angleOf(mid), 1) < turn(angleOf(end), 1) ? 1 : -1;
  const sweep = turn(angleOf(end), sign);
  return Array.from({ length: STEPS + 1 }, (_, i) => {
    const angle = first + (sign * sweep * i) / STEPS;
    return {
      x: Math.round(centre.x + radius * Math.cos(angle)),
      y: Math.round(centre.y + radius * Math.sin(angle)),
    };
  });
}

function fieldTexts(symbol: List, places: Places): DrawnText[] {
  const texts = fieldsOf(symbol);
  return symbol.lists('property').flatMap((property) => {
    const name = ['Reference', 'Value'].find((key) =>
      property.items.some((item) => 'text' in item && item.text === key),
    );
    const text = name === undefined ? undefined : texts.get(name)?.text;
    const isHidden = property.has('hide') || property.list('effects')?.has('hide') === true;
    if (name === undefined || text === undefined || isHidden) return [];
    return drawn(property, { name, text }, places);
  });
}

function drawn(
  list: List,
  { name, text }: Pick<DrawnText, 'name' | 'text'>,
  places: Places,
): DrawnText[] {
  const at = list.list('at') === undefined ? undefined : places.at(list);
  if (at === undefined || text === '') return [];
  const words = (list.list('effects')?.list('justify')?.items ?? []).flatMap((item) =>
    'text' in item ? [item.text] : [],
  );
  return [
    {
      name,
      text,
      at,
      angle: places.angle(list),
      along: words.includes('left') ? 1 : words.includes('right') ? -1 : 0,
      across: words.includes('top') ? 1 : words.includes('bottom') ? -1 : 0,
    },
  ];
}

function sheetBox(sheet: List, places: Places): SheetBox[] {
  const [at, list] = [places.at(sheet), sheet.list('size')];
  const size = list && places.point(list);
  if (at === undefined || size === undefined) return [];
  const fields = fieldsOf(sheet);
  return [
    {
      at,
      size,
      name: (fields.get('Sheetname') ?? fields.get('Sheet name'))?.text ?? '',
      pins: sheet
        .lists('pin')
        .flatMap((pin) => drawn(pin, { name: 'pin', text: pin.atom(1)?.text ?? '' }, places)),
    },
  ];
}
