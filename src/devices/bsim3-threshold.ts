/**
 * The threshold voltage of BSIM3: body effect, short and narrow channels, lateral doping, drain-induced barrier lowering.
 * BSIM3v3 manual, section 2.1 and appendix B.1.1.
 */

import { Dual } from '../numeric/dual.ts';
import { decay, keptAbove, keptFactor } from './bsim3-bounds.ts';
import type { Bsim3Instance } from './bsim3-instance.ts';

export interface Threshold {
  /** Vth [V] */
  readonly voltage: Dual;
  /** Vbseff, the part of vbs that counts [V] */
  readonly bulk: Dual;
  /** (phi_s - Vbseff)^1/2 [V^1/2] */
  readonly root: Dual;
  /** X_dep [m] */
  readonly depletion: Dual;
  /** theta_th(Leff) / DVT0: how much of the channel's charge drain and source hold */
  readonly sharing: Dual;
}

/** Vth(vds, vbs), vds >= 0 */
export function bsim3Threshold(at: Bsim3Instance): (vds: Dual, vbs: Dual) => Threshold {
  const { card, phi, length, width, k1ox, k2ox, couple, oxide } = at;
  const rootPhi = Math.sqrt(phi);
  const barrier = at.builtIn - phi;
  const lowering = sharing(
    Dual.constant(-0.5 * card.dsub * length).over(Math.sqrt(couple * at.depletion)),
  ).value;
  const constant =
    at.threshold -
    at.k1 * rootPhi +
    k1ox * (Math.sqrt(1 + card.nlx / length) - 1) * rootPhi +
    (card.kt1 + card.kt1l / length) * at.warming;
  const narrow = (oxide * phi) / (width + card.w0);

  return (vds, vbs) => {
    const bulk = effectiveBulk(vbs, at.lowestBulk);
    const root = rootOfBarrier(bulk, phi);
    const depletion = root.times(at.depletion / rootPhi);
    const layer = depletion.times(couple).squareRoot();
    const scale = (slope: number) => layer.times(keptFactor(bulk.times(slope)));
    const short = sharing(Dual.constant(-0.5 * card.dvt1 * length).over(scale(card.dvt2)));
    const narrowShort = sharing(
      Dual.constant(-0.5 * card.dvt1w * width * length).over(scale(card.dvt2w)),
    );
    const dibl = keptAbove(1e-4, bulk.times(card.etab).plus(card.eta0)).times(lowering);
    const voltage = root
      .times(k1ox)
      .plus(constant)
      .minus(bulk.times(k2ox - card.kt2 * at.warming))
      .minus(short.times(card.dvt0 * barrier))
      .minus(narrowShort.times(card.dvt0w * barrier))
      .plus(bulk.times(card.k3b).plus(card.k3).times(narrow))
      .minus(dibl.times(vds));
    return { voltage, bulk, root, depletion, sharing: short };
  };
}

/** e^x + 2 e^2x, an approximation of 1 / (2 cosh (x) - 2) that stays finite. */
export function sharing(x: Dual): Dual {
  const y = decay(x);
  return y.times(y.times(2).plus(1));
}

/** vbs, smoothly kept above the lowest voltage that counts [V] */
function effectiveBulk(vbs: Dual, lowest: number): Dual {
  const bend = -0.004 * lowest;
  const beyond = vbs.minus(lowest + 0.001);
  const reach = beyond.squared().plus(bend).squareRoot();
  // beyond + reach, which cancels far below
  const kept =
    beyond.value >= 0 ? reach.plus(beyond) : Dual.constant(bend).over(reach.minus(beyond));
  return kept.times(0.5).plus(lowest).orAtLeast(vbs);
}

/** (phi - v)^1/2 for v <= 0, phi^3/2 / (phi + v / 2) for a forward bias [V^1/2] */
function rootOfBarrier(v: Dual, phi: number): Dual {
  if (v.value <= 0) return v.negated().plus(phi).squareRoot();
  return Dual.constant(phi ** 1.5).over(v.times(0.5).plus(phi));
}
