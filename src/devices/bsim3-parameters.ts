/**
 * The parameters of a BSIM3v3 model card: Cheng et al., "BSIM3v3 Manual", University of California, Berkeley (1995-2005),
 * appendix A, whose names and defaults these are.
 */

import type { DeviceData, Values } from './device.ts';
import { names, stated } from './parameters.ts';

/** Those that may differ from bin to bin of channel length and width, in the units of the manual. */
const DEFAULTS = {
  // threshold
  vth0: 0.7,
  k1: 0.53,
  k2: -0.0186,
  k3: 80,
  k3b: 0,
  w0: 2.5e-6,
  nlx: 1.74e-7,
  vbm: -3,
  vbx: Number.NaN,
  dvt0: 2.2,
  dvt1: 0.53,
  dvt2: -0.032,
  dvt0w: 0,
  dvt1w: 5.3e6,
  dvt2w: -0.032,
  vfb: -1,
  // process
  nch: 1.7e17,
  nsub: 6e16,
  ngate: 0,
  gamma1: Number.NaN,
  gamma2: Number.NaN,
  xt: 1.55e-7,
  xj: 1.5e-7,
  // mobility
  u0: 0.067,
  ua: 2.25e-9,
  ub: 5.87e-19,
  uc: -4.65e-11,
  // velocity saturation and the charge of the bulk along the channel
  vsat: 8e4,
  a0: 1,
  ags: 0,
  a1: 0,
  a2: 1,
  b0: 0,
  b1: 0,
  keta: -0.047,
  delta: 0.01,
  // width and resistance
  dwg: 0,
  dwb: 0,
  rdsw: 0,
  prwg: 0,
  prwb: 0,
  wr: 1,
  // weak inversion
  voff: -0.08,
  nfactor: 1,
  cit: 0,
  cdsc: 2.4e-4,
  cdscb: 0,
  cdscd: 0,
  eta0: 0.08,
  etab: -0.07,
  dsub: 0.56,
  // output resistance
  pclm: 1.3,
  pdiblc1: 0.39,
  pdiblc2: 0.0086,
  pdiblcb: 0,
  drout: 0.56,
  pscbe1: 4.24e8,
  pscbe2: 1e-5,
  pvag: 0,
  // substrate current
  alpha0: 0,
  alpha1: 0,
  beta0: 30,
  // temperature
  ute: -1.5,
  kt1: -0.11,
  kt1l: 0,
  kt2: 0.022,
  ua1: 4.31e-9,
  ub1: -7.61e-18,
  uc1: -5.6e-11,
  at: 3.3e4,
  prt: 0,
} as const;

export type BinnedName = keyof typeof DEFAULTS;
export type BinnedParameters = { readonly [name in BinnedName]: number };

const BINNED = Object.keys(DEFAULTS) as readonly BinnedName[];

/** Names by which cards know a parameter beside its own. */
const ALIASES: Readonly<Partial<Record<BinnedName, string>>> = { vth0: 'vtho' };

/** Of a model, whatever the geometry. */
const PLAIN =
  names(`level mobmod binunit paramchk tox toxm tnom xl xw lint ll lln lw lwn lwl wint wl wln
  ww wwn wwl rsh js jsw jssw nj n xti ijth acm calcacm hdif ldif ld wmlt rd rs rdc rsc`);

export const BSIM3_PARAMETERS: ReadonlySet<string> = new Set([
  ...PLAIN,
  ...Object.values(ALIASES),
  ...BINNED.flatMap((name) => [name, `l${name}`, `w${name}`, `p${name}`]),
]);

/** What the coefficients L, W and P of a parameter are multiplied by. */
export interface Bin {
  readonly length: number;
  readonly width: number;
  readonly area: number;
}

/** x + L x / Leff + W x / Weff + P x / (Leff Weff) of every binned parameter x. */
export function binnedParameters(data: DeviceData, bin: Bin): BinnedParameters {
  const { model } = data;
  const otherwise = defaultsOf(data);
  const coefficient = (name: string) => model.get(name) ?? 0;
  const value = (name: BinnedName) =>
    (statedParameter(model, name) ?? otherwise[name]) +
    coefficient(`l${name}`) * bin.length +
    coefficient(`w${name}`) * bin.width +
    coefficient(`p${name}`) * bin.area;
  return Object.fromEntries(BINNED.map((name) => [name, value(name)])) as BinnedParameters;
}

/** As the card states it; undefined where it does not. */
export function statedParameter(model: Values, name: BinnedName): number | undefined {
  const value = stated(model, name, ALIASES[name] ?? name);
  if (value === undefined) return undefined;
  if (name === 'nch' && value > 1e20) return value * 1e-6; // in 1/m^3
  if (name === 'ngate' && value > 1.000001e24) return value * 1e-6;
  return value;
}

/** Defaults that depend on the polarity, the mobility's model and other parameters. */
function defaultsOf({ polarity, model }: DeviceData): BinnedParameters {
  const isFactor = model.get('mobmod') === 3; // UC is per volt then
  return {
    ...DEFAULTS,
    vth0: polarity * DEFAULTS.vth0,
    u0: polarity === 1 ? DEFAULTS.u0 : 0.025,
    uc: isFactor ? -0.0465 : DEFAULTS.uc,
    uc1: isFactor ? -0.056 : DEFAULTS.uc1,
    dsub: model.get('drout') ?? DEFAULTS.dsub,
  };
}
