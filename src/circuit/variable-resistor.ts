/** A resistance that is a formula of the solution: I = V/R(u) from plus to minus. */

import type { Span } from '../../grammar/source.ts';
import { binary, type Formula } from '../devices/formula.ts';
import type { Element, Port } from './circuit.ts';
import type { Inputs } from './formula.ts';

export function variableResistor(
  shape: { readonly name: string; readonly span: Span; readonly port: Port },
  { resistance, inputs }: { readonly resistance: Formula; readonly inputs: Inputs },
): Element {
  const formula = binary('divide', [inputs.voltage(shape.port), resistance]);
  return { kind: 'behavioural', ...shape, quantity: 'I', inputs: inputs.controls, formula };
}
