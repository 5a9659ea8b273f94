/**
 * How the base resistance falls where the base current crowds at the edge of the emitter:
 * h(z) = (tan z - z) / (z tan^2 z) with z = (sqrt(1 + A x) - 1) / (B sqrt x) and x = IB / IRB // Hauser 1964; SPICE2
 */

import type { Slope } from './junction.ts';

// 144 / pi^2 and 24 / pi^2 with the digits that SPICE2 gives them.
const A = 14.59025;
const B = 2.4317;

/** x below which h is as good as 1/3. */
export const LEAST_RATIO = 1e-9;

/** With the digits above z passes pi/2, the pole of the tangent, at x = 6e9. */
export const LARGEST_RATIO = 1e9;

/** h and dh/dx between the least and the largest ratio. */
export function crowding(x: number): Slope {
  const z = angle(x);
  const { value, slope } = fall(z.value);
  return { value, slope: slope * z.slope };
}

/** z(x) and dz/dx */
function angle(x: number): Slope {
  const root = Math.sqrt(1 + A * x);
  const value = (A * Math.sqrt(x)) / (B * (root + 1)); // sqrt(1 + Ax) - 1 without cancellation
  return { value, slope: value / (2 * x * root) };
}

/** h(z) and dh/dz; h = 1/3 - 4 z^2 / 45 - 4 z^4 / 315 - 8 z^6 / 4725 - ... */
function fall(z: number): Slope {
  if (z < 0.1) {
    const y = z ** 2;
    return {
      value: 1 / 3 - y * (4 / 45 + y * (4 / 315 + (y * 8) / 4725)),
      slope: -z * (8 / 45 + y * (16 / 315 + (y * 48) / 4725)),
    };
  }
  const t = Math.tan(z);
  const value = (t - z) / (z * t ** 2);
  // (ln h)' = tan^2 z / (tan z - z) - 1/z - 2 (1 + tan^2 z) / tan z
  return { value, slope: value * (t ** 2 / (t - z) - 1 / z - (2 * (1 + t ** 2)) / t) };
}
