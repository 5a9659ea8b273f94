/** Shapes -> an SVG of its own, with a style sheet in it: black on white, or light on dark as the reader has it. */

import type { Point } from '../schematic/segments.ts';
import { greatest, least } from './extent.ts';
import type { Shape } from './shapes.ts';

/** Height of letters, and room around the drawing. */
const FONT = 22;
const MARGIN = 48;

const STYLE = `
svg { background: #fff; color: #1b1b1b; font: ${FONT}px system-ui, sans-serif; }
line, polyline, polygon, circle { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.filled { fill: currentColor; }
text { fill: currentColor; }
.wire { color: #1f4e9c; } .net { color: #1f4e9c; } .name { font-weight: 600; } .directive { color: #8a2a2a; }
.comment { color: #5a6470; }
@media (prefers-color-scheme: dark) {
  svg { background: #15171a; color: #e6e6e6; } .wire, .net { color: #8db4f2; }
  .directive { color: #e39a9a; } .comment { color: #9aa4b0; }
}
`;

export function svgOf(shapes: readonly Shape[], title: string): string {
  const points = shapes.flatMap(extent);
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, top] = [least(xs) - MARGIN, least(ys) - MARGIN];
  const [width, height] = [greatest(xs) + MARGIN - left, greatest(ys) + MARGIN - top];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    ...shapes.map(element),
    '</svg>',
    '',
  ].join('\n');
}

function element(shape: Shape): string {
  const { role } = shape;
  switch (shape.kind) {
    case 'line':
      return `<polyline class="${role}" points="${list(shape.points)}"/>`;
    case 'area':
      return `<polygon class="${role}" points="${list(shape.points)}"/>`;
    case 'circle': {
      const { centre, radius, filled } = shape;
      const style = filled ? `${role} filled` : role;
      return `<circle class="${style}" cx="${short(centre.x)}" cy="${short(centre.y)}" r="${radius}"/>`;
    }
    case 'text': {
      const { at, along, across, upright, text } = shape;
      const anchor = along > 0 ? 'start' : along < 0 ? 'end' : 'middle';
      // From the anchor to the base line: the letters' height above it is about 0.7 of the font's.
      const base = FONT * (across > 0 ? 0.85 : across < 0 ? -0.2 : 0.35);
      const turn = upright ? ` transform="rotate(-90 ${short(at.x)} ${short(at.y)})"` : '';
      return `<text class="${role}" x="${short(at.x)}" y="${short(at.y + base)}" text-anchor="${anchor}"${turn}>${escaped(text)}</text>`;
    }
  }
}

/** The corners of what a shape covers; a letter is taken to be 0.6 of the font wide. */
function extent(shape: Shape): readonly Point[] {
  switch (shape.kind) {
    case 'line':
    case 'area':
      return shape.points;
    case 'circle':
      return [-1, 1].map((side) => ({
        x: shape.centre.x + side * shape.radius,
        y: shape.centre.y + side * shape.radius,
      }));
    case 'text': {
      const { at, along, upright } = shape;
      const length = shape.text.length * FONT * 0.6;
      const [start, end] = [((along - 1) / 2) * length, ((along + 1) / 2) * length];
      return [start, end].map((offset) =>
        upright ? { x: at.x, y: at.y - offset } : { x: at.x + offset, y: at.y },
      );
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
