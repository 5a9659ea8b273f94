/**
 * The channel of level 2, from the geometry and the physics of the device: Vladimirescu and Liu, "The simulation of MOS
 * integrated circuits using SPICE2", UCB/ERL M80/7 (1980), section 3. UTRA has no effect there nor in SPICE3.
 */

import { Dual } from '../numeric/dual.ts';
import { DeviceFault, type Values } from './device.ts';
import {
  type Barrier,
  barrierRoot,
  type Channel,
  type ChannelParameters,
  NO_CURRENT,
  SILICON_PERMITTIVITY,
} from './mosfet-channel.ts';
import { channelLength } from './mosfet-level-2-length.ts';
import { type SaturationProblem, velocitySaturation } from './mosfet-level-2-velocity.ts';
import { ELEMENTARY_CHARGE } from './thermal.ts';

export function geometric(parameters: ChannelParameters, model: Values): Channel {
  const { beta, phi, builtIn, length, width, oxideCapacitance } = parameters;
  const of = (name: string, otherwise = 0) => model.get(name) ?? otherwise;
  const fastStates = (ELEMENTARY_CHARGE * of('nfs') * 1e4) / oxideCapacitance; // NFS in 1/cm^2
  const speed = of('vmax');
  if (speed > 0 && fastStates === 0) {
    // Below threshold the quartic has roots without meaning, and SPICE carries a current the wrong way.
    throw new DeviceFault('LEVEL=2 with VMAX needs NFS: without it SPICE has no cut-off.');
  }
  // SPICE3 leaves out the temperature here, though not in KP.
  const reach = (speed * length) / parameters.nominalMobility;
  // DELTA, the charge at the edges of the channel
  const narrow = (0.25 * Math.PI * of('delta') * SILICON_PERMITTIVITY) / (oxideCapacitance * width);
  const eta = 1 + narrow;
  const gammaAt = shortChannel(parameters, of('xj'));
  const mobilityAt = mobilityReduction(parameters, model);
  const lengthAt = channelLength(parameters, model);

  return ({ vgs, vds, vbs }) => {
    const source = barrierRoot(vbs, phi);
    const drain = barrierRoot(vbs.minus(vds), phi);
    const gamma = gammaAt(source, drain);
    const barrier = vbs.negated().plus(phi);
    const flat = barrier.times(narrow).plus(builtIn);
    const threshold = gamma.value.times(source.root).plus(flat);
    // n = 1 + q NFS / Cox - d(depletion voltage) / dvbs; weak inversion ends n kT/q above the threshold
    const slope = gamma.value.times(source.slope).plus(gamma.slope.times(source.root));
    const scale = slope
      .negated()
      .plus(eta + fastStates)
      .times(parameters.thermalVoltage);
    const on = fastStates > 0 ? threshold.plus(scale) : threshold;
    if (fastStates === 0 && vgs.value <= flat.value) {
      return { current: NO_CURRENT, threshold: on.value, saturation: 0 };
    }

    const mobility = mobilityAt(vgs.minus(on));
    const drive = (fastStates > 0 ? vgs.orAtLeast(on) : vgs).minus(flat);
    const problem = { drive: drive.over(eta), body: gamma.value.over(eta), barrier };
    const pinchOff = groveFrohman(problem);
    const runaway = Dual.constant(reach).over(mobility);
    const cube = source.root.times(source.root.squared());
    const vdsat =
      speed > 0 ? (velocitySaturation({ ...problem, cube, reach: runaway }) ?? pinchOff) : pinchOff;

    // I = beta ((vgs - Vbi - eta v/2) v - 2/3 gamma ((PHI - vbs + v)^3/2 - (PHI - vbs)^3/2)), v = min(vds, vdsat)
    const v = vds.orAtMost(vdsat);
    const end = barrierRoot(vbs.minus(v), phi).root;
    const bulk = end.squared().times(end).minus(cube).times(gamma.value);
    const current = drive
      .minus(v.times(eta / 2))
      .times(v)
      .minus(bulk.times(2 / 3))
      .times(mobility.times(beta))
      .over(lengthAt(vds, vdsat, runaway));
    const at = { threshold: on.value, saturation: vdsat.value };
    if (fastStates === 0 || vgs.value >= on.value) return { ...at, current };
    if (vdsat.value <= 0) return { ...at, current: NO_CURRENT };
    const decay = vgs.minus(on).over(scale).orAtMost(0).exponential();
    return { ...at, current: current.times(decay) };
  };
}

/** GAMMA less the charge that the junctions, XJ deep, take from the gate, and its slope by vbs; at XJ = 0 GAMMA. */
function shortChannel({ gamma, depletion, length }: ChannelParameters, depth: number) {
  /** One junction's share of the charge. */
  const share = ({ root, slope }: Barrier) => {
    if (depth === 0) return { value: NO_CURRENT, slope: NO_CURRENT };
    const stretch = root
      .times((2 * depletion) / depth)
      .plus(1)
      .squareRoot();
    return {
      value: stretch.minus(1).times((0.5 * depth) / length),
      slope: slope.times((0.5 * depletion) / length).over(stretch),
    };
  };
  return (source: Barrier, drain: Barrier) => {
    const [s, d] = [share(source), share(drain)];
    return {
      value: s.value.plus(d.value).negated().plus(1).times(gamma),
      slope: s.slope.plus(d.slope).times(-gamma),
    };
  };
}

/** (critical field / vertical field)^UEXP from UCRIT [V/cm] on, as a function of vgs - Von. */
function mobilityReduction({ oxideCapacitance }: ChannelParameters, model: Values) {
  const ucrit = model.get('ucrit') ?? 1e4;
  const critical = (ucrit * 100 * SILICON_PERMITTIVITY) / oxideCapacitance; // [V]
  const exponent = model.get('uexp') ?? 0;
  return (overdrive: Dual): Dual =>
    overdrive.value > critical ? overdrive.over(critical).power(-exponent) : Dual.constant(1);
}

/** vds where the inversion charge at the drain vanishes, >= 0. */
function groveFrohman({ drive, body, barrier }: Omit<SaturationProblem, 'cube' | 'reach'>): Dual {
  if (body.value <= 0) return drive.orAtLeast(0);
  const square = body.squared();
  const argument = drive.plus(barrier);
  if (argument.value <= 0) return NO_CURRENT;
  const root = argument.times(4).over(square).plus(1).squareRoot();
  return drive.plus(square.times(0.5).times(root.negated().plus(1))).orAtLeast(0);
}
