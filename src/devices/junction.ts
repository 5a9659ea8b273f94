/** The current of a p-n junction as SPICE has it, and the limiting that keeps Newton's iteration within an exponential. */

/** A value and its derivative. */
export interface Slope {
  readonly value: number;
  readonly slope: number;
}

/**
 * e^200 = 7e86 times any saturation current is more than any circuit carries; from there on the exponential
 * continues as its tangent, so that values, derivatives and their products stay finite.
 */
const LARGEST_EXPONENT = 200;

/** e^x and its derivative, beyond x = 200 along the tangent there. */
export function exponential(x: number): Slope {
  if (x <= LARGEST_EXPONENT) {
    const value = Math.exp(x);
    return { value, slope: value };
  }
  const slope = Math.exp(LARGEST_EXPONENT);
  return { value: slope * (1 + x - LARGEST_EXPONENT), slope };
}

/** Where a junction breaks down. */
export interface Breakdown {
  /** Below -voltage the current is -IS exp(-(voltage + v) / emission) [V]. */
  readonly voltage: number;
  /** NBV Vt [V] */
  readonly emission: number;
}

export interface Junction {
  /** IS [A] */
  readonly saturation: number;
  /** N Vt [V] */
  readonly emission: number;
  readonly breakdown?: Breakdown | undefined;
}

/**
 * i(v) [A] and di/dv [S] of a junction, gmin apart:
 *
 *   v >= -3 N Vt      IS (exp(v / N Vt) - 1)
 *   below             -IS (1 + (3 N Vt / (e v))^3), which meets it at -3 N Vt in value and slope
 *   v < -voltage      -IS exp(-(voltage + v) / NBV Vt)
 */
export function junctionCurrent(v: number, junction: Junction): Slope {
  const { saturation, emission, breakdown } = junction;
  if (v >= -3 * emission) {
    const { value, slope } = exponential(v / emission);
    return { value: saturation * (value - 1), slope: (saturation * slope) / emission };
  }
  if (breakdown === undefined || v >= -breakdown.voltage) {
    const cube = ((3 * emission) / (Math.E * v)) ** 3;
    return { value: -saturation * (1 + cube), slope: (3 * saturation * cube) / v };
  }
  const { value, slope } = exponential(-(breakdown.voltage + v) / breakdown.emission);
  return { value: -saturation * value, slope: (saturation * slope) / breakdown.emission };
}

/**
 * v at which the curvature of the junction is largest: N Vt ln (N Vt / (sqrt 2 IS)) [V] // Nagel 1975;
 * infinite where IS is 0
 */
export function criticalVoltage({ saturation, emission }: Junction): number {
  return emission * Math.log(emission / (Math.SQRT2 * saturation));
}

/** Where the first iteration has a junction that is to conduct [V]. */
export function startVoltage(junction: Junction): number {
  return junction.saturation > 0 ? Math.max(0, criticalVoltage(junction)) : 0;
}

/**
 * v or, where it lies beyond the critical voltage and more than 2 N Vt from `before`, the voltage at which the
 * junction carries the current that its tangent at `before` has at v.
 */
export function limitJunction(v: number, before: number, junction: Junction): number {
  const { emission } = junction;
  const critical = criticalVoltage(junction);
  if (!(v > critical) || Math.abs(v - before) <= 2 * emission) return v;
  if (before <= 0) return emission * Math.log(v / emission);
  const growth = 1 + (v - before) / emission;
  return growth > 0 ? before + emission * Math.log(growth) : critical;
}

/** The same in breakdown, where the exponential runs the other way. */
export function limitBreakdown(v: number, before: number, junction: Junction): number {
  const { breakdown, emission } = junction;
  if (breakdown === undefined || !(v < Math.min(0, 10 * emission - breakdown.voltage))) return v;
  const mirrored = { saturation: junction.saturation, emission: breakdown.emission };
  const beyond = (voltage: number) => -(voltage + breakdown.voltage);
  const limited = limitJunction(beyond(v), beyond(before), mirrored);
  return limited === beyond(v) ? v : beyond(limited); // there and back again is not v to the last bit
}
