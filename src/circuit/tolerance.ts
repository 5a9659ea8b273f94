/**
 * How far the value of an element may be from its nominal one: the initial tolerance, the temperature
 * coefficient, the ageing, and what it has in common with others. R = R_nom (1 + t) (1 + u) (1 + tc dT) (1 + s).
 */

import type { Span } from '../../grammar/source.ts';
import type { Spread } from './specification.ts';

/** Parts of the nominal value, low <= 0 <= high. */
export interface Deviation {
  readonly low: number;
  readonly high: number;
}

/** Elements of one lot: they have t in common, and each has a small u of its own. */
export interface Match {
  /** `R1 R3`, for the report. */
  readonly label: string;
  /** t */
  readonly common: Deviation;
  /** Of t, as that of a tolerance. */
  readonly inner?: number;
}

export interface Tolerance {
  /** Full name. */
  readonly element: string;
  /** What states it. */
  readonly span: Span;
  /** t; of a matched element u. */
  readonly deviation: Deviation;
  /** Parts of the deviation nearer to 0 than this part of its limit do not occur: they were sorted out. */
  readonly inner?: number;
  /** tc, from the temperature of the circuit on [1/K]. */
  readonly coefficient: Spread;
  /** s, what the years add; each element ages on its own. */
  readonly ageing: Deviation;
  /** The same object for all elements of a group. */
  readonly match?: Match;
}

/** What the netlist says itself, beside the value of an element. */
export interface StatedTolerance {
  readonly span: Span;
  readonly deviation: Deviation;
  /** tc, a known one [1/K]. */
  readonly coefficient: number;
  /** Shared by all elements with this label. */
  readonly lot?: { readonly label: string; readonly common: Deviation };
}

export const NO_DEVIATION: Deviation = { low: 0, high: 0 };

export function symmetric(half: number): Deviation {
  return { low: -half, high: half };
}
