/**
 * How far the voltages of a field-effect transistor may move in one iteration, in the signs of an N-channel device: SPICE2's
 * limiting (Nagel, UCB/ERL M520 (1975), section 4; Vladimirescu and Liu, UCB/ERL M80/7 (1980)).
 */

/** [V] */
interface ChannelVoltages {
  readonly vgs: number;
  readonly vds: number;
}

/**
 * One step of a channel: the gate against the lower end of the channel, then the drain. What need not be limited is
 * returned as it came, without the rounding of vgs - (vgs - vds).
 */
export function limitChannel(
  to: ChannelVoltages,
  { before, threshold }: { readonly before: ChannelVoltages; readonly threshold: number },
): ChannelVoltages {
  const toVgd = to.vgs - to.vds;
  if (before.vds >= 0) {
    const vgs = limitGate(to.vgs, { before: before.vgs, threshold });
    const vds = vgs === to.vgs ? to.vds : vgs - toVgd;
    return { vgs, vds: limitDrain(vds, before.vds) };
  }
  const vgd = limitGate(toVgd, { before: before.vgs - before.vds, threshold });
  const vds = -limitDrain(vgd === toVgd ? -to.vds : vgd - to.vgs, -before.vds);
  return { vgs: vds === to.vds ? to.vgs : vgd + vds, vds };
}

/** A step of the gate voltage `v` of a transistor with this threshold [V]. */
export function limitGate(
  v: number,
  { before, threshold }: { readonly before: number; readonly threshold: number },
): number {
  const longest = 2 * Math.abs(before - threshold) + 2; // upwards when on, downwards when off
  const shortest = longest / 2 + 2;
  const wellOn = threshold + 3.5;
  const falls = v <= before;
  if (before < threshold) {
    if (falls) return Math.max(v, before - longest);
    const justOn = threshold + 0.5;
    return v <= justOn ? Math.min(v, before + shortest) : justOn;
  }
  if (before < wellOn) return falls ? Math.max(v, threshold - 0.5) : Math.min(v, threshold + 4);
  if (!falls) return Math.min(v, before + longest);
  return v >= wellOn ? Math.max(v, before - shortest) : Math.max(v, threshold + 2);
}

/** A step of the drain voltage `v` [V]. */
function limitDrain(v: number, before: number): number {
  if (before < 3.5) return v > before ? Math.min(v, 4) : Math.max(v, -0.5);
  if (v > before) return Math.min(v, 3 * before + 2);
  return v < 3.5 ? Math.max(v, 2) : v;
}
