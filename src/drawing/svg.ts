/** Shapes -> an SVG of its own, with a style sheet in it: black on white, or light on dark as the reader has it. */

import type { Point } from '../schematic/segments.ts';
import { extentOf } from './extent.ts';
import type { Picture, Shape } from './shapes.ts';

/** Room around the drawing. */
const MARGIN = 48;

/** Everything under one class, so that a drawing within a page leaves its other pictures alone. */
const STYLE = `
.sheet { background: #fff; color: #1b1b1b; font-family: system-ui, sans-serif; }
.sheet line, .sheet polyline, .sheet polygon, .sheet circle { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.sheet .filled { fill: currentColor; }
.sheet text { fill: currentColor; }
.sheet .wire, .sheet .net { color: #1f4e9c; } .sheet .name { font-weight: 600; } .sheet .directive { color: #8a2a2a; }
.sheet .comment { color: #5a6470; } .sheet .voltage { color: #1d6b3c; } .sheet .finding { color: #9a4a00; font-weight: 600; }
.sheet .voltage, .sheet .finding { paint-order: stroke; stroke: #fff; stroke-width: 4; stroke-linejoin: round; }
@media screen and (prefers-color-scheme: dark) {
  .sheet { background: #15171a; color: #e6e6e6; } .sheet .wire, .sheet .net { color: #8db4f2; }
  .sheet .directive { color: #e39a9a; } .sheet .comment { color: #9aa4b0; } .sheet .voltage { color: #7ccf9b; }
  .sheet .finding { color: #f0b070; } .sheet .voltage, .sheet .finding { stroke: #15171a; }
}
`;

export function svgOf({ shapes, font }: Pick<Picture, 'shapes' | 'font'>, title: string): string {
  const { low, high } = extentOf(shapes, font);
  const [left, top] = [low.x - MARGIN, low.y - MARGIN].map(short) as [number, number];
  const [width, height] = [high.x + MARGIN - left, high.y + MARGIN - top].map(short) as [
    number,
    number,
  ];
  return [
    `<svg class="sheet" xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" font-size="${font}px">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    ...shapes.map((shape) => element(shape, font)),
    '</svg>',
    '',
  ].join('\n');
}

function element(shape: Shape, font: number): string {
  const { role } = shape;
  switch (shape.kind) {
    case 'line':
      return `<polyline class="${role}" points="${list(shape.points)}"/>`;
    case 'area':
      return `<polygon class="${role}" points="${list(shape.points)}"/>`;
    case 'circle': {
      const { centre, radius, filled } = shape;
      const style = filled ? `${role} filled` : role;
      return `<circle class="${style}" cx="${short(centre.x)}" cy="${short(centre.y)}" r="${short(radius)}"/>`;
    }
    case 'text': {
      const { at, along, across, upright, text } = shape;
      const anchor = along > 0 ? 'start' : along < 0 ? 'end' : 'middle';
      // From the anchor to the base line: the letters' height above it is about 0.7 of the font's.
      const base = font * (across > 0 ? 0.85 : across < 0 ? -0.2 : 0.35);
      const turn = upright ? ` transform="rotate(-90 ${short(at.x)} ${short(at.y)})"` : '';
      return `<text class="${role}" x="${short(at.x)}" y="${short(at.y + base)}" text-anchor="${anchor}"${turn}>${escaped(text)}</text>`;
    }
  }
}

function list(points: readonly Point[]): string {
  return points.map(({ x, y }) => `${short(x)},${short(y)}`).join(' ');
}

/** To a hundredth. */
function short(value: number): number {
  return Math.round(value * 100) / 100;
}

function escaped(text: string): string {
  return text
    .replace(/[^\t -\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
