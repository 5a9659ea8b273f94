/** What all writers of element lines share. */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { Word } from '../../../grammar/expression.ts';
import { shorten } from '../../../grammar/expression-faults.ts';
import type { NetlistText } from '../netlist-text.ts';
import type { Component, Net, Pin, Program } from './board.ts';
import type { Libraries } from './libraries.ts';
import type { NodeNames } from './nodes.ts';
import { unused } from './unused.ts';

export interface CardContext {
  readonly text: NetlistText;
  readonly node: NodeNames;
  readonly diagnostics: Diagnostics;
  readonly program: Program;
  readonly libraries: Libraries;
  /** What is no element of the circuit, by reason. */
  readonly leftOut: Map<string, Component[]>;
  /** Nets whose voltage a source holds. */
  readonly held: Set<Net>;
  /** How often each name of an element was wanted: two parts of one name, which the user is told, are two elements. */
  readonly names: Map<string, number>;
  /** Names of the op amps as drawn. */
  readonly opAmps: Set<string>;
}

export function leaveOut(component: Component, reason: string, { leftOut }: CardContext): void {
  const others = leftOut.get(reason);
  if (others === undefined) leftOut.set(reason, [component]);
  else others.push(component);
}

/** A reference that begins with another letter gets the one of its element in front. */
export function elementName(letter: string, { text }: Word): string {
  const name = text.replace(/[\s(){}[\],;=*'"$\\]/g, '_');
  return name.slice(0, 1).toUpperCase() === letter && letter !== 'X' ? name : letter + name;
}

export function writeCard(
  component: Component,
  { name, pins, tail }: { name: string; pins: readonly Pin[]; tail: string },
  { text, node, names }: CardContext,
): void {
  text.add(unused(name, names), component.reference.span);
  for (const { net } of pins) text.add(` ${node(net)}`, component.span);
  text.add(` ${tail}`, component.value.span).add('\n', component.span);
}

/** True, with an error, if the part has another number of pins than its element. */
export function lacksPins(
  component: Component,
  pins: readonly Pin[] | undefined,
  context: CardContext,
): boolean {
  if (pins !== undefined) return false;
  const { reference } = component;
  const message = `It is not clear which pin of ${reference.text} is which.`;
  const hint = context.program.toNamePins;
  context.diagnostics.error('unclear_pins', reference.span, message, hint);
  return true;
}

export function reportValue(component: Component, letter: string, context: CardContext): void {
  const { value, reference } = component;
  const message = `The value "${shorten(value.text)}" of ${reference.text} is no number.`;
  const hint = /[VI]/.test(letter)
    ? 'Write it as 9V, DC 5 or SIN(0 1 1k), or exclude the part from simulation.'
    : 'Write it as 4.7k, 4k7 or 100n; M is 1e6 and m is 1e-3.';
  // At DC a capacitor is open, whatever its value.
  if (letter !== 'C') context.diagnostics.error('bad_value', value.span, message, hint);
  else {
    context.diagnostics.warning('bad_value', value.span, `${message} It is left out.`, hint);
  }
}
