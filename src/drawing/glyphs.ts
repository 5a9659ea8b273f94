/** Glyphs of placed symbols: our own, on the pins where the wires meet them. */

import { placed } from '../schematic/ltspice/orientation.ts';
import { attribute, type Part } from '../schematic/ltspice/parts.ts';
import type { Point } from '../schematic/segments.ts';
import { greatest, least } from './extent.ts';
import { area, line, type Shape } from './shapes.ts';
import { twoPinGlyph } from './two-pin-glyphs.ts';

export function glyphOf(part: Part): readonly Shape[] {
  const prefix = attribute(part, 'prefix')?.text.toUpperCase() ?? '';
  const [first, second] = part.pins;
  if (part.pins.length === 2 && first !== undefined && second !== undefined) {
    const found = twoPinGlyph(prefix.slice(0, 1), [first, second]);
    if (found !== undefined) return found;
  }
  return opAmp(part) ?? bipolar(part, prefix) ?? fieldEffect(part, prefix) ?? box(part);
}

/** Points of the symbol on the sheet. */
function frame({ placement }: Part): (x: number, y: number) => Point {
  return (x, y) => placed({ x, y }, placement);
}

/** True for a part with both inputs to the left of its output. */
export function isTriangle(part: Part): boolean {
  return opAmp(part) !== undefined;
}

/** A triangle on the inputs and the output, with lines to the supplies. */
function opAmp(part: Part): readonly Shape[] | undefined {
  const pin = (pattern: RegExp) => part.symbol.pins.find(({ name }) => pattern.test(name))?.at;
  const [plus, minus] = [pin(/^(?:in\+|noninvin)$/i), pin(/^(?:in-|invin)$/i)];
  const output = pin(/^out$/i);
  if (plus === undefined || minus === undefined || output === undefined) return undefined;
  if (plus.x !== minus.x || output.x <= plus.x) return undefined;
  const at = frame(part);
  const [left, middle] = [plus.x, (plus.y + minus.y) / 2];
  const half = Math.abs(plus.y - minus.y) / 2 + 16;
  const slope = half / (output.x - left);
  const mark = (y: number, isPlus: boolean): Shape[] => [
    line('part', at(left + 6, y), at(left + 14, y)),
    ...(isPlus ? [line('part', at(left + 10, y - 4), at(left + 10, y + 4))] : []),
  ];
  const others = part.symbol.pins
    .map((each) => each.at)
    .filter(({ x, y }) => x > left && x < output.x && y !== middle)
    .map(({ x, y }) => {
      const edge = half - slope * (x - left);
      return line('part', at(x, y), at(x, middle + Math.sign(y - middle) * edge));
    });
  const corners = [at(left, middle - half), at(left, middle + half), at(output.x, output.y)];
  return [area('part', ...corners), ...mark(plus.y, true), ...mark(minus.y, false), ...others];
}

/** Collector at the top, base at the left, emitter at the bottom, with its arrow. */
function bipolar(part: Part, prefix: string): readonly Shape[] | undefined {
  if (!/^Q[NP]$/.test(prefix)) return undefined;
  const at = frame(part);
  const arrow =
    prefix === 'QN' ? [at(60, 76), at(48, 74), at(54, 66)] : [at(24, 52), at(36, 54), at(30, 62)];
  return [
    line('part', at(0, 48), at(20, 48)),
    line('part', at(20, 24), at(20, 72)),
    line('part', at(20, 40), at(64, 16), at(64, 0)),
    line('part', at(20, 56), at(64, 80), at(64, 96)),
    area('part', ...arrow),
  ];
}

/** Drain at the top, gate at the left, source at the bottom. */
function fieldEffect(part: Part, prefix: string): readonly Shape[] | undefined {
  if (!/^[MJ][NP]$/.test(prefix)) return undefined;
  const gate = part.symbol.pins[1]?.at;
  if (gate === undefined) return undefined;
  const at = frame(part);
  const isolated = prefix.startsWith('M');
  const tip = prefix.endsWith('N') ? 22 : 34;
  const tail = prefix.endsWith('N') ? 32 : 24;
  return [
    line('part', at(gate.x, gate.y), at(isolated ? 14 : 20, gate.y), at(isolated ? 14 : 20, 16)),
    line('part', at(20, 10), at(20, 86)),
    line('part', at(20, 16), at(48, 16), at(48, 0)),
    line('part', at(20, 80), at(48, 80), at(48, 96)),
    line('part', at(20, 48), at(48, 48), at(48, 80)),
    area('part', at(tip, 48), at(tail, 43), at(tail, 53)),
  ];
}

/** A box within the pins, and their names. */
function box(part: Part): readonly Shape[] {
  const at = frame(part);
  const places = part.symbol.pins.map((pin) => pin.at);
  if (places.length === 0) return [];
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  const [left, right] = spread(xs);
  const [top, bottom] = spread(ys);
  const corners = [at(left, top), at(right, top), at(right, bottom), at(left, bottom)];
  const stubs = places.map(({ x, y }) => {
    const inner = at(Math.min(right, Math.max(left, x)), Math.min(bottom, Math.max(top, y)));
    return line('part', at(x, y), inner);
  });
  return [area('part', ...corners), ...stubs];
}

/** The extent of a box on pins at `values`: 16 within the outermost ones, or 24 either side of the only one. */
function spread(values: readonly number[]): readonly [number, number] {
  const [low, high] = [least(values), greatest(values)];
  return high - low > 48 ? [low + 16, high - 16] : [(low + high) / 2 - 24, (low + high) / 2 + 24];
}
