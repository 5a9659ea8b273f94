/**
 * From the parameters of a MOSFET model of levels 1-3 and its card to one instance at its temperature.
 * Vladimirescu and Liu, UCB/ERL M80/7 (1980), sections 2 and 5.
 */

import { builtInPotential } from './built-in-potential.ts';
import { type DeviceData, DeviceFault, type Values } from './device.ts';
import type { ChannelParameters } from './mosfet-channel.ts';
import { processOf, SILICON, siliconGap } from './mosfet-process.ts';
import { nonNegative, positive, stated } from './parameters.ts';
import { warmthOf } from './thermal.ts';

/** Everything of one instance that does not depend on its bias. */
export interface MosfetParameters {
  readonly channel: ChannelParameters;
  /** VTO(T) [V] */
  readonly threshold: number;
  /** Saturation currents of the bulk junctions [A]. */
  readonly saturation: { readonly drain: number; readonly source: number };
}

/** Negative ones make poles or roots of negative numbers somewhere. */
const MAGNITUDES = ['kp', 'nfs', 'xj', 'ld', 'vmax', 'theta', 'kappa', 'delta', 'ucrit', 'uexp'];

export function mosfetParameters(data: DeviceData): MosfetParameters {
  const { model, instance, polarity } = data;
  for (const name of MAGNITUDES) nonNegative(model.get(name) ?? 0, name);
  const warmth = warmthOf(data);
  const level = levelOf(model);
  const process = processOf(model, { polarity, level, warmth });
  const { length, width } = geometryOf(data);
  const multiplier = positive(instance.get('m') ?? 1, 'm');
  const slowdown = warmth.ratio ** -1.5; // of the mobility

  const [gap, nominalGap] = [siliconGap(warmth.temperature), siliconGap(warmth.nominal)];
  const phi = positive(builtInPotential(process.phi, warmth, SILICON), 'phi at this temperature');
  const builtIn =
    process.threshold +
    polarity * (stated(model, 'delvto', 'delvt0') ?? 0) -
    process.gamma * Math.sqrt(process.phi) +
    (polarity * (nominalGap - gap)) / 2 +
    (phi - process.phi) / 2;
  const growth = Math.exp(nominalGap / warmth.nominalThermalVoltage - gap / warmth.thermalVoltage);
  return {
    channel: {
      length,
      width,
      thermalVoltage: warmth.thermalVoltage,
      beta: (process.transconductance * slowdown * multiplier * width) / length,
      gamma: process.gamma,
      phi,
      builtIn,
      mobility: process.mobility * slowdown,
      nominalMobility: process.mobility,
      oxideCapacitance: process.oxideCapacitance,
      depletion: process.depletion,
      bulkPotential: builtInPotential(positive(model.get('pb') ?? 0.8, 'pb'), warmth, SILICON),
    },
    threshold: builtIn + process.gamma * Math.sqrt(phi),
    saturation: saturationCurrents(data, multiplier * growth),
  };
}

/** Of the channel: L - 2 LD + XL and W - 2 WD + XW, L and W of the card, else of the model, else 100 um [m]. */
function geometryOf({ model, instance }: DeviceData) {
  const of = (name: string, otherwise = 0) => model.get(name) ?? otherwise;
  const length = (instance.get('l') ?? of('l', 1e-4)) - 2 * of('ld') + of('xl');
  const width = (instance.get('w') ?? of('w', 1e-4)) - 2 * of('wd') + of('xw');
  return { length: positive(length, 'L - 2 LD + XL'), width: positive(width, 'W - 2 WD + XW') };
}

/** @throws {DeviceFault} unless it is 1, 2 or 3. */
export function levelOf(model: Values): 1 | 2 | 3 {
  const level = model.get('level') ?? 1;
  if (level === 1 || level === 2 || level === 3) return level;
  throw new DeviceFault(
    `MOSFET LEVEL is ${level}; levels 1, 2, 3 and those of BSIM3 (7, 8, 49) have equations here.`,
  );
}

/** Of the drain's and the source's junction: JS AD and JS AS where all of them are stated, else IS. */
function saturationCurrents({ model, instance }: DeviceData, scale: number) {
  if ((model.get('jssw') ?? 0) !== 0) {
    throw new DeviceFault(
      `JSSW is ${model.get('jssw')}; side walls of the bulk junctions are not modelled.`,
    );
  }
  const density = nonNegative(model.get('js') ?? 0, 'js');
  const drain = nonNegative(instance.get('ad') ?? 0, 'ad');
  const source = nonNegative(instance.get('as') ?? 0, 'as');
  const plain = nonNegative(model.get('is') ?? 1e-14, 'is') * scale;
  if (density * drain * source === 0) return { drain: plain, source: plain };
  return { drain: density * drain * scale, source: density * source * scale };
}
