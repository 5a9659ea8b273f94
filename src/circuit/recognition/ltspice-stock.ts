/**
 * The generic op amps of LTspice, whose libraries (`opamp.sub`, `UniversalOpamps2.sub`,
 * `UniversalOpAmp2.lib`) stay on its machine. Their instances are told by the parameters they pass.
 */

import type { InstanceCard } from '../../../grammar/spice/tree.ts';
import { EvaluationFault, type Scope } from '../scope.ts';
import type { Pin, Pins } from './pins.ts';
import { accepted } from './recognise.ts';

interface Stock {
  readonly name: RegExp;
  /** The parameter that is the open-loop gain [V/V]; one of these must be passed. */
  readonly gain: RegExp;
  readonly roles: readonly Pin['role'][];
  /** True where the gain alone is the model at DC. */
  readonly linear: boolean;
}

const STOCK: readonly Stock[] = [
  // Inverting input first, unlike nearly everything else.
  { name: /^opamp$/i, gain: /^aol$/i, roles: ['minus', 'plus', 'output'], linear: true },
  {
    name: /^level\.?(?:1|2|3a|3b|4)$/i,
    gain: /^avol$/i,
    roles: ['plus', 'minus', 'positiveSupply', 'negativeSupply', 'output'],
    linear: false,
  },
];

/** The pins of a generic op amp of LTspice; undefined for any other instance. */
export function ltspiceStock(card: InstanceCard, scope: Scope): Pins | undefined {
  const stock = STOCK.find(
    ({ name, roles }) => name.test(card.subcircuit.text) && roles.length === card.nodes.length,
  );
  const stated = card.parameters.find(({ key }) => stock?.gain.test(key.text));
  if (stock === undefined || stated === undefined) return undefined;
  const pins = accepted({
    pins: stock.roles.map((role) => ({ role })),
    from: `LTspice's own "${card.subcircuit.text}"`,
  });
  const gain = stock.linear ? gainOf(stated.value, scope) : undefined;
  return pins && { ...pins, ...(gain === undefined ? {} : { gain }) };
}

function gainOf(expression: InstanceCard['parameters'][number]['value'], scope: Scope) {
  try {
    const gain = scope.evaluate(expression);
    return gain > 0 ? gain : undefined;
  } catch (fault) {
    if (fault instanceof EvaluationFault) return undefined;
    throw fault;
  }
}
