/** What `key=value` on a controlled source does to its value. */

import type {
  Assignment,
  BehaviouralCard,
  CurrentControlledCard,
  VoltageControlledCard,
} from '../../grammar/spice/tree.ts';
import { binary, constant, type Formula, unary } from '../devices/formula.ts';
import { type Place, parameter, parameterValue } from './place.ts';

type SourceCard = VoltageControlledCard | CurrentControlledCard | BehaviouralCard;

/** Keys that change the value at DC, or are read elsewhere. */
const USED = new Set(['m', 'scale', 'max', 'min', 'abs', 'tc1', 'tc2', 'laplace', 'rpar']);

/** Keys that matter to other analyses, or to how a program gets to its solution. */
const INERT = new Set(
  'cpar delay ic mtol nfft noisy reltol td tripdt tripdv vprxover vntol window'.split(' '),
);

/**
 * f (1 + tc1 dT + tc2 dT^2) scale, its magnitude with abs=1, kept between min and max, m times (HSPICE, E and G
 * elements; ngspice, B sources). Keys that are unknown are reported.
 */
export function adjusted(
  formula: Formula,
  { card, place }: { card: SourceCard; place: Place },
): Formula {
  const { parameters } = card;
  reportUnknown(parameters, { card, place });
  const stated = (key: string, otherwise: number) =>
    parameterValue(parameters, { key, place, otherwise });
  const rise = place.temperature - place.nominalTemperature;
  const drift = 1 + stated('tc1', 0) * rise + stated('tc2', 0) * rise ** 2;
  let value = times(formula, drift * stated('scale', 1));
  if (stated('abs', 0) !== 0) value = unary('abs', value);
  for (const [key, operation] of [
    ['max', 'min'],
    ['min', 'max'],
  ] as const) {
    const bound = parameter(parameters, key);
    if (bound === undefined) continue;
    value = binary(operation, [value, constant(place.scope.evaluate(bound))]);
  }
  return times(value, stated('m', 1));
}

function times(formula: Formula, factor: number): Formula {
  return factor === 1 ? formula : binary('multiply', [formula, constant(factor)]);
}

function reportUnknown(
  parameters: readonly Assignment[],
  { card, place }: { card: SourceCard; place: Place },
): void {
  for (const { key } of parameters) {
    const name = key.text.toLowerCase();
    if (USED.has(name) || INERT.has(name)) continue;
    place.diagnostics.warning(
      'unknown_parameter',
      key.span,
      `"${card.name.text}" has the parameter "${key.text}", which is not known here and left out.`,
    );
  }
}
