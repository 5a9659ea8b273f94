/** The value of every symbol of a closed form: of an element, of a cause of error, or of a part with a name. */

import type { Element } from '../circuit/circuit.ts';
import type { Symbols } from './symbols.ts';
import { evaluate } from './tree.ts';

export function valueOfSymbols(
  { names, definitions }: Symbols,
  values: {
    readonly element: (element: Element) => number | undefined;
    readonly cause: (name: string) => number | undefined;
  },
): (name: string) => number {
  const parts = new Map<string, number>();
  const valueAt = (name: string): number => {
    const element = names.get(name);
    if (element !== undefined) return values.element(element) ?? Number.NaN;
    const definition = definitions.get(name);
    if (definition === undefined) return values.cause(name) ?? Number.NaN;
    const known = parts.get(name) ?? evaluate(definition, valueAt);
    parts.set(name, known);
    return known;
  };
  return valueAt;
}

/** A resistance, or the gain of a source with one control; NaN for other elements. */
export function elementValue(element: Element): number {
  switch (element.kind) {
    case 'resistor':
      return element.resistance;
    case 'controlledVoltage':
    case 'controlledCurrent':
      return element.controls[0]?.gain ?? Number.NaN;
    default:
      return Number.NaN;
  }
}
