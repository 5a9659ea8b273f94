/**
 * LTspice's A devices: eight nodes, those that are tied to the common one unused. Of their laws only that of
 * the transconductance amplifier without output limits is published (LTspice reference, OTA).
 */

import type { Word } from '../../grammar/expression.ts';
import type { OtherCard } from '../../grammar/spice/tree.ts';
import { binary, constant, type Formula, unary } from '../devices/formula.ts';
import type { Element } from './circuit.ts';
import { sourceOf } from './controlled-sources.ts';
import { Inputs } from './formula.ts';
import { base, type Place, parameterValue } from './place.ts';
import { EvaluationFault } from './scope.ts';

/** Noise and dynamics. */
const INERT =
  /^(?:en|enk|in|ink|incm|incmk|cout|cin|epsilon|powerup|linear|noiseless|td|tau|tripdt|tripdv)$/i;
const USED = /^(?:g|iout|vhigh|vlow|rout|ref)$/i;

/** Limits of the output voltage that cannot be reached [V]. */
const UNREACHABLE = 1e30;

/** @throws {EvaluationFault} for any device but an OTA whose law is known. */
export function specialFunction(card: OtherCard, place: Place): readonly Element[] {
  const { device } = card;
  const model = device?.model;
  if (device === undefined || model === undefined) throw unsupported(card, 'of an unknown kind');
  if (!/^ota$/i.test(model.text)) throw unsupported(card, `of the kind ${model.text}`);
  const [inverting, plus, third, fourth, fifth, complement, output, common] = device.nodes;
  if (
    output === undefined ||
    common === undefined ||
    inverting === undefined ||
    plus === undefined
  ) {
    throw unsupported(card, 'with too few nodes');
  }
  const unused = [third, fourth, fifth, complement];
  if (unused.some((word) => word === undefined || place.node(word) !== place.node(common))) {
    throw unsupported(card, 'that multiplies, or has a complementary output');
  }
  const other = device.parameters.find(({ key }) => !USED.test(key.text) && !INERT.test(key.text));
  if (other !== undefined) throw unsupported(card, `with ${other.key.text}=`);
  const stated = (key: string, otherwise: number): number =>
    parameterValue(device.parameters, { key, place, otherwise });
  const transconductance = stated('g', 1);
  if (stated('ref', 0) !== 0) throw unsupported(card, 'with ref=');
  const limits = [stated('vhigh', 2), -stated('vlow', 0)];
  if (transconductance !== 0 && limits.some((limit) => limit < UNREACHABLE)) {
    throw unsupported(card, 'whose output voltage is limited');
  }
  const inputs = new Inputs(place);
  const difference = inputs.voltage({ plus: place.node(plus), minus: place.node(inverting) });
  const ideal = binary('multiply', [constant(transconductance), difference]);
  const linear = transconductance === 0 || isLinear(card);
  const formula = linear ? ideal : saturated(ideal, stated('iout', 10e-6));
  const shape = {
    ...base(card, place),
    port: { plus: place.node(common), minus: place.node(output) },
  };
  const resistance = stated('rout', Number.POSITIVE_INFINITY);
  const source = sourceOf(shape, 'I', { formula, inputs: inputs.controls });
  if (!Number.isFinite(resistance)) return [source];
  return [source, { kind: 'resistor', ...shape, name: `${shape.name}.Rout`, resistance }];
}

/** I_OUT tanh(I / I_OUT) */
function saturated(current: Formula, most: number): Formula {
  if (most === 0) return constant(0);
  const ratio = binary('divide', [current, constant(most)]);
  return binary('multiply', [constant(most), unary('tanh', ratio)]);
}

function isLinear({ words }: OtherCard): boolean {
  return words.some(({ text }: Word) => /^linear$/i.test(text));
}

function unsupported(card: OtherCard, what: string): EvaluationFault {
  return new EvaluationFault(
    'unsupported_element',
    card.name.span,
    `"${card.name.text}" is a special function of LTspice ${what}, whose law is not published.`,
    'An OTA with Vhigh=1e308 Vlow=-1e308, without ref and without a second pair of inputs, can be solved.',
  );
}
