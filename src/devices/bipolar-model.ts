/** Parameters of a bipolar transistor -> the numbers of its equations at its temperature, for its areas, one of its M. */

import { type DeviceData, DeviceFault, type Values } from './device.ts';
import type { Junction } from './junction.ts';
import { inverse, nonNegative, positive, stated } from './parameters.ts';
import { polynomial, saturationGrowth, type Warmth, warmthOf } from './thermal.ts';

export interface BipolarModel {
  /** M: so many transistors in parallel, of which the other numbers describe one. */
  readonly multiplier: number;
  /** IS with NF and NR: the transport current of each junction. */
  readonly forward: Junction;
  readonly reverse: Junction;
  /** ISE, NE and ISC, NC: leakage, which the other terminal does not see. */
  readonly emitterLeakage: Junction;
  readonly collectorLeakage: Junction;
  /** ISS, NS */
  readonly substrate: Junction;
  /** Whether the substrate meets the base (a lateral transistor) and not the collector. */
  readonly isLateral: boolean;
  readonly forwardBeta: number; // BF
  readonly reverseBeta: number; // BR
  readonly inverseForwardEarly: number; // 1/VAF [1/V]
  readonly inverseReverseEarly: number; // 1/VAR [1/V]
  readonly inverseForwardKnee: number; // 1/IKF [1/A]
  readonly inverseReverseKnee: number; // 1/IKR [1/A]
  readonly kneeExponent: number; // NKF
  readonly baseResistance: number; // RB [Ω]
  readonly leastBaseResistance: number; // RBM [Ω]
  readonly baseKnee: number; // IRB, 0: RB falls with the base charge instead [A]
  readonly collectorResistance: number; // RC [Ω]
  readonly emitterResistance: number; // RE [Ω]
}

/** @throws {DeviceFault} for what the equations do not have, or values no transistor has. */
export function bipolarModel(data: DeviceData): BipolarModel {
  const { model } = data;
  refuseOthers(model);
  const warmth = warmthOf(data);
  const { thermalVoltage: Vt, rise, ratio } = warmth;
  const size = sizeOf(data);
  const isLateral = lateral(data);

  const value = (name: string, fallback: number) =>
    (model.get(name) ?? fallback) * polynomial(model, [`t${name}1`, `t${name}2`], rise);
  const ofAlias = (name: string, alias: string) => {
    const number = nonNegative(stated(model, name, alias) ?? 0, name);
    return number * polynomial(model, [`t${name}1`, `t${name}2`], rise);
  };
  const emission = (name: string, fallback: number) => positive(value(name, fallback), name) * Vt;

  const IS = nonNegative(model.get('is') ?? 1e-16, 'IS') * growth(model, warmth, 1);
  const XTB = model.get('xtb') ?? 0;
  const betaGrowth =
    model.get('tlev') === 1 ? positive(1 + XTB * rise, 'XTB dT + 1') : ratio ** XTB;
  /** TBF1 and TBF2, where stated, instead of XTB. */
  const beta = (name: 'bf' | 'br', fallback: number) => {
    const hasOwn = model.has(`t${name}1`) || model.has(`t${name}2`);
    return hasOwn ? value(name, fallback) : (model.get(name) ?? fallback) * betaGrowth;
  };
  /** Leakage grows with IS^(1/N), and less by what BF grows. // SPICE2 */
  const leakage = (name: string, alias: string, N: number, area: number): number => {
    const current = nonNegative(stated(model, name, alias) ?? 0, name);
    if (current >= 1) {
      throw new DeviceFault(
        `${name.toUpperCase()} is ${current}; it is a current, not a multiple of IS as in SPICE2.`,
      );
    }
    return (current * area * growth(model, warmth, N)) / betaGrowth;
  };
  const NE = model.get('ne') ?? 1.5;
  const NC = model.get('nc') ?? 2;
  const { area, multiplier } = size;
  const collectorArea = isLateral ? size.collector : size.base;
  const ISS = nonNegative(model.get('iss') ?? 0, 'ISS') * growth(model, warmth, 1);
  const RB = nonNegative(value('rb', 0), 'RB') / area;
  return {
    multiplier,
    forward: { saturation: IS * area, emission: emission('nf', 1) },
    // Both areas, as ngspice has it: with an area of 3 the collector junction has 9 IS.
    reverse: { saturation: IS * area * collectorArea, emission: emission('nr', 1) },
    emitterLeakage: {
      saturation: leakage('ise', 'c2', NE, area),
      emission: emission('ne', 1.5),
    },
    collectorLeakage: {
      saturation: leakage('isc', 'c4', NC, collectorArea),
      emission: emission('nc', 2),
    },
    substrate: { saturation: ISS * area, emission: emission('ns', 1) },
    isLateral,
    forwardBeta: positive(beta('bf', 100), 'BF'),
    reverseBeta: positive(beta('br', 1), 'BR'),
    inverseForwardEarly: inverse(ofAlias('vaf', 'va')),
    inverseReverseEarly: inverse(ofAlias('var', 'vb')),
    inverseForwardKnee: inverse(ofAlias('ikf', 'ik') * area),
    inverseReverseKnee: inverse(value('ikr', 0) * area),
    kneeExponent: stated(model, 'nkf', 'nk') ?? 0.5,
    baseResistance: RB,
    leastBaseResistance: leastBaseResistance(model, rise, RB * area) / area,
    baseKnee: value('irb', 0) * area,
    collectorResistance: series(model, 'rc', rise) / area,
    emitterResistance: series(model, 're', rise) / area,
  };
}

function refuseOthers(model: Values): void {
  const level = model.get('level') ?? 1;
  if (level !== 1) {
    throw new DeviceFault(
      `Bipolar LEVEL=${level} is not available; levels 1 (Gummel-Poon), 4 and 9 (VBIC) are.`,
    );
  }
  if (model.has('rco')) {
    throw new DeviceFault('Quasi-saturation (RCO) is not available; state RC instead.');
  }
  for (const name of ['ibe', 'ibc']) {
    if (model.has(name)) {
      throw new DeviceFault(`${name.toUpperCase()} is not available; state IS instead.`);
    }
  }
  const temperatureLevel = model.get('tlev') ?? 0;
  if (temperatureLevel !== 0 && temperatureLevel !== 1) {
    throw new DeviceFault(`TLEV=${temperatureLevel} is not available; 0 and 1 are.`);
  }
}

interface Size {
  readonly area: number;
  readonly base: number;
  readonly collector: number;
  readonly multiplier: number;
}

function sizeOf({ instance }: DeviceData): Size {
  const area = positive(instance.get('area') ?? 1, 'AREA');
  return {
    area,
    base: positive(instance.get('areab') ?? area, 'AREAB'),
    collector: positive(instance.get('areac') ?? area, 'AREAC'),
    multiplier: positive(instance.get('m') ?? 1, 'M'),
  };
}

/** `subs` is 1 for a vertical and -1 for a lateral transistor; PNP are lateral unless stated. */
function lateral({ model, polarity }: DeviceData): boolean {
  return (model.get('subs') ?? polarity) === -1;
}

function growth(model: Values, warmth: Warmth, emission: number): number {
  const gap = { energy: model.get('eg') ?? 1.11, exponent: model.get('xti') ?? 3 };
  return Math.exp(saturationGrowth(warmth, { ...gap, emission }));
}

/** RC and RE: TRC1 is also called TRC. */
function series(model: Values, name: 'rc' | 're', rise: number): number {
  const first = stated(model, `t${name}1`, `t${name}`) ?? 0;
  const factor = 1 + first * rise + (model.get(`t${name}2`) ?? 0) * rise ** 2;
  return nonNegative((model.get(name) ?? 0) * factor, name);
}

/** RBM; where it is not stated RB does not fall. */
function leastBaseResistance(model: Values, rise: number, RB: number): number {
  const RBM = model.get('rbm');
  if (RBM === undefined) return RB;
  return nonNegative(RBM * polynomial(model, ['trm1', 'trm2'], rise), 'RBM');
}
