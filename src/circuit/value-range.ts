/** Which numbers an element may have: 0, or of a size whose products and inverses stay finite. */

import type { Element } from './circuit.ts';

/** Beyond these a value is no resistance, voltage or current of this world, and its products overflow. */
export const SMALLEST_VALUE = 1e-60;
export const LARGEST_VALUE = 1e60;

/** The first value of an element that is out of range, if any. */
export function absurdValue(element: Element): number | undefined {
  return numbersOf(element).find((value) => value !== 0 && !isSensible(value));
}

/** The numbers of an element that enter the equations. */
function numbersOf(element: Element): readonly number[] {
  switch (element.kind) {
    case 'resistor':
      return [element.resistance];
    case 'voltageSource':
      return [element.voltage];
    case 'currentSource':
      return [element.current];
    case 'controlledVoltage':
    case 'controlledCurrent':
      return [element.offset, ...element.controls.map(({ gain }) => gain)];
    default:
      return [];
  }
}

function isSensible(value: number): boolean {
  return Math.abs(value) >= SMALLEST_VALUE && Math.abs(value) <= LARGEST_VALUE;
}
