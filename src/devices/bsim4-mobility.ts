/** The mobility of BSIM4's carriers under the field of the gate: BSIM4.8.0 manual, section 5.2. */

import { Dual } from '../numeric/dual.ts';
import type { Bsim4Process } from './bsim4-process.ts';
import { DeviceFault } from './device.ts';

interface Field {
  readonly vgsteff: Dual;
  readonly threshold: Dual;
  readonly body: Dual;
}

/** How much of U0 the field takes: U0 / (1 + x). */
type Degradation = (field: Field, process: Bsim4Process) => Dual;

/** Fields across the oxide scatter at its surface [V/m]. */
const surfaceField = ({ vgsteff, threshold }: Field, toxe: number) =>
  vgsteff.plus(threshold.times(2)).over(toxe);

const MODELS: readonly Degradation[] = [
  // (UA + UC Vbseff) E + UB E^2 // 5.2.2
  (field, { sized: p, toxe }) => {
    const E = surfaceField(field, toxe);
    return E.times(field.body.times(p.uc).plus(p.ua).plus(E.times(p.ub)));
  },
  // (UA E + UB E^2) (1 + UC Vbseff) // 5.2.3
  (field, { sized: p, toxe }) => {
    const E = surfaceField(field, toxe);
    return E.times(E.times(p.ub).plus(p.ua)).times(field.body.times(p.uc).plus(1));
  },
  // (UA + UC Vbseff) ((Vgsteff + C0 (VTH0 - VFB - phi)) / TOXE)^EU // 5.2.4
  ({ vgsteff, body }, { sized: p, toxe, universalDrive }) =>
    vgsteff.plus(universalDrive).over(toxe).power(p.eu).times(body.times(p.uc).plus(p.ua)),
];

export function mobilityLaw(process: Bsim4Process, model: number): (field: Field) => Dual {
  const degradation = MODELS[model];
  if (degradation === undefined) {
    throw new DeviceFault(`MOBMOD is ${model}; mobility models 0, 1 and 2 have equations here.`);
  }
  const { sized: p, toxe } = process;
  return (field) => {
    const { vgsteff, threshold } = field;
    // Charges near the channel: UD (Vth TOXE / (Vgsteff + 2 (Vth^2 + 0.0001)^1/2))^2
    const screened = threshold
      .times(toxe)
      .over(threshold.squared().plus(1e-4).squareRoot().times(2).plus(vgsteff));
    const x = degradation(field, process).plus(screened.squared().times(p.ud));
    return Dual.constant(process.mobility).over(divisor(x));
  };
}

/** 1 + x for x >= -0.8, (0.6 + x) / (7 + 10x) below. */
function divisor(x: Dual): Dual {
  if (x.value >= -0.8) return x.plus(1);
  return x.plus(0.6).over(x.times(10).plus(7));
}
