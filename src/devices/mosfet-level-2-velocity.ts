/**
 * vds at which the carriers reach VMAX at the drain: Baum and Beneking, "Drift velocity saturation in MOS transistors",
 * IEEE Trans. Electron Devices 17 (1970), in the form of SPICE2 (Vladimirescu and Liu 1980, section 3).
 *
 * SPICE solves the quartic in closed form, loses the root to rounding where VMAX L / mobility is far from 1 to 10 V (or
 * vgs is tens of volts) and then leaves velocity saturation out; here it is found wherever it exists.
 */

import { Dual } from '../numeric/dual.ts';
import { polynomialAt, positiveRoots } from '../numeric/polynomial.ts';

export interface SaturationProblem {
  /** (vgs - Vbi) / eta [V] */
  readonly drive: Dual;
  /** GAMMA of the short channel over eta [V^1/2] */
  readonly body: Dual;
  /** PHI - vbs [V] */
  readonly barrier: Dual;
  /** (PHI - vbs)^3/2 [V^3/2] */
  readonly cube: Dual;
  /** VMAX L / mobility [V] */
  readonly reach: Dual;
}

/** x^2 - (PHI - vbs) with the smallest root x > 0 of the quartic in x = (vdsat + PHI - vbs)^1/2; null without one. */
export function velocitySaturation(problem: SaturationProblem): Dual | null {
  const { drive, body, barrier, cube, reach } = problem;
  const top = drive.plus(barrier);
  const coefficients = [
    top
      .times(barrier.plus(reach))
      .times(2)
      .minus(barrier.squared())
      .minus(body.times(cube).times(4 / 3)),
    body.times(reach).times(-2),
    top.plus(reach).times(-2),
    body.times(4 / 3),
    Dual.constant(1),
  ];
  const numbers = coefficients.map(({ value }) => value);
  const x = positiveRoots(numbers)[0];
  if (x === undefined) return null;
  // dx = -dP / P'(x) with x held in dP
  const slope = polynomialAt(
    numbers.slice(1).map((c, i) => (i + 1) * c),
    x,
  );
  const atRoot = coefficients.reduceRight((sum, c) => sum.times(x).plus(c), Dual.constant(0));
  if (slope === 0) return null;
  const root = atRoot.mapped(x, -1 / slope);
  return root.squared().minus(barrier);
}
