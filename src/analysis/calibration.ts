/**
 * Offset error and gain error of the output over the range of the input, and what is left when the one, and then both,
 * have been trimmed away at the nominal temperature with the other sources at their values.
 *
 * The error is e(s) = output - ideal output, both at the same sources. The offset error is e at the reference input (0,
 * or the middle of a range without 0), the gain error (de/ds)/G with the ideal gain G. For given values of everything
 * e is affine in s, because network and op amp model are linear: the line through the end points, the best-fit line
 * and the tangent are one, and neither trim leaves a curvature. What is left is what the other sources, the temperature
 * and the years change. Causes are taken one at a time, as in the budget, and added.
 */

import type { LinearCircuit, OpAmp } from '../circuit/circuit.ts';
import type { Range } from '../circuit/ranges.ts';
import { type Solution, type Solver, subtract } from '../mna/solver.ts';
import type { Budget } from './budget.ts';
import {
  type CalibrationParts,
  type CalibrationShare,
  calibrationParts,
  NOTHING,
  scaled,
  total,
} from './calibration-share.ts';
import { elementErrors, type RowErrors } from './element-errors.ts';
import type { Gains } from './gains.ts';
import type { ReferenceInput } from './input-referred.ts';
import { type Direction, type InputSweep, inputSweep } from './input-sweep.ts';
import type { Solved } from './networks.ts';
import type { OpAmpAnalysis } from './op-amp-analysis.ts';
import { opAmpErrors, warming } from './op-amp-errors.ts';
import { outputValue } from './output.ts';
import type { Swings } from './swings.ts';
import type { Varying } from './tolerance-analysis.ts';
import { opAmpTerms } from './variation.ts';

export interface Calibration {
  /** What the input is called, and the unit of its values. */
  readonly input: { readonly label: string; readonly unit: 'V' | 'A' };
  /** Of the input [V or A]; from 0 to its value where no range is stated. */
  readonly range: Range;
  /** Where the offset error is taken [V or A]. */
  readonly reference: number;
  /** Of the trim [deg C]; null where the netlist has none. */
  readonly temperature: number | null;
  /** |G| times the width of the range: what errors are parts of [V or A]. */
  readonly span: number;
  /** Offset error at the output [V or A]. */
  readonly offset: Range;
  /** Gain error as a part of G. */
  readonly gain: Range;
  /** What the gain error does at the output over the range [V or A]. */
  readonly gainOutput: Range;
  /** Errors at the output over all ranges and temperatures [V or A]. */
  readonly remaining: CalibrationParts['remaining'];
}

export interface CalibrationInput {
  readonly opAmps: readonly OpAmpAnalysis[];
  readonly gains: Gains;
  readonly swings: ReadonlyMap<OpAmp, Swings>;
  readonly input: ReferenceInput;
  /** Of the finite network. */
  readonly solver: Solver;
  readonly nullors: Solved;
  /** With the known errors. */
  readonly total: Solution;
  readonly varying: Varying | null;
}

/** By `rowKey`. */
export type CalibrationShares = ReadonlyMap<string, CalibrationShare>;

export function rowKey(row: { cause: string; opAmp?: string; element?: string }): string {
  return `${row.cause} ${row.opAmp ?? ''} ${row.element ?? ''}`;
}

/** Null where the input is no source, or a row has no bound. */
export function calibration(
  circuit: LinearCircuit,
  at: CalibrationInput,
): { readonly calibration: Calibration; readonly shares: CalibrationShares } | null {
  const { input } = at;
  const sweep = inputSweep(circuit, { input, solver: at.solver, nullors: at.nullors.solver });
  if (sweep === undefined) return null;
  const rows = rowsOf(circuit, { ...at, sweep });
  const parts = rows.map(({ errors, isTrimmed }) => calibrationParts(errors, { sweep, isTrimmed }));
  const known = knownParts(circuit, { ...at, sweep });
  const all = [known, ...parts];
  const sum = (of: (part: CalibrationParts) => Range) => total(all.map(of));
  const { temperature } = circuit;
  const { range, reference } = sweep;
  const found: Calibration = {
    input: { label: input.label, unit: input.unit },
    range,
    reference,
    temperature: temperature?.nominal ?? null,
    span: Math.abs(input.gain) * (range.high - range.low),
    offset: sum(({ offset }) => offset),
    gain: scaled(
      sum(({ slope }) => slope),
      1 / input.gain,
    ),
    gainOutput: sum(({ gain }) => gain),
    remaining: {
      uncalibrated: sum(({ remaining }) => remaining.uncalibrated),
      offset: sum(({ remaining }) => remaining.offset),
      offsetAndGain: sum(({ remaining }) => remaining.offsetAndGain),
    },
  };
  const { low, high } = found.remaining.uncalibrated;
  if (!Number.isFinite(low) || !Number.isFinite(high)) return null;
  const shares = new Map(rows.map((row, i) => [rowKey(row), shareOf(parts[i])] as const));
  return { calibration: found, shares };
}

/** The budget with what becomes of each row. */
export function withShares(budget: Budget, shares: CalibrationShares): Budget {
  const rows = budget.rows.map((row) => {
    const share = shares.get(rowKey(row));
    return share === undefined ? row : { ...row, calibration: share };
  });
  return { ...budget, rows };
}

type Swept = CalibrationInput & { readonly sweep: InputSweep };

function rowsOf(circuit: LinearCircuit, at: Swept): readonly RowErrors[] {
  const { opAmps, gains, swings, varying, sweep, solver } = at;
  const { unknowns } = solver.system;
  const ofOpAmps = opAmps.flatMap(({ opAmp, biasPoint, voltages }) => {
    const [own, swing] = [gains.opAmps.get(opAmp), swings.get(opAmp)];
    if (own === undefined || swing === undefined || biasPoint === null || voltages === null) {
      return [];
    }
    const terms = opAmpTerms(opAmp, { biasPoint, unknowns }).filter(
      ({ spread }) => spread.low !== spread.high,
    );
    return opAmpErrors(opAmp, {
      gains: own,
      swings: swing,
      biasPoint,
      voltages,
      terms,
      sweep,
      circuit,
    });
  });
  return [...ofOpAmps, ...(varying === null ? [] : elementErrors(varying, { sweep, circuit }))];
}

/** The known errors, which are one value: differences of both networks, taken before rounding. */
function knownParts(circuit: LinearCircuit, at: Swept): CalibrationParts {
  const { solver, nullors, sweep, opAmps, gains } = at;
  const { output } = circuit;
  if (output === null) throw new Error('A calibration is one of an output.');
  const { system } = solver;
  const slope = (direction: Direction) =>
    direction.reduce(
      (sum, { weight, error }) => sum + weight * outputValue(output, error, system),
      0,
    );
  const along = slope(sweep.input);
  const drifts = opAmps.flatMap(({ opAmp }) => {
    const own = gains.opAmps.get(opAmp);
    const { nominal, low, high } = opAmp.specification.drift;
    // That of a spread is in its row, with the nominal part.
    return own === undefined || low !== high
      ? []
      : [scaled(warming(opAmp, { gains: own, circuit }), nominal)];
  });
  const error = outputValue(output, subtract(at.total, nullors.nominal), system);
  const known = {
    offset: error + sweep.start * along,
    along,
    slopes: sweep.moves.map(({ direction }) => slope(direction)),
    rest: total(drifts),
  };
  return calibrationParts([known], { sweep, isTrimmed: true, isKnown: true });
}

function shareOf(parts: CalibrationParts | undefined): CalibrationShare {
  const { offset, gain, residual } = parts ?? { offset: NOTHING, gain: NOTHING, residual: NOTHING };
  const size = ({ low, high }: Range) => Math.max(-low, high) + 0;
  return { offset: size(offset), gain: size(gain), residual: size(residual) };
}
