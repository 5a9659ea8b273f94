/**
 * Whether det(I + H D) keeps its sign on the box |d_k| <= T_k. It is multilinear, so it does exactly if
 * all vertices have one sign: boxes without a certificate are cut into their two faces d_k = -T_k, T_k.
 */

import type { Effort } from './effort.ts';
import { isPoleFree } from './enclosure.ts';
import { moved, movedBy, type PortForm, restricted } from './port-form.ts';

export type PoleVerdict =
  | { readonly kind: 'none' }
  /** `crossing` are parameters that reach the pole together; none of them can be spared. */
  | { readonly kind: 'pole'; readonly crossing: readonly number[] }
  /** The effort did not suffice. */
  | { readonly kind: 'unknown' };

export function poleIn(form: PortForm, T: Float64Array, effort: Effort): PoleVerdict {
  const corner = new Float64Array(form.size);
  const all = Array.from(T, (_, k) => k);
  const found = search({ form, names: all, corner }, { T, effort });
  if (found !== 'pole') return { kind: found };
  return { kind: 'pole', crossing: withoutSpare(form, corner) };
}

interface Face {
  readonly form: PortForm;
  /** The free parameters, and where the fixed ones are. */
  readonly names: readonly number[];
  readonly corner: Float64Array;
}

/** With 'pole', `corner` is where the sign has changed. */
function search(
  { form, names, corner }: Face,
  { T, effort }: { T: Float64Array; effort: Effort },
): PoleVerdict['kind'] {
  if (!effort.spend(form.size)) return 'unknown';
  const widths = Float64Array.from(names, (k) => T[k]!);
  if (isPoleFree(form, widths)) return 'none';
  const at = mostCoupled(form, widths);
  const rest = names.map((_, i) => i).filter((i) => i !== at);
  const name = names[at]!;
  let verdict: PoleVerdict['kind'] = 'none';
  for (const side of [-1, 1]) {
    corner[name] = side * T[name]!;
    const { form: there, factor } = moved(form, at, corner[name]!);
    if (factor <= 0) return 'pole';
    const face = { form: restricted(there, rest), names: rest.map((i) => names[i]!), corner };
    const found = search(face, { T, effort });
    if (found === 'pole') return found;
    if (found === 'unknown') verdict = found;
  }
  corner[name] = 0;
  return verdict;
}

/** Steps of the power iteration: enough to tell large couplings from small ones. */
const STEPS = 8;

/** The parameter whose width matters most to rho(|H| T): the largest product of the two Perron vectors. */
export function mostCoupled({ size: m, H }: PortForm, T: Float64Array): number {
  let right = new Float64Array(m).fill(1);
  let left = new Float64Array(m).fill(1);
  for (let step = 0; step < STEPS; step++) {
    const [x, y] = [new Float64Array(m), new Float64Array(m)];
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < m; j++) {
        const b = Math.abs(H[i * m + j]!) * T[j]!;
        x[i]! += b * right[j]!;
        y[j]! += b * left[i]!;
      }
    }
    right = normalised(x);
    left = normalised(y);
  }
  let best = 0;
  for (let k = 1; k < m; k++) {
    if (left[k]! * right[k]! > left[best]! * right[best]!) best = k;
  }
  return best;
}

function normalised(x: Float64Array): Float64Array<ArrayBuffer> {
  const largest = x.reduce((found, value) => Math.max(found, value), 0);
  return Float64Array.from(x, (value) => (largest === 0 ? 1 : value / largest));
}

/** The parameters that must leave the centre for the sign to change, one after the other tried without. */
function withoutSpare(form: PortForm, corner: Float64Array): number[] {
  const needed = corner.slice();
  for (const k of needed.keys()) {
    const step = needed[k]!;
    if (step === 0) continue;
    needed[k] = 0;
    if (changesSign(form, needed)) continue;
    needed[k] = step;
  }
  return [...needed.keys()].filter((k) => needed[k] !== 0);
}

function changesSign(form: PortForm, steps: Float64Array): boolean {
  return movedBy(form, steps).factor <= 0;
}
