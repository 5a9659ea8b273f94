/** What a generic op amp of LTspice states of its DC errors on its card, as the model of the op amp. */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { InstanceCard } from '../../../grammar/spice/tree.ts';
import { idealSpecification, known, type OpAmpSpecification } from '../specification.ts';
import type { Pins } from './pins.ts';

/** Nominal A_OL and V_OS that the netlist itself states; what it does not state is ideal. */
export function statedSpecification({ gain, offsetVoltage }: Pins): OpAmpSpecification {
  const ideal = idealSpecification(gain);
  return offsetVoltage === undefined
    ? ideal
    : { ...ideal, offsetVoltage: known(offsetVoltage), stated: ['vos'] };
}

/** Says which parameters of the card are not in its model: all of them where a directive is the model. */
export function reportStated(
  { unused, offsetVoltage = 0 }: Pins,
  at: {
    readonly card: InstanceCard;
    readonly isDirective: boolean;
    readonly diagnostics: Diagnostics;
  },
): void {
  const { card, isDirective, diagnostics } = at;
  const { name, subcircuit, parameters } = card;
  if (unused === undefined) return;
  const left = isDirective ? parameters.map(({ key }) => key.text) : unused;
  if (left.length > 0) {
    const model = isDirective
      ? 'a directive is its model'
      : 'its gain and its offset voltage alone are its DC errors';
    diagnostics.info(
      'unused_parameters',
      subcircuit.span,
      `"${name.text}" is LTspice's ${subcircuit.text}: ${model}; not used: ${left.join(', ')}.`,
    );
  }
  if (isDirective || offsetVoltage === 0) return;
  const doubt = `Vos of "${name.text}" is taken to add to its + input; LTspice does not document its sign.`;
  diagnostics.warning('offset_sign', name.span, doubt);
}
