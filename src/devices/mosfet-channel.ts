/**
 * What the channels of all MOSFET levels share. Every channel is written for an N-channel device with vds >= 0; polarity
 * and the exchange of drain and source are the transistor's.
 */

import { Dual } from '../numeric/dual.ts';

/** One instance at its temperature, in the signs of an N-channel device. */
export interface ChannelParameters {
  /** L - 2 LD [m] */
  readonly length: number;
  /** W of one of the parallel transistors [m] */
  readonly width: number;
  /** kT/q [V] */
  readonly thermalVoltage: number;
  /** KP(T) M W / Leff [A/V^2] */
  readonly beta: number;
  /** GAMMA [V^1/2] */
  readonly gamma: number;
  /** PHI(T), the surface potential in strong inversion [V] */
  readonly phi: number;
  /** VTO(T) - GAMMA PHI(T)^1/2 [V] */
  readonly builtIn: number;
  /** UO(T) [m^2/(V s)] */
  readonly mobility: number;
  /** UO [m^2/(V s)] */
  readonly nominalMobility: number;
  /** eps_ox / TOX [F/m^2] */
  readonly oxideCapacitance: number;
  /** Width of a depletion layer per square root of its voltage: (2 eps_si / (q NSUB))^1/2, 0 without NSUB [m/V^1/2]. */
  readonly depletion: number;
  /** PB(T) [V] */
  readonly bulkPotential: number;
}

export interface ChannelBias {
  readonly vgs: Dual;
  readonly vds: Dual;
  readonly vbs: Dual;
}

export interface Inversion {
  /** From drain to source [A]. */
  readonly current: Dual;
  /** vgs where strong inversion begins [V]. */
  readonly threshold: number;
  /** vds where the channel saturates [V]. */
  readonly saturation: number;
}

export type Channel = (bias: ChannelBias) => Inversion;

/** Permittivity of silicon [F/m]: 11.7 eps_0 with the eps_0 of SPICE2. */
export const SILICON_PERMITTIVITY = 11.7 * 8.854214871e-12;

export const NO_CURRENT = Dual.constant(0);

/** Across the depletion layer of a junction with bias v. */
export interface Barrier {
  /** (PHI - v)^1/2 for v <= 0; PHI^1/2 / (1 + v / 2 PHI) for v > 0 [V^1/2]. */
  readonly root: Dual;
  /** d root / dv */
  readonly slope: Dual;
}

export function barrierRoot(v: Dual, phi: number): Barrier {
  if (v.value <= 0) {
    const root = v.negated().plus(phi).squareRoot();
    return { root, slope: Dual.constant(-0.5).over(root) };
  }
  const root = Dual.constant(Math.sqrt(phi)).over(v.times(0.5 / phi).plus(1));
  return { root, slope: root.squared().times(-0.5 / phi ** 1.5) };
}
