/** Tunnelling through the gate oxide of BSIM4: BSIM4.8.0 manual, chapter 4. */

import { Dual } from '../numeric/dual.ts';
import type { Bsim4Process } from './bsim4-process.ts';
import { boundedExponential, softPlus } from './bsim4-smooth.ts';
import { zeroBiasFlatBand } from './bsim4-threshold.ts';

/** A [A/V^2] and B [(g / (F s^2))^1/2 / m] of electrons of the conduction band, of holes, and of electrons of the valence band. */
const ELECTRONS = { a: 4.97232e-7, b: 7.45669e11 };
const HOLES = { a: 3.42537e-7, b: 1.16645e12 };
const VALENCE = { a: 4.97232e-7 * 0.7561, b: 7.45669e11 * 1.31724 };

/** A parabola of the oxide's voltage in the exponent: AIG.., BIG.., CIG... */
interface Barrier {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** exp(-B t (a - b V) (1 + c V)), t the thickness [m] */
function transmission(V: Dual, { a, b, c }: Barrier, strength: number): Dual {
  const barrier = V.times(-b).plus(a).times(V.times(c).plus(1));
  return boundedExponential(barrier.times(-strength));
}

/** The inversion that tunnelling sees. */
export interface TunnelBias {
  /** Vgse [V] */
  readonly vgse: Dual;
  readonly vgsteff: Dual;
  readonly threshold: Dual;
  /** Vbseff [V] */
  readonly body: Dual;
  readonly vdseff: Dual;
  /** Vgs and Vgs - Vbs as they are [V]. */
  readonly vgs: Dual;
  readonly vgb: Dual;
}

/** Voltages of the oxide over an accumulated and over a depleted or inverted channel // 4.2 */
function oxideVoltages(process: Bsim4Process) {
  const { k1ox } = process;
  const flat = zeroBiasFlatBand(process);
  const width = 0.02; // [V]
  return ({ vgse, vgsteff, body }: TunnelBias) => {
    const over = Dual.constant(flat).minus(vgse).plus(body).minus(width);
    const root = over
      .squared()
      .plus(4 * width * Math.abs(flat))
      .squareRoot();
    const accumulation = over.plus(root).times(0.5).orAtLeast(0);
    const flatEffective = over.plus(root).times(-0.5).plus(flat);
    const bent = vgse.minus(flatEffective).minus(body).minus(vgsteff);
    let depletion = Dual.constant(0);
    if (k1ox !== 0) {
      const half = 0.5 * k1ox;
      depletion =
        bent.value < 0
          ? bent.negated()
          : bent
              .plus(half ** 2)
              .squareRoot()
              .minus(half)
              .times(k1ox);
    }
    return { accumulation, inversion: depletion.plus(vgsteff), flat };
  };
}

export interface ChannelTunnelling {
  readonly source: Dual;
  readonly drain: Dual;
}

/** Igcs and Igcd, between the gate and the ends of the channel [A] // 4.3.2 */
export function channelTunnellingLaw(
  process: Bsim4Process,
  { polarity, mode, partition }: { polarity: 1 | -1; mode: 1 | 2; partition: number | undefined },
): (at: TunnelBias) => ChannelTunnelling {
  const { sized: p, geometry, toxe, thermalVoltage: Vt } = process;
  const { a, b } = polarity === 1 ? ELECTRONS : HOLES;
  const area = a * geometry.width * geometry.length * process.oxideRatio;
  const voltages = oxideVoltages(process);
  return (at) => {
    const from = mode === 1 ? Dual.constant(process.vth0) : at.threshold;
    const supply = softPlus(at.vgse.minus(from), Vt * p.nigc);
    const barrier = { a: p.aigc, b: p.bigc, c: p.cigc };
    const current = at.vgs
      .times(supply)
      .times(transmission(voltages(at).inversion, barrier, b * toxe))
      .times(area);

    const { vdseff } = at;
    let x = vdseff.times(partition ?? 0);
    if (partition === undefined) {
      const charge = at.vgsteff.plus(1e-20);
      const slope = Dual.constant(b * toxe).over(charge.squared());
      x = slope.times(vdseff.over(charge).times(-0.5).plus(1)).times(vdseff);
    }
    const fading = boundedExponential(x.negated());
    const divisor = x.squared().plus(2e-4);
    return {
      source: current.times(x.plus(fading).minus(1 - 1e-4)).over(divisor),
      drain: current
        .times(
          x
            .plus(1)
            .times(fading)
            .negated()
            .plus(1 + 1e-4),
        )
        .over(divisor),
    };
  };
}

/** Igb, between the gate and the bulk [A] // 4.3.1 */
export function bulkTunnellingLaw(process: Bsim4Process): (at: TunnelBias) => Dual {
  const { sized: p, geometry, toxe, thermalVoltage: Vt } = process;
  const area = geometry.width * geometry.length * process.oxideRatio;
  const voltages = oxideVoltages(process);
  return (at) => {
    const { accumulation, inversion, flat } = voltages(at);
    const accumulated = softPlus(at.body.minus(at.vgse).plus(flat), Vt * p.nigbacc);
    const inverted = softPlus(inversion.minus(p.eigbinv), Vt * p.nigbinv);
    const fromGate = transmission(
      accumulation,
      { a: p.aigbacc, b: p.bigbacc, c: p.cigbacc },
      ELECTRONS.b * toxe,
    );
    const fromValence = transmission(
      inversion,
      { a: p.aigbinv, b: p.bigbinv, c: p.cigbinv },
      VALENCE.b * toxe,
    );
    return at.vgb
      .times(
        accumulated
          .times(fromGate)
          .times(ELECTRONS.a)
          .plus(inverted.times(fromValence).times(VALENCE.a)),
      )
      .times(area);
  };
}

/** Igs or Igd, through the overlap of the gate with the source or the drain, by Vgs or Vgd [A] // 4.3.3 */
export function overlapTunnellingLaw(
  process: Bsim4Process,
  { polarity, barrier, overlap }: { polarity: 1 | -1; barrier: Barrier; overlap: number },
): (vg: Dual) => Dual {
  const { sized: p, geometry } = process;
  const { a, b } = polarity === 1 ? ELECTRONS : HOLES;
  const area = a * geometry.width * overlap * process.edgeRatio;
  const flat =
    (p.ngate > 0 ? process.nominalThermalVoltage * Math.log(p.ngate / p.nsd) : 0) + p.vfbsdoff;
  const strength = b * process.toxe * p.poxedge;
  return (vg) => {
    const across = vg.minus(flat).squared().plus(1e-4).squareRoot();
    return vg
      .times(across)
      .times(transmission(across, barrier, strength))
      .times(area);
  };
}
