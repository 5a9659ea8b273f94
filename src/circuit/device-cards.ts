/**
 * D, Q, J, M, Z, S and W cards -> a device with its model, and the resistors in series with its terminals.
 * What a device does stands in src/devices.
 */

import type { Device as DeviceWords, OtherCard } from '../../grammar/spice/tree.ts';
import {
  type DeviceData,
  DeviceFault,
  type DeviceKind,
  type InputRole,
  type Pair,
  type Structure,
  type Values,
} from '../devices/device.ts';
import { deviceKind } from '../devices/registry.ts';
import { smoothTransition } from '../devices/switch.ts';
import { type Control, type Element, GROUND, type NodeIndex, type Port } from './circuit.ts';
import { type DeviceType, LETTERS, type Letter, P } from './device-letters.ts';
import { modelOf, wrongModelType } from './device-model.ts';
import { modelValues, statedValues } from './device-values.ts';
import type { PlacedModel } from './level.ts';
import { bipolarOfLevel, levelOf, mosfetOfLevel } from './levels.ts';
import { base, type Place } from './place.ts';
import { EvaluationFault } from './scope.ts';

/** @throws {EvaluationFault} when the card, its model or one of their values cannot be used. */
export function device(card: OtherCard, place: Place): readonly Element[] {
  const letter = LETTERS[card.letter.toUpperCase()];
  const words = card.device;
  if (letter === undefined || words === undefined) throw unreadable(card);
  const model = modelOf(card, words, place);
  const type = typeOf(model, { card, letter });
  const kind = deviceKind(type.device);
  const data: DeviceData = {
    device: type.device,
    polarity: isPChannel(model) ? P : type.polarity,
    model: modelOfType(modelValues(model, { kind, place }), type, place),
    instance: instanceValues(card, words, { letter, kind, place }),
    temperature: place.temperature,
    nominalTemperature: place.nominalTemperature,
  };
  if (type.nodes !== undefined && words.nodes.length !== type.nodes) {
    throw new EvaluationFault(
      'wrong_node_count',
      card.span,
      `"${card.name.text}" connects ${words.nodes.length} nodes; with a model of type ${model.card.type.text} it has ${type.nodes}.`,
    );
  }
  return placed(card, { words, data, kind, letter, place });
}

/** `VDMOS(pchan ...)` */
function isPChannel({ card: { words = [] } }: PlacedModel): boolean {
  return words.some(({ text }) => /^pchan$/i.test(text));
}

/** What the type of a model and the dialect say beyond its parameters. */
function modelOfType(stated: Values, { device, implied }: DeviceType, place: Place): Values {
  if (device !== 'switch') return stated;
  const told = [...stated.keys()].some((key) => /^(?:v|i)(?:t|h|on|off)$/.test(key));
  const model = implied === undefined || told ? stated : new Map([...stated, implied]);
  return place.dialect.name === 'ltspice' ? smoothTransition(model) : model;
}

function placed(
  card: OtherCard,
  {
    words,
    data,
    kind,
    letter,
    place,
  }: { words: DeviceWords; data: DeviceData; kind: DeviceKind; letter: Letter; place: Place },
): readonly Element[] {
  const { name, span } = base(card, place);
  const structure = structureOf(card, { kind, data });
  const terminals = new Map<string, NodeIndex>();
  for (const [i, word] of words.nodes.entries()) {
    const role = letter.roles[i];
    if (role === undefined) throw wrongCount(card, letter);
    terminals.set(role, place.node(word));
  }
  if (terminals.size < letter.least) throw wrongCount(card, letter);
  // A substrate that is not connected is grounded, as in SPICE.
  if (letter.roles.includes('substrate') && !terminals.has('substrate'))
    terminals.set('substrate', GROUND);
  /** A role that is no terminal is a node inside: `collector'` behind a series resistor. */
  const node = (role: string): NodeIndex => {
    return terminals.get(role) ?? place.innerNode(`${name}#${role.replace(/'$/, '')}`);
  };
  const port = ([plus, minus]: Pair): Port => ({ plus: node(plus), minus: node(minus) });
  const input = (role: InputRole): Control => {
    if (role.quantity === 'V') return { quantity: 'V', port: port(role.pair), gain: 1 };
    if (words.control === undefined) throw unreadable(card);
    return { quantity: 'I', element: place.prefix + words.control.text, gain: 1 };
  };
  return [
    {
      kind: 'device',
      name,
      span,
      data,
      model: words.model?.text ?? '',
      terminals,
      series: structure.resistors.map((resistor) => `${name}.${resistor.name}`),
      inputs: structure.inputs.map(input),
      outputs: structure.outputs.map((pair) => ({ pair, port: port(pair) })),
    },
    ...structure.resistors.map(
      ({ name: parameter, pair, resistance }): Element => ({
        kind: 'resistor',
        name: `${name}.${parameter}`,
        span,
        port: port(pair),
        resistance,
      }),
    ),
  ];
}

function typeOf(
  placed: PlacedModel,
  { card, letter }: { card: OtherCard; letter: Letter },
): DeviceType {
  const { card: model } = placed;
  const type = letter.types[model.type.text.toLowerCase()];
  if (type?.device === 'mosfet') {
    return { ...type, device: mosfetOfLevel(levelOf(placed), placed.scope.words.dialect) };
  }
  if (type?.device === 'bipolar') return { ...type, device: bipolarOfLevel(levelOf(placed)) };
  if (type !== undefined) return type;
  throw wrongModelType(placed, { card, types: Object.keys(letter.types) });
}

/** By letter: to which power `.options scale=` multiplies a value of a card. */
const SCALED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  M: { l: 1, w: 1, pd: 1, ps: 1, sa: 1, sb: 1, ad: 2, as: 2 },
};

/** What the card says behind its model: values by place, `key=value`, `on` and `off` as 1. */
function instanceValues(
  card: OtherCard,
  words: DeviceWords,
  { letter, kind, place }: { letter: Letter; kind: DeviceKind; place: Place },
): ReadonlyMap<string, number> {
  const values = statedValues(words.parameters, {
    known: kind.instanceParameters,
    scope: place.scope,
    diagnostics: place.diagnostics,
    owner: `"${card.name.text}"`,
  });
  for (const [i, value] of words.values.entries()) {
    const key = letter.values[i];
    if (key === undefined) {
      throw new EvaluationFault(
        'extra_argument',
        value.span,
        `"${card.name.text}" has more values behind its model than a ${card.letter.toUpperCase()} card takes.`,
        'Write it as key=value.',
      );
    }
    values.set(key, place.scope.evaluate(value));
  }
  const scale = place.settings.get('scale') ?? 1;
  for (const [key, value] of values) {
    const power = SCALED[card.letter.toUpperCase()]?.[key];
    if (power !== undefined) values.set(key, value * scale ** power);
  }
  for (const { text, span } of words.flags) {
    const flag = text.toLowerCase();
    if (flag === 'thermal') {
      throw new EvaluationFault(
        'unsupported_element',
        span,
        `"${card.name.text}" has thermal nodes, and heats itself; devices that do are not solved.`,
        'Without "thermal" and its two nodes it is at the temperature of the circuit.',
      );
    }
    values.set(flag, 1);
  }
  // `.options defl=` and the like stand in for what the card leaves open.
  for (const [setting, value] of place.settings) {
    const key = /^def(l|w|ad|as)$/.exec(setting)?.[1];
    if (key !== undefined && kind.instanceParameters.used.has(key) && !values.has(key)) {
      values.set(key, value);
    }
  }
  return values;
}

function structureOf(
  card: OtherCard,
  { kind, data }: { kind: DeviceKind; data: DeviceData },
): Structure {
  try {
    kind.law(data); // refuses what the equations do not have
    return kind.structure(data);
  } catch (fault) {
    if (!(fault instanceof DeviceFault)) throw fault;
    throw new EvaluationFault(
      'unsupported_model',
      card.name.span,
      `"${card.name.text}": ${fault.message}`,
    );
  }
}

function wrongCount(card: OtherCard, { roles, least }: Letter): EvaluationFault {
  return new EvaluationFault(
    'wrong_node_count',
    card.span,
    `"${card.name.text}" connects ${card.device?.nodes.length ?? 0} nodes; it takes ${least === roles.length ? least : `${least} or more`} (${roles.join(' ')}).`,
  );
}

function unreadable(card: OtherCard): EvaluationFault {
  return new EvaluationFault(
    'unsupported_element',
    card.name.span,
    `The words of "${card.name.text}" do not read as a ${card.letter.toUpperCase()} card.`,
    'Write nodes, the name of a model, then key=value.',
  );
}
