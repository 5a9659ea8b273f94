/**
 * Limits of a data sheet -> OpAmpSpecification, and a specification that a directive states over it. Limits
 * are spreads around 0: a data sheet guarantees a range, its typical value says nothing of one op amp.
 */

import type { Choice } from '../parts/choice.ts';
import type { DataSheetLimits } from '../parts/data-sheet-limits.ts';
import type { Conditions, Position, PositionInterval } from '../parts/part.ts';
import { limitOf, pinLimits } from './pin-limits.ts';
import { idealSpecification, type OpAmpSpecification, type Spread, ZERO } from './specification.ts';

/** The supply pins of the op amp in the circuit [V]. */
export interface Supplies {
  readonly positive: number;
  readonly negative: number;
}

export function specificationOf(
  { choices, ranges, offsetConditions, overTemperature }: DataSheetLimits,
  supplies: Supplies | undefined,
): OpAmpSpecification {
  const spread = (choice: Choice | undefined): Spread =>
    choice === undefined ? ZERO : { nominal: 0, ...choice.limit };
  const point = biasPointOf(offsetConditions, supplies);
  return {
    offsetVoltage: spread(choices.get('vos')),
    drift: spread(choices.get('tcvos')),
    inverseGain: spread(choices.get('aol')),
    inverseCmrr: spread(choices.get('cmrr')),
    inversePsrr: { kind: 'lumped', both: spread(choices.get('psrr')) },
    bias: {
      kind: 'average',
      average: spread(choices.get('ib')),
      offset: spread(choices.get('ios')),
    },
    biasPoint: { ...idealSpecification().biasPoint, ...point.values },
    pinLimits: pinLimits((key) => {
      const limit = ranges.get(key)?.limit.low;
      return limit === undefined ? undefined : { rail: RAILS[key], offset: limit };
    }),
    overTemperature,
    stated: [...choices.keys(), ...point.stated, ...ranges.keys()],
  };
}

/** The lowest voltages of data sheets count from V-, the highest ones from V+ (docs/parts.md). */
const RAILS = {
  vcmlow: 'negativeSupply',
  vcmhigh: 'positiveSupply',
  voutlow: 'negativeSupply',
  vouthigh: 'positiveSupply',
} as const;

/** Where V_OS is specified, in the voltages of the circuit; what cannot be told keeps its default. */
function biasPointOf(
  conditions: Conditions | undefined,
  supplies: Supplies | undefined,
): { values: Partial<OpAmpSpecification['biasPoint']>; stated: readonly string[] } {
  if (conditions === undefined || supplies === undefined) return { values: {}, stated: [] };
  const { negative, positive } = supplies;
  const total = positive - negative;
  const voltage = ({ fraction, offset: from }: Position) => negative + fraction * total + from;
  // A limit that holds over a range of voltages counts from its middle.
  const middle = ({ low, high }: PositionInterval) => (voltage(low) + voltage(high)) / 2;
  const { commonMode, output, supply } = conditions;
  const specified =
    supply === undefined ? total : Math.min(supply.high, Math.max(supply.low, total));
  return {
    values: {
      ...(commonMode === undefined ? {} : { commonMode: middle(commonMode) }),
      ...(output === undefined ? {} : { output: middle(output) }),
      // Only the sum of both supplies counts for a lumped rejection; V- stays where it is.
      ...(specified === total
        ? {}
        : { positiveSupply: negative + specified, negativeSupply: negative }),
    },
    stated: [
      ...(commonMode === undefined ? [] : ['vcm0']),
      ...(output === undefined ? [] : ['vout0']),
      ...(specified === total ? [] : ['vdd0', 'vss0']),
    ],
  };
}

/** `own`, and what it does not state from `part`. */
export function stateOver(own: OpAmpSpecification, part: OpAmpSpecification): OpAmpSpecification {
  const stated = new Set(own.stated);
  const pick = <K extends keyof OpAmpSpecification>(
    field: K,
    ...keys: readonly string[]
  ): OpAmpSpecification[K] => (keys.some((key) => stated.has(key)) ? own : part)[field];
  const point = (key: string) => (stated.has(key) ? own : part).biasPoint;
  const positiveSupply = point('vdd0').positiveSupply;
  const negativeSupply = point('vss0').negativeSupply;
  return {
    ...own,
    offsetVoltage: pick('offsetVoltage', 'vos'),
    drift: pick('drift', 'tcvos'),
    inverseGain: pick('inverseGain', 'aol'),
    inverseCmrr: pick('inverseCmrr', 'cmrr'),
    inversePsrr: psrrOver(own, part),
    bias: biasOver(own, part),
    biasPoint: {
      commonMode: point('vcm0').commonMode,
      output: point('vout0').output,
      ...(positiveSupply === undefined ? {} : { positiveSupply }),
      ...(negativeSupply === undefined ? {} : { negativeSupply }),
      temperature: point('t0').temperature,
    },
    overTemperature: part.overTemperature.filter((key) => !stated.has(key)),
    pinLimits: pinLimits((key) => limitOf((stated.has(key) ? own : part).pinLimits, key)),
    stated: [...new Set([...part.stated, ...own.stated])],
  };
}

function psrrOver(
  own: OpAmpSpecification,
  { inversePsrr: part }: OpAmpSpecification,
): OpAmpSpecification['inversePsrr'] {
  const states = (key: string) => own.stated.includes(key);
  if (states('psrr')) return own.inversePsrr;
  if (own.inversePsrr.kind === 'lumped' || part.kind === 'split') {
    return own.inversePsrr.kind === 'split' ? own.inversePsrr : part;
  }
  // One supply is stated, the other keeps the limit of the data sheet, which has either sign.
  return {
    kind: 'split',
    plus: states('psrrp') ? own.inversePsrr.plus : part.both,
    minus: states('psrrn') ? own.inversePsrr.minus : part.both,
  };
}

function biasOver(
  own: OpAmpSpecification,
  { bias: part }: OpAmpSpecification,
): OpAmpSpecification['bias'] {
  const states = (key: string) => own.stated.includes(key);
  if (part.kind === 'pins') return own.bias;
  if (own.bias.kind === 'pins') {
    return {
      kind: 'pins',
      nonInverting: states('ibn') ? own.bias.nonInverting : pinSpread(part),
      inverting: states('ibi') ? own.bias.inverting : pinSpread(part),
    };
  }
  return {
    kind: 'average',
    average: states('ib') ? own.bias.average : part.average,
    offset: states('ios') ? own.bias.offset : part.offset,
  };
}

/** What average and difference leave for one pin: I_B +- I_OS/2 (AN1177 Eq. 4). */
function pinSpread({ average, offset }: { average: Spread; offset: Spread }): Spread {
  const half = Math.max(Math.abs(offset.low), Math.abs(offset.high)) / 2;
  return { nominal: average.nominal, low: average.low - half, high: average.high + half };
}
