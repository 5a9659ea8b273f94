/** Effective length of the channel of level 2 beyond saturation: Vladimirescu and Liu 1980, section 3. */

import type { Dual } from '../numeric/dual.ts';
import type { Values } from './device.ts';
import type { ChannelParameters } from './mosfet-channel.ts';

/** (L - dL) / L as a function of vds, vdsat and VMAX L / mobility [V]. */
export function channelLength(
  { length, depletion, bulkPotential }: ChannelParameters,
  model: Values,
): (vds: Dual, vdsat: Dual, reach: Dual) => Dual {
  const lambda = model.get('lambda') ?? 0;
  const vmax = model.get('vmax') ?? 0;
  const drainDepletion = depletion / Math.sqrt(model.get('neff') ?? 1);
  // The depletion layer of a junction without bias; the channel is not shortened below it, or 0.25 um without NSUB.
  const shortest = depletion === 0 ? 0.25e-6 : depletion * Math.sqrt(bulkPotential);

  function shortening(vds: Dual, vdsat: Dual, reach: Dual): Dual {
    if (depletion === 0 || lambda > 0) return vds.times(lambda * length);
    const beyond = vds.minus(vdsat);
    if (vmax === 0) {
      const quarter = beyond.times(0.25);
      return quarter.plus(quarter.squared().plus(1).squareRoot()).squareRoot().times(depletion);
    }
    const offset = reach.times(drainDepletion / (2 * length));
    const root = offset.squared().plus(beyond.orAtLeast(0)).squareRoot();
    return root.minus(offset).times(drainDepletion);
  }

  return (vds, vdsat, reach) => {
    const dL = shortening(vds, vdsat, reach);
    const left = dL.negated().plus(length);
    if (left.value >= shortest) return left.over(length);
    // Punch-through: a hyperbola that meets the straight line at `shortest` in value and slope. Without NSUB
    // SPICE's has a pole there and lets the current break down to 0.
    return dL
      .minus(length - shortest)
      .over(shortest)
      .plus(1)
      .power(-1)
      .times(shortest / length);
  };
}
