/** The drain current of BSIM4 in one equation for all regions: BSIM4.8.0 manual, sections 5.5, 5.7 and 6.1. */

import { Dual } from '../numeric/dual.ts';
import { type Bsim4Process, fadingAtZero } from './bsim4-process.ts';
import { type Channel, effectiveDrain, saturationVoltage } from './bsim4-saturation.ts';
import { boundedExponential, inverseOnePlus } from './bsim4-smooth.ts';

export interface DrainCurrent {
  /** Of one finger [A]. */
  readonly current: Dual;
  /** Substrate current of impact ionisation [A]. */
  readonly impact: Dual;
  readonly vdsat: Dual;
  readonly vdseff: Dual;
}

/** What the channel is asked with. */
export interface DrainBias {
  readonly vds: Dual;
  /** Vbseff [V] */
  readonly body: Dual;
  readonly mobility: Dual;
  /** With the centre of the inversion layer [F/m^2]. */
  readonly capacitance: Dual;
}

const ZERO = Dual.constant(0);
const ONE = Dual.constant(1);

export function drainCurrentLaw(
  process: Bsim4Process,
): (channel: Channel, bias: DrainBias) => DrainCurrent {
  const { sized: p, geometry } = process;
  const { length } = geometry;
  const outputGain = outputGainLaw(process);
  const ionising = (p.alpha0 + p.alpha1 * length) / length;

  return (channel, bias) => {
    const { vgsteff, drive, width, resistance, criticalVoltage } = channel;
    const vdsat = saturationVoltage(channel);
    const vdseff = effectiveDrain(bias.vds, vdsat, p.delta);
    const beyond = bias.vds.minus(vdseff); // across the saturated end

    // G = beta Vgsteff (1 - Abulk Vdseff / 2 (Vgsteff + 2 kT/q)) / (1 + Vdseff / Esat L), then G / (1 + G Rds) // 5.5
    const straight = bias.mobility
      .times(bias.capacitance)
      .times(width)
      .over(length)
      .times(vgsteff)
      .times(channel.bulkCharge.over(drive).times(vdseff).times(-0.5).plus(1))
      .over(vdseff.over(criticalVoltage).plus(1));
    const conductance = straight.over(straight.times(resistance).plus(1));
    const before = conductance
      .times(vdseff)
      .times(outputGain(channel, { ...bias, vdsat, beyond, conductance }));

    const impact =
      ionising > 0 && p.beta0 > 0
        ? boundedExponential(Dual.constant(-p.beta0).over(beyond)).times(beyond).times(before)
        : ZERO;
    return {
      current: before.times(substrateGain(beyond, process)),
      impact: impact.times(ionising), // 6.1.1
      vdsat,
      vdseff,
    };
  };
}

interface Saturated extends DrainBias {
  readonly vdsat: Dual;
  /** Vds - Vdseff [V] */
  readonly beyond: Dual;
  /** Of the channel with its series resistance [S]. */
  readonly conductance: Dual;
}

/** (1 + ln(1 + VACLM / VAsat) / Cclm) (1 + (Vds - Vdseff) / VADIBLC) (1 + (Vds - Vdseff) / VADITS) // 5.7 */
function outputGainLaw(process: Bsim4Process) {
  const { sized: p, geometry, saturatedLength } = process;
  const { length } = geometry;
  const barrierLength = process.lengthFactor * Math.sqrt(process.depletion);
  const lowering = p.pdiblc1 * fadingAtZero(p.drout, length / barrierLength) + p.pdiblc2; // 5.7.9

  return (channel: Channel, at: Saturated): Dual => {
    const { vgsteff, drive, bulkCharge, resistance, criticalVoltage } = channel;
    const { beyond, vdsat } = at;
    const pocket =
      p.fprout > 0
        ? ONE.over(
            ONE.times(p.fprout * Math.sqrt(length))
              .over(drive)
              .plus(1),
          )
        : ONE;
    const byGate = inverseOnePlus(vgsteff.times(p.pvag).over(criticalVoltage));
    const shortening = pocket
      .over(byGate)
      .times(resistance.times(at.conductance).plus(1))
      .times(vdsat.over(criticalVoltage).plus(1))
      .times(length / (p.pclm * saturatedLength)); // Cclm
    const longer = shortening.times(beyond).over(saturationEarly(channel, vdsat)).plus(1);
    let gain = longer.logarithm().over(shortening).plus(1);
    if (lowering > 0) {
      const pinched = bulkCharge.times(vdsat);
      const early = drive
        .squared()
        .over(drive.plus(pinched))
        .times(1 / lowering)
        .times(inverseOnePlus(at.body.times(p.pdiblcb)))
        .over(byGate);
      gain = gain.times(beyond.over(early).plus(1));
    }
    if (p.pdits > 0) {
      const early = boundedExponential(at.vds.times(p.pditsd))
        .times(1 + process.pocketSlope * length)
        .plus(1)
        .times(pocket)
        .over(p.pdits);
      gain = gain.times(beyond.over(early).plus(1));
    }
    return gain;
  };
}

/** VAsat, the Early voltage where saturation begins // 5.7.2 */
function saturationEarly(channel: Channel, vdsat: Dual): Dual {
  const { vgsteff, bulkCharge, resistance, criticalVoltage } = channel;
  const loss = channel.velocityConductance.times(resistance);
  const share = bulkCharge.over(channel.drive).times(vdsat).times(-0.5).plus(1);
  return criticalVoltage
    .plus(vdsat)
    .plus(loss.times(vgsteff).times(share).times(2))
    .over(Dual.constant(2).over(channel.holeFactor).minus(1).plus(loss.times(bulkCharge)));
}

/** 1 + (Vds - Vdseff) / VASCBE, VASCBE = L / PSCBE2 exp(PSCBE1 litl / (Vds - Vdseff)) // 5.7.13 */
function substrateGain(beyond: Dual, { sized: p, geometry, saturatedLength }: Bsim4Process): Dual {
  if (p.pscbe2 <= 0) return ONE;
  const field = Dual.constant(-p.pscbe1 * saturatedLength);
  return boundedExponential(field.over(beyond))
    .times(beyond)
    .times(p.pscbe2 / geometry.length)
    .plus(1);
}
