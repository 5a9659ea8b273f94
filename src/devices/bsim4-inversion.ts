/** The charge at the source's end of a BSIM4 channel: BSIM4.8.0 manual, sections 1.4 and 3.1-3.3. */

import { Dual } from '../numeric/dual.ts';
import { type Bsim4Process, SILICON } from './bsim4-process.ts';
import { boundedExponential, positivePart, softPlus } from './bsim4-smooth.ts';
import type { Threshold } from './bsim4-threshold.ts';
import { ELEMENTARY_CHARGE } from './thermal.ts';

/** The gate's polysilicon depletes by no more than its band gap [V]. */
const POLYSILICON_GAP = 1.12;

/** Vgse: a gate voltage less what the depletion of a polysilicon gate takes of it // 1.4.5 */
export function gateDepletion(process: Bsim4Process): (vg: Dual) => Dual {
  const { sized: p, coxe, vfb, phi } = process;
  const flat = vfb + phi;
  // The charge of CODATA here, as ngspice has it; that of the model elsewhere.
  const field = (1e6 * ELEMENTARY_CHARGE * SILICON * p.ngate) / coxe ** 2;
  return (vg) => {
    if (p.ngate <= 1e18 || p.ngate >= 1e25 || vg.value <= flat) return vg;
    const above = vg.minus(flat);
    const root = above
      .times(2 / field)
      .plus(1)
      .squareRoot();
    const across = above.times(2).over(root.plus(1)); // of the oxide and the channel
    const fallen = across.squared().times(0.5 / field); // in the gate
    const left = positivePart(fallen.negated().plus(POLYSILICON_GAP - 0.05), 0.224);
    return vg.plus(left).minus(POLYSILICON_GAP);
  };
}

/** Vgsteff [V] of Vgse: the charge over Coxe, exponential in weak inversion and Vgse - Vth in strong // 3.1.5 */
export function inversionLaw(process: Bsim4Process): (vgse: Dual, at: Threshold) => Dual {
  const { sized: p, geometry, coxe, depletionCapacitance, thermalVoltage: Vt } = process;
  const strong = 0.5 + Math.atan(p.minv) / Math.PI; // m*
  const offset = p.voff + process.offsetLength / geometry.length;
  return (vgse, { voltage, ideality }) => {
    const drive = vgse.minus(voltage);
    const scale = ideality.times(Vt);
    const weak = boundedExponential(
      drive
        .times(strong - 1)
        .plus(offset)
        .over(scale),
    );
    const divisor = weak
      .times(ideality)
      .times(coxe / depletionCapacitance)
      .plus(strong);
    return softPlus(drive.times(strong), scale).over(divisor);
  };
}

/** Capacitance of the oxide with the inversion layer's centre behind it [F/m^2] // 1.4.9 */
export function centroidLaw({
  coxp,
  toxp,
  gateDrive,
  centroid: { ados, bdos },
}: Bsim4Process): (vgsteff: Dual) => Dual {
  const offset = Math.max(4 * gateDrive, 0);
  return (vgsteff) => {
    const field = vgsteff.plus(offset).over(2e8 * toxp); // [MV/cm]
    const depth = Dual.constant(ados * 1.9e-9).over(field.power(0.7 * bdos).plus(1));
    return Dual.constant(SILICON * coxp).over(depth.times(coxp).plus(SILICON));
  };
}
