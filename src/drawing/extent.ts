/** How far shapes reach. */

import type { Point } from '../schematic/segments.ts';
import type { Shape } from './shapes.ts';

/** 0 for none. */
export function least(values: readonly number[]): number {
  return values.reduce((low, value) => Math.min(low, value), values[0] ?? 0);
}

/** 0 for none. */
export function greatest(values: readonly number[]): number {
  return values.reduce((high, value) => Math.max(high, value), values[0] ?? 0);
}

/** The box around shapes. */
export interface Extent {
  readonly low: Point;
  readonly high: Point;
}

/** The box around shapes whose letters have the height `font`; a point at 0 around none. */
export function extentOf(shapes: readonly Shape[], font: number): Extent {
  const points = shapes.flatMap((shape) => corners(shape, font));
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return { low: { x: least(xs), y: least(ys) }, high: { x: greatest(xs), y: greatest(ys) } };
}

/** A letter is taken to be 0.6 of the font wide. */
function corners(shape: Shape, font: number): readonly Point[] {
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
      const { at, along, across, upright } = shape;
      const length = shape.text.length * font * 0.6;
      const [start, end] = [((along - 1) / 2) * length, ((along + 1) / 2) * length];
      const [above, below] = [((across - 1) / 2) * font, ((across + 1) / 2) * font];
      return upright
        ? [
            { x: at.x + above, y: at.y - start },
            { x: at.x + below, y: at.y - end },
          ]
        : [
            { x: at.x + start, y: at.y + above },
            { x: at.x + end, y: at.y + below },
          ];
    }
  }
}
