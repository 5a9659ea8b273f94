/**
 * The gate overdrive of BSIM3, one smooth function from weak to strong inversion: BSIM3v3 manual, sections 2.4 (weak inversion),
 * 2.8 (depletion of the gate) and 3.1 (Vgsteff).
 */

import { Dual } from '../numeric/dual.ts';
import { keptFactor, LARGEST_EXPONENT } from './bsim3-bounds.ts';
import type { Bsim3Instance } from './bsim3-instance.ts';
import { CHARGE, SILICON } from './bsim3-process.ts';
import type { Threshold } from './bsim3-threshold.ts';

/** Vgsteff(vgs, vds) [V]: vgs - Vth in strong inversion, exponential in weak. */
export function bsim3Overdrive(
  at: Bsim3Instance,
): (vgs: Dual, vds: Dual, threshold: Threshold) => Dual {
  const { card, oxideCapacitance: Cox, depletionCapacitance: Cdep, thermalVoltage: Vt } = at;
  const gate = gateDepletion(at);

  /** n, by which the slope of weak inversion is less than 1 / Vt */
  function ideality(vds: Dual, { bulk, depletion, sharing }: Threshold): Dual {
    const coupling = bulk.times(card.cdscb).plus(vds.times(card.cdscd)).plus(card.cdsc);
    const layer = Dual.constant(card.nfactor * SILICON).over(depletion);
    return keptFactor(layer.plus(coupling.times(sharing)).plus(card.cit).over(Cox));
  }

  return (vgs, vds, threshold) => {
    const n = ideality(vds, threshold);
    const overdrive = gate(vgs).minus(threshold.voltage);
    const scale = n.times(2 * Vt);
    const x = overdrive.over(scale);
    if (x.value > LARGEST_EXPONENT) return overdrive;
    const y = overdrive
      .negated()
      .plus(2 * card.voff)
      .over(scale);
    if (y.value > LARGEST_EXPONENT) {
      return overdrive
        .minus(card.voff)
        .over(n.times(Vt))
        .exponential()
        .times((Vt * Cdep) / Cox);
    }
    const weak = n.times((2 * Cox) / Cdep).times(y.exponential());
    return scale.times(x.softPlus()).over(weak.plus(1));
  };
}

/** vgs without what drops across the depleted part of a silicon gate of doping NGATE, which is at most 1.12 V [V] */
function gateDepletion({ card, oxideCapacitance, flatBand, phi }: Bsim3Instance) {
  const { ngate } = card;
  const onset = flatBand + phi;
  const charge = (1e6 * CHARGE * SILICON * ngate) / oxideCapacitance ** 2; // [V]
  return (vgs: Dual): Dual => {
    if (!(ngate > 1e18 && ngate < 1e25 && vgs.value > onset)) return vgs;
    const across = vgs
      .minus(onset)
      .times(2 / charge)
      .plus(1)
      .squareRoot()
      .minus(1)
      .times(charge);
    const drop = across.squared().times(0.5 / charge);
    const left = drop.negated().plus(1.12 - 0.05);
    const bounded = left.plus(left.squared().plus(0.224).squareRoot()).times(-0.5).plus(1.12);
    return vgs.minus(bounded);
  };
}
