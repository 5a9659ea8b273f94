/** Tunnelling from band to band in the drain or the source under the edge of the gate: BSIM4.8.0 manual, section 6.2. */

import { Dual } from '../numeric/dual.ts';
import type { Bsim4Process } from './bsim4-process.ts';

/** AGIDL, BGIDL, CGIDL, EGIDL, or those of the source. */
export interface EdgeParameters {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly e: number;
}

const ZERO = Dual.constant(0);

/**
 * From the junction's end to the bulk [A]: A W E exp(-B / E) Vdb^3 / (C + Vdb^3), E = (Vdg - EGIDL) / (3 TOXE), by Vdg with
 * the gate's depletion and by Vdb // 6.2.1
 */
export function edgeLeakageLaw(
  { geometry, toxe }: Bsim4Process,
  { a, b, c, e }: EdgeParameters,
): (vdg: Dual, vdb: Dual) => Dual {
  if (a <= 0 || b <= 0 || c <= 0) return () => ZERO;
  return (vdg, vdb) => {
    const field = vdg.minus(e).over(3 * toxe);
    if (field.value <= 0 || vdb.value < 0) return ZERO;
    const exponent = Dual.constant(-b).over(field);
    if (exponent.value < -100) return ZERO; // 1e-44 A/V
    const cube = vdb.squared().times(vdb);
    return field
      .times(exponent.exponential())
      .times(cube)
      .over(cube.plus(c))
      .times(a * geometry.junctionWidth);
  };
}
