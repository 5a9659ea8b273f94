/** Glyphs of parts with two pins: drawn along the way from one to the other, whichever way that is. */

import type { Point } from '../schematic/segments.ts';
import { area, line, type Shape } from './shapes.ts';

/** A point at `along` from the middle towards the second pin and `across` to the left of that way. */
type Frame = (along: number, across: number) => Point;

/** Lines from both pins to a body of half length `half` in their middle, and the body. */
type Glyph = {
  readonly half: number;
  readonly body: (at: Frame, half: number) => readonly Shape[];
};

const circle = (at: Frame, radius: number): Shape => ({
  kind: 'circle',
  centre: at(0, 0),
  radius,
  filled: false,
  role: 'part',
});

const RESISTOR: Glyph = {
  half: 28,
  body: (at, half) => {
    const teeth = Array.from({ length: 6 }, (_, i) =>
      at(half * ((2 * i + 1) / 6 - 1), i % 2 ? 10 : -10),
    );
    return [line('part', at(-half, 0), ...teeth, at(half, 0))];
  },
};

const CAPACITOR: Glyph = {
  half: 5,
  body: (at, half) => [
    line('part', at(-half, -16), at(-half, 16)),
    line('part', at(half, -16), at(half, 16)),
  ],
};

const INDUCTOR: Glyph = {
  half: 32,
  body: (at, half) => {
    const steps = 64;
    const coil = Array.from({ length: steps + 1 }, (_, i) =>
      at(half * ((2 * i) / steps - 1), 10 * Math.abs(Math.sin((4 * Math.PI * i) / steps))),
    );
    return [line('part', ...coil)];
  },
};

const VOLTAGE: Glyph = {
  half: 26,
  body: (at, half) => [
    circle(at, half),
    line('part', at(-16, 0), at(-6, 0)),
    line('part', at(-11, -5), at(-11, 5)),
    line('part', at(11, -5), at(11, 5)),
  ],
};

const CURRENT: Glyph = {
  half: 26,
  body: (at, half) => [
    circle(at, half),
    line('part', at(-16, 0), at(14, 0)),
    area('part', at(17, 0), at(7, -5), at(7, 5)),
  ],
};

const DIODE: Glyph = {
  half: 12,
  body: (at, half) => [
    area('part', at(-half, -12), at(-half, 12), at(half, 0)),
    line('part', at(half, -12), at(half, 12)),
  ],
};

const GLYPHS: Readonly<Record<string, Glyph>> = {
  R: RESISTOR,
  C: CAPACITOR,
  L: INDUCTOR,
  V: VOLTAGE,
  B: VOLTAGE,
  I: CURRENT,
  D: DIODE,
};

/** The glyph of a part by the letter of its prefix; undefined for a letter without one. */
export function twoPinGlyph(letter: string, [from, to]: readonly [Point, Point]) {
  const glyph = GLYPHS[letter];
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (glyph === undefined || length === 0) return undefined;
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const at: Frame = (along, across) => ({
    x: middle.x + ux * along + uy * across,
    y: middle.y + uy * along - ux * across,
  });
  const half = Math.min(glyph.half, length / 2);
  return [line('part', from, at(-half, 0)), line('part', at(half, 0), to), ...glyph.body(at, half)];
}
