/**
 * Parameters of a BSIM4 model that vary with the size of the transistor, and what they are unless stated.
 * BSIM4.8.0 MOSFET Model User's Manual, UC Berkeley (2013), appendix A.
 */

import type { DeviceData, Values } from './device.ts';

/** Of an N-channel device in mobility model 0. */
const DEFAULTS = {
  // threshold
  vth0: 0.7,
  vfb: -1,
  k1: 0.53,
  k2: -0.0186,
  k3: 80,
  k3b: 0,
  w0: 2.5e-6,
  lpe0: 1.74e-7,
  lpeb: 0,
  vbm: -3,
  dvt0: 2.2,
  dvt1: 0.53,
  dvt2: -0.032,
  dvt0w: 0,
  dvt1w: 5.3e6,
  dvt2w: -0.032,
  dvtp0: 0,
  dvtp1: 0,
  dvtp2: 0,
  dvtp3: 0,
  dvtp4: 0,
  dvtp5: 0,
  eta0: 0.08,
  etab: -0.07,
  dsub: 0.56,
  // doping
  xj: 1.5e-7,
  ndep: 1.7e17,
  nsd: 1e20,
  ngate: 0,
  nsub: 6e16,
  phin: 0,
  xt: 1.55e-7,
  gamma1: 0,
  gamma2: 0,
  vbx: 0,
  // weak inversion
  cdsc: 2.4e-4,
  cdscb: 0,
  cdscd: 0,
  cit: 0,
  nfactor: 1,
  voff: -0.08,
  minv: 0,
  // mobility and velocity
  u0: 0.067,
  ua: 1e-9,
  ub: 1e-19,
  uc: -0.0465e-9,
  ud: 0,
  up: 0,
  lp: 1e-8,
  eu: 1.67,
  vsat: 8e4,
  a0: 1,
  ags: 0,
  a1: 0,
  a2: 1,
  b0: 0,
  b1: 0,
  keta: -0.047,
  dwg: 0,
  dwb: 0,
  delta: 0.01,
  rdsw: 200,
  prwg: 1,
  prwb: 0,
  wr: 1,
  // output resistance and impact ionisation
  pclm: 1.3,
  pdiblc1: 0.39,
  pdiblc2: 0.0086,
  pdiblcb: 0,
  drout: 0.56,
  pvag: 0,
  fprout: 0,
  pdits: 0,
  pditsd: 0,
  pscbe1: 4.24e8,
  pscbe2: 1e-5,
  alpha0: 0,
  alpha1: 0,
  beta0: 0,
  // leakage of the drain and the source at the edge of the gate
  agidl: 0,
  bgidl: 2.3e9,
  cgidl: 0.5,
  egidl: 0.8,
  agisl: 0,
  bgisl: 2.3e9,
  cgisl: 0.5,
  egisl: 0.8,
  // tunnelling through the gate
  aigc: 1.36e-2,
  bigc: 1.71e-3,
  cigc: 0.075,
  nigc: 1,
  aigs: 1.36e-2,
  bigs: 1.71e-3,
  cigs: 0.075,
  aigd: 1.36e-2,
  bigd: 1.71e-3,
  cigd: 0.075,
  pigcd: 1,
  poxedge: 1,
  ntox: 1,
  aigbacc: 1.36e-2,
  bigbacc: 1.71e-3,
  cigbacc: 0.075,
  nigbacc: 1,
  aigbinv: 1.11e-2,
  bigbinv: 9.49e-4,
  cigbinv: 6e-3,
  eigbinv: 1.1,
  nigbinv: 3,
  vfbsdoff: 0,
  // temperature
  kt1: -0.11,
  kt1l: 0,
  kt2: 0.022,
  ute: -1.5,
  ua1: 1e-9,
  ub1: -1e-18,
  uc1: -0.056e-9,
  ud1: 0,
  at: 3.3e4,
  prt: 0,
  tvoff: 0,
  tnfactor: 0,
  teta0: 0,
  tvfbsdoff: 0,
};

export type SizedName = keyof typeof DEFAULTS;
export type Sized = Readonly<Record<SizedName, number>>;

const SIZED = Object.keys(DEFAULTS) as readonly SizedName[];

/** Every name a card may give them: the parameter, and its terms in 1/L, 1/W and 1/(L W). */
export const SIZED_NAMES: readonly string[] = SIZED.flatMap((name) => [
  name,
  `l${name}`,
  `w${name}`,
  `p${name}`,
]);

const P_CHANNEL: Partial<Sized> = {
  vth0: -0.7,
  u0: 0.025,
  eu: 1,
  aigc: 9.8e-3,
  bigc: 7.59e-4,
  cigc: 0.03,
  aigs: 9.8e-3,
  bigs: 7.59e-4,
  cigs: 0.03,
  aigd: 9.8e-3,
  bigd: 7.59e-4,
  cigd: 0.03,
};

const BY_MOBILITY_MODEL: readonly Partial<Sized>[] = [
  {},
  { uc: -0.0465, uc1: -0.056 },
  { ua: 1e-15 },
];

/** What stands in for a parameter that is not stated, its terms included: the source's edge is like the drain's. */
const LIKE: Readonly<Partial<Record<SizedName, string>>> = {
  agisl: 'agidl',
  bgisl: 'bgidl',
  cgisl: 'cgidl',
  egisl: 'egidl',
  aigs: 'aigsd',
  bigs: 'bigsd',
  cigs: 'cigsd',
  aigd: 'aigsd',
  bigd: 'bigsd',
  cigd: 'cigsd',
};

export const LIKE_NAMES: readonly string[] = ['aigsd', 'bigsd', 'cigsd'].flatMap((name) => [
  name,
  `l${name}`,
  `w${name}`,
  `p${name}`,
]);

/** P + LP/L + WP/W + PP/(L W) of every parameter; L and W in um unless BINUNIT is not 1. */
export function sized(
  { model, polarity }: DeviceData,
  { length, width }: { readonly length: number; readonly width: number },
): Sized {
  const unit = (model.get('binunit') ?? 1) === 1 ? 1e-6 : 1;
  const [perLength, perWidth] = [unit / length, unit / width];
  const defaults: Sized = {
    ...DEFAULTS,
    dsub: model.get('drout') ?? DEFAULTS.drout,
    ...BY_MOBILITY_MODEL[model.get('mobmod') ?? 0],
    ...(polarity === 1 ? {} : P_CHANNEL),
  };
  const entries = SIZED.map((name) => {
    const of = (prefix: string) =>
      model.get(prefix + name) ?? model.get(prefix + (LIKE[name] ?? name));
    const plain = (name === 'vth0' ? model.get('vtho') : undefined) ?? of('') ?? defaults[name];
    const terms =
      (of('l') ?? 0) * perLength +
      (of('w') ?? 0) * perWidth +
      (of('p') ?? 0) * perLength * perWidth;
    return [name, plain + terms] as const;
  });
  return Object.fromEntries(entries) as Record<SizedName, number>;
}

/** Whether a card states a parameter, be it by a term of its size only. */
export function isStated(model: Values, name: SizedName): boolean {
  return ['', 'l', 'w', 'p'].some((prefix) => model.has(prefix + name));
}
