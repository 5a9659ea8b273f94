/** T: a lossless line joins its two ports at DC: equal voltages, and the current that enters one leaves the other. */

import type { OtherCard } from '../../grammar/spice/tree.ts';
import type { Element } from './circuit.ts';
import { base, type Place, portOf } from './place.ts';
import { EvaluationFault } from './scope.ts';

export function transmissionLine(card: OtherCard, place: Place): readonly Element[] {
  const [a, b, c, d] = card.device?.nodes ?? [];
  if (a === undefined || b === undefined || c === undefined || d === undefined) {
    throw new EvaluationFault('missing_node', card.span, `"${card.name.text}" needs four nodes.`);
  }
  const { name, span } = base(card, place);
  const near = portOf([a, b], place);
  const far = portOf([c, d], place);
  return [
    {
      kind: 'controlledVoltage',
      name,
      span,
      port: near,
      controls: [{ quantity: 'V', port: far, gain: 1 }],
      offset: 0,
    },
    {
      kind: 'controlledCurrent',
      name: `${name}.far`,
      span,
      port: far,
      controls: [{ quantity: 'I', element: name, gain: -1 }],
      offset: 0,
    },
  ];
}
