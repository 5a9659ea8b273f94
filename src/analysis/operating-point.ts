/** The DC solution: voltages and currents with the finite gains and all known errors in. */

import { GROUND, type LinearCircuit, type OpAmp, type Port } from '../circuit/circuit.ts';
import {
  addColumn,
  addErrors,
  type BiasPoint,
  rightHandSide,
  sourceExcitation,
} from '../mna/excitation.ts';
import { component, type Solution, type Solver, voltage } from '../mna/solver.ts';

/** Voltages at an op amp [V]; AN1177 takes V_CM of the external pins. */
export interface OpAmpVoltages {
  readonly plus: number;
  readonly minus: number;
  readonly commonMode: number;
  readonly output: number;
  readonly positiveSupply: number;
  readonly negativeSupply: number;
}

export function opAmpVoltages(solution: Solution, opAmp: OpAmp): OpAmpVoltages {
  const plus = component(solution, opAmp.plus);
  const minus = component(solution, opAmp.minus);
  return {
    plus,
    minus,
    commonMode: (plus + minus) / 2,
    output: voltage(solution, opAmp.output),
    positiveSupply: component(solution, opAmp.positiveSupply ?? GROUND),
    negativeSupply: component(solution, opAmp.negativeSupply ?? GROUND),
  };
}

/** The sources alone: x of the network without any op amp error. */
export function nominalSolution(solver: Solver): Solution {
  const { circuit, unknowns } = solver.system;
  return solver.solve(sourceExcitation(circuit, unknowns));
}

/** Sources and known errors together. */
export function totalSolution(solver: Solver, biasPoints: ReadonlyMap<OpAmp, BiasPoint>): Solution {
  const { circuit, unknowns } = solver.system;
  const b = sourceExcitation(circuit, unknowns);
  addErrors(b, unknowns, biasPoints);
  return solver.solve(b);
}

/**
 * The bias point of each op amp: as specified, its supplies by default the nominal ones of the circuit,
 * taken from `nominal`, a solution without errors. `dt` beats the temperatures of the netlist.
 */
export function biasPoints(
  circuit: LinearCircuit,
  { opAmps, nominal }: { opAmps: readonly OpAmp[]; nominal: Solution },
): ReadonlyMap<OpAmp, BiasPoint> {
  return new Map(
    opAmps.map((opAmp) => {
      const { biasPoint, temperatureStep } = opAmp.specification;
      const supplies = opAmpVoltages(nominal, opAmp);
      const step = (circuit.temperature?.nominal ?? biasPoint.temperature) - biasPoint.temperature;
      return [
        opAmp,
        {
          commonMode: biasPoint.commonMode,
          output: biasPoint.output,
          positiveSupply: biasPoint.positiveSupply ?? supplies.positiveSupply,
          negativeSupply: biasPoint.negativeSupply ?? supplies.negativeSupply,
          temperatureStep: temperatureStep ?? step,
        },
      ];
    }),
  );
}

/** Names and values of the node voltages; null where a node has none. */
export function nodeVoltages(
  circuit: LinearCircuit,
  solution: Solution,
): Record<string, number | null> {
  const voltages: Record<string, number | null> = Object.create(null);
  for (const [index, name] of circuit.nodes.entries()) {
    voltages[name] = circuit.floating.has(index) ? null : component(solution, index);
  }
  return voltages;
}

/** Names and currents of all elements that conduct, from plus to minus through the element [A]. */
export function branchCurrents(solver: Solver, solution: Solution): Record<string, number> {
  const { circuit, unknowns } = solver.system;
  const currents: Record<string, number> = Object.create(null);
  for (const element of circuit.elements) {
    const branch = unknowns.branches.get(element.name.toLowerCase());
    if (branch !== undefined) currents[element.name] = component(solution, branch);
    else if (element.kind === 'resistor') {
      currents[element.name] = voltage(solution, element.port) / element.resistance;
    } else if (element.kind === 'currentSource') currents[element.name] = element.current;
  }
  return currents;
}

/** The Thevenin equivalent between two nodes: open-circuit voltage [V] and resistance [Ω]. */
export interface TheveninEquivalent {
  readonly voltage: number;
  readonly resistance: number;
}

/** V_oc from the operating point; R from a test current of 1 A into `plus` and out of `minus`. */
export function theveninEquivalent(
  solver: Solver,
  { port, operatingPoint }: { port: Port; operatingPoint: Solution },
): TheveninEquivalent {
  const b = rightHandSide(solver.system.unknowns);
  addColumn(
    b,
    [
      [port.plus, 1],
      [port.minus, -1],
    ],
    { factor: 1 },
  );
  return { voltage: voltage(operatingPoint, port), resistance: voltage(solver.solve(b), port) };
}
