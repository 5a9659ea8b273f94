/**
 * Nodes that carry events, not voltages: at the operating point each has the value that its drivers give it.
 * A digital value is 0, 1, or 1/2 for unknown; a real one is a number. Values are formulas, since bridges
 * read voltages. A node that waits for itself is unknown on the way round: the least fixed point of
 * three-valued logic for one loop.
 */

import type { Word } from '../../../grammar/expression.ts';
import { constant, type Formula } from '../../devices/formula.ts';
import type { NodeIndex } from '../circuit.ts';
import type { Inputs } from '../formula.ts';
import { EvaluationFault } from '../scope.ts';
import { plus } from './corner.ts';

export type EventType = 'd' | 'real';

const UNKNOWN = constant(0.5);
const ZERO = constant(0);

/** How many drivers one value may rest on: nodes that read each other twice per stage double them. */
const MAXIMUM_READINGS = 10_000;

interface Driver {
  readonly type: EventType;
  /** The port of the card that drives. */
  readonly word: Word;
  readonly value: (inputs: Inputs) => Formula;
}

export class EventNodes {
  readonly #drivers = new Map<NodeIndex, Driver[]>();
  readonly #pending = new Set<NodeIndex>();
  readonly #places = new Map<NodeIndex, Word>();
  #readings = 0;

  /** Every node that carries events, with a place where a card names it. */
  get places(): ReadonlyMap<NodeIndex, Word> {
    return this.#places;
  }

  /** Says that a node carries events. */
  note(node: NodeIndex, word: Word): void {
    if (!this.#places.has(node)) this.#places.set(node, word);
  }

  /** @throws {EvaluationFault} for a second driver of a digital node; real ones add up. */
  drive(node: NodeIndex, driver: Driver): void {
    const drivers = this.#drivers.get(node) ?? [];
    const [other] = drivers;
    if (other !== undefined && (driver.type === 'd' || other.type === 'd')) {
      throw new EvaluationFault(
        'several_drivers',
        driver.word.span,
        `The digital node "${driver.word.text}" is driven by two outputs.`,
      );
    }
    this.#drivers.set(node, [...drivers, driver]);
  }

  /** What a node carries; a digital one that nothing drives is unknown, a real one 0. @throws {EvaluationFault} */
  value(node: NodeIndex, { type, inputs }: { type: EventType; inputs: Inputs }): Formula {
    const drivers = this.#drivers.get(node);
    if (drivers === undefined || this.#pending.has(node)) return type === 'd' ? UNKNOWN : ZERO;
    if (this.#pending.size === 0) this.#readings = 0;
    this.#pending.add(node);
    try {
      const values = drivers.map((driver) => {
        if (++this.#readings <= MAXIMUM_READINGS) return driver.value(inputs);
        const message = `The value of "${driver.word.text}" rests on more than ${MAXIMUM_READINGS} outputs.`;
        throw new EvaluationFault('expression_too_long', driver.word.span, message);
      });
      return values.reduce(plus);
    } finally {
      this.#pending.delete(node);
    }
  }
}
