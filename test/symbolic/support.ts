// Closed forms of a netlist below a title line.

import { isLinear, type LinearCircuit } from '../../src/circuit/circuit.ts';
import {
  type ClosedForm,
  type ClosedFormOptions,
  closedForms,
  hasForm,
} from '../../src/symbolic/closed-form.ts';
import { wantedQuantities } from '../../src/symbolic/wanted.ts';
import { circuitOf, errorsOf } from '../support/circuit.ts';

/** `body` with all its op amps (three pins: +, -, output) declared. */
export function linearCircuit(body: string): LinearCircuit {
  const names = body.match(/^XU\w*/gm) ?? [];
  const directives = names.map((name) => `*@ opamp ${name} pins=+,-,out vos=0`);
  const circuit = circuitOf([body.trim(), ...directives, '.end', ''].join('\n'));
  const errors = errorsOf(circuit);
  if (errors.length > 0 || !isLinear(circuit)) throw new Error(errors.join('\n'));
  return circuit;
}

export function form(
  circuit: LinearCircuit,
  { quantity, ...options }: { readonly quantity: string } & ClosedFormOptions,
): ClosedForm {
  const forms = closedForms(circuit, options);
  const { quantities } = wantedQuantities([quantity], circuit);
  const [wanted] = quantities;
  if (wanted === undefined) throw new Error(`no ${quantity}`);
  const found = forms.form(wanted);
  if (!hasForm(found)) throw new Error(`${quantity} is ${found.reason}`);
  return found;
}
