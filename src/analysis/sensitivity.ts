/**
 * How the output depends on every value: d output / d value, and d output / d ln value, which is what one part of
 * the value is worth. Each value enters M x = b by one rank-one term d u (v'x - w), so that
 * d output / d d = -(y'u)(v'x - w) with the adjoint y = M^-T c: one transposed solution serves all values, and the
 * derivatives are exact, not differences. With non-linear elements M holds their tangents, which makes them the
 * exact derivatives of the non-linear circuit at its operating point.
 */

import type { LinearCircuit, LinearElement, OpAmp, Output } from '../circuit/circuit.ts';
import type { BiasPoint } from '../mna/excitation.ts';
import type { Solution, Solver } from '../mna/solver.ts';
import { outputFunctional, outputValue } from './output.ts';
import { alongColumn } from './port-form.ts';
import { elementTerm, type OpAmpCause, opAmpTerms, type Term } from './variation.ts';

export interface Sensitivity {
  /** Whose value it is: an element, or a specification of an op amp. */
  readonly element?: string;
  readonly opAmp?: string;
  readonly cause?: OpAmpCause;
  /** In SI units; of op amps 1/A_OL, 1/CMRR, 1/PSRR; of a source with several gains their common factor 1. */
  readonly value: number;
  /** d output / d value */
  readonly derivative: number;
  /** d output / d ln value [V or A]: a value that is off by 1 % moves the output by a hundredth of it. */
  readonly logarithmic: number;
  /** d ln output / d ln value [% per %]; null when the output is 0. */
  readonly relative: number | null;
}

/** All values that are not 0, those that move the output most first. */
export function sensitivities(
  circuit: LinearCircuit,
  at: {
    readonly output: Output;
    readonly solver: Solver;
    /** With the known errors. */
    readonly total: Solution;
    readonly biasPoints: ReadonlyMap<OpAmp, BiasPoint>;
    /** Whether an element is one of the netlist, not part of a tangent. */
    readonly isOwn: (element: LinearElement) => boolean;
  },
): readonly Sensitivity[] {
  const { output, solver, total, biasPoints, isOwn } = at;
  const { system } = solver;
  const { unknowns } = system;
  const adjoint = solver.solveTransposed(outputFunctional(output, system));
  const value = outputValue(output, total, system);
  /** d output / d d */
  const slopeOf = ({ u, v, w }: Term) => -alongColumn(u, adjoint) * (alongColumn(v, total) - w) + 0;
  const row = (
    whose: Pick<Sensitivity, 'element' | 'opAmp' | 'cause'>,
    { at: nominal, derivative }: { at: number; derivative: number },
  ): Sensitivity => {
    const logarithmic = derivative * nominal;
    const relative = value === 0 ? null : logarithmic / value;
    return { ...whose, value: nominal, derivative, logarithmic, relative };
  };
  const rows: Sensitivity[] = [];
  for (const element of circuit.elements) {
    const isValue = isOwn(element) && !('isLaw' in element);
    const term = isValue ? elementTerm(element, unknowns) : undefined;
    if (term === undefined || term.value === 0) continue;
    const derivative = slopeOf(term) * term.slope;
    rows.push(row({ element: element.name }, { at: term.value, derivative }));
  }
  for (const [opAmp, biasPoint] of biasPoints) {
    for (const term of opAmpTerms(opAmp, { biasPoint, unknowns })) {
      const { cause, spread } = term;
      const step = cause === 'drift' ? biasPoint.temperatureStep : 1;
      if (spread.nominal * step === 0) continue;
      const derivative = slopeOf(term) * step;
      rows.push(row({ opAmp: opAmp.name, cause }, { at: spread.nominal, derivative }));
    }
  }
  return rows
    .filter(({ logarithmic }) => logarithmic !== 0)
    .sort((a, b) => Math.abs(b.logarithmic) - Math.abs(a.logarithmic));
}
