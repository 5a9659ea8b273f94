/**
 * An op amp by what is inside: one linear controlled source of high gain between ports, and nothing else
 * that matters at DC.
 */

import type { PinRole } from '../../../grammar/directive/tree.ts';
import type {
  Assignment,
  ElementCard,
  PassiveCard,
  Subcircuit,
  VoltageControlledCard,
} from '../../../grammar/spice/tree.ts';
import { EvaluationFault, Scope } from '../scope.ts';
import { describe } from './description.ts';
import { namedPorts } from './named-ports.ts';
import type { Pins } from './pins.ts';

/** An E source of at least this gain counts as an op amp; below it only a directive makes it one. */
export const OP_AMP_GAIN = 1e4;

/** How the parameters of a body get their values: what an instance hands over, and where it stands. */
export interface Surroundings {
  readonly scope?: Scope;
  readonly parameters?: readonly Assignment[];
}

/**
 * Pins of a body that is one E source from ground to a port, or one G source into a port with a resistor
 * to ground there (LTspice's `opamp`), controlled by two ports; capacitors do not matter. `gain` is
 * signed away: a negative one is an op amp whose controlling pair is written the other way round.
 * The resistor of the G form is left out of the op amp: it changes the output by R / (A_OL beta R_load).
 */
export function pinsFromStructure(
  definition: Subcircuit,
  surroundings: Surroundings = {},
): Pins | undefined {
  const cards = definition.statements.filter(isCard);
  const [source, second] = cards.filter(({ letter }) => letter === 'E' || letter === 'G');
  if (source === undefined || second !== undefined) return undefined;
  const card = source as VoltageControlledCard;
  if (card.control.form !== 'linear') return undefined;
  const driven = drivenNode(card);
  if (driven === undefined) return undefined;
  const loads = cards.filter((other) => other !== source && other.letter !== 'C');
  const expected = card.letter === 'E' ? 0 : 1;
  if (loads.length !== expected || !loads.every((load) => loadsNode(load, driven.node))) {
    return undefined;
  }
  const scope = innerScope(definition, surroundings);
  const values = evaluated(scope, [card.control.gain, ...loads.map(resistanceOf)]);
  if (values === undefined) return undefined;
  const gain = values.reduce((product, value) => product * value, driven.sign);

  const [plus, minus] = card.control.pair;
  const index = (name: string) =>
    definition.ports.findIndex((port) => port.text.toLowerCase() === name.toLowerCase());
  const [first, last] = [index(plus.text), index(minus.text)];
  const at = {
    plus: gain > 0 ? first : last,
    minus: gain > 0 ? last : first,
    output: index(driven.node),
  };
  if (at.plus < 0 || at.minus < 0 || at.output < 0) return undefined;
  const named = namedPorts(describe(definition));
  const roles = definition.ports.map((_, port): PinRole => {
    if (port === at.plus) return 'plus';
    if (port === at.minus) return 'minus';
    if (port === at.output) return 'output';
    const role = named?.pins[port]?.role;
    return role === 'positiveSupply' || role === 'negativeSupply' ? role : 'other';
  });
  return {
    roles,
    channels: [roles],
    gain: Math.abs(gain),
    evidence: `"${definition.name.text}" is one source "${card.name.text}" of gain ${Math.abs(gain)}`,
  };
}

/** The node a source drives against ground, and the sign that the direction gives. */
function drivenNode({ letter, nodes }: VoltageControlledCard) {
  const [from, to] = nodes.map(({ text }) => text);
  if (from === undefined || to === undefined) return undefined;
  // The current of a G source flows from its first node to its second: into the second.
  if (isGround(to)) return { node: from, sign: letter === 'E' ? 1 : -1 };
  if (isGround(from)) return { node: to, sign: letter === 'E' ? -1 : 1 };
  return undefined;
}

function loadsNode(card: ElementCard, node: string): boolean {
  if (card.letter !== 'R') return false;
  const [a, b] = (card as PassiveCard).nodes.map(({ text }) => text.toLowerCase());
  const wanted = node.toLowerCase();
  return (a === wanted && isGround(b ?? '')) || (b === wanted && isGround(a ?? ''));
}

function resistanceOf(card: ElementCard) {
  return (card as PassiveCard).value;
}

function isGround(node: string): boolean {
  return /^(?:0|gnd)$/i.test(node);
}

function isCard(statement: Subcircuit['statements'][number]): statement is ElementCard {
  return statement.kind === 'card';
}

/** The scope of a body: its parameters, over them what the instance hands over. */
function innerScope(definition: Subcircuit, { scope, parameters = [] }: Surroundings): Scope {
  const inner = new Scope(scope);
  for (const { key, value } of definition.parameters) inner.define(key.text, value);
  for (const statement of definition.statements) {
    if (statement.kind !== 'parameters') continue;
    for (const { key, value } of statement.assignments) inner.define(key.text, value);
  }
  for (const { key, value } of parameters) {
    const [number] = evaluated(scope ?? new Scope(), [value]) ?? [];
    if (number !== undefined) inner.fix(key.text, number);
  }
  return inner;
}

/** The values, undefined when one of them has none; the fault is reported where the card is built. */
function evaluated(
  scope: Scope,
  expressions: readonly (PassiveCard['value'] | undefined)[],
): number[] | undefined {
  try {
    return expressions.map((expression) =>
      expression === undefined ? Number.NaN : scope.evaluate(expression),
    );
  } catch (fault) {
    if (fault instanceof EvaluationFault) return undefined;
    throw fault;
  }
}

/** How the body of a subcircuit bears on its being an op amp. */
export type BodyKind =
  /** No cards could be read: what the text says must do. */
  | 'empty'
  /** R, C, L, independent sources: no op amp whatever its ports are called. */
  | 'passive'
  /** Linear controlled sources, none of which has the gain of an op amp. */
  | 'linear'
  /** Linear, with an E source of at least OP_AMP_GAIN: solved as written, that source is the op amp. */
  | 'linear with op amp'
  /** Semiconductors, switches, expressions, inner subcircuits: a macromodel or a circuit. */
  | 'other';

export function bodyKind(definition: Subcircuit, surroundings: Surroundings = {}): BodyKind {
  const cards = definition.statements.filter(isCard);
  if (cards.length === 0) return 'empty';
  if (cards.every(({ letter }) => 'RCLKVI'.includes(letter))) return 'passive';
  if (!cards.every(isLinear)) return 'other';
  const scope = innerScope(definition, surroundings);
  const strong = cards.some((card) => {
    if (card.letter !== 'E') return false;
    const { control } = card as VoltageControlledCard;
    const [gain] = control.form === 'linear' ? (evaluated(scope, [control.gain]) ?? []) : [];
    return gain !== undefined && Math.abs(gain) >= OP_AMP_GAIN;
  });
  return strong ? 'linear with op amp' : 'linear';
}

function isLinear(card: ElementCard): boolean {
  if ('RCLKVI'.includes(card.letter)) return true;
  return 'EGFH'.includes(card.letter) && 'control' in card && card.control.form === 'linear';
}
