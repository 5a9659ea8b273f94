/** Depletion charges over capacitance at zero bias [V], and the base charge that they and the carriers make. */

import { Dual } from '../numeric/dual.ts';
import type { VbicModel } from './vbic-model.ts';

interface DepletionJunction {
  /** Built-in potential [V] */
  readonly P: number;
  /** Grading */
  readonly M: number;
  /** How smoothly the capacitance ends at FC P; 0 and below: with a kink in its slope. */
  readonly A: number;
  readonly FC: number;
  /** Where the collector is depleted [V], and how smoothly; 0: never. */
  readonly reach?: { readonly VRT: number; readonly ART: number };
}

/** The charge of P (1 - (1 - v/P)^(1-M)) / (1 - M), and beyond FC P what goes on from there. */
export function depletionCharge(v: Dual, { P, M, A, FC, reach }: DepletionJunction): Dual {
  const end = -P * FC;
  const below = (x: Dual) =>
    x
      .over(-P)
      .plus(1)
      .power(1 - M)
      .negated()
      .plus(1)
      .times(P / (1 - M));
  if (A <= 0) {
    const beyond = v.plus(end);
    if (beyond.value <= 0) return below(v);
    const slope = (1 - FC) ** (-1 - M);
    const low = (P * (1 - slope * (1 - FC) ** 2)) / (1 - M);
    return beyond
      .times((0.5 * M) / P)
      .plus(1 - FC)
      .times(beyond)
      .times(slope)
      .plus(low);
  }
  if (reach !== undefined) return reachThrough(v, { P, M, A, end, below, reach });
  const smooth = (x: Dual) => {
    const d = x.plus(end);
    return d
      .minus(
        d
          .squared()
          .plus(4 * A * A)
          .squareRoot(),
      )
      .times(0.5)
      .minus(end);
  };
  const here = smooth(v);
  const atZero = smooth(Dual.constant(0));
  return below(here)
    .minus(below(atZero))
    .plus(
      v
        .minus(here)
        .plus(atZero)
        .times((1 - FC) ** -M),
    );
}

function reachThrough(
  v: Dual,
  {
    P,
    M,
    A,
    end,
    below,
    reach: { VRT, ART },
  }: {
    readonly P: number;
    readonly M: number;
    readonly A: number;
    readonly end: number;
    readonly below: (x: Dual) => Dual;
    readonly reach: { readonly VRT: number; readonly ART: number };
  },
): Dual {
  const between = (x: Dual) => {
    const n = x
      .times(2)
      .plus(VRT + end)
      .over(VRT - end);
    const upper = n
      .minus(1)
      .squared()
      .plus(4 * A * A)
      .squareRoot();
    const lower = n
      .plus(1)
      .squared()
      .plus(4 * ART * ART)
      .squareRoot();
    return n.times(2).over(upper.plus(lower));
  };
  const limited = (n: Dual) =>
    n
      .times(VRT - end)
      .minus(VRT + end)
      .times(0.5);
  const n = between(v);
  const here = limited(n);
  const atZero = limited(between(Dual.constant(0)));
  const selected = n.plus(1).times(0.5);
  const [depleted, open] = [(1 + VRT / P) ** -M, (1 + end / P) ** -M];
  const capacitance = selected.times(open - depleted).plus(depleted);
  return v.minus(here).plus(atZero).times(capacitance).plus(below(here)).minus(below(atZero));
}

/** qb of forward and reverse currents, and depletion charges. */
export function baseCharge(
  { forward, reverse, vbe, vbc }: Readonly<Record<'forward' | 'reverse' | 'vbe' | 'vbc', Dual>>,
  p: VbicModel,
): Dual {
  const emitter = depletionCharge(vbe, { P: p.pe, M: p.me, A: p.aje, FC: p.fc });
  const collector = depletionCharge(vbc, {
    ...{ P: p.pc, M: p.mc, A: p.ajc, FC: p.fc },
    ...(p.vrt > 0 && p.art > 0 ? { reach: { VRT: p.vrt, ART: p.art } } : {}),
  });
  const early = emitter.times(reciprocal(p.ver)).plus(collector.times(reciprocal(p.vef)));
  // 1 + q, smoothly kept above 1e-4
  const q = early.plus(1 - 1e-4);
  const q1 = q.squared().plus(1e-8).squareRoot().plus(q).times(0.5).plus(1e-4);
  const q2 = forward.times(reciprocal(p.ikf)).plus(reverse.times(reciprocal(p.ikr)));
  if (p.qbm < 0.5)
    return powered(q1.power(1 / p.nkf).plus(q2.times(4)), p.nkf)
      .plus(q1)
      .times(0.5);
  return powered(q2.times(4).plus(1), p.nkf).plus(1).times(q1).times(0.5);
}

/** Between iterations a reverse current may leave nothing of the sum. */
const LEAST_SUM = 1e-12;
const powered = (x: Dual, p: number): Dual => x.orAtLeast(LEAST_SUM).power(p);

/** 1/x; 0, which means infinity, where x is not positive. */
export const reciprocal = (x: number): number => (x > 0 ? 1 / x : 0);
