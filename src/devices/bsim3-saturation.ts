/**
 * Mobility, bulk charge and saturation voltage of BSIM3: BSIM3v3 manual, sections 2.2 (mobility), 2.3 (carrier velocity),
 * 2.5 (bulk charge), 2.6 (saturation) and 3.3 (Vdseff); appendix B.1.4-B.1.9.
 */

import { Dual } from '../numeric/dual.ts';
import { keptAbove } from './bsim3-bounds.ts';
import type { Bsim3Instance } from './bsim3-instance.ts';
import type { Threshold } from './bsim3-threshold.ts';

/** A channel under its gate, whatever its drain does beyond saturation. */
export interface Carriers {
  /** Weff [m] */
  readonly width: Dual;
  /** Rds [ohm] */
  readonly resistance: Dual;
  /** A_bulk, 1 where the charge of the bulk is the same all along the channel */
  readonly bulkCharge: Dual;
  /** mu_eff [m^2/(V s)] */
  readonly mobility: Dual;
  /** Esat Leff, the voltage at which carriers reach VSAT [V] */
  readonly critical: Dual;
  /** lambda, by which the saturation velocity is less than VSAT */
  readonly saturating: Dual;
  /** Vgsteff + 2 Vt [V] */
  readonly drive: Dual;
  /** Weff VSAT Cox Rds */
  readonly drop: Dual;
}

export function bsim3Carriers(
  at: Bsim3Instance,
): (overdrive: Dual, threshold: Threshold) => Carriers {
  const { card, phi, length } = at;
  const rootPhi = Math.sqrt(phi);

  function widthOf(overdrive: Dual, rise: Dual): Dual {
    const lost = overdrive.times(card.dwg).plus(rise.times(card.dwb));
    return keptAbove(2e-8, lost.times(-2).plus(at.width));
  }

  function resistanceOf(overdrive: Dual, rise: Dual): Dual {
    const change = overdrive.times(card.prwg).plus(rise.times(card.prwb));
    return keptAbove(0.1, change.plus(1)).times(at.resistance);
  }

  function bulkChargeOf(overdrive: Dual, { bulk, root, depletion }: Threshold): Dual {
    const edge = depletion.times(card.xj).squareRoot().times(2).plus(length);
    const inner = Dual.constant(length).over(edge);
    const body = Dual.constant(0.5 * at.k1ox).over(root);
    const narrow = card.b0 / (at.width + card.b1);
    const onGate = inner.power(3).times(card.ags * card.a0);
    const charge = body
      .times(inner.times(card.a0).plus(narrow).minus(onGate.times(overdrive)))
      .plus(1);
    return keptAbove(0.1, charge).over(keptAbove(0.1, bulk.times(card.keta).plus(1)));
  }

  return (overdrive, threshold) => {
    const rise = threshold.root.minus(rootPhi);
    const width = widthOf(overdrive, rise);
    const resistance = resistanceOf(overdrive, rise);
    const bulkCharge = bulkChargeOf(overdrive, threshold);
    const mobility = Dual.constant(at.mobility).over(
      keptAbove(0.2, degradation(at, overdrive, threshold).plus(1)),
    );
    return {
      width,
      resistance,
      bulkCharge,
      mobility,
      critical: Dual.constant(2 * at.saturationVelocity * length).over(mobility),
      saturating: saturating(at, overdrive),
      drive: overdrive.plus(2 * at.thermalVoltage),
      drop: width.times(resistance).times(at.saturationVelocity * at.oxideCapacitance),
    };
  };
}

/** U0 / mu_eff - 1: the fields across the channel. */
function degradation(
  { card, oxide, mobilityModel }: Bsim3Instance,
  overdrive: Dual,
  { voltage, bulk }: Threshold,
): Dual {
  if (mobilityModel === 2) {
    const field = overdrive.over(oxide);
    return field.times(field.times(card.ub).plus(bulk.times(card.uc)).plus(card.ua));
  }
  const field = overdrive.plus(voltage.times(2)).over(oxide);
  const perField = field.times(card.ub).plus(card.ua);
  return mobilityModel === 1
    ? field.times(perField.plus(bulk.times(card.uc)))
    : field.times(perField).times(bulk.times(card.uc).plus(1));
}

/** lambda = A1 Vgsteff + A2, smoothly kept below 1 and above 0 */
function saturating({ card: { a1, a2 } }: Bsim3Instance, overdrive: Dual): Dual {
  if (a1 === 0) return Dual.constant(a2);
  const [end, sign] = a1 > 0 ? [1 - a2, -1] : [a2, 1];
  const left = overdrive.times(sign * a1).plus(end - 0.0001);
  const kept = left
    .plus(
      left
        .squared()
        .plus(0.0004 * end)
        .squareRoot(),
    )
    .times(0.5);
  return a1 > 0 ? kept.negated().plus(1) : kept;
}

/** Vdsat: where the carriers at the drain reach their saturation velocity [V] */
export function saturationVoltage(carriers: Carriers): Dual {
  const { bulkCharge: A, critical, saturating: lambda, drive, drop } = carriers;
  if (drop.value === 0 && lambda.value === 1) {
    return critical.times(drive).over(A.times(critical).plus(drive));
  }
  // a V^2 - 2 b V + c = 0 with a/2 = A (A drop - 1 + 1/lambda)
  const inverse = Dual.constant(1).over(lambda);
  const a = A.times(2).times(A.times(drop).minus(1).plus(inverse));
  const b = drive
    .times(inverse.times(2).minus(1))
    .plus(A.times(critical))
    .plus(drive.times(A).times(drop).times(3));
  const c = drive.times(critical.plus(drive.times(drop).times(2)));
  const root = b.squared().minus(a.times(c).times(2)).squareRoot();
  return c.times(2).over(b.plus(root)); // (b - root) / a without its cancellation
}

/** Vdseff: vds, smoothly kept below Vdsat [V] */
export function effectiveDrain(vds: Dual, saturation: Dual, delta: number): Dual {
  const left = saturation.minus(vds).minus(delta);
  const reach = left
    .squared()
    .plus(saturation.times(4 * delta))
    .squareRoot();
  return saturation.minus(left.plus(reach).times(0.5)).orAtMost(vds);
}
