/** Numbers for points: 0, 1, 2 ... in the order in which they are first met. Coordinates are 32-bit whole numbers. */

import type { Point } from './segments.ts';

export class PointTable {
  #size = 0;
  /** x and y of the point of each number. */
  #points = new Int32Array(64);
  /** Open addressing: 1 + number, or 0; its length is a power of two and above twice the points. */
  #slots = new Int32Array(128);

  get size(): number {
    return this.#size;
  }

  has(point: Point): boolean {
    return this.#slots[this.#slot(point)] !== 0;
  }

  /** The number of a point, which is `size` before the call for a new one. */
  add(point: Point): number {
    const known = this.#slots[this.#slot(point)] ?? 0;
    if (known > 0) return known - 1;
    const number = this.#size++;
    if (4 * this.#size > this.#slots.length) this.#grow();
    this.#points[2 * number] = point.x;
    this.#points[2 * number + 1] = point.y;
    this.#slots[this.#slot(point)] = number + 1;
    return number;
  }

  /** Where the point is, or would be put. */
  #slot({ x, y }: Point): number {
    const mask = this.#slots.length - 1;
    // Multiplicative hashing; the upper bits are mixed into the lower ones, which choose the slot.
    const mixed = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b);
    let slot = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35) >>> 0;
    slot = (slot ^ (slot >>> 16)) & mask;
    for (let found = this.#slots[slot]; found; found = this.#slots[slot]) {
      const at = 2 * (found - 1);
      if (this.#points[at] === x && this.#points[at + 1] === y) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Makes room for the newest point, which is not yet in its place. */
  #grow(): void {
    const points = new Int32Array(2 * this.#points.length);
    points.set(this.#points);
    this.#points = points;
    this.#slots = new Int32Array(2 * this.#slots.length);
    for (let number = 0; number < this.#size - 1; number++) {
      const point = { x: points[2 * number] ?? 0, y: points[2 * number + 1] ?? 0 };
      this.#slots[this.#slot(point)] = number + 1;
    }
  }
}
