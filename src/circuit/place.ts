/** What turning a card into elements needs to know of the place where the card stands. */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Expression, Word } from '../../grammar/expression.ts';
import type { Dialect } from '../../grammar/spice/dialect.ts';
import type { Assignment, ElementCard } from '../../grammar/spice/tree.ts';
import type { Element, Port } from './circuit.ts';
import type { EventNodes } from './code-models/event-nodes.ts';
import type { PlacedModel } from './level.ts';
import type { Scope } from './scope.ts';

export interface Place {
  readonly scope: Scope;
  readonly diagnostics: Diagnostics;
  /** `XA.` in front of names inside the instance XA. */
  readonly prefix: string;
  readonly node: (word: Word) => number;
  /** A node inside an element, which no card can name. */
  readonly innerNode: (name: string) => number;
  /** T_A of the circuit, and the T_NOM at which models hold [deg C]. */
  readonly temperature: number;
  readonly nominalTemperature: number;
  /** Numbers of `.options` by lower-case name. */
  readonly settings: ReadonlyMap<string, number>;
  readonly dialect: Dialect;
  /** Whether R of a resistor model multiplies the value on the card (PSpice) or gives way to it. */
  readonly resistorModel: 'multiplier' | 'overridden';
  /** The nodes that carry digital or real values. */
  readonly events: EventNodes;
  /** Elements that can only be made when all cards have been read. */
  readonly defer: (make: () => readonly Element[]) => void;
  /** Whether a K card names an inductor. */
  readonly coupled: (inductor: Word) => boolean;
  /** A `.model` by name in any case. */
  readonly model: (name: string) => PlacedModel | undefined;
  /** The models `name.1`, `name.2` ... */
  readonly bins: (name: string) => readonly PlacedModel[];
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

/** The number that a list of `key=value` gives a key; its names are looked up in the scope of `place`. */
export function parameterValue(
  parameters: readonly Assignment[],
  { key, place, otherwise }: { key: string; place: Pick<Place, 'scope'>; otherwise: number },
): number {
  const expression = parameter(parameters, key);
  return expression === undefined ? otherwise : place.scope.evaluate(expression);
}
