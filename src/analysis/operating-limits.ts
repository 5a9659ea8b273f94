/**
 * How near each op amp comes to the ends of its common-mode range and output swing over the ranges of the sources,
 * the temperatures and all errors. A margin is affine in the sources, so it is smallest at an end of each range; bias
 * currents and the other errors are added there, to first order. The common-mode voltage shifts by
 * -I_BN R_NEQ + V_OST/2 (AN1177 Eq. 16, corrected: theory E9, Th. 6), of which this is the general form.
 */

import type { CurrentSource, LinearCircuit, OpAmp, VoltageSource } from '../circuit/circuit.ts';
import type { PinLimit } from '../circuit/pin-limits.ts';
import type { Range } from '../circuit/ranges.ts';
import { addColumn, type BiasPoint, type Column, rightHandSide } from '../mna/excitation.ts';
import type { Solution, Solver } from '../mna/solver.ts';
import { type ErrorShift, errorShifts, type ShiftedFunctional } from './error-shift.ts';
import { nominalSolution } from './operating-point.ts';
import { alongColumn } from './port-form.ts';
import { type SourceMove, sourceMoves } from './source-moves.ts';

export interface LimitCorner {
  /** Of the sources with a range that matter [V or A]. */
  readonly sources: ReadonlyMap<VoltageSource | CurrentSource, number>;
  /** [deg C]; null where both ends are alike or the netlist has none. */
  readonly temperature: number | null;
}

/** One end of a range, and the corner in which the op amp comes nearest to it or goes farthest beyond. */
export interface LimitCheck {
  readonly stated: PinLimit;
  /** The limit as a voltage there [V]. */
  readonly limit: number;
  /** What the sources make of the voltage, without any error [V]. */
  readonly signal: number;
  /** What bias currents add to it at their worst [V]. */
  readonly bias: number;
  /** What all other errors add [V]. */
  readonly errors: number;
  /** signal + bias + errors [V] */
  readonly reached: number;
  /** What is left before the limit, negative beyond it [V]. */
  readonly margin: number;
  readonly corner: LimitCorner;
}

export type LimitedQuantity = 'commonMode' | 'output';

export interface OperatingLimits {
  readonly commonMode: { readonly low: LimitCheck | null; readonly high: LimitCheck | null };
  readonly output: { readonly low: LimitCheck | null; readonly high: LimitCheck | null };
  /** Limits that count from a supply pin that the op amp does not have in the circuit. */
  readonly unsupplied: readonly PinLimit[];
}

export interface LimitNetwork {
  /** Of the finite network. */
  readonly solver: Solver;
  /** With the known errors. */
  readonly total: Solution;
  readonly biasPoints: ReadonlyMap<OpAmp, BiasPoint>;
}

/** Of the op amps with limits. */
export function operatingLimits(
  circuit: LinearCircuit,
  network: LimitNetwork,
): ReadonlyMap<OpAmp, OperatingLimits> {
  const limited = [...network.biasPoints.keys()].filter(hasLimits);
  if (limited.length === 0) return new Map();
  const at = {
    ...network,
    circuit,
    nominal: nominalSolution(network.solver),
    moves: sourceMoves(circuit, network.solver),
  };
  return new Map(limited.map((opAmp) => [opAmp, limitsOf(opAmp, at)]));
}

function hasLimits({ specification: { pinLimits } }: OpAmp): boolean {
  const { commonMode, output } = pinLimits;
  return [commonMode.low, commonMode.high, output.low, output.high].some(
    (limit) => limit !== undefined,
  );
}

interface At extends LimitNetwork {
  readonly circuit: LinearCircuit;
  /** Of the sources alone. */
  readonly nominal: Solution;
  readonly moves: readonly SourceMove[];
}

function limitsOf(opAmp: OpAmp, at: At): OperatingLimits {
  const unsupplied: PinLimit[] = [];
  const check = (quantity: LimitedQuantity, side: 'low' | 'high'): LimitCheck | null => {
    const stated = opAmp.specification.pinLimits[quantity][side];
    if (stated === undefined) return null;
    const voltages = comparedVoltages(opAmp, { quantity, side, stated, circuit: at.circuit });
    if (voltages !== undefined) return checked(voltages, { side, stated, at });
    unsupplied.push(stated);
    return null;
  };
  return {
    commonMode: { low: check('commonMode', 'low'), high: check('commonMode', 'high') },
    output: { low: check('output', 'low'), high: check('output', 'high') },
    unsupplied,
  };
}

/** A voltage of the solution, or one that a directive states instead. */
interface Voltage {
  readonly column: Column;
  readonly constant: number;
}

/** Pin and limit; undefined when the supply that the limit counts from is not there. */
function comparedVoltages(
  opAmp: OpAmp,
  {
    quantity,
    side,
    stated: { rail, offset },
    circuit,
  }: {
    quantity: LimitedQuantity;
    side: 'low' | 'high';
    stated: PinLimit;
    circuit: LinearCircuit;
  },
): { readonly pin: Voltage; readonly limit: Voltage } | undefined {
  const ranges = circuit.ranges.opAmps.get(opAmp.name);
  const { plus, minus, output } = opAmp;
  const column: Column =
    quantity === 'output'
      ? [
          [output.plus, 1],
          [output.minus, -1],
        ]
      : [
          [plus, 0.5],
          [minus, 0.5],
        ];
  const range = ranges?.get(quantity);
  const pin = range === undefined ? { column, constant: 0 } : { column: [], constant: range[side] };
  if (rail === undefined) return { pin, limit: { column: [], constant: offset } };
  const supply = ranges?.get(rail);
  // The supply is at the end of its range that is nearer to the pin.
  if (supply !== undefined) {
    const end = side === 'high' ? supply.low : supply.high;
    return { pin, limit: { column: [], constant: end + offset } };
  }
  const node = opAmp[rail];
  return node === undefined ? undefined : { pin, limit: { column: [[node, 1]], constant: offset } };
}

function checked(
  { pin, limit }: { readonly pin: Voltage; readonly limit: Voltage },
  { side, stated, at }: { side: 'low' | 'high'; stated: PinLimit; at: At },
): LimitCheck {
  const { solver, nominal, total, moves, circuit, biasPoints } = at;
  const { unknowns } = solver.system;
  // How far the pin is beyond the limit, as a functional of the solution.
  const sign = side === 'high' ? 1 : -1;
  const beyond: Column = [
    ...pin.column.map(([row, k]) => [row, sign * k] as const),
    ...limit.column.map(([row, k]) => [row, -sign * k] as const),
  ];
  const taken = moves.map((move) => {
    const gain = alongColumn(beyond, move.solution);
    const end: keyof Range = gain > 0 ? 'high' : 'low';
    return { ...move, end, step: gain === 0 ? 0 : move.range[end], matters: gain !== 0 };
  });
  const valueAt = ({ column, constant }: Voltage, from: Solution): number =>
    taken.reduce(
      (sum, { step, solution }) => sum + step * alongColumn(column, solution),
      alongColumn(column, from) + constant,
    );
  const functional = rightHandSide(unknowns);
  addColumn(functional, beyond, { factor: 1 });
  const shift = worstShift({
    adjoint: solver.solveTransposed(functional),
    known: alongColumn(beyond, total) - alongColumn(beyond, nominal),
    along: (column) => valueAt({ column, constant: 0 }, total),
    circuit,
    unknowns,
    biasPoints,
  });
  const [signal, end] = [valueAt(pin, nominal), valueAt(limit, nominal)];
  const [bias, errors] = [sign * shift.bias, sign * shift.errors];
  const reached = signal + bias + errors;
  return {
    stated,
    limit: end,
    signal,
    bias: bias + 0,
    errors: errors + 0,
    reached,
    margin: sign * (end - reached),
    corner: {
      sources: new Map(
        taken.flatMap(({ source, ends, end, matters }) =>
          matters ? [[source, ends[end]] as const] : [],
        ),
      ),
      temperature: shift.temperature,
    },
  };
}

/** The largest shift over the temperatures. */
function worstShift(at: ShiftedFunctional): ErrorShift {
  const [first, second = first] = errorShifts(at);
  if (first.errors === second.errors) return { ...first, temperature: null };
  return second.errors > first.errors ? second : first;
}
