/**
 * The gain of every excitation to one output, from one adjoint solution M^T y = c: the gain of a
 * column b is y . b (theory Th. 7). Nothing is solved per cause.
 */

import type { LinearElement, OpAmp, Output } from '../circuit/circuit.ts';
import { type Column, opAmpColumns, sourceColumn } from '../mna/excitation.ts';
import { difference, type Solution, type Solver } from '../mna/solver.ts';
import { outputFunctional } from './output.ts';

/** Gains of the causes at one op amp to the output. */
export interface OpAmpGains {
  /** G_N to the output: d output / d V_OST [V/V] (theory D5). */
  readonly noiseGain: number;
  /** Z_N, Z_I: d output / d I_BN, d output / d I_BI [V/A] (theory D6). */
  readonly nonInverting: number;
  readonly inverting: number;
}

export interface Gains {
  /** d output / d source, for every independent source [V/V or V/A]. */
  readonly sources: ReadonlyMap<LinearElement, number>;
  readonly opAmps: ReadonlyMap<OpAmp, OpAmpGains>;
}

/** y . column, the two entries of a current source combined before rounding. */
export function gainOf(adjoint: Solution, column: Column): number {
  const [first, second] = column;
  if (first === undefined) return 0;
  const [row, coefficient] = first;
  if (second === undefined) return coefficient * difference(adjoint, row, -1);
  return second[1] * difference(adjoint, second[0], row);
}

export function gains(solver: Solver, output: Output): Gains {
  const { circuit, unknowns } = solver.system;
  const adjoint = solver.solveTransposed(outputFunctional(output, solver.system));
  const sources = new Map<LinearElement, number>();
  for (const element of circuit.elements) {
    const column = sourceColumn(element, unknowns);
    if (column !== undefined) sources.set(element, gainOf(adjoint, column));
  }
  const opAmps = new Map<OpAmp, OpAmpGains>();
  for (const opAmp of unknowns.opAmps) {
    const columns = opAmpColumns(opAmp, unknowns);
    opAmps.set(opAmp, {
      noiseGain: gainOf(adjoint, columns.offset),
      nonInverting: gainOf(adjoint, columns.nonInverting),
      inverting: gainOf(adjoint, columns.inverting),
    });
  }
  return { sources, opAmps };
}
