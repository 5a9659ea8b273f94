/**
 * How far the voltages of a field-effect transistor may move in one iteration, in the signs of an N-channel device: SPICE2's
 * limiting (Nagel, UCB/ERL M520 (1975), section 4; Vladimirescu and Liu, UCB/ERL M80/7 (1980)).
 */

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
export function limitDrain(v: number, before: number): number {
  if (before < 3.5) return v > before ? Math.min(v, 4) : Math.max(v, -0.5);
  if (v > before) return Math.min(v, 3 * before + 2);
  return v < 3.5 ? Math.max(v, 2) : v;
}
