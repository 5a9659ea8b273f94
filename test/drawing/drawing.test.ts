// A drawing meets the wires: whatever the glyph and the orientation, each pin is an end of what is drawn.

import { describe, expect, it } from 'vitest';
import { Diagnostics } from '../../grammar/diagnostic.ts';
import { parseSchematic } from '../../grammar/ltspice/schematic.ts';
import { ORIENTATIONS } from '../../grammar/ltspice/tree.ts';
import { drawSchematic } from '../../src/draw.ts';
import { glyphOf } from '../../src/drawing/glyphs.ts';
import { ltspicePicture } from '../../src/drawing/ltspice-drawing.ts';
import { svgOf } from '../../src/drawing/svg.ts';
import { partsOf } from '../../src/schematic/ltspice/parts.ts';
import { SymbolLibrary } from '../../src/schematic/ltspice/symbols.ts';
import { Segments } from '../../src/schematic/segments.ts';
import { part, sheet } from '../schematic/support.ts';

function partsIn(text: string) {
  const schematic = parseSchematic({ name: 'test.asc', text });
  const diagnostics = new Diagnostics();
  const library = new SymbolLibrary({ resolve: () => undefined, diagnostics });
  const segments = new Segments(schematic.wires);
  return { schematic, parts: partsOf(schematic, { segments, library, diagnostics }) };
}

/** The symbols, and the name of an instance. */
const SYMBOLS: readonly (readonly [string, string])[] = [
  ['res', 'R1'],
  ['cap', 'C1'],
  ['ind', 'L1'],
  ['voltage', 'V1'],
  ['current', 'I1'],
  ['bv', 'B1'],
  ['diode', 'D1'],
  ['npn', 'Q1'],
  ['pnp', 'Q2'],
  ['nmos', 'M1'],
  ['pmos', 'M2'],
  ['njf', 'J1'],
  ['OpAmps\\\\opamp2', 'U1'],
  ['OpAmps\\\\UniversalOpamp2', 'U2'],
  ['OpAmps\\\\opamp', 'U3'],
  ['e', 'E1'],
  ['sw', 'S1'],
  ['References\\\\LT1009', 'U4'],
];

describe.each(SYMBOLS)('%s', (symbol, name) => {
  it.each(ORIENTATIONS)('%s', (orientation) => {
    const { parts } = partsIn(sheet(part(`${symbol} 32 -48 ${orientation}`, `InstName ${name}`)));
    const [found] = parts;
    expect(found).toBeDefined();
    const ends = glyphOf(found!).flatMap((shape) => ('points' in shape ? shape.points : []));
    for (const pin of found!.pins) {
      const nearest = Math.min(...ends.map(({ x, y }) => Math.hypot(x - pin.x, y - pin.y)));
      // The inputs of a triangle lie on its edge, between two corners.
      const isInput = /opamp/i.test(symbol) && nearest > 0;
      expect(nearest, JSON.stringify(pin)).toBeLessThanOrEqual(isInput ? 16 : 0);
    }
  });
});

describe('the picture', () => {
  it('has a dot where three ends meet, and none where wires cross', () => {
    const lines = ['WIRE 0 0 100 0', 'WIRE 100 0 200 0', 'WIRE 100 0 100 50', 'WIRE 50 -50 50 50'];
    const { schematic, parts } = partsIn(sheet(...lines));
    const dots = ltspicePicture(schematic, parts, () => '').shapes.filter(
      (shape) => shape.kind === 'circle' && shape.filled,
    );
    expect(dots).toMatchObject([{ centre: { x: 100, y: 0 } }]);
  });

  it('writes text as text', () => {
    const text = sheet('TEXT 0 0 Left 2 ;<b> & "c"\\n\u0001', 'FLAG 0 0 a<b');
    const { svg } = drawSchematic({ name: 'a&b.asc', text });
    expect(svg).toContain('<title>a&amp;b.asc</title>');
    expect(svg).toContain('>&lt;b&gt; &amp; "c"</text>');
    expect(svg).toContain('>a&lt;b</text>');
    expect(svg).not.toContain('\u0001');
  });

  it('leaves a margin around all of it', () => {
    const shapes = [
      {
        kind: 'line',
        role: 'wire',
        points: [
          { x: -10, y: 5 },
          { x: 90, y: 25 },
        ],
      },
    ] as const;
    expect(svgOf({ shapes, font: 22 }, '')).toContain('viewBox="-58 -43 196 116"');
  });

  it('is refused for what is no schematic', () => {
    const { svg, diagnostics } = drawSchematic({ name: 'a.cir', text: 'title\nR1 a 0 1\n.end\n' });
    expect([svg, diagnostics.map(({ code }) => code)]).toEqual([null, ['not_drawable']]);
  });
});
