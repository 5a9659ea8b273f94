/**
 * An instance with `m=M` is M equal instances in parallel. In a circuit each element then stands for M
 * of its kind between the same nodes: conductances, capacitances and currents are M times as large,
 * voltages stay. An inner current that controls something is that of one of them. ngspice 45 differs
 * (measured): it multiplies no B source, and takes the current of all instances for that of one.
 */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Control, Element } from './circuit.ts';

export interface MultiplierOptions {
  /** M by lower-case element name; 1 for what is not there. */
  readonly multipliers: ReadonlyMap<string, number>;
  readonly diagnostics: Diagnostics;
}

/** The elements with their multipliers applied. An op amp inside a multiplied instance is refused. */
export function multiplied(
  elements: readonly Element[],
  { multipliers, diagnostics }: MultiplierOptions,
): readonly Element[] {
  if (multipliers.size === 0) return elements;
  const multiplierOf = (name: string): number => multipliers.get(name.toLowerCase()) ?? 1;
  const ofOne = (controls: readonly Control[], copies: number): Control[] =>
    controls.map((control) => {
      const sensed = control.quantity === 'I' ? multiplierOf(control.element) : 1;
      return { ...control, gain: (control.gain * copies) / sensed };
    });
  return elements.map((element): Element => {
    const copies = multiplierOf(element.name);
    if (isReadOtherwise(element, multiplierOf)) {
      diagnostics.warning(
        'multiplier_meaning',
        element.span,
        `"${element.name}" is read as one of several equal ones in parallel; ngspice gives it another current where m= is not 1.`,
        'Write the parallel instances out.',
      );
    }
    switch (element.kind) {
      case 'resistor':
        return { ...element, resistance: element.resistance / copies };
      case 'currentSource':
        return { ...element, current: element.current * copies };
      case 'controlledCurrent':
        return {
          ...element,
          controls: ofOne(element.controls, copies),
          offset: element.offset * copies,
        };
      case 'controlledVoltage':
        return { ...element, controls: ofOne(element.controls, 1) };
      case 'voltageSource':
      case 'capacitor':
      case 'inductor':
        return element;
      default:
        if (copies !== 1) {
          diagnostics.error(
            'unsupported_multiplier',
            element.span,
            `"${element.name}" stands in an instance with the multiplier m=${copies}, where it cannot be solved.`,
            'Write the parallel instances out.',
          );
        }
        return element;
    }
  });
}

/** Whether ngspice solves a controlled source in a multiplied instance otherwise than its copies. */
function isReadOtherwise(element: Element, multiplierOf: (name: string) => number): boolean {
  if (element.kind !== 'controlledCurrent' && element.kind !== 'controlledVoltage') return false;
  const sensesMany = element.controls.some(
    (control) => control.quantity === 'I' && multiplierOf(control.element) !== 1,
  );
  const letter = element.name.slice(element.name.lastIndexOf('.') + 1).charAt(0);
  const isB = element.kind === 'controlledCurrent' && /b/i.test(letter);
  return sensesMany || (isB && multiplierOf(element.name) !== 1);
}
