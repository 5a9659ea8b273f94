/** Controlled sources as cards: E and G where one voltage controls, else B with a sum. */

import type { Control, ControlledCurrent, ControlledVoltage, Port } from '../circuit/circuit.ts';

/** How cards call the nodes and elements of a circuit. */
export interface CardNames {
  readonly node: (index: number) => string;
  readonly element: (name: string) => string;
}

type Controlled = ControlledVoltage | ControlledCurrent;

/** `plus minus` */
export function portText({ plus, minus }: Port, names: CardNames): string {
  return `${names.node(plus)} ${names.node(minus)}`;
}

export function controlledLetter(element: Controlled): 'E' | 'G' | 'B' {
  if (soleVoltage(element) === undefined) return 'B';
  return element.kind === 'controlledVoltage' ? 'E' : 'G';
}

export function controlledCard(element: Controlled, names: CardNames): string {
  const name = names.element(element.name);
  const port = portText(element.port, names);
  const sole = soleVoltage(element);
  if (sole !== undefined) return `${name} ${port} ${portText(sole.port, names)} ${sole.gain}`;
  const quantity = element.kind === 'controlledVoltage' ? 'V' : 'I';
  const terms = element.controls.map((control) => `(${control.gain})*${sensed(control, names)}`);
  const constant = element.offset === 0 && terms.length > 0 ? [] : [`(${element.offset})`];
  return `${name} ${port} ${quantity}=${[...constant, ...terms].join('+')}`;
}

function soleVoltage({ controls: [first, second], offset }: Controlled) {
  return first?.quantity === 'V' && second === undefined && offset === 0 ? first : undefined;
}

function sensed(control: Control, names: CardNames): string {
  return control.quantity === 'I'
    ? `I(${names.element(control.element)})`
    : `V(${names.node(control.port.plus)},${names.node(control.port.minus)})`;
}
