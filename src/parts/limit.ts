/** What a row guarantees, as an interval. */

import { isRatio } from './figure.ts';
import type { Interval, QuantityName, Row } from './part.ts';

/** Names in messages. */
export const QUANTITY_TITLES: Readonly<Record<QuantityName, string>> = {
  vos: 'V_OS',
  tcvos: 'the drift of V_OS',
  ib: 'I_B',
  ios: 'I_OS',
  aol: 'A_OL',
  cmrr: 'CMRR',
  psrr: 'PSRR',
  vcmLow: 'the lowest V_CM',
  vcmHigh: 'the highest V_CM',
  voutLow: 'the lowest V_OUT',
  voutHigh: 'the highest V_OUT',
};

/**
 * The guaranteed interval of a row: [-max, max], or [min, max] when both are stated; of 1/A_OL [0, 1/A],
 * of the inverse of a rejection, whose sign nobody guarantees, [-1/x, 1/x]. Undefined for a row of
 * typical values. Quantities with one end, such as the lowest V_CM, have that end alone.
 */
export function guaranteed(row: Row): Interval | undefined {
  const { quantity, min, max } = row;
  if (isRatio(quantity)) {
    const inverse = (min ?? max)?.value;
    if (inverse === undefined) return undefined;
    return { low: quantity === 'aol' ? 0 : -inverse, high: inverse };
  }
  if (quantity === 'vcmHigh' || quantity === 'voutHigh') {
    return min === undefined ? undefined : { low: min.value, high: min.value };
  }
  if (max === undefined) return undefined;
  if (quantity === 'vcmLow' || quantity === 'voutLow') return { low: max.value, high: max.value };
  return { low: min?.value ?? -max.value, high: max.value };
}

/** max(|low|, |high|) */
export function magnitude({ low, high }: Interval): number {
  return Math.max(Math.abs(low), Math.abs(high));
}

/** `minimum` or `maximum`: the side from which a data sheet limits the quantity. */
export function boundName({ quantity, min, max }: Row): 'minimum' | 'maximum' {
  if (isRatio(quantity)) return max === undefined ? 'minimum' : 'maximum';
  return min !== undefined && max === undefined ? 'minimum' : 'maximum';
}

/** What the ends of the ranges count from (docs/parts.md). */
const RANGE_ENDS: Partial<Record<QuantityName, string>> = {
  vcmLow: 'V-',
  voutLow: 'V-',
  vcmHigh: 'V+',
  voutHigh: 'V+',
};

/** `±2 mV`-like text of what the row prints: `+-2mV`, `-500nA..0nA`, `>=80dB`, `<=100uV/V`, `-1.2V from V+`. */
export function limitText(row: Row): string {
  const { quantity, min, max } = row;
  if (isRatio(quantity)) return min === undefined ? `<=${max?.text}` : `>=${min.text}`;
  const end = RANGE_ENDS[quantity];
  if (end !== undefined) return `${(min ?? max)?.text} from ${end}`;
  if (min !== undefined && max !== undefined) return `${min.text}..${max.text}`;
  return max === undefined ? `>=${min?.text}` : `+-${max.text}`;
}

/** `25 °C`, `-40..125 °C` */
export function temperatureText({ low, high }: Interval): string {
  return low === high ? `${low} °C` : `${low}..${high} °C`;
}

/** `5 V`, `2.7..5.5 V` */
export function supplyText({ low, high }: Interval): string {
  return low === high ? `${low} V` : `${low}..${high} V`;
}
