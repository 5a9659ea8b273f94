/** What turning a card into elements needs to know of the place where the card stands. */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Expression, Word } from '../../grammar/expression.ts';
import type { Assignment, ElementCard } from '../../grammar/spice/tree.ts';
import type { Port } from './circuit.ts';
import type { Scope } from './scope.ts';

export interface Place {
  readonly scope: Scope;
  readonly diagnostics: Diagnostics;
  /** `XA.` in front of names inside the instance XA. */
  readonly prefix: string;
  readonly node: (word: Word) => number;
  /** A node inside an element, which no card can name. */
  readonly innerNode: (name: string) => number;
  /** T_A - T_NOM of resistors [K]. */
  readonly temperatureRise: number;
  /** Whether R of a resistor model multiplies the value on the card (PSpice) or gives way to it. */
  readonly resistorModel: 'multiplier' | 'overridden';
  /** `.model` parameters by name in any case. */
  readonly model: (name: string) => readonly Assignment[] | undefined;
}

/** Name and span of the element a card makes. */
export function base(card: ElementCard, place: Place) {
  return { name: place.prefix + card.name.text, span: card.span };
}

export function portOf(nodes: readonly [Word, Word], place: Place): Port {
  return { plus: place.node(nodes[0]), minus: place.node(nodes[1]) };
}

/** The value that a list of `key=value` gives a key; the first one counts. */
export function parameter(parameters: readonly Assignment[], key: string): Expression | undefined {
  return parameters.find((assignment) => assignment.key.text.toLowerCase() === key)?.value;
}

/** The number that a list of `key=value` gives a key. */
export function parameterValue(
  parameters: readonly Assignment[],
  { key, place, otherwise }: { key: string; place: Place; otherwise: number },
): number {
  const expression = parameter(parameters, key);
  return expression === undefined ? otherwise : place.scope.evaluate(expression);
}
