/**
 * The generic op amps of LTspice as its help describes them, for netlists whose libraries stayed on another
 * machine: `opamp` is a gain alone; level 1 adds the input resistances; the higher levels limit the output to
 * the supplies less `rail`, and its current.
 */

import type { InstanceCard } from '../../grammar/spice/tree.ts';
import { binary, constant, type Formula } from '../devices/formula.ts';
import { type Element, GROUND, type NodeIndex } from './circuit.ts';
import { sourceOf } from './controlled-sources.ts';
import { Inputs } from './formula.ts';
import { type Place, parameterValue } from './place.ts';

/** Of the limited output [S]: within its current limit an output resistance of 1 ohm, which a loop divides by its gain. */
const CONDUCTANCE = 1;

/** The elements of an instance; undefined for what is no generic op amp of LTspice. */
export function ltspiceOpAmp(card: InstanceCard, place: Place): readonly Element[] | undefined {
  const name = card.subcircuit.text.toLowerCase();
  const nodes = card.nodes.map(place.node);
  const stated = (key: string, otherwise: number): number =>
    parameterValue(card.parameters, { key, place, otherwise });
  const [first, second, third, fourth, fifth] = nodes;
  if (first === undefined || second === undefined || third === undefined) return undefined;
  if (name === 'opamp' && nodes.length === 3) {
    const states = card.parameters.some(({ key }) => /^aol$/i.test(key.text));
    if (!states) return undefined;
    return gainAlone(card, {
      place,
      inverting: first,
      plus: second,
      output: third,
      gain: stated('aol', 0),
    });
  }
  const level = /^level\.?(1|2|3a|3b|4)$/.exec(name)?.[1];
  if (level === undefined || fourth === undefined || fifth === undefined || nodes.length !== 5) {
    return undefined;
  }
  report(card, { place, offset: stated('vos', 0) });
  const pins = { plus: first, minus: second, positive: third, negative: fourth, output: fifth };
  return universal(card, { place, pins, limited: level !== '1', stated });
}

function gainAlone(
  card: InstanceCard,
  {
    place,
    inverting,
    plus,
    output,
    gain,
  }: { place: Place; inverting: NodeIndex; plus: NodeIndex; output: NodeIndex; gain: number },
): readonly Element[] {
  const inputs = new Inputs(place);
  const formula = binary('multiply', [constant(gain), inputs.voltage({ plus, minus: inverting })]);
  const port = { plus: output, minus: GROUND };
  const shape = { name: `${place.prefix}${card.name.text}`, span: card.span, port };
  return [sourceOf(shape, 'V', { formula, inputs: inputs.controls })];
}

/** The parameters that a symbol passes and that do not act at DC, or are used here. */
const KNOWN =
  /^(?:avol|gbw|slew|ilimit|rail|vos|phimargin|en|enk|in|ink|incm|incmk|rin|cin|rout|m)$/i;

function report(
  card: InstanceCard,
  { place, offset }: { readonly place: Place; readonly offset: number },
): void {
  const { diagnostics } = place;
  const { name, subcircuit } = card;
  const message = `"${name.text}" is LTspice's ${subcircuit.text}, whose library is missing; it is solved by its documented parameters.`;
  diagnostics.info('generic_op_amp', subcircuit.span, message);
  for (const { key } of card.parameters) {
    if (KNOWN.test(key.text)) continue;
    const unknown = `"${name.text}" states "${key.text}", which ${subcircuit.text} does not have; it is left out.`;
    diagnostics.warning('unknown_parameter', key.span, unknown);
  }
  if (offset === 0) return;
  const doubt = `Vos of "${name.text}" is taken to add to its + input; LTspice does not document its sign.`;
  diagnostics.warning('offset_sign', name.span, doubt);
}

interface Pins {
  readonly plus: NodeIndex;
  readonly minus: NodeIndex;
  readonly positive: NodeIndex;
  readonly negative: NodeIndex;
  readonly output: NodeIndex;
}

function universal(
  card: InstanceCard,
  {
    place,
    pins,
    limited,
    stated,
  }: {
    place: Place;
    pins: Pins;
    limited: boolean;
    stated: (key: string, otherwise: number) => number;
  },
): readonly Element[] {
  const name = `${place.prefix}${card.name.text}`;
  const { span } = card;
  const inputs = new Inputs(place);
  const to = (node: NodeIndex): Formula => inputs.voltage({ plus: node, minus: GROUND });
  const input = binary('add', [
    inputs.voltage({ plus: pins.plus, minus: pins.minus }),
    constant(stated('vos', 0)),
  ]);
  const ideal = binary('multiply', [constant(stated('avol', 1e6)), input]);
  const port = { plus: pins.output, minus: GROUND };
  const rail = constant(stated('rail', 0));
  const high = binary('subtract', [to(pins.positive), rail]);
  const low = binary('add', [to(pins.negative), rail]);
  const target = binary('min', [binary('max', [ideal, low]), high]);
  const most = stated('ilimit', 25e-3);
  const wanted = binary('multiply', [
    constant(CONDUCTANCE),
    binary('subtract', [to(pins.output), target]),
  ]);
  const current = binary('min', [binary('max', [wanted, constant(-most)]), constant(most)]);
  const output = limited
    ? sourceOf({ name, span, port }, 'I', { formula: current, inputs: inputs.controls })
    : sourceOf({ name, span, port }, 'V', { formula: ideal, inputs: inputs.controls });
  // Twice Rin from either input to either supply: Rin from an input to ground for signals.
  const resistance = 2 * stated('rin', 500e6);
  const resistors = (['plus', 'minus'] as const).flatMap((pin) =>
    (['positive', 'negative'] as const).map((supply): Element => {
      const between = { plus: pins[pin], minus: pins[supply] };
      const id = `${name}.Rin_${pin}_${supply}`;
      return { kind: 'resistor', name: id, span, port: between, resistance };
    }),
  );
  return [output, ...resistors];
}
