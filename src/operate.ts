/** Text in, operating point out: the circuit as it is written, macromodels and non-linear devices included. */

import { type Diagnostic, Diagnostics } from '../grammar/diagnostic.ts';
import { type DeviceBias, deviceBiases } from './analysis/device-bias.ts';
import { branchCurrents, nodeVoltages } from './analysis/operating-point.ts';
import { noConvergence, valueFaults } from './analysis/working-point.ts';
import type { AnalyzeOptions } from './analyze.ts';
import { type Circuit, opAmpsOf } from './circuit/circuit.ts';
import { elaborate } from './circuit/elaborate.ts';
import { deadNetworkFaults, type Fault, feedbackFault } from './mna/diagnosis.ts';
import type { PointAid } from './mna/gain-stepping.ts';
import { instancesOf } from './mna/instance.ts';
import { genericTangents } from './mna/linearisation.ts';
import { isFound, operatingPoint } from './mna/operating-point.ts';
import { assemble } from './mna/system.ts';
import { readNetlist } from './read-netlist.ts';

export interface Operation {
  readonly file: string;
  readonly title: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly circuit: Circuit;
  /** null when the text has errors or no operating point was found; the diagnostics say why. */
  readonly result: {
    /** [V]; null for a node without a DC voltage, on which nothing depends. */
    readonly nodes: Readonly<Record<string, number | null>>;
    /** From plus to minus through the element [A]. */
    readonly branches: Readonly<Record<string, number>>;
    readonly devices: readonly DeviceBias[];
    /** Newton iterations, 0 in a linear circuit. */
    readonly iterations: number;
    readonly aids: readonly PointAid[];
  } | null;
}

export type OperateOptions = Pick<AnalyzeOptions, 'name' | 'resolve' | 'dialect'>;

/** The operating point of a netlist. Never throws for a text: what is wrong with it stands in `diagnostics`. */
export function operate(text: string, options: OperateOptions = {}): Operation {
  const { name = '<netlist>', ...reading } = options;
  const netlist = readNetlist({ name, text }, reading);
  const circuit = elaborate(netlist, { macromodels: 'as written' });
  const diagnostics = new Diagnostics();
  diagnostics.all.push(...circuit.diagnostics);
  const operation = { file: name, title: circuit.title, circuit };
  const refused = { ...operation, diagnostics: diagnostics.all, result: null };
  if (diagnostics.hasErrors) return refused;
  const faults = structuralFaults(circuit);
  const sought =
    faults.length > 0
      ? { restless: undefined }
      : operatingPoint(circuit, { network: opAmpsOf(circuit).length > 0 ? 'finite' : 'ideal' });
  const undefinedValues = isFound(sought) ? valueFaults(sought) : [];
  if (!isFound(sought) || undefinedValues.length > 0) {
    const reasons = [...faults, ...undefinedValues];
    if (reasons.length === 0 && !isFound(sought)) reasons.push(noConvergence(circuit, sought));
    for (const fault of reasons) {
      const span = fault.element?.span ?? { source: netlist.source, start: 0, end: 0 };
      diagnostics.error(fault.status, span, fault.message, fault.hint);
    }
    return refused;
  }
  const { solver, solution, iterations, aids } = sought;
  return {
    ...operation,
    diagnostics: diagnostics.all,
    result: {
      nodes: nodeVoltages(sought.circuit, solution),
      branches: branchCurrents(solver, solution),
      devices: deviceBiases(sought),
      iterations,
      aids,
    },
  };
}

/** What keeps the equations from having a solution whatever the devices do. */
function structuralFaults(circuit: Circuit): readonly Fault[] {
  const generic = genericTangents(circuit, instancesOf(circuit));
  const dead = deadNetworkFaults(assemble(generic, 'dead'));
  if (dead.length > 0 || opAmpsOf(circuit).length === 0) return dead;
  const open = feedbackFault(assemble(generic, 'finite'));
  return open === undefined ? [] : [open];
}
