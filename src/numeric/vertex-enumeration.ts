/**
 * The extremes of a port form over all vertices of the box |d_k| <= T_k, one after the other: a binary tree in which each
 * level fixes a parameter. That changes by rank one what the others still need, so that a vertex costs some six
 * multiplications however many parameters there are, and the rounding of m steps.
 */

import { type PortForm, restricted } from './port-form.ts';

export interface Vertex {
  readonly value: number;
  /** -1, 1: the end of each parameter; 0 of one without a width. */
  readonly ends: Int8Array;
}

/** A smaller factor of the determinant is a pole, or the rounding of one. */
const POLE = 1e-12;

/** Undefined where the determinant does not keep its sign. 2^m vertices: a second for 24. */
export function extremesOfVertices(
  form: PortForm,
  T: Float64Array,
): { readonly low: Vertex; readonly high: Vertex } | undefined {
  const free = [...T.keys()].filter((k) => T[k]! > 0);
  const tree = new VertexTree(
    restricted(form, free),
    Float64Array.from(free, (k) => T[k]!),
  );
  if (!tree.run()) return undefined;
  const vertex = (value: number, path: number): Vertex => {
    const ends = new Int8Array(T.length);
    for (const [level, k] of free.entries()) ends[k] = (path >> level) & 1 ? 1 : -1;
    return { value, ends };
  };
  return { low: vertex(tree.low, tree.lowPath), high: vertex(tree.high, tree.highPath) };
}

class VertexTree {
  low = Number.POSITIVE_INFINITY;
  high = Number.NEGATIVE_INFINITY;
  /** Bit k: parameter k is at its upper end. */
  lowPath = 0;
  highPath = 0;
  readonly #size: number;
  readonly #T: Float64Array;
  readonly #value: number;
  /** r, q and H (row by row) of the parameters from each level on. */
  readonly #r: Float64Array[] = [];
  readonly #q: Float64Array[] = [];
  readonly #H: Float64Array[] = [];

  constructor({ size, value, r, q, H }: PortForm, T: Float64Array) {
    this.#size = size;
    this.#T = T;
    this.#value = value;
    for (let n = size; n > 0; n--) {
      this.#r.push(n === size ? r : new Float64Array(n));
      this.#q.push(n === size ? q : new Float64Array(n));
      this.#H.push(n === size ? H : new Float64Array(n * n));
    }
  }

  /** False where the determinant changes its sign. */
  run(): boolean {
    if (this.#size > 0) return this.#level(0, this.#value, 0);
    this.#offer(this.#value, 0);
    return true;
  }

  #level(level: number, value: number, path: number): boolean {
    const [r, q, H] = [this.#r[level]!, this.#q[level]!, this.#H[level]!];
    const n = this.#size - level;
    const [r0, q0, h0] = [r[0]!, q[0]!, H[0]!];
    const T = this.#T[level]!;
    for (let side = 0; side < 2; side++) {
      const d = side === 0 ? -T : T;
      const s = 1 + d * h0;
      if (!(s > POLE)) return false;
      const scale = d / s;
      const there = value - scale * r0 * q0;
      const way = side === 0 ? path : path | (1 << level);
      if (n === 1) {
        this.#offer(there, way);
        continue;
      }
      if (n === 2) {
        // The last parameter, half of all steps, without its arrays.
        const product = (r[1]! - scale * r0 * H[1]!) * (q[1]! - scale * q0 * H[2]!);
        const h = H[3]! - scale * H[2]! * H[1]!;
        const last = this.#T[level + 1]!;
        const [below, above] = [1 - last * h, 1 + last * h];
        if (!(below > POLE && above > POLE)) return false;
        this.#offer(there + (last / below) * product, way);
        this.#offer(there - (last / above) * product, way | (1 << (level + 1)));
        continue;
      }
      const [rNext, qNext, HNext] = [this.#r[level + 1]!, this.#q[level + 1]!, this.#H[level + 1]!];
      const [byR, byQ] = [scale * r0, scale * q0];
      let to = 0;
      for (let i = 1; i < n; i++) {
        const row = i * n;
        const left = H[row]!;
        rNext[i - 1] = r[i]! - byR * H[i]!;
        qNext[i - 1] = q[i]! - byQ * left;
        const factor = scale * left;
        for (let j = 1; j < n; j++) HNext[to++] = H[row + j]! - factor * H[j]!;
      }
      if (!this.#level(level + 1, there, way)) return false;
    }
    return true;
  }

  #offer(value: number, path: number): void {
    if (value < this.low) {
      this.low = value;
      this.lowPath = path;
    }
    if (value > this.high) {
      this.high = value;
      this.highPath = path;
    }
  }
}
