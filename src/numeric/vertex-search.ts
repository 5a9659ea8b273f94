/**
 * The largest value of a port form on the box |d_k| <= T_k without a pole, which is at a vertex because f is
 * a Moebius function on every axis. Parameters with a certain slope are fixed at their end and the bounds
 * taken anew; where no slope is certain, one parameter is tried at both ends and what cannot win is left out.
 */

import type { Effort } from './effort.ts';
import { type Enclosure, enclosure } from './enclosure.ts';
import { mostCoupled } from './pole-search.ts';
import { movedBy, type PortForm, restricted } from './port-form.ts';

export interface Maximum {
  /** f at the best vertex. */
  readonly value: number;
  /** -1, 1: the end of each parameter there; 0 where it does not matter. */
  readonly ends: Int8Array;
  /** No value in the box is above this; equal to `value` when the search came to its end. */
  readonly bound: number;
}

/** Effects below this part of the values are rounding, and the end of such a parameter is open. */
const NEGLIGIBLE = 1e-15;

interface Face {
  readonly form: PortForm;
  /** The free parameters. */
  readonly names: readonly number[];
  readonly ends: Int8Array;
}

export function maximum(form: PortForm, T: Float64Array, effort: Effort): Maximum {
  return new VertexSearch(T, effort).run(form);
}

class VertexSearch {
  readonly #T: Float64Array;
  readonly #effort: Effort;
  #best = Number.NEGATIVE_INFINITY;
  #ends: Int8Array;
  /** The largest bound of what was not searched. */
  #open = Number.NEGATIVE_INFINITY;

  constructor(T: Float64Array, effort: Effort) {
    this.#T = T;
    this.#effort = effort;
    this.#ends = new Int8Array(T.length);
  }

  run(form: PortForm): Maximum {
    const names = Array.from(this.#T, (_, k) => k);
    this.#search({ form, names, ends: new Int8Array(names.length) });
    return { value: this.#best, ends: this.#ends, bound: Math.max(this.#best, this.#open) };
  }

  #search(face: Face): void {
    const { form, names } = face;
    if (names.length === 0) {
      this.#offer(face);
      return;
    }
    const affordable = this.#effort.spend(names.length);
    const certain = enclosure(
      form,
      Float64Array.from(names, (k) => this.#T[k]!),
    );
    const bound = certain === undefined ? Number.POSITIVE_INFINITY : form.value + certain.reach;
    if (bound <= this.#best) return;
    if (!affordable) {
      this.#open = Math.max(this.#open, bound);
      this.#offer(this.#steepest(face));
      return;
    }
    const steps = certain === undefined ? [] : this.#decided(face, certain);
    if (steps.length > 0) {
      this.#search(this.#fixed(face, steps));
      return;
    }
    const k = certain === undefined ? mostCoupled(form, this.#widths(names)) : largest(certain);
    const uphill = -form.r[k]! * form.q[k]! < 0 ? -1 : 1;
    for (const end of [uphill, -uphill]) this.#search(this.#fixed(face, [[k, end]]));
  }

  #widths(names: readonly number[]): Float64Array {
    return Float64Array.from(names, (k) => this.#T[k]!);
  }

  /** The ends that are certain, or open because nothing depends on them. */
  #decided({ form }: Face, { effects, signs, reach }: Enclosure): (readonly [number, number])[] {
    const negligible = NEGLIGIBLE * (Math.abs(form.value) + reach);
    const steps: (readonly [number, number])[] = [];
    for (const [k, sign] of signs.entries()) {
      if (effects[k]! <= negligible) steps.push([k, 0]);
      else if (sign !== 0) steps.push([k, sign]);
    }
    return steps;
  }

  /** The face on which some free parameters are at their ends. */
  #fixed({ form, names, ends }: Face, steps: readonly (readonly [number, number])[]): Face {
    const way = new Float64Array(names.length);
    const next = ends.slice();
    const gone = new Set<number>();
    for (const [k, end] of steps) {
      const name = names[k]!;
      way[k] = end * this.#T[name]!;
      next[name] = end;
      gone.add(k);
    }
    const kept = names.map((_, k) => k).filter((k) => !gone.has(k));
    const { form: there } = movedBy(form, way);
    return { form: restricted(there, kept), names: kept.map((k) => names[k]!), ends: next };
  }

  /** Every free parameter at the end its slope at the centre points to. */
  #steepest(face: Face): Face {
    const { r, q } = face.form;
    return this.#fixed(
      face,
      face.names.map((_, k) => [k, -Math.sign(r[k]! * q[k]!)] as const),
    );
  }

  #offer({ form: { value }, ends }: Face): void {
    if (value <= this.#best) return;
    this.#best = value;
    this.#ends = ends;
  }
}

function largest({ effects }: Enclosure): number {
  let best = 0;
  for (const [k, effect] of effects.entries()) if (effect > effects[best]!) best = k;
  return best;
}
