/**
 * The currents that controlled sources name: a voltage source, an inductor or a controlled voltage has
 * its current among the unknowns; that of a resistor is its voltage over its resistance.
 */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import { binary, constant, input, substituted } from '../devices/formula.ts';
import {
  type BehaviouralSource,
  type Control,
  controllingElements,
  type Element,
} from './circuit.ts';

/** The elements with every controlling current resolved; those that cannot be are reported. */
export function resolveControls(
  elements: readonly Element[],
  diagnostics: Diagnostics,
): readonly Element[] {
  if (elements.every((element) => controllingElements(element).length === 0)) return elements;
  const byName = new Map(elements.map((element) => [element.name.toLowerCase(), element]));
  const resolved = (owner: Element, control: Control): Control => {
    if (control.quantity === 'V') return control;
    const found = byName.get(control.element.toLowerCase());
    if (found?.kind === 'resistor' && found.resistance !== 0) {
      return { quantity: 'V', port: found.port, gain: control.gain / found.resistance };
    }
    if (found === undefined || !carriesCurrent(found)) {
      diagnostics.error(
        'unknown_control',
        owner.span,
        found === undefined
          ? `"${owner.name}" is controlled by the current of "${control.element}", which is not in the netlist.`
          : `"${owner.name}" is controlled by the current of "${control.element}", which is not a voltage source.`,
        'Put a 0 V source into the branch and name it.',
      );
    }
    return control;
  };
  return elements.map((element) => {
    switch (element.kind) {
      case 'controlledVoltage':
      case 'controlledCurrent':
        return {
          ...element,
          controls: element.controls.map((control) => resolved(element, control)),
        };
      case 'device':
        return { ...element, inputs: element.inputs.map((input) => resolved(element, input)) };
      case 'behavioural':
        return withUnitGains(
          element,
          element.inputs.map((control) => resolved(element, control)),
        );
      default:
        return element;
    }
  });
}

/** The inputs of a formula have the gain 1: another gain becomes a factor inside the formula. */
function withUnitGains(element: BehaviouralSource, inputs: readonly Control[]): BehaviouralSource {
  const scaled = inputs.map(({ gain }, index) =>
    gain === 1 ? input(index) : binary('multiply', [constant(gain), input(index)]),
  );
  return {
    ...element,
    inputs: inputs.map((control) => ({ ...control, gain: 1 })),
    formula: substituted(element.formula, scaled),
  };
}

function carriesCurrent(element: Element): boolean {
  switch (element.kind) {
    case 'voltageSource':
    case 'inductor':
    case 'controlledVoltage':
    case 'resistor':
      return true;
    case 'behavioural':
      return element.quantity === 'V';
    default:
      return false;
  }
}
