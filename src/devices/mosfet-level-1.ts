/**
 * The channel of level 1: Shichman and Hodges, "Modeling and simulation of insulated-gate field-effect transistor
 * switching circuits", IEEE J. Solid-State Circuits 3 (1968).
 */

import type { Dual } from '../numeric/dual.ts';
import type { Values } from './device.ts';
import { type Channel, type ChannelParameters, NO_CURRENT } from './mosfet-channel.ts';

export function shichmanHodges(parameters: ChannelParameters, model: Values): Channel {
  const { beta, gamma, phi, builtIn } = parameters;
  const lambda = model.get('lambda') ?? 0;

  return ({ vgs, vds, vbs }) => {
    const threshold = bodyRoot(vbs, phi).times(gamma).plus(builtIn);
    const overdrive = vgs.minus(threshold);
    if (overdrive.value <= 0) {
      return { current: NO_CURRENT, threshold: threshold.value, saturation: 0 };
    }
    // I = beta (1 + lambda vds) (vgs - Vth - v/2) v, v = min(vds, vgs - Vth)
    const v = vds.orAtMost(overdrive);
    const current = vds
      .times(lambda)
      .plus(1)
      .times(beta)
      .times(overdrive.minus(v.times(0.5)))
      .times(v);
    return { current, threshold: threshold.value, saturation: overdrive.value };
  };
}

/** (PHI - v)^1/2, for a forward bias v > 0 its tangent at 0 down to zero. */
function bodyRoot(v: Dual, phi: number): Dual {
  if (v.value <= 0) return v.negated().plus(phi).squareRoot();
  return v
    .times(-0.5 / Math.sqrt(phi))
    .plus(Math.sqrt(phi))
    .orAtLeast(0);
}
