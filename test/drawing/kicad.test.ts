// KiCad sheets as pictures: graphics of the file in every orientation, texts that are never upside down, sheets below
// each other; and what an analysis found, on both programs' drawings, as they stand in docs/.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { drawAnalysis, drawSchematic } from '../../src/draw.ts';
import { annotated } from '../../src/drawing/annotated.ts';
import { extentOf } from '../../src/drawing/extent.ts';
import type { Picture, Shape } from '../../src/drawing/shapes.ts';
import { renderHtml } from '../../src/report/html.ts';
import { reviewDocument } from '../../src/report/review-document.ts';

const PINNED = `(symbol "x:P" (pin_names (offset 0.508)) (property "Reference" "U" (at 0 0 0)) (property "Value" "P" (at 0 0 0))
  (symbol "P_0_1" (rectangle (start -1.27 1.27) (end 1.27 -1.27)) (polyline (pts (xy 0 0) (xy 1.27 0)))
    (circle (center 0 0) (radius 0.635)) (arc (start 1.27 0) (mid 0 1.27) (end -1.27 0)))
  (symbol "P_1_1" (pin input line (at -3.81 0 0) (length 2.54) (name "IN") (number "1"))))`;

const placed = (at: string, rest = '') =>
  `(symbol (lib_id "x:P") (at ${at}) ${rest} (unit 1) (uuid "u") (property "Reference" "U1" (at 12.7 10.16 0) (effects (justify left))) (property "Value" "part" (at 12.7 12.7 90)))`;
const sheet = (...items: string[]) =>
  `(kicad_sch (version 20230121) (uuid "r") (lib_symbols ${PINNED}) ${items.join(' ')})`;

const svgOf = (text: string, files: Readonly<Record<string, string>> = {}) => {
  const resolve = (path: string) => {
    const found = files[path];
    return found === undefined ? undefined : { name: path, text: found };
  };
  const { svg, diagnostics } = drawSchematic({ name: 'a.kicad_sch', text }, { resolve });
  if (svg === null) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return svg;
};

/** 2.54 mm are 32 pixels. */
describe('a KiCad sheet', () => {
  it('has the graphics of its symbols, turned and mirrored as they are placed', () => {
    const upright = svgOf(sheet(placed('25.4 25.4 0')));
    expect(upright).toContain('<polygon class="part" points="304,304 336,304 336,336 304,336"/>');
    expect(upright).toContain('<polyline class="part" points="320,320 336,320"/>');
    expect(upright).toContain('<circle class="part" cx="320" cy="320" r="8"/>');
    expect(upright).toContain('<polyline class="part" points="272,320 304,320"/>');
    // The arc passes above the middle.
    expect(upright).toMatch(/points="336,320 .*320,304 .*304,320"/);
    expect(upright).toMatch(/<text class="value" x="310.4" [^>]*text-anchor="start">IN</);
    const turned = svgOf(sheet(placed('25.4 25.4 90')));
    expect(turned).toContain('<polyline class="part" points="320,368 320,336"/>');
    const mirrored = svgOf(sheet(placed('25.4 25.4 0', '(mirror y)')));
    expect(mirrored).toContain('<polyline class="part" points="368,320 336,320"/>');
    expect(mirrored).toMatch(/<text class="value" x="329.6" [^>]*text-anchor="end">IN</);
  });

  it('has the texts of a turned symbol level where the file says 90', () => {
    const svg = svgOf(sheet(placed('25.4 25.4 90')));
    expect(svg).toMatch(/<text class="value"[^>]*text-anchor="middle">part</);
    expect(svg).toMatch(/<text class="name"[^>]*transform="rotate\(-90 [^>]*>U1</);
    expect(svg).not.toContain('rotate(180');
  });

  it('has wires, junctions and labels', () => {
    const svg = svgOf(
      sheet(
        '(wire (pts (xy 0 0) (xy 25.4 0)))',
        '(junction (at 12.7 0) (diameter 0))',
        '(label "out" (at 25.4 0 0))',
        '(global_label "VCC" (at 0 0 180))',
        '(text "@ output V(out)" (at 0 20 0))',
      ),
    );
    expect(svg).toContain('<polyline class="wire" points="0,0 320,0"/>');
    expect(svg).toContain('<circle class="wire filled" cx="160" cy="0" r="4"/>');
    expect(svg).toMatch(/<text class="net" x="320" [^>]*text-anchor="start">out</);
    expect(svg).toMatch(/<text class="net" x="-6" [^>]*text-anchor="end">VCC</);
    expect(svg).toMatch(/<text class="directive"[^>]*>@ output V\(out\)</);
  });

  it('has the sheets of a project below each other, a file that stands for two once', () => {
    const child = sheet('(wire (pts (xy 0 0) (xy 25.4 0)))');
    const block = (name: string, x: number) =>
      `(sheet (at ${x} 0) (size 12.7 12.7) (uuid "${name}") (property "Sheetname" "${name}" (at 0 0 0)) (property "Sheetfile" "child.kicad_sch" (at 0 0 0)))`;
    const svg = svgOf(sheet(block('one', 0), block('two', 25.4)), { 'child.kicad_sch': child });
    expect(svg.match(/class="wire"/g)).toHaveLength(1);
    const [, y] = /<polyline class="wire" points="0,([\d.]+) /.exec(svg) ?? [];
    expect(Number(y)).toBeGreaterThan(160);
    expect(svg).toMatch(/<text class="name"[^>]*>two</);
  });

  it('that is damaged is drawn as far as it goes, or refused', () => {
    const text = sheet(placed('25.4 25.4 0'), '(wire (pts (xy 0 0) (xy 9e9 0)))');
    expect(svgOf(text)).toContain('<polygon class="part"');
    expect(drawSchematic({ name: 'a', text: text.slice(0, 60) }).svg).toBeNull();
  });
});

describe('what an analysis found on the drawing', () => {
  it.each(['netlists/kicad/two-inverters.kicad_sch', 'netlists/ltspice/difference-amplifier.asc'])(
    '%s, as docs shows it',
    async (path) => {
      const analysis = await analyze(readFileSync(path, 'utf8'), { name: path });
      const svg = drawAnalysis(analysis);
      const name = path.replace(/^.*\/|\.\w+$/g, '');
      await expect(svg).toMatchFileSnapshot(`../../docs/${name}.svg`);
      expect(renderHtml(reviewDocument(analysis, svg))).toContain('<h2>Schematic</h2>');
    },
  );

  it('has the voltage of every net with a wire, and each noise gain', async () => {
    const path = 'netlists/ltspice/difference-amplifier.asc';
    const svg = drawAnalysis(await analyze(readFileSync(path, 'utf8'), { name: path }));
    const texts = [...(svg ?? '').matchAll(/class="voltage"[^>]*>([^<]*)</g)].map(
      ([, text]) => text,
    );
    // V1 = 1 V, V2 = 1.2 V, both inputs at 1.2 V * 10/11, the output at 2 V less 1 mV.
    expect(texts.sort()).toEqual(['1 V', '1.091 V', '1.091 V', '1.2 V', '1.999 V']);
    expect(svg).toMatch(/class="finding"[^>]*>G_N 11</);
    expect(svg).toMatch(/class="finding"[^>]*>100 % of the error</);
  });

  it('is nothing for a netlist', async () => {
    expect(drawAnalysis(await analyze('t\nV1 a 0 1\nR1 a 0 1k\n*@ output V(a)\n'))).toBeNull();
  });

  it('stands where it covers nothing while there is room', () => {
    const wire = (y: number): Shape => ({
      kind: 'line',
      role: 'wire',
      points: [
        { x: 0, y },
        { x: 300, y },
      ],
    });
    const picture: Picture = {
      shapes: [wire(0), wire(-12)],
      wires: [{ node: 'A', from: { x: 0, y: 0 }, to: { x: 300, y: 0 } }],
      opAmps: [],
      font: 16,
    };
    const { shapes } = annotated(picture, { opAmps: new Map(), nodes: new Map([['a', '1 V']]) });
    const text = shapes.at(-1)!;
    expect(text).toMatchObject({ kind: 'text', text: '1 V', role: 'voltage' });
    // The other wire is above: below there is room.
    expect(extentOf([text], 16).low.y).toBeGreaterThan(0);
  });
});
