/**
 * The model that a device card names. `nch` may stand for the bins `nch.1`, `nch.2` ... of which each holds for channels
 * of LMIN to LMAX and WMIN to WMAX (HSPICE, ngspice); the card's L and W choose.
 */

import type { Device as DeviceWords, OtherCard } from '../../grammar/spice/tree.ts';
import { didYouMean } from '../../grammar/suggest.ts';
import type { PlacedModel } from './level.ts';
import { type Place, parameter } from './place.ts';
import { EvaluationFault } from './scope.ts';

/** @throws {EvaluationFault} when there is none, or no bin for the channel of the card. */
export function modelOf(card: OtherCard, words: DeviceWords, place: Place): PlacedModel {
  const { model = card.name } = words;
  const found = place.model(model.text);
  if (found !== undefined) return found;
  const bins = place.bins(model.text);
  if (bins.length === 0) {
    throw new EvaluationFault(
      'undefined_model',
      model.span,
      `Model "${model.text}" of "${card.name.text}" is not defined.`,
      'Add its .model card, or include the library that has it.',
    );
  }
  const channel = {
    l: channelOf('l', 0, { words, place }),
    w: channelOf('w', 1, { words, place }),
  };
  const fitting = bins.filter((bin) => fits(bin, channel));
  // Where two bins meet, the one that begins there.
  const bin = fitting.find((candidate) => !ends(candidate, channel)) ?? fitting[0];
  if (bin !== undefined) return bin;
  throw new EvaluationFault(
    'no_model_bin',
    model.span,
    `None of the ${bins.length} bins of model "${model.text}" is for L = ${channel.l} and W = ${channel.w} of "${card.name.text}".`,
    'LMIN, LMAX, WMIN and WMAX of a bin say for which channels it holds [m].',
  );
}

interface Channel {
  readonly l: number;
  readonly w: number;
}

/** L or W [m] of a card, by name or by place; else of `.options`; NaN without any. */
function channelOf(
  key: 'l' | 'w',
  position: number,
  { words, place }: { readonly words: DeviceWords; readonly place: Place },
): number {
  const value = parameter(words.parameters, key) ?? words.values[position];
  if (value !== undefined) return place.scope.evaluate(value);
  return place.settings.get(`def${key}`) ?? Number.NaN;
}

const SIDES = ['l', 'w'] as const;
/** A bound as it is computed may miss the length that is meant by rounding. */
const ROUNDING = 1e-9;

function bound({ parameters, scope }: PlacedModel, key: string, otherwise: number): number {
  const value = parameter(parameters, key);
  return value === undefined ? otherwise : scope.evaluate(value);
}

function fits(bin: PlacedModel, channel: Channel): boolean {
  return SIDES.every(
    (side) =>
      channel[side] >= bound(bin, `${side}min`, 0) * (1 - ROUNDING) &&
      channel[side] <= bound(bin, `${side}max`, Number.POSITIVE_INFINITY) * (1 + ROUNDING),
  );
}

/** Whether the channel is as long or as wide as the bin allows. */
function ends(bin: PlacedModel, channel: Channel): boolean {
  return SIDES.some(
    (side) => channel[side] >= bound(bin, `${side}max`, Number.POSITIVE_INFINITY) * (1 - ROUNDING),
  );
}

/** What a card says to a model of a type that its letter does not take; `types` in lower case. */
export function wrongModelType(
  { card: { name, type } }: PlacedModel,
  { card, types }: { readonly card: OtherCard; readonly types: readonly string[] },
): EvaluationFault {
  return new EvaluationFault(
    'wrong_model_type',
    card.device?.model?.span ?? card.span,
    `Model "${name.text}" of "${card.name.text}" is of type ${type.text}${didYouMean(type.text, types)}.`,
    `A ${card.letter.toUpperCase()} card takes ${types.join(', ').toUpperCase()}.`,
  );
}
