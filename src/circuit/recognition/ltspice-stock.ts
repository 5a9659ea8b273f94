/**
 * The generic op amps of LTspice, whose libraries (`opamp.sub`, `UniversalOpamps2.sub`,
 * `UniversalOpAmp2.lib`) stay on its machine. Their instances are told by the parameters they pass; the gain
 * and the offset voltage among these are their DC errors (LTspice's help, "UniversalOpAmp").
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
  /** The parameter that is V_OS [V]; absent where the model has none. */
  readonly offset?: RegExp;
}

const STOCK: readonly Stock[] = [
  // Inverting input first, unlike nearly everything else.
  { name: /^opamp$/i, gain: /^aol$/i, roles: ['minus', 'plus', 'output'] },
  {
    name: /^level\.?(?:1|2|3a|3b|4)$/i,
    gain: /^avol$/i,
    roles: ['plus', 'minus', 'positiveSupply', 'negativeSupply', 'output'],
    offset: /^vos$/i,
  },
];

/** The pins of a generic op amp of LTspice; undefined for any other instance. */
export function ltspiceStock(card: InstanceCard, scope: Scope): Pins | undefined {
  const stock = STOCK.find(
    ({ name, roles }) => name.test(card.subcircuit.text) && roles.length === card.nodes.length,
  );
  if (stock === undefined) return undefined;
  const states = (pattern: RegExp | undefined) =>
    card.parameters.find(({ key }) => pattern?.test(key.text));
  const [gain, offset] = [states(stock.gain), states(stock.offset)];
  if (gain === undefined) return undefined;
  const pins = accepted({
    pins: stock.roles.map((role) => ({ role })),
    from: `LTspice's own "${card.subcircuit.text}"`,
  });
  const openLoop = numberOf(gain.value, scope);
  const offsetVoltage = offset && numberOf(offset.value, scope);
  const hasGain = openLoop !== undefined && openLoop > 0;
  const used = new Set([
    ...(hasGain ? [gain] : []),
    ...(offsetVoltage === undefined ? [] : [offset]),
  ]);
  return (
    pins && {
      ...pins,
      ...(hasGain ? { gain: openLoop } : {}),
      ...(offsetVoltage === undefined ? {} : { offsetVoltage }),
      unused: card.parameters.filter((each) => !used.has(each)).map(({ key }) => key.text),
    }
  );
}

function numberOf(expression: InstanceCard['parameters'][number]['value'], scope: Scope) {
  try {
    return scope.evaluate(expression);
  } catch (fault) {
    if (fault instanceof EvaluationFault) return undefined;
    throw fault;
  }
}
