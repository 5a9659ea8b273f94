/** The junctions of a BSIM3 transistor between its bulk and its drain and source: BSIM3v3 manual, chapter 10. */

import { diffusion } from './bsim3-diffusion.ts';
import { bandGap, thermalVoltage } from './bsim3-process.ts';
import type { DeviceData } from './device.ts';
import { exponential, type Junction, type Slope } from './junction.ts';
import { nonNegative, positive, stated } from './parameters.ts';
import { warmthOf } from './thermal.ts';

export interface BulkJunction extends Junction {
  /** IJTH: from this current on the junction continues as its tangent; 0: as far as numbers reach [A]. */
  readonly straight: number;
}

/** Of one transistor; without an area and a perimeter 1e-14 A. */
export function bulkJunctions(data: DeviceData): Record<'drain' | 'source', BulkJunction> {
  const { model } = data;
  const warmth = warmthOf(data);
  const nj = positive(stated(model, 'nj', 'n') ?? 1, 'nj');
  const growth = saturationGrowth(data, nj);
  const density = nonNegative(model.get('js') ?? 1e-4, 'js') * growth; // [A/m^2]
  const edgeDensity = nonNegative(stated(model, 'jsw', 'jssw') ?? 0, 'jsw') * growth; // [A/m]
  const junction = (end: 'drain' | 'source'): BulkJunction => {
    const { area, perimeter } = diffusion(data, end);
    return {
      saturation: area === 0 && perimeter === 0 ? 1e-14 : area * density + perimeter * edgeDensity,
      emission: nj * thermalVoltage(warmth.temperature),
      straight: nonNegative(model.get('ijth') ?? 0.1, 'ijth'),
    };
  };
  return { drain: junction('drain'), source: junction('source') };
}

/** ln of it = (Eg(Tnom) / Vt(Tnom) - Eg(T) / Vt(T) + XTI ln (T / Tnom)) / NJ */
function saturationGrowth(data: DeviceData, nj: number): number {
  const { temperature, nominal, ratio } = warmthOf(data);
  const gap = (t: number) => bandGap(t) / thermalVoltage(t);
  const xti = data.model.get('xti') ?? 3;
  return Math.exp((gap(nominal) - gap(temperature) + xti * Math.log(ratio)) / nj);
}

/** i(v) [A] and di/dv [S]. */
export function bulkCurrent(
  v: number,
  { saturation, emission, straight }: BulkJunction,
  gmin: number,
): Slope {
  const leak = { value: gmin * v, slope: gmin };
  if (saturation === 0) return leak;
  const knee = Math.log1p(straight / saturation);
  if (straight > 0 && v >= knee * emission) {
    const slope = (saturation + straight) / emission;
    const beyond = v - knee * emission;
    return { value: straight + slope * beyond + leak.value, slope: slope + leak.slope };
  }
  const { value, slope } = exponential(v / emission);
  return {
    value: saturation * (value - 1) + leak.value,
    slope: (saturation * slope) / emission + leak.slope,
  };
}
