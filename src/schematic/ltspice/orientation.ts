/** Symbol coordinates -> sheet coordinates. */

import type { Orientation, Placement, Point } from '../../../grammar/ltspice/tree.ts';

/** First turned clockwise, then mirrored in x (y down); M90 and M270 the other way round would change places. */
const TURNS: Readonly<Record<Orientation, (point: Point) => Point>> = {
  R0: ({ x, y }) => ({ x, y }),
  R90: ({ x, y }) => ({ x: -y, y: x }),
  R180: ({ x, y }) => ({ x: -x, y: -y }),
  R270: ({ x, y }) => ({ x: y, y: -x }),
  M0: ({ x, y }) => ({ x: -x, y }),
  M90: ({ x, y }) => ({ x: y, y: x }),
  M180: ({ x, y }) => ({ x, y: -y }),
  M270: ({ x, y }) => ({ x: -y, y: -x }),
};

/** Where a point of the symbol lies on the sheet. */
export function placed(point: Point, { at, orientation }: Placement): Point {
  const { x, y } = TURNS[orientation](point);
  return { x: at.x + x, y: at.y + y };
}
