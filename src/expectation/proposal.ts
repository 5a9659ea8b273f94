/** The closed form of the quantity that a wrong formula is about, for circuits with ideal op amps. */

import type { Expression } from '../../grammar/expression.ts';
import { type Circuit, isLinear } from '../circuit/circuit.ts';
import { type ClosedForms, closedForms, hasForm } from '../symbolic/closed-form.ts';
import { wantedQuantities } from '../symbolic/wanted.ts';

/** A longer formula explains nothing. */
const LONGEST = 200;

const known = new WeakMap<Circuit, ClosedForms>();

/** As text, verified by the solver; undefined for other quantities, and where there is no short form. */
export function proposal(
  quantity: Expression,
  { circuit, prefix }: { readonly circuit: Circuit; readonly prefix: string },
): string | undefined {
  if (quantity.kind !== 'probe' || !isLinear(circuit)) return undefined;
  const [name, second] = quantity.names;
  if (name === undefined || second !== undefined) return undefined;
  const text = `${quantity.quantity}(${prefix}${name.text})`;
  const [wanted, other] = wantedQuantities([text], circuit).quantities;
  if (wanted === undefined || other !== undefined) return undefined;
  const forms = known.get(circuit) ?? closedForms(circuit, { equal: [] });
  known.set(circuit, forms);
  const form = forms.form(wanted);
  return hasForm(form) && form.text.length <= LONGEST ? form.text : undefined;
}
