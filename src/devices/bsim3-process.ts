/**
 * What the doping of a BSIM3 transistor says: surface potential, depletion layer, body effect and flat band, all at the
 * nominal temperature. BSIM3v3 manual, appendix A, notes, and section 2.1.
 */

import { type BinnedParameters, statedParameter } from './bsim3-parameters.ts';
import type { DeviceData } from './device.ts';
import { positive } from './parameters.ts';

// The constants of the published model; with those of CODATA currents in weak inversion are off by 1e-5.
export const SILICON = 1.03594e-10; // [F/m]
export const OXIDE = 3.453133e-11; // [F/m]
export const CHARGE = 1.60219e-19; // [C]
const BOLTZMANN_PER_CHARGE = 8.617087e-5; // [V/K]
/** (2 q eps_si 1e6)^1/2, so that a body coefficient is this times the root of a doping in 1/cm^3, over Cox. */
const BODY = 5.753e-12;

/** kT/q [V] */
export function thermalVoltage(temperature: number): number {
  return BOLTZMANN_PER_CHARGE * temperature;
}

/** Of silicon at T [K], [eV] */
export function bandGap(temperature: number): number {
  return 1.16 - (7.02e-4 * temperature ** 2) / (temperature + 1108);
}

export interface Process {
  /** eps_ox / TOX [F/m^2] */
  readonly oxideCapacitance: number;
  /** NCH [1/cm^3] */
  readonly doping: number;
  /** phi_s, the surface potential in strong inversion [V] */
  readonly phi: number;
  /** V_bi of the junctions of drain and source [V] */
  readonly builtIn: number;
  /** X_dep0, the depletion layer without bias [m] */
  readonly depletion: number;
  /** (q eps_si NCH / 2 phi_s)^1/2 [F/m^2] */
  readonly depletionCapacitance: number;
  /** K1 [V^1/2] and K2; the first as stated and both at TOX / TOXM */
  readonly k1: number;
  readonly k1ox: number;
  readonly k2ox: number;
  /** V_bc, the lowest voltage of the bulk that counts [V] */
  readonly lowestBulk: number;
  /** V_FB [V] */
  readonly flatBand: number;
  /** Of a long and wide channel, in the signs of an N-channel device [V] */
  readonly threshold: number;
}

export function processOf(
  data: DeviceData,
  { card, nominal }: { readonly card: BinnedParameters; readonly nominal: number },
): Process {
  const { model, polarity } = data;
  const tox = positive(model.get('tox') ?? 150e-10, 'tox');
  const toxm = positive(model.get('toxm') ?? tox, 'toxm');
  const oxideCapacitance = OXIDE / tox;
  const doping = dopingOf(data, card, oxideCapacitance);
  const Vt = thermalVoltage(nominal);
  const intrinsic =
    1.45e10 * (nominal / 300.15) ** 1.5 * Math.exp(21.5565981 - bandGap(nominal) / (2 * Vt));
  const phi = positive(2 * Vt * Math.log(doping / intrinsic), 'phi, which follows from NCH,');
  const root = Math.sqrt(phi);
  const { k1, k2 } = bodyEffect(data, { card, oxideCapacitance, doping, phi });
  const vth0 = statedParameter(model, 'vth0') === undefined ? undefined : polarity * card.vth0;
  const isFlatBandStated = model.has('vfb') || vth0 === undefined;
  const flatBand = isFlatBandStated ? card.vfb : vth0 - phi - k1 * root;
  return {
    oxideCapacitance,
    doping,
    phi,
    builtIn: Vt * Math.log((1e20 * doping) / intrinsic ** 2),
    depletion: Math.sqrt((2 * SILICON) / (CHARGE * doping * 1e6)) * root,
    depletionCapacitance: Math.sqrt((CHARGE * SILICON * doping * 1e6) / 2 / phi),
    k1,
    k1ox: (k1 * tox) / toxm,
    k2ox: (k2 * tox) / toxm,
    lowestBulk: lowestBulk({ k1, k2, phi, vbm: card.vbm }),
    flatBand,
    threshold: vth0 ?? flatBand + phi + k1 * root,
  };
}

/** NCH, or what GAMMA1 says of it [1/cm^3]. */
function dopingOf({ model }: DeviceData, card: BinnedParameters, oxideCapacitance: number): number {
  const hasOnlyGamma = !model.has('nch') && model.has('gamma1');
  const doping = hasOnlyGamma ? 3.021e22 * (card.gamma1 * oxideCapacitance) ** 2 : card.nch;
  return positive(doping, 'nch');
}

/** K1 and K2, or without both what the doping of channel and substrate says of them. */
function bodyEffect(
  { model }: DeviceData,
  {
    card,
    oxideCapacitance,
    doping,
    phi,
  }: {
    readonly card: BinnedParameters;
    readonly oxideCapacitance: number;
    readonly doping: number;
    readonly phi: number;
  },
): { readonly k1: number; readonly k2: number } {
  if (model.has('k1') || model.has('k2')) return card;
  const gammaOf = (density: number) => (BODY * Math.sqrt(density)) / oxideCapacitance;
  const gamma1 = model.has('gamma1') ? card.gamma1 : gammaOf(doping);
  const gamma2 = model.has('gamma2') ? card.gamma2 : gammaOf(positive(card.nsub, 'nsub'));
  // Where the depletion layer reaches XT.
  const vbx = -Math.abs(model.has('vbx') ? card.vbx : phi - 7.7348e-4 * doping * card.xt ** 2);
  const vbm = -Math.abs(card.vbm);
  const step = (gamma1 - gamma2) * (Math.sqrt(phi - vbx) - Math.sqrt(phi));
  const k2 = step / (2 * (Math.sqrt(phi * (phi - vbm)) - phi) + vbm);
  return { k1: gamma2 - 2 * k2 * Math.sqrt(phi - vbm), k2 };
}

/** Where K2 < 0 turns the body effect round, with 10 % to spare; within -30 V to -3 V and above VBM. */
function lowestBulk({
  k1,
  k2,
  phi,
  vbm,
}: {
  readonly k1: number;
  readonly k2: number;
  readonly phi: number;
  readonly vbm: number;
}): number {
  const turn = k2 < 0 ? 0.9 * (phi - ((0.5 * k1) / k2) ** 2) : -30;
  return Math.min(Math.max(Math.min(turn, -3), -30), vbm);
}
