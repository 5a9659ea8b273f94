/**
 * The channel of level 3, semi-empirical: Liu, "A unified CAD model for MOSFETs", UCB/ERL M81/31 (1981); Vladimirescu and
 * Liu, "The simulation of MOS integrated circuits using SPICE2", UCB/ERL M80/7 (1980), section 4.
 */

import { Dual } from '../numeric/dual.ts';
import type { Values } from './device.ts';
import {
  barrierRoot,
  type Channel,
  type ChannelParameters,
  NO_CURRENT,
  SILICON_PERMITTIVITY,
} from './mosfet-channel.ts';
import { channelShortening } from './mosfet-level-3-length.ts';
import { ELEMENTARY_CHARGE } from './thermal.ts';

/** Depletion under a cylindrical junction: Wc/XJ = c0 + c1 Wp/XJ + c2 (Wp/XJ)^2 // Dang 1979 */
const CYLINDER = [0.0631353, 0.8013292, -0.01110777] as const;
const ONE = Dual.constant(1);

export function semiEmpirical(parameters: ChannelParameters, model: Values): Channel {
  const { beta, builtIn, length, width, thermalVoltage, oxideCapacitance } = parameters;
  const of = (name: string) => model.get(name) ?? 0;
  const feedback = (8.15e-22 * of('eta')) / (oxideCapacitance * length ** 3); // of the drain on the threshold [V/V]
  const narrow = (0.5 * Math.PI * of('delta') * SILICON_PERMITTIVITY) / (oxideCapacitance * width);
  const fastStates = (ELEMENTARY_CHARGE * of('nfs') * 1e4) / oxideCapacitance; // NFS in 1/cm^2
  const [theta, speed] = [of('theta'), of('vmax')];
  const runaway = (speed * length) / parameters.mobility; // VMAX L / UO [V]
  const gateShare = shortChannel(parameters, model);
  const shorten = channelShortening(parameters, model);

  return ({ vgs, vds, vbs }) => {
    const { root } = barrierRoot(vbs, parameters.phi);
    const barrier = root.squared();
    const charge = gateShare(root).times(root).times(parameters.gamma);
    const body = charge.over(barrier).times(0.25).plus(narrow);
    const depletion = charge.plus(barrier.times(narrow));
    const threshold = depletion.plus(builtIn).minus(vds.times(feedback));
    // Weak inversion ends n kT/q above the threshold, n = 1 + q NFS / Cox + depletion voltage / 2 barrier
    const scale = depletion
      .over(barrier)
      .times(0.5)
      .plus(1 + fastStates)
      .times(thermalVoltage);
    const on = fastStates > 0 ? threshold.plus(scale) : threshold;
    if (fastStates === 0 && vgs.value <= on.value) {
      return { current: NO_CURRENT, threshold: on.value, saturation: 0 };
    }

    const drive = vgs.orAtLeast(on).minus(threshold);
    const gateField = drive.times(theta).plus(1); // divides the mobility
    const pinchOff = drive.over(body.plus(1));
    const critical = gateField.times(runaway);
    const vdsat =
      speed > 0
        ? pinchOff.plus(critical).minus(pinchOff.squared().plus(critical.squared()).squareRoot())
        : pinchOff;

    // I = beta (vgs - Vth - (1 + F_B) v/2) v / (1 + theta (vgs - Vth)) / (1 + v UO / (VMAX L)), v = min(vds, vdsat)
    const v = vds.orAtMost(vdsat);
    const driftFactor = speed > 0 ? v.over(critical).plus(1) : ONE;
    const straight = drive
      .minus(body.plus(1).times(v).times(0.5))
      .times(v)
      .times(beta)
      .over(gateField.times(driftFactor));
    const current = straight.over(
      shorten({ vds, vdsat, current: straight, critical, driftFactor }),
    );
    const at = { threshold: on.value, saturation: vdsat.value };
    if (vgs.value >= on.value) return { ...at, current };
    return { ...at, current: current.times(vgs.minus(on).over(scale).orAtMost(0).exponential()) };
  };
}

/** Share of the depletion charge that the gate holds, the junctions holding the rest, by (PHI - vbs)^1/2. */
function shortChannel({ depletion, length }: ChannelParameters, model: Values) {
  const depth = model.get('xj') ?? 0;
  const lateral = (model.get('ld') ?? 0) / depth;
  const [c0, c1, c2] = CYLINDER;
  return (root: Dual): Dual => {
    if (depth === 0 || depletion === 0) return ONE;
    const plane = root.times(depletion / depth);
    const cylinder = plane.squared().times(c2).plus(plane.times(c1)).plus(c0);
    const c = plane.over(plane.plus(1));
    const height = c.squared().negated().plus(1).squareRoot();
    // 1 - XJ/L ((LD + Wc)/XJ (1 - (Wp / (XJ + Wp))^2)^1/2 - LD/XJ)
    const held = cylinder.plus(lateral).times(height).minus(lateral);
    return held.times(-depth / length).plus(1);
  };
}
