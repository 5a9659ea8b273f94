/** Conductances that pass smoothly from 1/ROFF to 1/RON, as functions of what controls them. */

/** g [S] and dg/dc [S/V] or [S/A] at a control c. */
export interface Conduction {
  readonly conductance: number;
  readonly slope: number;
  readonly region: 'on' | 'off' | 'between';
}

export interface Resistances {
  /** [Ω] */
  readonly ron: number;
  /** [Ω] */
  readonly roff: number;
}

/**
 * ln R = Lm + Lr (3 x / 2 - 2 x^3), x = (c - (on + off) / 2) / (on - off), |x| <= 1/2, where Lm = ln (RON ROFF)^1/2 and
 * Lr = ln (RON / ROFF); constant beyond. // PSpice Reference Guide, voltage-controlled switch
 */
export function logarithmicCubic(
  { ron, roff }: Resistances,
  { on, off }: { readonly on: number; readonly off: number },
): (control: number) => Conduction {
  const mean = Math.log(ron) / 2 + Math.log(roff) / 2;
  const ratio = Math.log(ron / roff);
  return (control) => {
    const x = (control - (on + off) / 2) / (on - off);
    if (x >= 0.5) return { conductance: 1 / ron, slope: 0, region: 'on' };
    if (x <= -0.5) return { conductance: 1 / roff, slope: 0, region: 'off' };
    const conductance = Math.exp(-mean - ratio * (1.5 * x - 2 * x ** 3));
    const slope = (-conductance * ratio * (1.5 - 6 * x ** 2)) / (on - off);
    return { conductance, slope, region: 'between' };
  };
}

/**
 * g = exp(A arctan((c - center) / width) + B), A = ln (ROFF / RON) / pi, B = -ln (ROFF RON) / 2.
 * LTspice help, voltage-controlled switch of level 2
 */
export function arctangent(
  { ron, roff }: Resistances,
  { center, width }: { readonly center: number; readonly width: number },
): (control: number) => Conduction {
  const a = Math.log(roff / ron) / Math.PI;
  const b = -Math.log(roff) / 2 - Math.log(ron) / 2;
  return (control) => {
    const x = (control - center) / width;
    const conductance = Math.exp(a * Math.atan(x) + b);
    return { conductance, slope: (conductance * a) / (width * (1 + x * x)), region: 'between' };
  };
}
