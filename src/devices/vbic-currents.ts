/** The equations of VBIC at DC, for an NPN of AREA M = 1 without GMIN. Sources: vbic-model.ts. */

import { Dual } from '../numeric/dual.ts';
import { exponential } from './junction.ts';
import { baseCharge, reciprocal } from './vbic-charge.ts';
import type { VbicModel } from './vbic-model.ts';

/** exp(v / n) - 1, along its tangent where that is beyond every circuit */
function grown(v: Dual, n: number): Dual {
  const { value, slope } = exponential(v.value / n);
  return v.mapped(value - 1, slope / n);
}

/** An ideal and a non-ideal component. */
function junction(
  v: Dual,
  {
    ideal,
    other,
  }: { ideal: readonly [I: number, N: number]; other: readonly [I: number, N: number] },
  p: VbicModel,
): Dual {
  const Vt = p.thermalVoltage;
  const second = grown(v, other[1] * Vt).times(other[0]);
  return grown(v, ideal[1] * Vt)
    .times(ideal[0])
    .plus(second);
}

/** The whole emitter junction at vbei or vbex, which share it by WBE. */
export function emitterJunction(v: Dual, p: VbicModel): Dual {
  const forward = junction(v, { ideal: [p.ibei, p.nei], other: [p.iben, p.nen] }, p);
  if (!(p.vbbe > 0)) return forward;
  const n = p.nbbe * p.thermalVoltage;
  const breakdown = grown(v.plus(p.vbbe).negated(), n).minus(Math.expm1(-p.vbbe / n));
  return forward.minus(breakdown.times(p.ibbe));
}

/** The intrinsic transistor at (vbei, vbci). */
export function intrinsic(vbe: Dual, vbc: Dual, p: VbicModel) {
  const Vt = p.thermalVoltage;
  const forward = grown(vbe, p.nf * Vt).times(p.is);
  const reverse = grown(vbc, p.nr * Vt).times(p.is * p.isrr);
  const charge = baseCharge({ forward, reverse, vbe, vbc }, p);
  const transport = forward.minus(reverse).over(charge);
  const collector = junction(vbc, { ideal: [p.ibci, p.nci], other: [p.ibcn, p.ncn] }, p);
  return {
    charge,
    transport,
    collectorJunction: collector.minus(avalanche(vbc, p, transport.minus(collector))),
  };
}

/** Pairs that the field of the collector junction makes // Kloosterman, de Graaff 1989 */
function avalanche(vbc: Dual, p: VbicModel, current: Dual): Dual {
  if (!(p.avc1 > 0)) return Dual.constant(0);
  const d = vbc.negated().plus(p.pc);
  const field = d.squared().plus(0.01).squareRoot().plus(d).times(0.5);
  const reach = field
    .power(p.mc - 1)
    .times(-p.avc2)
    .exponential();
  return field.times(p.avc1).times(reach).times(current);
}

/** Through the epitaxial collector, at (vbci, vbcx, vrci) // Kull, Nagel, Lee, Lloyd, Prendergast, Dirks 1985 */
export function collectorCurrent(vbci: Dual, vbcx: Dual, vrci: Dual, p: VbicModel): Dual {
  const Vt = p.thermalVoltage;
  // sqrt(1 + x) - 1 without cancellation
  const k = (v: Dual) => {
    const x = grown(v, Vt).plus(1).times(p.gamm);
    return x.over(x.plus(1).squareRoot().plus(1));
  };
  const [inner, outer] = [k(vbci), k(vbcx)];
  const difference = inner.minus(outer);
  const ratio = difference.over(outer.plus(2));
  const logarithm = ratio.mapped(Math.log1p(ratio.value), 1 / (1 + ratio.value));
  const stored = difference.minus(logarithm).times(Vt);
  const ohmic = vrci.plus(stored).over(p.rci);
  const saturation = reciprocal(p.vo);
  const heated = vrci
    .squared()
    .plus(0.01)
    .squareRoot()
    .times(0.5 * saturation * reciprocal(p.hrcf))
    .plus(1);
  const speed = ohmic.times(saturation * p.rci).over(heated);
  return ohmic.over(speed.squared().plus(1).squareRoot());
}

/** The parasitic transistor at (vbep, vbci): its transport from base to substrate without the reverse part, and its charge. */
export function parasitic(vbep: Dual, vbci: Dual, p: VbicModel) {
  const n = p.nfp * p.thermalVoltage;
  const forward = grown(vbep, n)
    .times(p.wsp)
    .plus(grown(vbci, n).times(1 - p.wsp))
    .times(p.isp);
  const root = forward
    .times(4 * reciprocal(p.ikp))
    .plus(1)
    .orAtLeast(0)
    .squareRoot();
  return { forward, charge: root.plus(1).times(0.5) };
}

/** Its reverse transport at vbcp. */
export const parasiticReverse = (vbcp: Dual, p: VbicModel): Dual =>
  grown(vbcp, p.nfp * p.thermalVoltage).times(p.isp);

export const parasiticEmitter = (vbep: Dual, p: VbicModel): Dual =>
  junction(vbep, { ideal: [p.ibeip, p.nci], other: [p.ibenp, p.ncn] }, p);

export const substrateJunction = (vbcp: Dual, p: VbicModel): Dual =>
  junction(vbcp, { ideal: [p.ibcip, p.ncip], other: [p.ibcnp, p.ncnp] }, p);
