/** Where a BSIM4 channel saturates, and its series resistance: BSIM4.8.0 manual, sections 5.1-5.4 and 5.6. */

import { Dual } from '../numeric/dual.ts';
import type { Bsim4Process } from './bsim4-process.ts';
import { floored, inverseOnePlus, positivePart } from './bsim4-smooth.ts';
import type { Threshold } from './bsim4-threshold.ts';

/** The channel as far as the gate and the body set it. */
export interface Channel {
  /** Vgsteff [V] */
  readonly vgsteff: Dual;
  /** Vgsteff + 2 kT/q [V] */
  readonly drive: Dual;
  /** Abulk: how much the bulk's charge grows towards the drain. */
  readonly bulkCharge: Dual;
  /** Weff under bias [m]. */
  readonly width: Dual;
  /** Rds inside the channel [ohm] */
  readonly resistance: Dual;
  /** Esat L [V] */
  readonly criticalVoltage: Dual;
  /** W VSAT Coxe [S] */
  readonly velocityConductance: Dual;
  /** lambda: how far below the critical field holes saturate. */
  readonly holeFactor: Dual;
}

export type ChannelLaw = (vgsteff: Dual, at: Threshold & { readonly mobility: Dual }) => Channel;

export function channelLaw(process: Bsim4Process): ChannelLaw {
  const { sized: p, geometry, coxe, thermalVoltage: Vt, saturationVelocity: speed } = process;
  const rootPhi = Math.sqrt(process.phi);
  const bulkCharge = bulkChargeLaw(process);
  const wide = (geometry.junctionWidth * 1e6) ** p.wr;
  // What temperature would make negative is none.
  const warm = (ohms: number) => Math.max(ohms + p.prt * process.warmer, 0) / wide;
  const [sheet, least] = [warm(p.rdsw), warm(process.leastResistance)];

  return (vgsteff, at) => {
    const opened = at.root.minus(rootPhi);
    const width = floored(
      vgsteff.times(p.dwg).plus(opened.times(p.dwb)).times(-2).plus(geometry.width),
      2e-8,
    );
    // RDSWMIN + RDSW (x + (x^2 + 0.01)^1/2) / 2, x = 1 / (1 + PRWG Vgsteff) + PRWB ((phi - Vbseff)^1/2 - phi^1/2)
    const share = positivePart(
      Dual.constant(1).over(vgsteff.times(p.prwg).plus(1)).plus(opened.times(p.prwb)),
      0.01,
    );
    return {
      vgsteff,
      drive: vgsteff.plus(2 * Vt),
      bulkCharge: bulkCharge(vgsteff, at),
      width,
      resistance: share.times(sheet).plus(least),
      criticalVoltage: Dual.constant(2 * speed * geometry.length).over(at.mobility),
      velocityConductance: width.times(speed * coxe),
      holeFactor: holeFactor(vgsteff, p),
    };
  };
}

/** Abulk // 5.1.1 */
function bulkChargeLaw({ sized: p, geometry, k1ox, k2ox, narrowing }: Bsim4Process) {
  const { length, width } = geometry;
  const lateral = Math.sqrt(1 + p.lpeb / length);
  const narrow = p.b0 / (width + p.b1);
  return (vgsteff: Dual, { body, root, depletion }: Threshold): Dual => {
    const doping = Dual.constant(0.5 * k1ox * lateral)
      .over(root)
      .plus(k2ox - p.k3b * narrowing);
    const between = depletion.times(p.xj).squareRoot().times(2).plus(length);
    const share = Dual.constant(length).over(between);
    const atGate = share
      .squared()
      .times(share)
      .times(p.ags * p.a0)
      .times(vgsteff);
    const charge = doping.times(share.times(p.a0).plus(narrow).minus(atGate)).plus(1);
    return floored(charge, 0.1).times(inverseOnePlus(body.times(p.keta)));
  };
}

/** lambda = A1 Vgsteff + A2, smoothly held below 1 and above 0 // 5.6.3 */
function holeFactor(vgsteff: Dual, { a1, a2 }: { readonly a1: number; readonly a2: number }): Dual {
  if (a1 === 0) return Dual.constant(a2);
  if (a1 < 0) return positivePart(vgsteff.times(a1).plus(a2 - 1e-4), 4e-4 * a2);
  const room = 1 - a2;
  return positivePart(vgsteff.times(-a1).plus(room - 1e-4), 4e-4 * room)
    .negated()
    .plus(1);
}

/** Vdsat // 5.6.1-5.6.2 */
export function saturationVoltage(channel: Channel): Dual {
  const { drive, bulkCharge: a, criticalVoltage, holeFactor: lambda, resistance } = channel;
  if (resistance.value === 0 && lambda.value === 1) {
    return criticalVoltage.times(drive).over(a.times(criticalVoltage).plus(drive));
  }
  const loss = channel.velocityConductance.times(resistance); // W VSAT Coxe Rds
  const slower = Dual.constant(1).over(lambda);
  const aLoss = a.times(loss);
  // A x^2 - B x + C = 0
  const A = a.times(aLoss.plus(slower).minus(1));
  const B = drive
    .times(slower.times(2).minus(1))
    .plus(a.times(criticalVoltage))
    .plus(drive.times(aLoss).times(3));
  const C = drive.times(criticalVoltage.plus(drive.times(loss).times(2)));
  const discriminant = B.squared().minus(A.times(C).times(4)).squareRoot();
  return C.times(2).over(B.plus(discriminant));
}

/**
 * Vdseff: Vds far below Vdsat, Vdsat far above // 5.6.5, as 2 Vdsat Vds / (Vdsat + Vds + delta + root), which does not cancel
 */
export function effectiveDrain(vds: Dual, vdsat: Dual, delta: number): Dual {
  const room = vdsat.minus(vds).minus(delta);
  const root = room
    .squared()
    .plus(vdsat.times(4 * delta))
    .squareRoot();
  return vdsat.times(vds).times(2).over(vdsat.plus(vds).plus(delta).plus(root));
}
