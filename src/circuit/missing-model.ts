/** What to do about an instance whose subcircuit is nowhere in the netlist: the hint of the error. */

import type { InstanceCard } from '../../grammar/spice/tree.ts';

/** `asWritten`: macromodels are solved as they are, and no error model may stand for one. */
export function missingModelHint(
  name: string,
  { card, asWritten }: { readonly card: InstanceCard; readonly asWritten: boolean },
): string {
  if (asWritten) {
    return 'The circuit is solved as written here, which takes the model itself: .include the file that defines it. Only the error analysis, "nullor analyze", does without the models of op amps.';
  }
  const directive = `*@ opamp ${name} pins=+,-,V+,V-,out vos=+-1m`;
  return card.nodes.length === 5
    ? `Neither the library nor the families of op amps have this name. If it is an op amp, say so: ${directive}`
    : `If it is an op amp, say so: ${directive}`;
}
