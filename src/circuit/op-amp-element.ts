/** A recognised instance -> the op amp of the circuit, its pins on the nodes of the card. */

import type { InstanceCard } from '../../grammar/spice/tree.ts';
import { GROUND, type OpAmp } from './circuit.ts';
import type { RecognisedOpAmp } from './op-amps.ts';

export function opAmpElement({
  card,
  pins,
  node,
}: {
  card: InstanceCard;
  pins: RecognisedOpAmp;
  node: (index: number) => number;
}): OpAmp {
  const at = (role: string) => pins.roles.indexOf(role as (typeof pins.roles)[number]);
  const supply = (role: string) => (at(role) < 0 ? undefined : node(at(role)));
  const positiveSupply = supply('positiveSupply');
  const negativeSupply = supply('negativeSupply');
  return {
    kind: 'opAmp',
    name: pins.name,
    span: card.span,
    plus: node(at('plus')),
    minus: node(at('minus')),
    output: { plus: node(at('output')), minus: GROUND },
    ...(positiveSupply === undefined ? {} : { positiveSupply }),
    ...(negativeSupply === undefined ? {} : { negativeSupply }),
    specification: pins.specification,
    part: pins.part,
    evidence: pins.evidence,
    roles: pins.roles,
  };
}
