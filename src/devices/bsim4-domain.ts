/** For which parameters BSIM4's equations have values: BSIM4.8.0 manual, section 1 of appendix A. */

import type { Sized, SizedName } from './bsim4-parameters.ts';
import { DeviceFault } from './device.ts';
import { nonNegative, positive } from './parameters.ts';

const POSITIVE: readonly SizedName[] = [
  ...(['xj', 'ndep', 'nsd', 'nsub', 'pclm', 'delta', 'lp', 'eu'] as const),
  ...(['nigc', 'nigbacc', 'nigbinv', 'pigcd', 'poxedge'] as const),
];

const NON_NEGATIVE: readonly SizedName[] = [
  ...(['dvt1', 'dvt1w', 'dsub', 'drout', 'dvtp0', 'fprout', 'pdits', 'ngate', 'prwg'] as const),
];

/** Of the parameters at the size of a transistor. @throws {DeviceFault} that quotes the first outside. */
export function requireDomain(sized: Sized, { length, width }: { length: number; width: number }) {
  for (const name of POSITIVE) positive(sized[name], name);
  for (const name of NON_NEGATIVE) nonNegative(sized[name], name);
  positive(1 + sized.lpe0 / length, '1 + LPE0 / L');
  positive(1 + sized.lpeb / length, '1 + LPEB / L');
  positive(width + sized.w0, 'W + W0');
  positive(width + sized.b1, 'W + B1');
  if (sized.a2 < 0.01 || sized.a2 > 1) {
    throw new DeviceFault(`A2 is ${sized.a2}; it must lie between 0.01 and 1.`);
  }
}
