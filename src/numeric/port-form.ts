/**
 * One output of a linear system as a function of m parameters d that enter it by rank-one terms,
 *
 *   (M + sum d_k u_k v_k') x = b + sum d_k u_k w_k,   f = c'x,
 *
 * reduced to the ports of the parameters: with H_jk = v_j' M^-1 u_k, q_j = v_j' M^-1 b - w_j and
 * r_k = c' M^-1 u_k,
 *
 *   f(d) = f(0) - r' D (I + H D)^-1 q,   D = diag(d),   det(M + ...)/det M = det(I + H D).
 *
 * A parameter of the right-hand side alone has v = 0. On any axis f is a Moebius function, with the slope
 * df/dd_k = -r_k q_k at d = 0.
 */

export interface PortForm {
  /** m */
  readonly size: number;
  /** f(0) */
  readonly value: number;
  /** r (m) */
  readonly r: Float64Array;
  /** q (m) */
  readonly q: Float64Array;
  /** H (m x m), row by row. */
  readonly H: Float64Array;
}

/** A form around another point, and by what the determinant has been multiplied on the way there. */
export interface Moved {
  readonly form: PortForm;
  readonly factor: number;
}

/** Smaller, 1 + d H_kk is the rounding of a pole at the end of the way. */
const POLE = 1e-12;

/** The form around d_k = step instead of 0. */
export function moved(form: PortForm, k: number, step: number): Moved {
  const steps = new Float64Array(form.size);
  steps[k] = step;
  return movedBy(form, steps);
}

/** The form around d = steps: Sherman-Morrison in the ports, one after the other. The factor is 0 at a pole. */
export function movedBy(form: PortForm, steps: ArrayLike<number>): Moved {
  const { size: m } = form;
  const [r, q, H] = [form.r.slice(), form.q.slice(), form.H.slice()];
  let { value } = form;
  let factor = 1;
  for (let k = 0; k < m; k++) {
    const step = steps[k]!;
    if (step === 0) continue;
    const s = 1 + step * H[k * m + k]!;
    if (Math.abs(s) < POLE) return { form, factor: 0 };
    factor *= s;
    const scale = step / s;
    const row = H.slice(k * m, k * m + m);
    const [rk, qk] = [r[k]!, q[k]!];
    value -= scale * rk * qk;
    for (let j = 0; j < m; j++) r[j]! -= scale * rk * row[j]!;
    for (let i = 0; i < m; i++) {
      const left = scale * H[i * m + k]!;
      if (left === 0) continue;
      q[i]! -= left * qk;
      for (let j = 0; j < m; j++) H[i * m + j]! -= left * row[j]!;
    }
  }
  return { form: { size: m, value, r, q, H }, factor };
}

/** The form of the parameters `kept` alone, the others staying where they are. */
export function restricted({ r, q, H, size, value }: PortForm, kept: readonly number[]): PortForm {
  const m = kept.length;
  const small = new Float64Array(m * m);
  kept.forEach((row, i) => {
    kept.forEach((column, j) => {
      small[i * m + j] = H[row * size + column]!;
    });
  });
  const pick = (vector: Float64Array) => Float64Array.from(kept, (k) => vector[k]!);
  return { size: m, value, r: pick(r), q: pick(q), H: small };
}

/** The form of -f. */
export function negated({ value, r, ...form }: PortForm): PortForm {
  return { ...form, value: -value, r: r.map((x) => -x) };
}
