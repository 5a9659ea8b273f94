/** The channel of the power MOSFET (VDMOS) as the ngspice manual has it, in the signs of an N-channel device. */

import { Dual } from '../numeric/dual.ts';
import type { DeviceData } from './device.ts';
import { nonNegative, positive, stated } from './parameters.ts';
import { polynomial, type Warmth } from './thermal.ts';

export interface VdmosChannel {
  /** VTO(T) [V] */
  readonly threshold: number;
  /** From drain to source, for vds of either sign [A]. */
  current(vgs: Dual, vds: Dual): Dual;
  /** vds >= 0 where the channel saturates [V]. */
  saturation(vgs: number): number;
}

export function vdmosChannel(
  { polarity, model, instance }: DeviceData,
  warmth: Warmth,
): VdmosChannel {
  const of = (name: string, otherwise: number) => model.get(name) ?? otherwise;
  const drift = (stated(model, 'tcvth', 'vtotc') ?? 0) * warmth.rise;
  const threshold = polarity * (stated(model, 'vto', 'vth0') ?? 0) - drift;
  const multiplier = positive(instance.get('m') ?? 1, 'm');
  const beta = nonNegative(of('kp', 1), 'kp') * multiplier * warmth.ratio ** of('mu', -1.5);
  const lambda = of('lambda', 0);
  const theta = nonNegative(of('theta', 0), 'theta');
  const triode = positive(of('mtriode', 1), 'mtriode');
  const softening = polynomial(model, ['tksubthres1', 'tksubthres2'], warmth.rise);
  const softness = positive(of('ksubthres', 0.1) * softening, 'ksubthres');
  const onset = threshold + of('subshift', 0);

  /** I = beta (1 + LAMBDA vds) / (1 + THETA (vgs - VTO)) (drive - v/2) v, v = min(MTRIODE vds, drive) */
  function forward(vgs: Dual, vds: Dual): Dual {
    const drive = softened(vgs.minus(onset), softness);
    const v = vds.times(triode).orAtMost(drive);
    const mobility = vgs.minus(threshold).orAtLeast(0).times(theta).plus(1);
    return drive.minus(v.times(0.5)).times(v).times(beta).over(mobility);
  }

  return {
    threshold,
    current(vgs, vds) {
      // ngspice takes vds with its sign here, also where drain and source have changed places.
      const modulation = vds.times(lambda).plus(1);
      if (vds.value >= 0) return forward(vgs, vds).times(modulation);
      return forward(vgs.minus(vds), vds.negated()).times(modulation).negated();
    },
    saturation: (vgs) => softened(Dual.constant(vgs - onset), softness).value / triode,
  };
}

/** s ln(1 + exp(x / s)): x well above zero, an exponential well below. */
function softened(x: Dual, s: number): Dual {
  const t = x.value / s;
  if (t > 700) return x;
  const e = Math.exp(t);
  return x.mapped(s * Math.log1p(e), e / (1 + e));
}
