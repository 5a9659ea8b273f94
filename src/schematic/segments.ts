/**
 * Which straight wires pass through a point. Wires on one line that overlap or touch are one run, so that the
 * work is a sort and a binary search per point and direction, however many wires lie on each other.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Segment {
  readonly from: Point;
  readonly to: Point;
}

/** Along a line: where it begins, where it ends, and its number. */
interface Run {
  readonly start: number;
  end: number;
  readonly id: number;
}

/** The lines dx y - dy x = c of one direction (dx, dy), by c. */
interface Direction {
  readonly dx: number;
  readonly dy: number;
  readonly lines: Map<number, { start: number; end: number; index: number }[]>;
  readonly runs: Map<number, Run[]>;
}

/** A point's search takes as many steps as there are directions; drawings have two, and rarely a few more. */
export const MOST_DIRECTIONS = 200;

/** Coordinates are whole numbers of at most 2e7 either way, for which every product here is exact. */
export class Segments {
  /** The run of each segment; undefined for one without length. */
  readonly runOf: readonly (number | undefined)[];
  readonly runs: number;
  /** Segments in more than MOST_DIRECTIONS directions; no point is found on these. */
  readonly excess: readonly number[];
  readonly #directions = new Map<number, Direction>();

  constructor(segments: readonly Segment[]) {
    const runOf: (number | undefined)[] = segments.map(() => undefined);
    const excess: number[] = [];
    for (const [index, segment] of segments.entries()) {
      if (!this.#add(segment, index)) excess.push(index);
    }
    let runs = 0;
    for (const direction of this.#directions.values()) {
      for (const [c, pieces] of direction.lines) {
        const merged: Run[] = [];
        for (const { start, end, index } of pieces.sort((a, b) => a.start - b.start)) {
          let last = merged.at(-1);
          if (last === undefined || start > last.end) {
            last = { start, end, id: runs++ };
            merged.push(last);
          } else last.end = Math.max(last.end, end);
          runOf[index] = last.id;
        }
        direction.runs.set(c, merged);
      }
      direction.lines.clear();
    }
    this.runOf = runOf;
    this.runs = runs;
    this.excess = excess;
  }

  /** False when its direction is one too many. */
  #add({ from, to }: Segment, index: number): boolean {
    let [dx, dy] = [to.x - from.x, to.y - from.y];
    if (dx === 0 && dy === 0) return true;
    const divisor =
      greatestDivisor(Math.abs(dx), Math.abs(dy)) * (dx < 0 || (dx === 0 && dy < 0) ? -1 : 1);
    dx /= divisor;
    dy /= divisor;
    const key = dx * 2 ** 27 + dy;
    let direction = this.#directions.get(key);
    if (direction === undefined) {
      if (this.#directions.size === MOST_DIRECTIONS) return false;
      direction = { dx, dy, lines: new Map(), runs: new Map() };
      this.#directions.set(key, direction);
    }
    const c = dx * from.y - dy * from.x;
    const [a, b] = [along(direction, from), along(direction, to)];
    const line = direction.lines.get(c) ?? [];
    line.push({ start: Math.min(a, b), end: Math.max(a, b), index });
    direction.lines.set(c, line);
    return true;
  }

  /** Calls `act` with each run that `point` lies on, ends included. */
  visit(point: Point, act: (run: number) => void): void {
    for (const direction of this.#directions.values()) {
      const runs = direction.runs.get(direction.dx * point.y - direction.dy * point.x);
      if (runs === undefined) continue;
      const at = along(direction, point);
      let low = 0;
      let high = runs.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((runs[middle]?.start ?? 0) <= at) low = middle + 1;
        else high = middle;
      }
      const run = runs[low - 1];
      if (run !== undefined && at <= run.end) act(run.id);
    }
  }

  /** True if a segment passes or ends there. */
  isOn(point: Point): boolean {
    let found = false;
    this.visit(point, () => {
      found = true;
    });
    return found;
  }
}

/** A coordinate that grows along the direction. */
function along({ dx }: Direction, { x, y }: Point): number {
  return dx === 0 ? y : x;
}

function greatestDivisor(a: number, b: number): number {
  let [high, low] = [a, b];
  while (low !== 0) [high, low] = [low, high % low];
  return high;
}
