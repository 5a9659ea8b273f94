/**
 * The parameters of VBIC under their own names, with the defaults of ngspice, at the temperature of an instance.
 * // McAndrew, Seitchik, Bowers, Dunn, Foisy, Getreu, McSwain, Moinian, Parker, Roulston, Schroter, van Wijnen, Wagner:
 * VBIC95, The Vertical Bipolar Inter-Company Model, IEEE JSSC 31, 1996; VBIC 1.2 for NKF, XIKF, ISRR, EAP, VBBE and VRT
 */

import { type DeviceData, DeviceFault } from './device.ts';
import { nonNegative, positive } from './parameters.ts';
import { warmthOf } from './thermal.ts';

const DEFAULTS = {
  // Resistances [Ω], and the quasi-saturation of the collector
  ...{ rcx: 0, rci: 0.1, rbx: 0, rbi: 0.1, re: 0, rs: 0, rbp: 0.1, vo: 0, gamm: 0, hrcf: 1 },
  // Transport
  ...{ is: 1e-16, nf: 1, nr: 1, isrr: 1, vef: 0, ver: 0, ikf: 0, ikr: 0, nkf: 0.5, qbm: 0 },
  // Base currents, breakdown of the emitter and avalanche of the collector
  ...{ ibei: 1e-18, wbe: 1, nei: 1, iben: 0, nen: 2, ibci: 1e-16, nci: 1, ibcn: 0, ncn: 2 },
  ...{ vbbe: 0, nbbe: 1, ibbe: 1e-6, avc1: 0, avc2: 0 },
  // The transistor that substrate, collector and base are
  ...{ isp: 0, wsp: 1, nfp: 1, ikp: 0, ibeip: 0, ibenp: 0, ibcip: 0, ncip: 1, ibcnp: 0, ncnp: 2 },
  // Depletion charges, which the Early effect follows
  ...{ fc: 0.9, pe: 0.75, me: 0.33, aje: -0.5, pc: 0.75, mc: 0.33, ajc: -0.5, vrt: 0, art: 0.1 },
  // Temperature
  ...{ xre: 0, xrbi: 0, xrci: 0, xrs: 0, xvo: 0, xrcx: 0, xrbx: 0, xrbp: 0, xikf: 0, xisr: 0 },
  ...{ ea: 1.12, eaie: 1.12, eaic: 1.12, eais: 1.12, eane: 1.12, eanc: 1.12, eans: 1.12 },
  ...{ eap: 1.12, dear: 0, xis: 3, xii: 3, xin: 3, tnf: 0, tavc: 0 },
  ...{ tvbbe1: 0, tvbbe2: 0, tnbbe: 0 },
};

// Of the reference code of VBIC; kT/q is 2e-6 above that of other devices.
const BOLTZMANN = 1.380662e-23; // [J/K]
const CHARGE = 1.602189e-19; // [C]

type Name = keyof typeof DEFAULTS;
export type VbicParameters = Readonly<Record<Name, number>>;

export const VBIC_PARAMETERS: ReadonlySet<string> = new Set(Object.keys(DEFAULTS));

/** Older names. */
const SYNONYMS: Readonly<Partial<Record<Name, string>>> = { xrbi: 'xrb', xrci: 'xrc' };

const POSITIVE = [
  ...(['is', 'nf', 'nr', 'nei', 'nen', 'nci', 'ncn', 'nfp', 'ncip', 'ncnp'] as const),
  ...(['pe', 'pc', 'nbbe', 'nkf'] as const),
] as const;
const NOT_NEGATIVE = [
  ...(['rcx', 'rci', 'rbx', 'rbi', 're', 'rs', 'rbp'] as const),
  ...(['isp', 'ibei', 'iben', 'ibci', 'ibcn', 'ibeip', 'ibenp', 'ibcip', 'ibcnp'] as const),
] as const;

export interface VbicModel extends VbicParameters {
  /** kT/q [V] */
  readonly thermalVoltage: number;
  /** AREA M: all currents, and conductances, by this. */
  readonly multiplier: number;
}

/** @throws {DeviceFault} for what the equations do not have, and for values without meaning. */
export function vbicModel(data: DeviceData): VbicModel {
  const p = stated(data);
  const { ratio, rise, temperature } = warmthOf(data);
  const Vt = (BOLTZMANN * temperature) / CHARGE;
  const activated = (exponent: number, energy: number) =>
    ratio ** exponent * Math.exp((-energy * (1 - ratio)) / Vt);
  const saturation = (current: number, exponent: number, energy: number, emission: number) =>
    current * activated(exponent, energy) ** (1 / emission);
  return {
    ...p,
    thermalVoltage: Vt,
    multiplier:
      positive(data.instance.get('area') ?? 1, 'area') * positive(data.instance.get('m') ?? 1, 'm'),
    ikf: p.ikf * ratio ** p.xikf,
    rcx: p.rcx * ratio ** p.xrcx,
    rci: p.rci * ratio ** p.xrci,
    rbx: p.rbx * ratio ** p.xrbx,
    rbi: p.rbi * ratio ** p.xrbi,
    re: p.re * ratio ** p.xre,
    rs: p.rs * ratio ** p.xrs,
    rbp: p.rbp * ratio ** p.xrbp,
    is: saturation(p.is, p.xis, p.ea, p.nf),
    isrr: saturation(p.isrr, p.xisr, p.dear, p.nr),
    isp: saturation(p.isp, p.xis, p.eap, p.nfp),
    ibei: saturation(p.ibei, p.xii, p.eaie, p.nei),
    iben: saturation(p.iben, p.xin, p.eane, p.nen),
    ibci: saturation(p.ibci, p.xii, p.eaic, p.nci),
    ibcn: saturation(p.ibcn, p.xin, p.eanc, p.ncn),
    ibeip: saturation(p.ibeip, p.xii, p.eaic, p.nci),
    ibenp: saturation(p.ibenp, p.xin, p.eanc, p.ncn),
    ibcip: saturation(p.ibcip, p.xii, p.eais, p.ncip),
    ibcnp: saturation(p.ibcnp, p.xin, p.eans, p.ncnp),
    nf: p.nf * (1 + rise * p.tnf),
    nr: p.nr * (1 + rise * p.tnf),
    avc2: p.avc2 * (1 + rise * p.tavc),
    vbbe: p.vbbe * (1 + rise * (p.tvbbe1 + rise * p.tvbbe2)),
    nbbe: p.nbbe * (1 + rise * p.tnbbe),
    pe: builtIn(p.pe, p.eaie, { ratio, Vt }),
    pc: builtIn(p.pc, p.eaic, { ratio, Vt }),
    gamm: p.gamm * activated(p.xis, p.ea),
    vo: p.vo * ratio ** p.xvo,
  };
}

function stated({ model }: DeviceData): VbicParameters {
  if ((model.get('selft') ?? 0) !== 0 && (model.get('rth') ?? 0) !== 0) {
    throw new DeviceFault(
      'SELFT=1 lets the transistor heat itself; devices that do are not solved.',
    );
  }
  const values = Object.entries(DEFAULTS).map(([name, byDefault]) => {
    const synonym = SYNONYMS[name as Name];
    const older = synonym === undefined ? undefined : model.get(synonym);
    return [name, model.get(name) ?? older ?? byDefault];
  });
  const p = Object.fromEntries(values) as VbicParameters;
  for (const name of POSITIVE) positive(p[name], name);
  for (const name of NOT_NEGATIVE) nonNegative(p[name], name);
  for (const name of ['fc', 'me', 'mc'] as const) {
    if (p[name] >= 1)
      throw new DeviceFault(`${name.toUpperCase()} is ${p[name]}; it must be below 1.`);
  }
  return p;
}

/** The built-in potential of a junction at T, smoothly kept above 0 // VBIC95, appendix */
function builtIn(
  nominal: number,
  energy: number,
  { ratio, Vt }: { readonly ratio: number; readonly Vt: number },
): number {
  const half = (0.5 * nominal * ratio) / Vt;
  const there = 2 * (Vt / ratio) * Math.log(2 * Math.sinh(half));
  const psi = there * ratio - 3 * Vt * Math.log(ratio) - energy * (ratio - 1);
  return psi + 2 * Vt * Math.log(0.5 * (1 + Math.sqrt(1 + 4 * Math.exp(-psi / Vt))));
}
