/**
 * Which port of a subcircuit is which pin of an op amp, where text or structure says so: the names of
 * the ports, or the one controlled source inside. Never the order alone: 81 common op amp names exist
 * with conflicting orders.
 */

import type { PinRole } from '../../grammar/directive/tree.ts';
import type { Subcircuit, VoltageControlledCard } from '../../grammar/spice/tree.ts';
import { EvaluationFault, Scope } from './scope.ts';

/** An E source of at least this gain counts as an op amp; below it only a directive makes it one. */
export const OP_AMP_GAIN = 1e4;

export interface Pins {
  readonly roles: readonly PinRole[];
  readonly evidence: string;
  /** The gain found inside [V/V], when structure gave the pins. */
  readonly gain?: number;
}

const PORT_NAMES: readonly (readonly [PinRole, RegExp])[] = [
  [
    'plus',
    /^(\+|inp|in_?p|in\+|\+in|vin\+|vinp|vip|ninv|non_?inv(erting)?|noninv(erting)?|inplus|in_plus|plus|pos)$/i,
  ],
  [
    'minus',
    /^(-|inn|in_?n|inm|in_?m|in-|-in|vin-|vinn|vinm|vim|inv(erting)?|inminus|in_minus|minus|neg)$/i,
  ],
  ['output', /^(out(put)?|vout|o|vo|outp)$/i],
  ['positiveSupply', /^(vdd|vcc|v\+|vs\+|\+vs|\+v|vp|vpos|vccp|avdd|vcc\+|vdd\+|vplus)$/i],
  ['negativeSupply', /^(vss|vee|v-|vs-|-vs|-v|vn|vneg|vccn|avss|vcc-|vss-|vminus)$/i],
];

/** Roles by the names of the ports; undefined unless +, - and output are each named exactly once. */
export function pinsFromPortNames({ ports }: Subcircuit): Pins | undefined {
  const roles = ports.map(
    (port): PinRole => PORT_NAMES.find(([, pattern]) => pattern.test(port.text))?.[0] ?? 'other',
  );
  const count = (role: PinRole) => roles.filter((found) => found === role).length;
  const unique = count('plus') === 1 && count('minus') === 1 && count('output') === 1;
  if (!unique || count('positiveSupply') > 1 || count('negativeSupply') > 1) return undefined;
  return { roles, evidence: 'pins from the port names' };
}

/**
 * Roles by structure: the body holds nothing but one E source whose controlling pair and output are
 * ports. `gain` is its gain with the default parameters of the subcircuit; undefined when the body has
 * another shape.
 */
export function pinsFromStructure(definition: Subcircuit, scope: Scope): Pins | undefined {
  const cards = definition.statements.filter((statement) => statement.kind === 'card');
  const [source] = cards;
  if (cards.length !== 1 || source?.letter !== 'E') return undefined;
  const card = source as VoltageControlledCard;
  if (card.control.form !== 'linear') return undefined;
  const [plus, minus] = card.control.pair;
  const gain = gainOf(card, definition, scope);
  if (gain === undefined) return undefined;
  // A negative gain is an op amp whose controlling pair is written the other way round.
  const [nonInverting, inverting] = gain > 0 ? [plus, minus] : [minus, plus];
  const output = card.nodes[0];
  const reference = card.nodes[1].text.toLowerCase();
  if (reference !== '0' && reference !== 'gnd') return undefined;

  const index = (name: string) =>
    definition.ports.findIndex((port) => port.text.toLowerCase() === name.toLowerCase());
  const at = {
    plus: index(nonInverting.text),
    minus: index(inverting.text),
    output: index(output.text),
  };
  if (at.plus < 0 || at.minus < 0 || at.output < 0) return undefined;
  const named = pinsFromPortNames(definition);
  const roles = definition.ports.map((_, port): PinRole => {
    if (port === at.plus) return 'plus';
    if (port === at.minus) return 'minus';
    if (port === at.output) return 'output';
    const role = named?.roles[port];
    return role === 'positiveSupply' || role === 'negativeSupply' ? role : 'other';
  });
  return {
    roles,
    gain: Math.abs(gain),
    evidence: `"${definition.name.text}" is one source "${card.name.text}" of gain ${Math.abs(gain)}`,
  };
}

function gainOf(
  card: VoltageControlledCard,
  definition: Subcircuit,
  scope: Scope,
): number | undefined {
  if (card.control.form !== 'linear') return undefined;
  const inner = new Scope(scope);
  for (const { key, value } of definition.parameters) inner.define(key.text, value);
  for (const statement of definition.statements) {
    if (statement.kind !== 'parameters') continue;
    for (const { key, value } of statement.assignments) inner.define(key.text, value);
  }
  try {
    return inner.evaluate(card.control.gain);
  } catch (fault) {
    if (fault instanceof EvaluationFault) return undefined; // reported where the card is built
    throw fault;
  }
}
