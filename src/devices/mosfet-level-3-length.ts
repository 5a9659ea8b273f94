/**
 * How much shorter the channel of level 3 is beyond saturation: Baum and Beneking (1970) as in Vladimirescu and Liu (1980),
 * section 4; at and before saturation, so that the current has no kink there, as ngspice documents it.
 */

import { Dual } from '../numeric/dual.ts';
import type { Values } from './device.ts';
import type { ChannelParameters } from './mosfet-channel.ts';

interface Channel {
  readonly vds: Dual;
  readonly vdsat: Dual;
  /** Of the channel in its full length [A]. */
  readonly current: Dual;
  /** VMAX L / mobility [V] */
  readonly critical: Dual;
  /** 1 + min(vds, vdsat) / critical */
  readonly driftFactor: Dual;
}

const WHOLE = Dual.constant(1);

/** (L - dL) / L. */
export function channelShortening(
  { length, depletion }: ChannelParameters,
  model: Values,
): (channel: Channel) => Dual {
  const kappa = model.get('kappa') ?? 0.2;
  const hasLimit = (model.get('vmax') ?? 0) > 0;
  const square = kappa * depletion ** 2; // dL^2 per volt beyond saturation [m^2/V]

  function dL({ vds, vdsat, current, critical, driftFactor }: Channel): Dual {
    const beyond = vds.minus(vdsat);
    if (!hasLimit) {
      const shift = vdsat.times(1 / 8);
      if (beyond.value > 0) return beyond.plus(shift).times(square).squareRoot();
      return shift.times(square).squareRoot().times(vds.over(vdsat).power(4));
    }
    // dL = (a^2 + KAPPA alpha (vds - vdsat))^1/2 - a, a = KAPPA alpha I / (2 g L), g the conductance at saturation
    const conductance = current
      .times(driftFactor.minus(1))
      .over(driftFactor.times(critical))
      .orAtLeast(1e-12);
    const a = current.over(conductance).times((0.5 * square) / length);
    return a.squared().plus(beyond.times(square)).squareRoot().minus(a);
  }

  return (channel) => {
    const { vds, vdsat } = channel;
    const isShortened = hasLimit ? vds.value > vdsat.value : vds.value > 0;
    if (square === 0 || !isShortened) return WHOLE;
    const x = dL(channel).over(length);
    // Punch-through: beyond L/2 it is L - L^2 / (4 dL), and the channel never vanishes.
    return x.value > 0.5 ? x.power(-1).times(0.25) : x.negated().plus(1);
  };
}
