/** A card of any level -> the card of the flat netlist. */

import type { Expression, Word } from '../../../grammar/expression.ts';
import { printCard } from '../../../grammar/spice/print-card.ts';
import type { Languages } from '../../../grammar/spice/print-expression.ts';
import type {
  CouplingCard,
  CurrentControlledCard,
  ElementCard,
  InstanceCard,
  OtherCard,
  PassiveCard,
  SourceCard,
  VoltageControlledCard,
} from '../../../grammar/spice/tree.ts';
import {
  flatBehavioural,
  flatCurrentControlled,
  flatVoltageControlled,
  pairAt,
} from './controlled.ts';
import { couplingText, deviceText, flatDevice } from './devices.ts';
import { type FlatPlace, refuseMultiplier, withMultiplier } from './place.ts';
import { over, times } from './reduction.ts';

/**
 * The card with flat names and values. Its span is the text of the new card.
 *
 * @throws {EvaluationFault} where a value has no meaning or a card cannot be written without its level.
 */
export function flatCard(card: ElementCard, context: CardContext): ElementCard {
  const named = { ...mapped(card, context), name: context.place.name(card.name) };
  const text = textOf(named, context);
  const source = { name: card.span.source.name, text };
  return { ...named, span: { source, start: 0, end: text.length } };
}

interface CardContext {
  readonly place: FlatPlace;
  /** The dialect of the netlist, twice. */
  readonly languages: Languages;
}

function textOf(card: ElementCard, context: CardContext): string {
  if ('inductors' in card) return couplingText(card, context);
  if ('words' in card) return deviceText(card, context.languages);
  return printCard(card, context.languages);
}

function mapped(card: ElementCard, context: CardContext): ElementCard {
  const { place } = context;
  switch (card.letter) {
    case 'R':
    case 'C':
    case 'L':
      return passive(card as PassiveCard, place);
    case 'V':
    case 'I':
      return source(card as SourceCard, place);
    case 'E':
    case 'G':
      return flatVoltageControlled(card as VoltageControlledCard, place);
    case 'F':
    case 'H':
      return flatCurrentControlled(card as CurrentControlledCard, place);
    case 'K':
      return coupling(card as CouplingCard, place);
    case 'X':
      return instance(card as InstanceCard, place);
    default:
      return 'expression' in card
        ? flatBehavioural(card, place)
        : flatDevice(card as OtherCard, context);
  }
}

/** Parameters of R, C and L that say something of the whole element in ohm, farad or henry. */
const EXTENSIVE: ReadonlySet<string> = new Set(['rser', 'rpar', 'cpar', 'lser', 'ac', 'q', 'flux']);

function passive(card: PassiveCard, place: FlatPlace): PassiveCard {
  const { name, letter, value, model } = card;
  const { multiplier } = place;
  if (card.parameters.some(({ key }) => EXTENSIVE.has(key.text.toLowerCase()))) {
    refuseMultiplier(name, { multiplier, what: 'with parasitic elements' });
  }
  const nodes = pairAt(card.nodes, place);
  // `R1 a b NAME` may name a parameter or a model: a model of that name wins, as in ngspice.
  const bare = model === undefined && value?.kind === 'name' && place.isModel(value.name);
  const modelWord: Word | undefined = bare ? { text: value.name, span: value.span } : model;
  const parameters = place.values(card.parameters);
  const named = modelWord === undefined ? {} : { model: place.model(modelWord) };
  const flat = { kind: 'card', letter, name, nodes, span: card.span, ...named } as const;
  if (bare || value === undefined) {
    return { ...flat, parameters: withMultiplier(parameters, { name, multiplier }) };
  }
  const scale = letter === 'C' ? times : over;
  return { ...flat, parameters, value: scale(place.value(value), multiplier) };
}

/** Which arguments of a waveform are voltages or currents. */
const AMPLITUDES: Readonly<Record<string, (index: number) => boolean>> = {
  SIN: (index) => index < 2,
  PULSE: (index) => index < 2,
  EXP: (index) => index < 2,
  SFFM: (index) => index < 2,
  PWL: (index) => index % 2 === 1,
};

function source(card: SourceCard, place: FlatPlace): SourceCard {
  const { name, dc, ac, waveform, parameters } = card;
  const factor = card.letter === 'I' ? place.multiplier : 1;
  if (parameters.length > 0) {
    refuseMultiplier(name, { multiplier: place.multiplier, what: 'a source with parameters' });
  }
  const isAmplitude = AMPLITUDES[waveform?.shape.text.toUpperCase() ?? ''];
  if (waveform !== undefined && isAmplitude === undefined) {
    refuseMultiplier(name, { multiplier: factor, what: waveform.shape.text });
  }
  const scaled = (expression: Expression, extensive: boolean): Expression =>
    times(place.value(expression), extensive ? factor : 1);
  return {
    ...card,
    nodes: pairAt(card.nodes, place),
    ...(dc === undefined ? {} : { dc: scaled(dc, true) }),
    ...(ac === undefined ? {} : { ac: ac.map((each, index) => scaled(each, index === 0)) }),
    ...(waveform === undefined
      ? {}
      : {
          waveform: {
            ...waveform,
            arguments: waveform.arguments.map((each, index) =>
              scaled(each, isAmplitude?.(index) === true),
            ),
          },
        }),
    parameters: place.values(parameters),
  };
}

function coupling(card: CouplingCard, place: FlatPlace): CouplingCard {
  const { inductors, coefficient } = card;
  return {
    ...card,
    inductors: inductors.map((each) => place.source(each).word),
    ...(coefficient === undefined ? {} : { coefficient: place.value(coefficient) }),
  };
}

/** An instance of what the netlist does not define. */
function instance(card: InstanceCard, place: FlatPlace): InstanceCard {
  const { name } = card;
  return {
    ...card,
    nodes: card.nodes.map(place.node),
    parameters: withMultiplier(place.values(card.parameters), {
      name,
      multiplier: place.multiplier,
    }),
  };
}
