/**
 * One BSIM3 transistor at its geometry and temperature: everything that its equations use and that does not depend on
 * its bias. BSIM3v3 manual, appendix B.1.13 (temperature) and B.1.9 (resistance).
 */

import { type Geometry, geometryOf } from './bsim3-geometry.ts';
import { type BinnedParameters, binnedParameters } from './bsim3-parameters.ts';
import { OXIDE, type Process, processOf, SILICON, thermalVoltage } from './bsim3-process.ts';
import { type DeviceData, DeviceFault, type Values } from './device.ts';
import { nonNegative, positive } from './parameters.ts';
import { type Warmth, warmthOf } from './thermal.ts';

/** In the signs of an N-channel device. */
export interface Bsim3Instance extends Process, Geometry {
  /** The card at this geometry; UA, UB and UC at this temperature. */
  readonly card: BinnedParameters;
  /** MOBMOD */
  readonly mobilityModel: 1 | 2 | 3;
  /** TOX [m] */
  readonly oxide: number;
  /** Of the channel to be paired with a depletion layer X: l_t = (couple X)^1/2 with couple = eps_si TOX / eps_ox [m] */
  readonly couple: number;
  /** kT/q [V] */
  readonly thermalVoltage: number;
  /** T/Tnom - 1 */
  readonly warming: number;
  /** U0(T) [m^2/(V s)] */
  readonly mobility: number;
  /** VSAT(T) [m/s] */
  readonly saturationVelocity: number;
  /** RDSW(T) / Weff^WR, of drain and source together [ohm] */
  readonly resistance: number;
}

/** @throws {DeviceFault} for parameters that leave the equations without a meaning. */
export function bsim3Instance(data: DeviceData): Bsim3Instance {
  const { model, instance, polarity } = data;
  const warmth = warmthOf(data);
  const geometry = geometryOf(data);
  const stated = checked(binnedParameters(data, geometry.bin), model);
  refuseImpossible(stated, geometry);
  const process = processOf(data, { card: stated, nominal: warmth.nominal });
  const card = warmed(stated, warmth);
  const oxide = OXIDE / process.oxideCapacitance;
  const shift = polarity * (instance.get('delvto') ?? 0);
  const warming = warmth.ratio - 1;
  const u0 = (stated.u0 > 1 ? stated.u0 * 1e-4 : stated.u0) * (instance.get('mulu0') ?? 1);
  const sheet = nonNegative(stated.rdsw + stated.prt * warming, 'rdsw at this temperature');
  return {
    ...process,
    ...geometry,
    threshold: process.threshold + shift,
    flatBand: process.flatBand + shift,
    card,
    mobilityModel: mobilityModel(model.get('mobmod') ?? 1),
    oxide,
    couple: (SILICON / OXIDE) * oxide,
    thermalVoltage: thermalVoltage(warmth.temperature),
    warming,
    mobility: positive(u0 * warmth.ratio ** stated.ute, 'u0 at this temperature'),
    saturationVelocity: positive(stated.vsat - stated.at * warming, 'vsat at this temperature'),
    resistance: sheet / (geometry.width * 1e6) ** stated.wr,
  };
}

/** PARAMCHK 1: a saturation that is possible, and no negative resistance. */
function checked(card: BinnedParameters, model: Values): BinnedParameters {
  if (model.get('paramchk') !== 1) return card;
  const rdsw = Math.max(card.rdsw, 0);
  if (card.a2 > 1) return { ...card, rdsw, a1: 0, a2: 1 };
  return { ...card, rdsw, a2: Math.max(card.a2, 0.01) };
}

function warmed(card: BinnedParameters, { ratio }: Warmth): BinnedParameters {
  const warming = ratio - 1;
  return {
    ...card,
    ua: card.ua + card.ua1 * warming,
    ub: card.ub + card.ub1 * warming,
    uc: card.uc + card.uc1 * warming,
  };
}

function mobilityModel(stated: number): 1 | 2 | 3 {
  if (stated === 1 || stated === 2 || stated === 3) return stated;
  throw new DeviceFault(`MOBMOD is ${stated}; the mobility has models 1, 2 and 3.`);
}

/** What would divide by zero or take roots of negative numbers at some bias. */
function refuseImpossible(card: BinnedParameters, { length, width }: Geometry): void {
  for (const name of ['dvt1', 'dvt1w', 'dsub', 'drout', 'ngate'] as const) {
    nonNegative(card[name], name);
  }
  for (const name of ['xj', 'pclm', 'delta', 'a2'] as const) positive(card[name], name);
  positive(card.nlx + length, 'Leff + NLX');
  for (const name of ['w0', 'b1'] as const) {
    if (card[name] + width === 0) {
      throw new DeviceFault(`${name.toUpperCase()} is ${card[name]}, the width of the channel.`);
    }
  }
}
