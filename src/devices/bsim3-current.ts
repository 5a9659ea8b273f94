/**
 * The currents of BSIM3's channel: BSIM3v3 manual, sections 2.7 (output resistance: channel length modulation, barrier lowering,
 * currents into the substrate) and 3.4; appendix B.1.10 and B.1.11.
 */

import { Dual } from '../numeric/dual.ts';
import { decay, INFINITE_VOLTAGE, keptAbove, LARGEST_EXPONENT } from './bsim3-bounds.ts';
import type { Bsim3Instance } from './bsim3-instance.ts';
import { bsim3Overdrive } from './bsim3-overdrive.ts';
import {
  bsim3Carriers,
  type Carriers,
  effectiveDrain,
  saturationVoltage,
} from './bsim3-saturation.ts';
import { bsim3Threshold, sharing, type Threshold } from './bsim3-threshold.ts';
import type { ChannelBias } from './mosfet-channel.ts';

export interface Bsim3Currents {
  /** From drain to source [A]. */
  readonly channel: Dual;
  /** Of the pairs that hot carriers make: from drain to bulk [A]. */
  readonly substrate: Dual;
  /** Vth [V] */
  readonly threshold: number;
  /** Vdsat [V] */
  readonly saturation: number;
}

/** A channel at one bias, split at the voltage where it saturates. */
interface Division {
  readonly carriers: Carriers;
  readonly overdrive: Dual;
  readonly threshold: Threshold;
  /** Vdsat [V] */
  readonly saturation: Dual;
  /** vds - Vdseff, across the saturated end of the channel [V] */
  readonly beyond: Dual;
}

/** An N-channel device with vds >= 0. */
export function bsim3Currents(at: Bsim3Instance): (bias: ChannelBias) => Bsim3Currents {
  const { card, length, oxideCapacitance } = at;
  const thresholdAt = bsim3Threshold(at);
  const overdriveAt = bsim3Overdrive(at);
  const carriersAt = bsim3Carriers(at);
  const earlyVoltage = bsim3EarlyVoltage(at);

  return ({ vgs, vds, vbs }) => {
    const threshold = thresholdAt(vds, vbs);
    const overdrive = overdriveAt(vgs, vds, threshold);
    const carriers = carriersAt(overdrive, threshold);
    const saturation = saturationVoltage(carriers);
    const linear = effectiveDrain(vds, saturation, card.delta);
    const beyond = vds.minus(linear);
    const division = { carriers, overdrive, threshold, saturation, beyond };

    const { mobility, width, bulkCharge, drive, critical, resistance } = carriers;
    const beta = mobility.times(width).times(oxideCapacitance / length);
    const charge = overdrive.times(bulkCharge.times(linear).over(drive).times(-0.5).plus(1));
    const conductance = beta.times(charge).over(linear.over(critical).plus(1));
    const current = conductance
      .times(linear)
      .over(conductance.times(resistance).plus(1))
      .times(beyond.over(earlyVoltage(division)).plus(1));
    return {
      channel: current.times(beyond.times(hotCarriers(at, beyond)).plus(1)),
      substrate: current.times(impact(at, beyond)),
      threshold: threshold.voltage.value,
      saturation: saturation.value,
    };
  };
}

/** V_A of channel length modulation and barrier lowering [V] */
function bsim3EarlyVoltage(at: Bsim3Instance): (division: Division) => Dual {
  const { card, length } = at;
  const reach = Math.sqrt(3 * card.xj * at.oxide); // how far a saturated end reaches [m]
  const lowering =
    card.pdiblc1 *
      sharing(Dual.constant((-0.5 * card.drout * length) / Math.sqrt(at.couple * at.depletion)))
        .value +
    card.pdiblc2;

  function lengthModulation({ carriers, overdrive, beyond }: Division): Dual {
    if (beyond.value <= 1e-10) return Dual.constant(INFINITE_VOLTAGE);
    const { bulkCharge: A, critical } = carriers;
    return overdrive
      .over(critical)
      .plus(A)
      .times(length / (card.pclm * reach))
      .over(A)
      .times(beyond);
  }

  function barrierLowering({ carriers, saturation, threshold }: Division): Dual {
    if (lowering <= 0) return Dual.constant(INFINITE_VOLTAGE);
    const { bulkCharge, drive } = carriers;
    const charged = bulkCharge.times(saturation);
    // drive - drive charged / (drive + charged)
    return drive
      .squared()
      .over(drive.plus(charged))
      .over(lowering)
      .over(keptAbove(0.1, threshold.bulk.times(card.pdiblcb).plus(1)));
  }

  return (division) => {
    const { carriers, overdrive, saturation } = division;
    const { bulkCharge: A, critical, saturating: lambda, drive, drop } = carriers;
    const left = A.times(saturation).over(drive).times(-0.5).plus(1);
    const atSaturation = critical
      .plus(saturation)
      .plus(drop.times(overdrive).times(2).times(left))
      .over(Dual.constant(2).over(lambda).minus(1).plus(drop.times(A)));
    const [clm, dibl] = [lengthModulation(division), barrierLowering(division)];
    const byGate = keptAbove(0.1, overdrive.times(card.pvag).over(critical).plus(1));
    return atSaturation.plus(byGate.times(clm.times(dibl).over(clm.plus(dibl))));
  };
}

/** 1 / V_ASCBE: the drop that the substrate's current makes under the channel adds to its bias [1/V] */
function hotCarriers({ card, length, oxide }: Bsim3Instance, beyond: Dual): Dual {
  if (card.pscbe2 <= 0) return Dual.constant(1 / INFINITE_VOLTAGE);
  const field = card.pscbe1 * Math.sqrt(3 * card.xj * oxide); // [V]
  const x =
    beyond.value > field / LARGEST_EXPONENT
      ? Dual.constant(-field).over(beyond)
      : Dual.constant(-LARGEST_EXPONENT);
  return decay(x).times(card.pscbe2 / length);
}

/** Pairs that one carrier makes on its way through the saturated end. */
function impact({ card, length }: Bsim3Instance, beyond: Dual): Dual {
  const rate = (card.alpha0 + card.alpha1 * length) / length;
  if (rate <= 0 || card.beta0 <= 0) return Dual.constant(0);
  const x =
    beyond.value > card.beta0 / LARGEST_EXPONENT
      ? Dual.constant(-card.beta0).over(beyond)
      : Dual.constant(-LARGEST_EXPONENT);
  return decay(x).times(beyond).times(rate);
}
