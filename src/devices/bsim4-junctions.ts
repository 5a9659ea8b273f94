/** The junctions of a BSIM4 transistor with the bulk, without breakdown: BSIM4.8.0 manual, sections 10.1 and 12.5. */

import { type Diffusion, diffusionOf, type End } from './bsim4-diffusion.ts';
import type { Bsim4Process } from './bsim4-process.ts';
import type { DeviceData } from './device.ts';
import { exponential, type Junction, type Slope } from './junction.ts';
import { nonNegative, positive } from './parameters.ts';

export interface BulkJunction extends Junction {
  /** From here on the current follows its tangent [V]. */
  readonly straightFrom: number;
}

/** Names by end; the drain's are the source's unless stated. */
const NAMES = {
  source: { bottom: 'jss', side: 'jsws', gate: 'jswgs', n: 'njs', xti: 'xtis', limit: 'ijthsfwd' },
  drain: { bottom: 'jsd', side: 'jswd', gate: 'jswgd', n: 'njd', xti: 'xtid', limit: 'ijthdfwd' },
} as const;
const UNLESS_STATED = { bottom: 1e-4, side: 0, gate: 0, n: 1, xti: 3, limit: 0.1 } as const;

export function bulkJunction(data: DeviceData, process: Bsim4Process, end: End): BulkJunction {
  const { model } = data;
  const of = (key: keyof typeof UNLESS_STATED) =>
    model.get(NAMES[end][key]) ?? model.get(NAMES.source[key]) ?? UNLESS_STATED[key];
  const n = positive(of('n'), NAMES[end].n);
  const { geometry, nominalGap, nominalThermalVoltage, gap, thermalVoltage, warmer } = process;
  const growth = Math.exp(
    (nominalGap / nominalThermalVoltage - gap / thermalVoltage + of('xti') * Math.log1p(warmer)) /
      n,
  );
  const { area, perimeter }: Diffusion = diffusionOf(data, geometry, end);
  const density = (key: 'bottom' | 'side' | 'gate') => nonNegative(of(key), NAMES[end][key]);
  const saturation =
    growth *
    (area * density('bottom') +
      perimeter * density('side') +
      geometry.junctionWidth * geometry.fingers * density('gate'));
  const emission = n * thermalVoltage;
  const limit = of('limit');
  const straightFrom =
    saturation > 0 && limit > 0
      ? emission * Math.log(limit / saturation + 1)
      : Number.POSITIVE_INFINITY;
  return { saturation, emission, straightFrom };
}

/** IS (exp(v / N Vt) - 1), straight above the current IJTH.., and below -34 N Vt constant // 10.1.2 */
export function bulkCurrent(v: number, junction: BulkJunction): Slope {
  const { saturation, emission, straightFrom } = junction;
  if (v < -34 * emission) return { value: -saturation, slope: 0 };
  const at = Math.min(v, straightFrom);
  const { value, slope } = exponential(at / emission);
  const conductance = (saturation * slope) / emission;
  return { value: saturation * (value - 1) + conductance * (v - at), slope: conductance };
}
