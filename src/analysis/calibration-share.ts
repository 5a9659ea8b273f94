/**
 * What of an error two trims remove. With d fixed, each cause is an error affine in the sources,
 *
 *   e = offset + along (s - s_0) + sum over moves (slope - along ds) step + rest,
 *
 * of the input s and the moves of all sources: the first term is an offset error, the second a gain error, and what
 * other sources (supplies, common mode), temperature and age change is left after both have been trimmed away at one
 * temperature.
 */

import type { Range } from '../circuit/ranges.ts';
import type { InputSweep } from './input-sweep.ts';

/** One value of a cause: what it does at the output. */
export interface AffineError {
  /** At the reference point [V]. */
  readonly offset: number;
  /** Per unit of the input. */
  readonly along: number;
  /** Per unit of each move. */
  readonly slopes: readonly number[];
  /** What comes on top and follows neither [V]. */
  readonly rest: Range;
}

/** Extremes over all values and moves [V]. */
export interface CalibrationParts {
  readonly offset: Range;
  readonly gain: Range;
  readonly residual: Range;
  /** What is left of the whole without a trim, after that of the offset, and after that of the gain, too. */
  readonly remaining: {
    readonly uncalibrated: Range;
    readonly offset: Range;
    readonly offsetAndGain: Range;
  };
  /** d e / d s [V/V] */
  readonly slope: Range;
}

/** Largest sizes of the parts of a row of the budget [V or A]. */
export interface CalibrationShare {
  readonly offset: number;
  readonly gain: number;
  readonly residual: number;
}

/**
 * Of the values that a cause may have. A spread contains 0, what is known does not; `isTrimmed` is false for what was
 * not yet there when the circuit was trimmed.
 */
export function calibrationParts(
  errors: readonly AffineError[],
  {
    sweep,
    isTrimmed,
    isKnown = false,
  }: { readonly sweep: InputSweep; readonly isTrimmed: boolean; readonly isKnown?: boolean },
): CalibrationParts {
  const { moves, range, reference } = sweep;
  const input = { low: range.low - reference, high: range.high - reference };
  const over = (part: (error: AffineError) => Range): Range =>
    hull([...errors.map(part), ...(isKnown ? [] : [NOTHING])]);
  const moved = ({ slopes, along }: AffineError, withInput: boolean): Range =>
    total(
      moves.map((move, m) =>
        scaled(move.range, (slopes[m] ?? 0) - (withInput ? 0 : along * move.along)),
      ),
    );
  const whole = over((error) => total([point(error.offset), moved(error, true), error.rest]));
  if (!isTrimmed) {
    return {
      offset: NOTHING,
      gain: NOTHING,
      residual: whole,
      remaining: { uncalibrated: whole, offset: whole, offsetAndGain: whole },
      slope: NOTHING,
    };
  }
  const residual = over((error) => total([moved(error, false), error.rest]));
  return {
    offset: over(({ offset }) => point(offset)),
    gain: over(({ along }) => scaled(input, along)),
    residual,
    remaining: {
      uncalibrated: whole,
      offset: over((error) => total([moved(error, true), error.rest])),
      offsetAndGain: residual,
    },
    slope: over(({ along }) => point(along)),
  };
}

export const NOTHING: Range = { low: 0, high: 0 };

export function total(ranges: readonly Range[]): Range {
  return ranges.reduce(
    (sum, { low, high }) => ({ low: sum.low + low, high: sum.high + high }),
    NOTHING,
  );
}

export function scaled({ low, high }: Range, factor: number): Range {
  return {
    low: Math.min(low * factor, high * factor) + 0,
    high: Math.max(low * factor, high * factor) + 0,
  };
}

function point(value: number): Range {
  return { low: value, high: value };
}

function hull(ranges: readonly Range[]): Range {
  return {
    low: Math.min(...ranges.map(({ low }) => low)),
    high: Math.max(...ranges.map(({ high }) => high)),
  };
}
