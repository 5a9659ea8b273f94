/**
 * What is certain about a port form on the whole box |d_k| <= T_k: with B = |H| T, no pole is in the box if
 * rho(B) < 1, and then, element by element,
 *
 *   |y| <= s,  |y - q| <= s - |q|,  s = (I - B)^-1 |q|        y = (I + H D)^-1 q
 *
 * and the same for the outputs r of the moved form; so slopes -r_k y_k get signs that hold everywhere.
 */

import { factorMMatrix, solveMMatrix, solveMMatrixTransposed } from './m-matrix.ts';
import type { PortForm } from './port-form.ts';

export interface Enclosure {
  /** |f - f(0)| is at most this. */
  readonly reach: number;
  /** Bounds of |r_k| T_k |y_k|: what parameter k alone can do anywhere in the box. */
  readonly effects: Float64Array;
  /** The sign of df/dd_k on the whole box; 0 where it is not certain. */
  readonly signs: Int8Array;
}

/** Widens the bounds by more than the rounding of their computation. */
const MARGIN = 1 + 1e-9;

/** |H| T (m x m) */
export function spread({ size: m, H }: PortForm, T: Float64Array): Float64Array {
  const B = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) B[i * m + j] = Math.abs(H[i * m + j]!) * T[j]!;
  }
  return B;
}

/** True if no pole is certain to be in the box. */
export function isPoleFree(form: PortForm, T: Float64Array): boolean {
  return factorMMatrix(spread(form, T), form.size) !== undefined;
}

/** Undefined where a pole in the box cannot be excluded. */
export function enclosure(form: PortForm, T: Float64Array): Enclosure | undefined {
  const { size: m, r, q } = form;
  const lu = factorMMatrix(spread(form, T), m);
  if (lu === undefined) return undefined;
  const drive = q.map(Math.abs);
  const output = r.map((x, k) => Math.abs(x) * T[k]!);
  const s = solveMMatrix(lu, drive);
  const t = solveMMatrixTransposed(lu, output);
  const effects = new Float64Array(m);
  const signs = new Int8Array(m);
  let reach = 0;
  for (let k = 0; k < m; k++) {
    reach += output[k]! * s[k]!;
    effects[k] = t[k]! * s[k]!;
    const certain =
      (s[k]! - drive[k]!) * MARGIN < drive[k]! && (t[k]! - output[k]!) * MARGIN < output[k]!;
    if (certain) signs[k] = -Math.sign(r[k]! * q[k]!);
  }
  return { reach: reach * MARGIN, effects, signs };
}
