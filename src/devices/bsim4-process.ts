/**
 * Everything of one BSIM4 instance that does not depend on its bias: oxide, doping, potentials and what temperature makes of
 * the parameters. BSIM4.8.0 manual, chapters 1, 2 and 12.
 */

import { Dual } from '../numeric/dual.ts';
import { requireDomain } from './bsim4-domain.ts';
import { type Geometry, geometryOf } from './bsim4-geometry.ts';
import { type Sized, sized } from './bsim4-parameters.ts';
import { fading } from './bsim4-smooth.ts';
import type { DeviceData, Values } from './device.ts';
import { positive } from './parameters.ts';
import { warmthOf } from './thermal.ts';

/** The model's own constants; its parameters are extracted with them. */
export const CHARGE = 1.60219e-19; // [C]
export const SILICON = 1.03594e-10; // permittivity [F/m]
const VACUUM = 8.85418e-12; // permittivity [F/m]
const BOLTZMANN = 8.617087e-5; // [eV/K]

export interface Bsim4Process {
  readonly geometry: Geometry;
  readonly sized: Sized;
  /** T/Tnom - 1 */
  readonly warmer: number;
  /** kT/q [V] */
  readonly thermalVoltage: number;
  /** kTnom/q [V] */
  readonly nominalThermalVoltage: number;
  /** Band gaps of silicon at T and Tnom [eV]. */
  readonly gap: number;
  readonly nominalGap: number;
  /** TOXE and TOXP, electrical and physical thickness of the oxide [m]. */
  readonly toxe: number;
  readonly toxp: number;
  /** Their capacitances [F/m^2]. */
  readonly coxe: number;
  readonly coxp: number;
  /** Surface potential in strong inversion without body bias [V]. */
  readonly phi: number;
  /** Of the junctions against the bulk [V]. */
  readonly builtIn: number;
  /** Width [m] and capacitance [F/m^2] of the depletion layer without body bias. */
  readonly depletion: number;
  readonly depletionCapacitance: number;
  /** (eps_si TOXE / eps_ox)^1/2: a characteristic length is this times the root of the depletion width [m^1/2]. */
  readonly lengthFactor: number;
  /** Characteristic length of the saturated end of the channel [m]. */
  readonly saturatedLength: number;
  readonly k1: number;
  /** K1 and K2 at TOXE. */
  readonly k1ox: number;
  readonly k2ox: number;
  /** The lowest body bias that counts [V]. */
  readonly lowestBody: number;
  /** VTH0 and VFB in the signs of an N-channel device [V]. */
  readonly vth0: number;
  readonly vfb: number;
  /** VTH0 - VFB - phi without DELVTO [V]. */
  readonly gateDrive: number;
  /** C0 (VTH0 - VFB - phi) of mobility model 2, C0 = 2 for electrons and 2.5 for holes [V]. */
  readonly universalDrive: number;
  /** VOFFL [V m] */
  readonly offsetLength: number;
  /** RDSWMIN [ohm um^WR] */
  readonly leastResistance: number;
  /** PDITSL [1/m] */
  readonly pocketSlope: number;
  /** (TOXREF / TOXE)^NTOX / TOXE^2 of the channel, and the same with TOXE POXEDGE of its edges [1/m^2]. */
  readonly oxideRatio: number;
  readonly edgeRatio: number;
  /** Of the inversion layer behind the oxide. */
  readonly centroid: { readonly ados: number; readonly bdos: number };
  /** TOXE phi / (Weff + W0) [V]: the narrow channel. */
  readonly narrowing: number;
  /** How the threshold moves with temperature and lateral doping without a body bias [V]. */
  readonly thresholdShift: number;
  /** U0 and VSAT at T [m^2/(V s), m/s]. */
  readonly mobility: number;
  readonly saturationVelocity: number;
}

export function bsim4Process(data: DeviceData): Bsim4Process {
  const { model, instance, polarity } = data;
  const geometry = geometryOf(data);
  const { length, width } = geometry;
  const card = sized(data, geometry);
  requireDomain(card, geometry);
  const { temperature, nominal, rise } = warmthOf(data);
  const [thermalVoltage, nominalThermalVoltage] = [BOLTZMANN * temperature, BOLTZMANN * nominal];
  const warmer = temperature / nominal - 1;

  const { toxe, toxp, toxm, permittivity } = oxideOf(model);
  const [coxe, coxp] = [permittivity / toxe, permittivity / toxp];

  const { ndep, nsd, ngate } = densities(model, { card, coxe });
  const nominalGap = gapAt(nominal);
  // Intrinsic carriers at Tnom [1/cm^3].
  const intrinsic =
    1.45e10 *
    (nominal / 300.15) ** 1.5 *
    Math.exp(21.5565981 - nominalGap / (2 * nominalThermalVoltage));
  const phi = positive(
    nominalThermalVoltage * Math.log(ndep / intrinsic) + card.phin + 0.4,
    'the surface potential',
  );
  const depletion = Math.sqrt(((2 * SILICON) / (CHARGE * ndep * 1e6)) * phi);
  const lengthFactor = Math.sqrt((SILICON / permittivity) * toxe);
  const { k1, k2 } = bodyEffect(model, { card, coxe, phi, ndep });
  const [k1ox, k2ox] = [(k1 * toxe) / toxm, (k2 * toxe) / toxm];

  const base = phi + k1 * Math.sqrt(phi);
  const statesThreshold = model.has('vth0') || model.has('vtho');
  const vfb = model.has('vfb') || !statesThreshold ? card.vfb : polarity * card.vth0 - base;
  const vth0 = statesThreshold ? polarity * card.vth0 : vfb + base;
  const shift = polarity * (instance.get('delvto') ?? 0);

  const reference = model.get('toxref') ?? 3e-9;
  const oxideRatio = (thickness: number) => (reference / thickness) ** card.ntox / thickness ** 2;

  const lateral = Math.sqrt(1 + card.lpe0 / length) - 1;
  return {
    geometry,
    sized: {
      ...card,
      ndep,
      nsd,
      ngate,
      eta0: card.eta0 + (card.teta0 * rise) / nominal,
      nfactor: card.nfactor + (card.tnfactor * rise) / nominal,
      voff: card.voff * (1 + card.tvoff * rise),
      vfbsdoff: card.vfbsdoff * (1 + card.tvfbsdoff * rise),
      ua: card.ua + card.ua1 * warmer,
      ub: card.ub + card.ub1 * warmer,
      uc: card.uc + card.uc1 * warmer,
      ud: card.ud + card.ud1 * warmer,
    },
    warmer,
    thermalVoltage,
    nominalThermalVoltage,
    gap: gapAt(temperature),
    nominalGap,
    toxe,
    toxp,
    coxe,
    coxp,
    phi,
    builtIn: nominalThermalVoltage * Math.log((nsd * ndep) / intrinsic ** 2),
    depletion,
    depletionCapacitance: Math.sqrt((CHARGE * SILICON * ndep * 1e6) / 2 / phi),
    lengthFactor,
    saturatedLength: Math.sqrt(((3 * 3.9 * VACUUM) / permittivity) * card.xj * toxe),
    k1,
    k1ox,
    k2ox,
    lowestBody: lowestBody({ k1, k2, phi, vbm: card.vbm }),
    vth0: vth0 + shift,
    vfb: vfb + shift,
    gateDrive: vth0 - vfb - phi,
    universalDrive: Math.max((polarity === 1 ? 2 : 2.5) * (vth0 - vfb - phi), 0),
    offsetLength: model.get('voffl') ?? 0,
    leastResistance: model.get('rdswmin') ?? 0,
    pocketSlope: model.get('pditsl') ?? 0,
    oxideRatio: oxideRatio(toxe),
    edgeRatio: oxideRatio(toxe * card.poxedge),
    centroid: { ados: model.get('ados') ?? 1, bdos: model.get('bdos') ?? 1 },
    narrowing: (toxe * phi) / (width + card.w0),
    thresholdShift: k1ox * lateral * Math.sqrt(phi) + (card.kt1 + card.kt1l / length) * warmer,
    mobility:
      toMetres(card.u0) *
      (1 - card.up * Math.exp(-length / card.lp)) *
      (temperature / nominal) ** card.ute,
    saturationVelocity: positive(card.vsat - card.at * warmer, 'vsat at this temperature'),
  };
}

/** Of silicon at T [eV] // Varshni 1967 */
function gapAt(temperature: number): number {
  return 1.16 - (7.02e-4 * temperature ** 2) / (temperature + 1108);
}

/** U0 in cm^2/(V s) is told by its size. */
function toMetres(mobility: number): number {
  return positive(mobility > 1 ? mobility / 1e4 : mobility, 'u0');
}

/** The electrical thickness is DTOX more than the physical one. */
function oxideOf(model: Values) {
  const difference = model.get('dtox') ?? 0;
  const [e, p] = [model.get('toxe'), model.get('toxp')];
  const toxe = positive(e ?? (p === undefined ? 3e-9 : p + difference), 'toxe');
  const toxp = positive(p ?? (e === undefined ? 3e-9 : e - difference), 'toxp');
  const toxm = positive(model.get('toxm') ?? toxe, 'toxm');
  const permittivity = positive(model.get('epsrox') ?? 3.9, 'epsrox') * VACUUM;
  return { toxe, toxp, toxm, permittivity };
}

/** [1/cm^3]; densities that no semiconductor has are in 1/m^3. */
function densities(model: Values, { card, coxe }: { readonly card: Sized; readonly coxe: number }) {
  const perCentimetre = (density: number, most: number) =>
    density > most ? density * 1e-6 : density;
  const byBodyEffect = !model.has('ndep') && model.has('gamma1');
  return {
    ndep: positive(
      byBodyEffect ? 3.01248e22 * (card.gamma1 * coxe) ** 2 : perCentimetre(card.ndep, 1e20),
      'ndep',
    ),
    nsd: positive(perCentimetre(card.nsd, 1e23), 'nsd'),
    ngate: perCentimetre(card.ngate, 1e23),
  };
}

/** K1 and K2 as stated, else from the doping at the surface and in the bulk. */
function bodyEffect(
  model: Values,
  { card, coxe, phi, ndep }: { card: Sized; coxe: number; phi: number; ndep: number },
): { readonly k1: number; readonly k2: number } {
  if (model.has('k1') || model.has('k2')) return card;
  const effect = (density: number) => (5.753e-12 * Math.sqrt(density)) / coxe;
  const surface = model.has('gamma1') ? card.gamma1 : effect(ndep);
  const bulk = model.has('gamma2') ? card.gamma2 : effect(card.nsub);
  const vbx = -Math.abs(model.has('vbx') ? card.vbx : phi - 7.7348e-4 * ndep * card.xt ** 2);
  const vbm = -Math.abs(card.vbm);
  const outside = Math.sqrt(phi - vbx) - Math.sqrt(phi);
  const k2 = ((surface - bulk) * outside) / (2 * (Math.sqrt(phi * (phi - vbm)) - phi) + vbm);
  return { k1: bulk - 2 * k2 * Math.sqrt(phi - vbm), k2 };
}

/** Where the threshold would fall again with a rising reverse bias of the body, as far as the model goes [V]. */
function lowestBody({ k1, k2, phi, vbm }: { k1: number; k2: number; phi: number; vbm: number }) {
  const turning = k2 < 0 ? 0.9 * (phi - (k1 / (2 * k2)) ** 2) : -30;
  const lowest = Math.min(Math.max(turning, -30), -3);
  return Math.min(lowest, -Math.abs(vbm));
}

/** 1 / (2 cosh(D L / l) - 2) of a coefficient D and a characteristic length l at zero bias. */
export function fadingAtZero(coefficient: number, ratio: number): number {
  return fading(Dual.constant(coefficient * ratio)).value;
}
