/**
 * How far all errors together can raise a functional c'x of a solution x: bias currents apart from the others, at
 * each end of the temperatures. To first order in spreads and tolerances, -(y'u)(v'x - w) d with the adjoint y = M^-T c,
 * the solution x being that of the corner in question.
 */

import type { LinearCircuit, OpAmp } from '../circuit/circuit.ts';
import type { Match } from '../circuit/tolerance.ts';
import type { BiasPoint, Column } from '../mna/excitation.ts';
import type { Solution } from '../mna/solver.ts';
import type { Unknowns } from '../mna/system.ts';
import { sum } from '../numeric/sum.ts';
import { alongColumn } from './port-form.ts';
import { type OpAmpCause, opAmpTerms, type Term, type Variation, variations } from './variation.ts';
import { limits, type Scenario, stepOf } from './variation-limits.ts';

export interface ErrorShift {
  /** What bias currents add, known ones in [V]. */
  readonly bias: number;
  /** What all other errors add [V]. */
  readonly errors: number;
  /** [deg C] */
  readonly temperature: number | null;
}

const BIAS_CAUSES: ReadonlySet<OpAmpCause> = new Set(['Ib', 'Ios', 'Ibn', 'Ibi']);

export interface ShiftedFunctional {
  readonly circuit: LinearCircuit;
  readonly unknowns: Unknowns;
  readonly biasPoints: ReadonlyMap<OpAmp, BiasPoint>;
  /** y */
  readonly adjoint: Solution;
  /** What all known errors together add [V]. */
  readonly known: number;
  /** v'x at the corner. */
  readonly along: (v: Column) => number;
}

/** Upwards, for each end of the temperatures. */
export function errorShifts(at: ShiftedFunctional): readonly [ErrorShift, ...ErrorShift[]] {
  const { circuit, unknowns, biasPoints, adjoint, known, along } = at;
  const slope = ({ u, v, w }: Term) => -alongColumn(u, adjoint) * (along(v) - w);
  const terms = [...biasPoints].flatMap(([opAmp, biasPoint]) =>
    opAmpTerms(opAmp, { biasPoint, unknowns }),
  );
  const currents = terms.filter(({ cause }) => BIAS_CAUSES.has(cause));
  const knownBias = sum(currents.map((term) => slope(term) * term.spread.nominal));
  const bias = sum(
    currents.map((term) => Math.max(slope(term) * term.spread.low, slope(term) * term.spread.high)),
  );
  const others = variations(circuit, { unknowns, biasPoints }).filter(
    (variation) => variation.kind === 'element' || !BIAS_CAUSES.has(variation.cause),
  );
  const shiftAt = (temperature: number | undefined): ErrorShift => {
    const scenario: Scenario = {
      ...(temperature === undefined ? {} : { temperature }),
      common: new Map(),
    };
    const own = others.map((variation) => {
      const { low, high } = limits(variation, { scenario, circuit });
      const point = variation.kind === 'opAmp' ? biasPoints.get(variation.opAmp) : undefined;
      const k = slope(variation);
      return Math.max(
        ...[low, high].map((end) => k * stepOf(variation, end, { biasPoint: point })),
      );
    });
    const errors = known - knownBias + sum(own) + sum(lotShifts(others, slope));
    return { bias, errors, temperature: temperature ?? null };
  };
  const { temperature } = circuit;
  if (temperature === null) return [shiftAt(undefined)];
  return [shiftAt(temperature.low), shiftAt(temperature.high)];
}

/** What the common deviation of each lot adds. */
function lotShifts(all: readonly Variation[], slope: (term: Term) => number): number[] {
  const lots = new Map<Match, { low: number; high: number }>();
  for (const variation of all) {
    if (variation.kind !== 'element') continue;
    const { match } = variation.tolerance;
    if (match === undefined) continue;
    const lot = lots.get(match) ?? { low: 0, high: 0 };
    lot.low += slope(variation) * variation.step(1 + match.common.low);
    lot.high += slope(variation) * variation.step(1 + match.common.high);
    lots.set(match, lot);
  }
  return [...lots.values()].map(({ low, high }) => Math.max(low, high));
}
