/** What the user asks for -> quantities of the circuit: `GN(XU1)`, `gain(VIN)`, `VOE`, or `GN` for every op amp. */

import { suggestionHint } from '../../grammar/suggest.ts';
import type { LinearCircuit } from '../circuit/circuit.ts';
import { AT_THE_OUTPUT, type Quantity, quantitiesOf, quantityName } from './quantity.ts';

export interface WantedFault {
  readonly code: 'unknown_quantity' | 'no_output';
  readonly message: string;
  readonly hint: string;
}

export function wantedQuantities(
  texts: readonly string[],
  circuit: LinearCircuit,
): { readonly quantities: readonly Quantity[]; readonly faults: readonly WantedFault[] } {
  const all = quantitiesOf(circuit);
  if (texts.length === 0) return { quantities: all, faults: [] };
  const quantities: Quantity[] = [];
  const faults: WantedFault[] = [];
  for (const text of texts) {
    const wanted = text.toLowerCase().replace(/\s/g, '');
    const found = all.filter((quantity) => {
      const name = quantityName(quantity).toLowerCase();
      return name === wanted || name.startsWith(`${wanted}(`);
    });
    if (found.length === 0) faults.push(faultOf(text, { circuit, all }));
    quantities.push(...found.filter((each) => !quantities.includes(each)));
  }
  return { quantities, faults };
}

function faultOf(
  text: string,
  { circuit, all }: { circuit: LinearCircuit; all: readonly Quantity[] },
): WantedFault {
  const kind = /^\s*(\w+)/.exec(text)?.[1]?.toLowerCase() ?? '';
  if (circuit.output === null && [...AT_THE_OUTPUT].some((each) => each.toLowerCase() === kind)) {
    return {
      code: 'no_output',
      message: `"${text}" is a quantity of the output, and the circuit names none.`,
      hint: 'Name it with "*@ output V(node)" or --output.',
    };
  }
  const known = all.map(quantityName);
  const shown = known.length > 12 ? [...known.slice(0, 12), '...'] : known;
  return {
    code: 'unknown_quantity',
    message: `"${text}" is no quantity of this circuit that has a closed form.`,
    hint: suggestionHint(text, { known, otherwise: `Quantities are ${shown.join(', ')}.` }),
  };
}
