/** V and I: the DC value, else what the waveform starts from; a stated series resistance is a resistor of its own. */

import type { SourceCard } from '../../grammar/spice/tree.ts';
import type { Element } from './circuit.ts';
import { base, type Place, parameterValue, portOf } from './place.ts';
import { atNominalCorner } from './random-functions.ts';
import { statedTolerance } from './stated-tolerance.ts';

export function source(card: SourceCard, place: Place): readonly Element[] {
  const { name, span } = base(card, place);
  const port = portOf(card.nodes, place);
  const { scope } = place;
  const value =
    card.dc === undefined
      ? initialValue(card, place)
      : scope.evaluate(atNominalCorner(card.dc, scope));
  const { parameters, dc } = card;
  const expression = dc === undefined ? {} : { expression: dc };
  const said = statedTolerance({ span, parameters, scope, ...expression }, place);
  const tolerance = said === undefined ? {} : { stated: said };
  if (card.letter === 'I') {
    const m = parameterValue(card.parameters, { key: 'm', place, otherwise: 1 });
    return [{ kind: 'currentSource', name, span, port, current: value * m, ...tolerance }];
  }
  const series = parameterValue(card.parameters, { key: 'rser', place, otherwise: 0 });
  const source = { kind: 'voltageSource', name, span, voltage: value, ...tolerance } as const;
  if (series === 0) return [{ ...source, port }];
  const inner = place.innerNode(`${name}.inner`);
  return [
    { ...source, port: { plus: inner, minus: port.minus } },
    {
      kind: 'resistor',
      name: `${name}.Rser`,
      span,
      port: { plus: port.plus, minus: inner },
      resistance: series,
    },
  ];
}

/** A source without a DC value has at DC the value its waveform starts from; without either it is 0. */
function initialValue({ waveform }: SourceCard, { scope }: Place): number {
  if (waveform === undefined) return 0;
  const argument = (index: number): number => {
    const expression = waveform.arguments[index];
    return expression === undefined ? 0 : scope.evaluate(expression);
  };
  switch (waveform.shape.text.toUpperCase()) {
    case 'SIN': {
      // offset + amplitude sin(phase) when the sine starts at once: ngspice's arguments 0, 1, 3 and 5
      const phase = (argument(5) * Math.PI) / 180;
      return argument(3) > 0 ? argument(0) : argument(0) + argument(1) * Math.sin(phase);
    }
    case 'PULSE':
    case 'EXP':
    case 'SFFM':
      return argument(0);
    case 'PWL':
      return argument(1);
    default:
      return 0;
  }
}
