/** Parts whose model is a subcircuit of a library file. */

import { shorten } from '../../../grammar/expression-faults.ts';
import type { Component } from './board.ts';
import { type CardContext, elementName, leaveOut, writeCard } from './card.ts';
import { byNumber, inOrder, type Simulation } from './simulation.ts';

export function writeInstance(
  component: Component,
  { model, library }: Simulation,
  context: CardContext,
): void {
  const source = library && context.libraries.include(library);
  if (model === undefined || source === undefined) {
    leaveOut(component, 'have a model in a library that was not found', context);
    return;
  }
  const ports = portsOf(source.text, model.text);
  const pins = ports && (inOrder(component, ports) ?? byNumber(component.pins));
  if (ports === undefined || pins === undefined || pins.length !== ports.length) {
    const message =
      ports === undefined
        ? `"${shorten(library?.text ?? '')}" defines no subcircuit "${shorten(model.text)}".`
        : `The pins of ${component.reference.text} do not match the ${ports.length} of "${shorten(model.text)}".`;
    const hint = 'Look at its simulation model in KiCad: the pin assignments.';
    context.diagnostics.error('bad_model', model.span, message, hint);
    return;
  }
  const name = elementName('X', component.reference);
  writeCard(component, { name, pins, tail: model.text }, context);
}

/** The ports of a `.subckt` line. */
function portsOf(text: string, model: string): readonly string[] | undefined {
  const joined = text.replace(/\r?\n[ \t]*\+/g, ' ');
  for (const [, name, rest = ''] of joined.matchAll(/^[ \t]*\.subckt[ \t]+(\S+)([^\r\n]*)/gim)) {
    if (name?.toLowerCase() !== model.toLowerCase()) continue;
    const words =
      rest
        .split(/;|\bparams:/i)[0]
        ?.trim()
        .split(/\s+/) ?? [];
    return words.filter((word) => word !== '' && !word.includes('='));
  }
  return undefined;
}
