/**
 * What each op amp input sees with every op amp output held at 0 V: the generalised resistances
 * R_NEQ and R_IEQ of AN1177 Eqs. 5 and 6 (theory D4), and the feedback factors (theory D3). Two adjoint
 * solutions per op amp, one for each of its input pins.
 */

import type { OpAmp } from '../circuit/circuit.ts';
import { component, difference, type Solution, type Solver, subtract } from '../mna/solver.ts';
import { branchOf } from '../mna/system.ts';
import { portFunctional } from './output.ts';

export interface DeadOpAmp {
  /** R_NEQ = R_PP - R_MP and R_IEQ = R_MM - R_PM [Ω], "passive" (theory D4). */
  readonly nonInverting: number;
  readonly inverting: number;
  /** AN1177's literal values V_X/I_X at each pin [Ω]; equal to the above where no resistor joins the pins. */
  readonly literal: { readonly nonInverting: number; readonly inverting: number };
  /** V_p, V_m per volt at the own output [V/V]. */
  readonly feedback: { readonly plus: number; readonly minus: number };
}

export interface DeadNetwork {
  readonly opAmps: ReadonlyMap<OpAmp, DeadOpAmp>;
  /** B_kj = beta_M,kj - beta_P,kj (K x K) [V/V]. */
  readonly feedback: readonly (readonly number[])[];
  /** |beta_M,kj| + |beta_P,kj| (K x K): how large the two parts of B_kj are. */
  readonly feedbackSize: readonly (readonly number[])[];
}

export function deadNetwork(solver: Solver): DeadNetwork {
  const { unknowns } = solver.system;
  const opAmps = new Map<OpAmp, DeadOpAmp>();
  const feedback: number[][] = [];
  const feedbackSize: number[][] = [];
  const rows = unknowns.opAmps.map(({ name }) => branchOf(unknowns, name));
  for (const [k, opAmp] of unknowns.opAmps.entries()) {
    const pinVoltage = (node: number): Solution =>
      solver.solveTransposed(portFunctional({ plus: node, minus: -1 }, unknowns));
    const plus = pinVoltage(opAmp.plus);
    const minus = pinVoltage(opAmp.minus);
    const inputs = subtract(plus, minus); // adjoint of V_d = V_p - V_m
    const own = rows[k] ?? 0;
    // An ampere drawn at a pin is I_BN = 1 A; R is the drop it causes, the adjoint's entry at that pin.
    opAmps.set(opAmp, {
      nonInverting: component(inputs, opAmp.plus),
      inverting: -component(inputs, opAmp.minus) + 0,
      literal: {
        nonInverting: component(plus, opAmp.plus),
        inverting: component(minus, opAmp.minus),
      },
      feedback: { plus: -component(plus, own) + 0, minus: -component(minus, own) + 0 },
    });
    feedback.push(rows.map((row) => difference(inputs, row, -1)));
    feedbackSize.push(
      rows.map((row) => Math.abs(component(plus, row)) + Math.abs(component(minus, row))),
    );
  }
  return { opAmps, feedback, feedbackSize };
}
