/**
 * The nullor network seen from each op amp: own noise gains T_kk and the "active" resistances, with the
 * other op amps in closed loop (theory D5, D7). One adjoint solution per op amp output.
 */

import type { OpAmp } from '../circuit/circuit.ts';
import { opAmpColumns } from '../mna/excitation.ts';
import type { Solver } from '../mna/solver.ts';
import { gainOf } from './gains.ts';
import { portFunctional } from './output.ts';

export interface ClosedLoopOpAmp {
  /** T_kk = d V_o / d V_OST of this op amp at its own output [V/V]. */
  readonly noiseGain: number;
  /** Resistances with the own output at 0 V and the others in closed loop [Ω]; null when T_kk = 0. */
  readonly active: { readonly nonInverting: number; readonly inverting: number } | null;
  /** T_kj = d V_o,k / d V_OST,j for every op amp j (K). */
  readonly row: readonly number[];
}

export function closedLoop(ideal: Solver): ReadonlyMap<OpAmp, ClosedLoopOpAmp> {
  const { unknowns } = ideal.system;
  const columns = unknowns.opAmps.map((opAmp) => opAmpColumns(opAmp, unknowns));
  const result = new Map<OpAmp, ClosedLoopOpAmp>();
  for (const [k, opAmp] of unknowns.opAmps.entries()) {
    const adjoint = ideal.solveTransposed(portFunctional(opAmp.output, unknowns));
    const own = columns[k];
    if (own === undefined) continue;
    const noiseGain = gainOf(adjoint, own.offset);
    result.set(opAmp, {
      noiseGain,
      active:
        noiseGain === 0
          ? null
          : {
              nonInverting: -gainOf(adjoint, own.nonInverting) / noiseGain + 0, // theory D7
              inverting: gainOf(adjoint, own.inverting) / noiseGain,
            },
      row: columns.map(({ offset }) => gainOf(adjoint, offset)),
    });
  }
  return result;
}
