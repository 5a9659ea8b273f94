/** Offset and gain error over the range of the input, and what trimming them leaves: as a table, and as JSON. */

import type { Calibration } from '../analysis/calibration.ts';
import type { CalibrationShare } from '../analysis/calibration-share.ts';
import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import type { Circuit } from '../circuit/circuit.ts';
import type { Range } from '../circuit/ranges.ts';
import type { Block } from './document.ts';
import { left, number, outputUnit, right } from './figures.ts';

/** max(|low|, |high|) */
function worst({ low, high }: Range): number {
  return Math.max(Math.abs(low), Math.abs(high));
}

/** Only where a range says over what there is something to trim; the budget says the same for one point. */
export function calibrationTable({ calibration }: CircuitAnalysis, circuit: Circuit): Block[] {
  const { ranges, temperature: all } = circuit;
  const isWide = ranges.sources.size > 0 || (all !== null && all.low < all.high);
  if (calibration === null || !isWide) return [];
  const { input, range, reference, temperature, span, offset, gain, gainOutput, remaining } =
    calibration;
  if (worst(remaining.uncalibrated) === 0) return [];
  const unit = outputUnit(circuit);
  const row = (label: string, error: Range) => [
    label,
    number(error.low, unit),
    number(error.high, unit),
    ...(span === 0
      ? ['-', '-']
      : [parts(worst(error) / span, 1e6), parts(worst(error) / span, 100)]),
  ];
  const at = (value: number) => number(value, input.unit);
  const warm = temperature === null ? '' : ` and ${temperature} °C`;
  return [
    {
      kind: 'heading',
      text: `Offset and gain error of ${circuit.output?.label ?? 'the output'}: ${input.label} from ${at(range.low)} to ${at(range.high)}, trimmed at ${at(reference)}${warm}`,
    },
    {
      kind: 'table',
      columns: [left(''), right('low'), right('high'), right('ppm of span'), right('% of span')],
      rows: [
        row('offset error', offset),
        row('gain error, at the ends', gainOutput),
        ['gain error, of the gain', percent(gain.low), percent(gain.high), '', ''],
        row('in all', remaining.uncalibrated),
        row('offset trimmed', remaining.offset),
        row('offset and gain trimmed', remaining.offsetAndGain),
      ],
      totals: 3,
    },
  ];
}

function parts(part: number, of: number): string {
  return `${Number((part * of).toPrecision(4))}`;
}

function percent(part: number): string {
  return `${parts(part, 100)} %`;
}

/** Parts of a row that are less than this of it are not named. */
const MINOR = 0.01;

/** `offset`, `gain`, `residual`, the largest first. */
export function shareText(share: CalibrationShare | undefined): string {
  if (share === undefined) return '';
  const sizes = [
    ['offset', share.offset],
    ['gain', share.gain],
    ['residual', share.residual],
  ] as const;
  const sum = share.offset + share.gain + share.residual;
  return sizes
    .filter(([, size]) => size > MINOR * sum)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name]) => name)
    .join(', ');
}

/** `calibration` of `analyze --json`. */
export function calibrationJson(calibration: Calibration | null) {
  if (calibration === null) return null;
  const { span, offset, gain, gainOutput, remaining, ...where } = calibration;
  const error = (range: Range) => ({
    ...range,
    worst: worst(range),
    ppm: span === 0 ? null : (worst(range) / span) * 1e6,
    percent: span === 0 ? null : (worst(range) / span) * 100,
  });
  return {
    ...where,
    span,
    offset: error(offset),
    gain: { ...error(gainOutput), relative: gain },
    remaining: {
      uncalibrated: error(remaining.uncalibrated),
      offset: error(remaining.offset),
      offsetAndGain: error(remaining.offsetAndGain),
    },
  };
}
