/** Parameters of a diode -> the numbers of its equations at its temperature, for its area. */

import { bandGap, builtInPotential } from './built-in-potential.ts';
import { type DeviceData, DeviceFault, type Values } from './device.ts';
import { breakdownOf } from './diode-breakdown.ts';
import type { Junction } from './junction.ts';
import { inverse, nonNegative, positive, stated } from './parameters.ts';
import { polynomial, saturationGrowth, type Warmth, warmthOf } from './thermal.ts';

/** Generation and recombination in the depletion layer. */
export interface Recombination {
  readonly saturation: number; // ISR [A]
  readonly emission: number; // NR Vt [V]
  readonly potential: number; // VJ [V]
  readonly grading: number; // M
}

/** A second exponential that runs against the junction's. */
export interface Reverse {
  readonly saturation: number; // [A]
  readonly emission: number; // [V]
}

export interface DiodeModel {
  /** Bottom and, where it has an emission coefficient of its own, sidewall; with breakdown. */
  readonly junctions: readonly [Junction, ...Junction[]];
  readonly recombination: Recombination | undefined;
  readonly tunnelling: Reverse | undefined; // JTUN, JTUNSW
  readonly softBreakdown: (Reverse & { readonly voltage: number }) | undefined; // IBVL
  /** 1/IKF, 1/IKR; 0 without high injection [1/A] */
  readonly forwardKnee: number;
  readonly reverseKnee: number;
  readonly resistance: number; // [Ω]
}

/** @throws {DeviceFault} for another level, or values no diode has. */
export function diodeModel(data: DeviceData): DiodeModel {
  const { model } = data;
  const level = model.get('level') ?? 1;
  if (level !== 1 && level !== 3) {
    throw new DeviceFault(`Diode LEVEL=${level} is not available; levels 1 and 3 are.`);
  }
  const series = data.instance.get('n') ?? 1;
  if (series !== 1) {
    throw new DeviceFault(
      `N=${series} junction diodes in series are not available; write them all.`,
    );
  }
  const warmth = warmthOf(data);
  const { thermalVoltage: Vt, rise } = warmth;
  const size = sizeOf(data, level);
  const emission = positive(model.get('n') ?? 1, 'N') * Vt;

  const IS =
    nonNegative(stated(model, 'is', 'js') ?? 1e-14, 'IS') *
    size.area *
    growth(model, warmth, model.get('n') ?? 1);
  const NS = positive(model.get('ns') ?? 1, 'NS');
  const ISW = (stated(model, 'jsw', 'isw') ?? 0) * size.perimeter * growth(model, warmth, NS);
  const breakdown = breakdownOf(data, { saturation: IS + ISW, emission, warmth });
  const hasOwnSidewall = model.has('ns') && ISW > 0;
  const bottom = { saturation: hasOwnSidewall ? IS : IS + ISW, emission, breakdown };
  const sidewall = { saturation: ISW, emission: NS * Vt, breakdown };

  const scale = 1 + (model.get('tikf') ?? 0) * rise; // PSpice
  const IKF = nonNegative(stated(model, 'ikf', 'ik') ?? 0, 'IKF');
  const IKR = nonNegative(model.get('ikr') ?? 0, 'IKR');
  return {
    junctions: hasOwnSidewall ? [bottom, sidewall] : [bottom],
    recombination: recombinationOf(model, size, warmth),
    tunnelling: tunnellingOf(model, size, warmth),
    softBreakdown: softBreakdownOf(model, size, Vt),
    forwardKnee: inverse(IKF * size.area * scale),
    reverseKnee: inverse(IKR * size.area),
    resistance: resistanceOf(model, size, rise),
  };
}

interface Size {
  readonly area: number;
  readonly perimeter: number;
  readonly multiplier: number;
}

/** Areas times the multiplier; level 3 has them from W and L. */
function sizeOf({ model, instance }: DeviceData, level: number): Size {
  const multiplier = positive(instance.get('m') ?? 1, 'M');
  const [w, l] = [instance.get('w'), instance.get('l')];
  if (level === 3 && w !== undefined && l !== undefined) {
    // ngspice multiplies by M twice here, and which of the two is meant cannot be known.
    if (multiplier !== 1) {
      throw new DeviceFault('W and L of a diode of LEVEL=3 do not go with M; state AREA and PJ.');
    }
    const etching = model.get('xw') ?? 0;
    const [width, length] = [positive(w + etching, 'W'), positive(l + etching, 'L')];
    return { area: width * length, perimeter: 2 * (width + length), multiplier };
  }
  const area = positive(instance.get('area') ?? model.get('area') ?? 1, 'AREA') * multiplier;
  const perimeter = stated(instance, 'pj', 'perim') ?? model.get('pj') ?? 0;
  return { area, perimeter: nonNegative(perimeter, 'PJ') * multiplier, multiplier };
}

/** IS(T)/IS(Tnom) of a current with this emission coefficient; TLEV = 2 has a band gap that falls with T. */
function growth(model: Values, warmth: Warmth, emission: number, factor = 1): number {
  const energy = (model.get('eg') ?? 1.11) * factor;
  const exponent = model.get('xti') ?? 3;
  if ((model.get('tlev') ?? 0) !== 2) {
    return Math.exp(saturationGrowth(warmth, { energy, exponent, emission }));
  }
  const { temperature, nominal, thermalVoltage, nominalThermalVoltage, ratio } = warmth;
  const rise =
    bandGap(energy, nominal, model) / nominalThermalVoltage -
    bandGap(energy, temperature, model) / thermalVoltage;
  return Math.exp((rise + exponent * Math.log(ratio)) / emission);
}

function recombinationOf(model: Values, size: Size, warmth: Warmth): Recombination | undefined {
  const ISR = model.get('isr');
  if (ISR === undefined || ISR === 0) return undefined;
  const NR = positive(model.get('nr') ?? 2, 'NR');
  const grading = stated(model, 'm', 'mj') ?? 0.5;
  return {
    saturation: nonNegative(ISR, 'ISR') * size.area * growth(model, warmth, NR),
    emission: NR * warmth.thermalVoltage,
    potential: builtInPotential(positive(stated(model, 'vj', 'pb') ?? 1, 'VJ'), warmth, model),
    grading: grading * polynomial(model, ['tm1', 'tm2'], warmth.rise),
  };
}

function tunnellingOf(model: Values, size: Size, warmth: Warmth): Reverse | undefined {
  const JTUN = (model.get('jtun') ?? 0) * size.area + (model.get('jtunsw') ?? 0) * size.perimeter;
  if (JTUN === 0) return undefined;
  const emission = positive(model.get('ntun') ?? 30, 'NTUN');
  const gap = { energy: (model.get('keg') ?? 1) * (model.get('eg') ?? 1.11), emission };
  const rise = saturationGrowth(warmth, { ...gap, exponent: model.get('xtitun') ?? 3 });
  return { saturation: JTUN * Math.exp(rise), emission: emission * warmth.thermalVoltage };
}

function softBreakdownOf(model: Values, size: Size, Vt: number): DiodeModel['softBreakdown'] {
  const IBVL = model.get('ibvl') ?? 0;
  const BV = stated(model, 'bv', 'vb', 'vrb', 'var');
  if (IBVL === 0 || BV === undefined) return undefined;
  return {
    saturation: IBVL * size.area,
    emission: positive(model.get('nbvl') ?? 1, 'NBVL') * Vt,
    voltage: BV,
  };
}

function resistanceOf(model: Values, size: Size, rise: number): number {
  const RS = nonNegative(model.get('rs') ?? 0, 'RS');
  const trs = stated(model, 'trs1', 'trs') ?? 0;
  return (RS / size.area) * (1 + trs * rise + (model.get('trs2') ?? 0) * rise ** 2);
}
