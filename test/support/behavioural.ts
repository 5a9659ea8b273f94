// The sources of a netlist that are not linear, evaluated at node voltages and branch currents that a test states.

import { parseNetlist } from '../../grammar/spice/parse.ts';
import {
  type BehaviouralSource,
  type Circuit,
  type Control,
  type Element,
  GROUND,
} from '../../src/circuit/circuit.ts';
import { elaborate } from '../../src/circuit/elaborate.ts';
import { type FormulaLaw, formulaLaw } from '../../src/devices/formula-law.ts';

/** Voltages by node name and currents by element name, in lower case; what is not stated is 0. */
export type Solution = Readonly<Record<string, number>>;

export type Dialect = NonNullable<Parameters<typeof parseNetlist>[1]>['dialect'];

/** Errors, the one that says a source is not linear left out. */
export function faultsBut(circuit: Circuit): string[] {
  return circuit.diagnostics
    .filter(({ severity, code }) => severity !== 'info' && code !== 'nonlinear_source')
    .map(({ severity, code }) => `${severity} ${code}`);
}

export function circuitIn(body: string, dialect: Dialect = 'ngspice'): Circuit {
  return elaborate(parseNetlist({ name: 'test.cir', text: `title\n${body}\n.end\n` }, { dialect }));
}

/** The element of that name; the circuit must have no faults but that of being non-linear. */
export function sourceIn(circuit: Circuit, name: string): Element {
  const faults = faultsBut(circuit).filter((fault) => fault.startsWith('error'));
  const found = circuit.elements.find((element) => element.name === name);
  if (faults.length > 0 || found === undefined) throw new Error(`${name}: ${faults}`);
  return found;
}

export function behaviouralIn(circuit: Circuit, name: string): BehaviouralSource {
  const found = sourceIn(circuit, name);
  if (found.kind !== 'behavioural') throw new Error(`${name} is a ${found.kind}`);
  return found;
}

/** u of a source at a solution. */
export function inputsAt(
  circuit: Circuit,
  { inputs }: { inputs: readonly Control[] },
  at: Solution,
): Float64Array {
  const voltage = (node: number) =>
    node === GROUND ? 0 : (at[(circuit.nodes[node] ?? '').toLowerCase()] ?? 0);
  return Float64Array.from(inputs, (control) =>
    control.quantity === 'V'
      ? voltage(control.port.plus) - voltage(control.port.minus)
      : (at[control.element.toLowerCase()] ?? 0),
  );
}

export interface Evaluated {
  readonly value: number;
  readonly gradient: readonly number[];
  readonly fault: string | null;
}

export function evaluated(law: FormulaLaw, u: Float64Array): Evaluated {
  const gradient = new Float64Array(u.length);
  const value = law.evaluate(u, gradient);
  return { value, gradient: [...gradient], fault: law.fault(u) };
}

/** The value and slopes of a source, linear or not, at a solution. */
export function sourceAt(circuit: Circuit, name: string, at: Solution): Evaluated {
  const found = sourceIn(circuit, name);
  switch (found.kind) {
    case 'behavioural':
      return evaluated(formulaLaw(found.formula), inputsAt(circuit, found, at));
    case 'controlledVoltage':
    case 'controlledCurrent': {
      const u = inputsAt(circuit, { inputs: found.controls }, at);
      const gradient = found.controls.map(({ gain }) => gain);
      const value = gradient.reduce((sum, gain, i) => sum + gain * (u[i] ?? 0), found.offset);
      return { value, gradient, fault: null };
    }
    default:
      throw new Error(`${name} is a ${found.kind}`);
  }
}
