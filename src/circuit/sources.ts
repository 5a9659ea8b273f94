/** V and I: the DC value, else the waveform at t = 0; a stated series resistance is a resistor of its own. */

import type { SourceCard } from '../../grammar/spice/tree.ts';
import type { Element } from './circuit.ts';
import { base, type Place, parameterValue, portOf } from './place.ts';
import { atNominalCorner } from './random-functions.ts';
import { statedTolerance } from './stated-tolerance.ts';
import { valueAtStart } from './waveform.ts';

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

/** A source without a DC value has at DC the value of its waveform at t = 0; without either it is 0. */
function initialValue({ waveform }: SourceCard, { scope }: Place): number {
  if (waveform === undefined) return 0;
  return valueAtStart(waveform.shape.text, {
    count: waveform.arguments.length,
    at: (index) => {
      const argument = waveform.arguments[index];
      return argument === undefined ? 0 : scope.evaluate(argument);
    },
  });
}
