/** Where a pin is, and the net it is on: of the wire or label at its point, or of the pins that it meets. */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { Word } from '../../../grammar/expression.ts';
import { shorten } from '../../../grammar/expression-faults.ts';
import type { Component, Pin, Point, Schematic } from '../../../grammar/qspice/tree.ts';
import { PointTable } from '../point-table.ts';
import { Segments } from '../segments.ts';
import { UnionFind } from '../union-find.ts';

export type NetNames = (component: Component, pin: Pin) => string;

/** QSPICE's ground. */
const GROUND = /^(?:gnd|0)$/i;
const UNUSABLE = /[\s(){},=;'"]/g;

/** Numbers of the wires, points and names of a sheet; what is connected is one set. */
export function netNames(schematic: Schematic, diagnostics: Diagnostics): NetNames {
  const { wires, labels, components } = schematic;
  const segments = new Segments(wires);
  const sets = new UnionFind();
  const runs = Array.from({ length: segments.runs }, () => sets.add());
  const named = new Map<string, number>();
  const ofName = (name: Word): number => {
    const key = netName(name.text).toLowerCase();
    const known = named.get(key) ?? sets.add();
    named.set(key, known);
    return known;
  };
  const points = new PointTable();
  const numbers: number[] = [];
  const ofPoint = (point: Point): number => {
    const place = points.add(point);
    const known = numbers[place];
    if (known !== undefined) return known;
    const set = sets.add();
    numbers[place] = set;
    segments.visit(point, (run) => {
      const met = runs[run];
      // Wires that cross are joined where one of them ends, or a pin or a label is.
      if (met !== undefined) sets.join(set, met);
    });
    return set;
  };
  for (const { from, to, name } of wires) {
    sets.join(ofPoint(from), ofPoint(to));
    if (name !== undefined) sets.join(ofPoint(from), ofName(name));
  }
  for (const { at, name } of labels) sets.join(ofPoint(at), ofName(name));
  const pins = new Map<Pin, number>();
  for (const component of components) {
    for (const pin of component.pins) pins.set(pin, ofPoint(placeOf(component, pin)));
  }
  const texts = new Map<number, string>();
  const given = [...labels.map(({ name }) => name), ...wires.flatMap(({ name }) => name ?? [])];
  for (const name of given) {
    const set = sets.find(ofName(name));
    const text = netName(name.text);
    const known = texts.get(set);
    if (known === undefined || (text === '0' && known !== '0')) texts.set(set, text);
    else if (known.toLowerCase() !== text.toLowerCase() && text !== '0') {
      const message = `"${shorten(known)}" and "${shorten(text)}" are one net; it is called "${shorten(known)}".`;
      diagnostics.warning('two_names', name.span, message);
    }
  }
  const taken = new Set([...texts.values()].map((text) => text.toLowerCase()));
  let count = 0;
  const nameOf = (set: number): string => {
    const known = texts.get(set);
    if (known !== undefined) return known;
    let name = '';
    do name = `N${String(++count).padStart(2, '0')}`;
    while (taken.has(name.toLowerCase()));
    texts.set(set, name);
    return name;
  };
  return (_, pin) => nameOf(sets.find(pins.get(pin) ?? sets.add()));
}

function netName(text: string): string {
  return GROUND.test(text) ? '0' : text.replace(UNUSABLE, '_');
}

/** Turned by eighths, where an odd one stretches by the diagonal to stay on the grid, then mirrored left and right. */
export function placeOf({ at, orientation }: Component, pin: Pin): Point {
  let { x, y } = pin.at;
  for (let quarter = 0; quarter < (orientation & 7) >> 1; quarter++) [x, y] = [-y, x];
  if ((orientation & 1) === 1) [x, y] = [x - y, x + y];
  if (orientation >= 8) x = -x;
  return { x: at.x + x, y: at.y + y };
}
