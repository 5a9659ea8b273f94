/** The drain current of a junction field-effect transistor and its derivatives. */

import type { JfetModel } from './jfet-model.ts';

/** A value and its derivatives to vgs and vgd. */
export interface ChannelCurrent {
  readonly value: number;
  readonly bySource: number;
  readonly byDrain: number;
}

/**
 * With the gate voltages w = vgs - VTO and x = vgd - VTO, vds = w - x >= 0 and T = (1 - B) / (PB - VTO):
 *
 *   0                                                      w <= 0           cut-off
 *   BETA (1 + LAMBDA vds) w^2 (B + T w)                    x <= 0 < w       saturation
 *   BETA (1 + LAMBDA vds) (B (w^2 - x^2) + T (w^3 - x^3))  0 < x            linear
 *
 * (B = 1: Shichman and Hodges 1968; B < 1, a doping that tails off: Parker and Skellern, in SPICE3 since 1989.) With
 * vds < 0 source and drain exchange their parts.
 */
export function channelCurrent(vgs: number, vgd: number, model: JfetModel): ChannelCurrent {
  if (vgs >= vgd) return normal(vgs, vgd, model);
  const { value, bySource, byDrain } = normal(vgd, vgs, model);
  return { value: -value, bySource: -byDrain, byDrain: -bySource };
}

function normal(vgs: number, vgd: number, model: JfetModel): ChannelCurrent {
  const { transconductance: BETA, modulation: LAMBDA, threshold, tail: B, tailSlope: T } = model;
  const w = Math.max(0, vgs - threshold);
  const x = Math.max(0, vgd - threshold);
  const scale = BETA * (1 + LAMBDA * (vgs - vgd));
  const charge = B * (w ** 2 - x ** 2) + T * (w ** 3 - x ** 3);
  const byLength = BETA * LAMBDA * charge;
  return {
    value: scale * charge,
    bySource: scale * w * (2 * B + 3 * T * w) + byLength,
    byDrain: -scale * x * (2 * B + 3 * T * x) - byLength,
  };
}
