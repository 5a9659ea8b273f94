/** Parts with a number: resistors, capacitors, inductors, sources; and what is a short at DC. */

import { type Component, field } from './board.ts';
import { type CardContext, elementName, lacksPins, reportValue, writeCard } from './card.ts';
import { byNumber, inOrder, simulationOf } from './simulation.ts';
import { sourceText } from './sources.ts';
import { percentage, statedValue } from './values.ts';

export function writePassive(component: Component, letter: string, context: CardContext): void {
  const pins = inOrder(component, ['+ 1', '- 2']);
  const { parameters, text } = simulationOf(component);
  const given = parameters.get(letter.toLowerCase()) ?? text?.text ?? component.value.text;
  const stated = statedValue(given);
  const expression = /^\{[^{}]*\}$/.test(given.trim()) ? given.trim() : undefined;
  if (lacksPins(component, pins, context) || pins === undefined) return;
  if (stated === undefined && expression === undefined) {
    reportValue(component, letter, context);
    return;
  }
  const tolerance =
    percentage((field(component, 'Tolerance') ?? field(component, 'Tol'))?.text ?? '') ??
    stated?.tolerance ??
    statedValue(component.value.text)?.tolerance;
  const name = elementName(letter, component.reference);
  const tail = (stated?.number ?? expression ?? '') + (tolerance ? ` tol=${tolerance}` : '');
  writeCard(component, { name, pins, tail }, context);
}

export function writeSource(component: Component, letter: string, context: CardContext): void {
  const pins = inOrder(component, ['+ 1 n+', '- 2 n-']);
  if (lacksPins(component, pins, context) || pins === undefined) return;
  const tail = sourceText(component, simulationOf(component));
  if (tail === undefined) {
    reportValue(component, letter, context);
    return;
  }
  if (letter === 'V') for (const { net } of pins) context.held.add(net);
  writeCard(component, { name: elementName(letter, component.reference), pins, tail }, context);
}

export function writeControlled(component: Component, letter: string, context: CardContext): void {
  const pins = inOrder(component, ['n+ 1 +', 'n- 2 -', 'c+ 3 nc+', 'c- 4 nc-']);
  const { parameters } = simulationOf(component);
  const gain = statedValue(parameters.get('gain') ?? component.value.text)?.number;
  if (lacksPins(component, pins, context) || pins === undefined) return;
  if (gain === undefined) reportValue(component, letter, context);
  else {
    const name = elementName(letter, component.reference);
    writeCard(component, { name, pins, tail: gain }, context);
  }
}

/** Two resistors, the wiper in the middle. */
export function writePotentiometer(component: Component, context: CardContext): void {
  const { reference, value } = component;
  const pins = inOrder(component, ['1', '2', '3']);
  const [top, wiper, bottom] = pins ?? byNumber(component.pins);
  const number = statedValue(value.text)?.number;
  if (top === undefined || wiper === undefined || bottom === undefined) return;
  if (number === undefined) {
    reportValue(component, 'R', context);
    return;
  }
  const message = `The wiper of ${reference.text} is taken to be in the middle.`;
  const hint = 'Draw two resistors instead to have it elsewhere.';
  context.diagnostics.warning('wiper_in_the_middle', reference.span, message, hint);
  const name = elementName('R', reference);
  const tail = `{0.5*${number}}`;
  writeCard(component, { name: `${name}_1`, pins: [top, wiper], tail }, context);
  writeCard(component, { name: `${name}_2`, pins: [wiper, bottom], tail }, context);
}

/** Fuses, ferrite beads, closed jumpers and net ties carry DC without a voltage. */
export function writeShort(component: Component, context: CardContext): void {
  const pins = byNumber(component.pins);
  writeCard(component, { name: elementName('V', component.reference), pins, tail: '0' }, context);
}
