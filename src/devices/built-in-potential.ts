/** The built-in potential of a junction at another temperature. */

import type { Values } from './device.ts';
import { stated } from './parameters.ts';
import { NOMINAL_KELVIN, type Warmth } from './thermal.ts';

// Band gap of silicon, 1.16 eV - 7.02e-4 T^2 / (T + 1108 K) // Sze
const GAP_AT_ZERO = 1.16; // [eV]
const GAP_AT_NOMINAL = 1.1150877; // its value at 27 deg C as SPICE2 has it [eV]
const NO_VALUES: Values = new Map();

/** E - GAP1 T^2 / (T + GAP2) [eV] of a temperature T [K] */
export function bandGap(energy: number, temperature: number, model: Values): number {
  const [gap1, gap2] = [model.get('gap1') ?? 7.02e-4, model.get('gap2') ?? 1108];
  return energy - (gap1 * temperature ** 2) / (temperature + gap2);
}

/**
 * VJ(T) [V] = VJ T/T0 - 3 Vt ln (T/T0) - Eg(T0) T/T0 + Eg(T) with T0 = 27 deg C, referred to Tnom // SPICE2;
 * with TLEVC = 1: VJ - TPB dT. With TLEV = 2 the model states the band gap.
 */
export function builtInPotential(potential: number, warmth: Warmth, model: Values): number {
  if ((model.get('tlevc') ?? 0) === 1) {
    return potential - (stated(model, 'tpb', 'tvj') ?? 0) * warmth.rise;
  }
  const hasOwnGap = model.get('tlev') === 2;
  const shift = (temperature: number, thermalVoltage: number) => {
    const ratio = temperature / NOMINAL_KELVIN;
    const gap = hasOwnGap
      ? bandGap(model.get('eg') ?? 1.11, temperature, model)
      : bandGap(GAP_AT_ZERO, temperature, NO_VALUES);
    return gap - GAP_AT_NOMINAL * ratio - 3 * thermalVoltage * Math.log(ratio);
  };
  const { temperature, nominal, thermalVoltage, nominalThermalVoltage } = warmth;
  const atZero = (potential - shift(nominal, nominalThermalVoltage)) / (nominal / NOMINAL_KELVIN);
  return atZero * (temperature / NOMINAL_KELVIN) + shift(temperature, thermalVoltage);
}
