/** The breakdown of a diode from BV and IBV. */

import { type DeviceData, DeviceFault, type Values } from './device.ts';
import type { Breakdown } from './junction.ts';
import { positive, stated } from './parameters.ts';
import type { Warmth } from './thermal.ts';

interface Reference {
  /** IS of the whole diode [A] */
  readonly saturation: number;
  /** N Vt [V] */
  readonly emission: number;
  readonly warmth: Warmth;
}

/**
 * The voltage x below which the exponential begins, so that the current at -BV is IBV:
 *
 *   IS (exp((BV - x) / NBV Vt) - 1 + x / Vt) = IBV // SPICE2, whose reverse current grows along v
 *
 * Undefined without BV. Where IS BV / Vt exceeds IBV no x does it, and x is BV.
 */
export function breakdownOf(data: DeviceData, reference: Reference): Breakdown | undefined {
  const { model } = data;
  const { saturation, warmth } = reference;
  const BV = breakdownVoltage(model, warmth.rise);
  if (BV === undefined) return undefined;
  const NBV = stated(model, 'nbv', 'nz');
  const Vt = warmth.thermalVoltage;
  const emission = NBV === undefined ? reference.emission : positive(NBV, 'NBV') * Vt;
  const IBV = positive(stated(model, 'ibv', 'ib') ?? 1e-3, 'IBV') * (data.instance.get('m') ?? 1);
  if (IBV < (saturation * BV) / Vt) return { voltage: BV, emission };
  // A contraction: the right-hand side moves by NBV IS / IBV of a change of x at most.
  let x = BV - emission * Math.log(1 + IBV / saturation);
  for (let i = 0; i < MOST_ITERATIONS; i++) {
    const next = BV - emission * Math.log(IBV / saturation + 1 - x / Vt);
    if (Math.abs(next - x) <= 1e-15 * BV) return { voltage: next, emission };
    x = next;
  }
  return { voltage: x, emission };
}

const MOST_ITERATIONS = 100;

/** BV(T) = BV - TCV dT, or BV (1 - TCV dT) with TLEV > 0 [V]. */
function breakdownVoltage(model: Values, rise: number): number | undefined {
  const BV = stated(model, 'bv', 'vb', 'vrb', 'var');
  if (BV === undefined || BV === 0 || BV === Number.POSITIVE_INFINITY) return undefined;
  if (rise !== 0 && (model.has('tbv1') || model.has('tbv2'))) {
    // PSpice: BV (1 + TBV1 dT + TBV2 dT^2). ngspice takes TBV1 for TCV, of the other sign.
    throw new DeviceFault('TBV1 is read differently by PSpice and ngspice; state TCV instead.');
  }
  const TCV = model.get('tcv') ?? 0;
  const warm = (model.get('tlev') ?? 0) === 0 ? BV - TCV * rise : BV * (1 - TCV * rise);
  return positive(warm, 'BV');
}
