/**
 * What the process says of a MOSFET where its model does not: KP from UO and TOX; PHI, GAMMA and VTO from NSUB, NSS and TPG.
 * Vladimirescu and Liu, UCB/ERL M80/7 (1980), section 2.
 */

import { bandGap } from './built-in-potential.ts';
import { DeviceFault, type Values } from './device.ts';
import { SILICON_PERMITTIVITY } from './mosfet-channel.ts';
import { nonNegative, positive, stated } from './parameters.ts';
import { ELEMENTARY_CHARGE, type Warmth } from './thermal.ts';

const OXIDE_PERMITTIVITY = 3.9 * 8.854214871e-12; // [F/m], eps_0 as in SPICE2
const INTRINSIC_DENSITY = 1.45e16; // of silicon at 300 K [1/m^3]

/** A MOSFET model has no word for another semiconductor. */
export const SILICON: Values = new Map();

/** [eV] at T [K]. */
export function siliconGap(temperature: number): number {
  return bandGap(1.16, temperature, SILICON);
}

/** At the nominal temperature, the threshold in the signs of an N-channel device. */
export function processOf(
  model: Values,
  { polarity, level, warmth }: { polarity: 1 | -1; level: number; warmth: Warmth },
) {
  const tox = nonNegative(model.get('tox') ?? 0, 'tox') || (level === 1 ? 0 : 1e-7);
  const oxideCapacitance = tox === 0 ? 0 : OXIDE_PERMITTIVITY / tox;
  const mobility = positive(stated(model, 'uo', 'u0') ?? 600, 'uo') * 1e-4;
  const transconductance = model.get('kp') ?? (tox === 0 ? 2e-5 : mobility * oxideCapacitance);
  const doping = tox === 0 ? 0 : nonNegative(model.get('nsub') ?? 0, 'nsub') * 1e6;
  const intrinsic = level === 3 ? intrinsicDensity(warmth) : INTRINSIC_DENSITY;
  let phi = positive(model.get('phi') ?? 0.6, 'phi');
  let gamma = nonNegative(model.get('gamma') ?? 0, 'gamma');
  let threshold = polarity * (stated(model, 'vto', 'vt0') ?? 0);
  if (doping > 0) {
    if (doping <= intrinsic) {
      throw new DeviceFault(
        `NSUB is ${doping / 1e6}; it must be above ${(intrinsic / 1e6).toPrecision(3)}, the carriers of pure silicon.`,
      );
    }
    if (!model.has('phi')) {
      phi = Math.max(0.1, 2 * warmth.nominalThermalVoltage * Math.log(doping / intrinsic));
    }
    if (!model.has('gamma')) {
      gamma = Math.sqrt(2 * SILICON_PERMITTIVITY * ELEMENTARY_CHARGE * doping) / oxideCapacitance;
    }
    if (stated(model, 'vto', 'vt0') === undefined) {
      const trapped = ((model.get('nss') ?? 0) * 1e4 * ELEMENTARY_CHARGE) / oxideCapacitance;
      const gap = siliconGap(warmth.nominal);
      const flat = workFunction(model, { polarity, gap }) - (3.25 + gap / 2 + (polarity * phi) / 2);
      threshold = polarity * (flat - trapped) + gamma * Math.sqrt(phi) + phi;
    }
  }
  const depletion =
    doping > 0 ? Math.sqrt((2 * SILICON_PERMITTIVITY) / (ELEMENTARY_CHARGE * doping)) : 0;
  return { oxideCapacitance, mobility, transconductance, phi, gamma, threshold, depletion };
}

/** Of the gate [V]: aluminium (TPG 0), or silicon doped as the bulk's opposite (1) or like it (-1). */
function workFunction(model: Values, { polarity, gap }: { polarity: 1 | -1; gap: number }): number {
  const tpg = model.get('tpg') ?? 1;
  return tpg === 0 ? 3.2 : 3.25 + gap / 2 - (polarity * tpg * gap) / 2;
}

/** Of silicon, n_i ~ T^3/2 exp(-Eg / 2kT), [1/m^3]. */
function intrinsicDensity({ nominal: T, nominalThermalVoltage: Vt }: Warmth): number {
  return (
    INTRINSIC_DENSITY * (T / 300) ** 1.5 * Math.exp((siliconGap(T) / (2 * Vt)) * (T / 300 - 1))
  );
}
