/**
 * All that a data sheet guarantees of an op amp in given surroundings, and what it does not: the rows that
 * count for the error model. V_OS and its drift are taken together: with a maximum of the drift, V_OS is that
 * at 25 deg C; without, the limit of V_OS over the temperatures contains the drift.
 */

import { chosenCurrent } from './bias-current.ts';
import {
  type Choice,
  chosen,
  covers,
  limitRows,
  type Remark,
  type Surroundings,
} from './choice.ts';
import { boundName, QUANTITY_TITLES, temperatureText } from './limit.ts';
import type { Conditions, Interval, Part, QuantityName } from './part.ts';

/** The quantities of the error model, in the order of its terms. */
const MODEL = ['vos', 'tcvos', 'aol', 'cmrr', 'psrr', 'ib', 'ios'] as const;
export type ModelQuantity = (typeof MODEL)[number];

/** Where the op amp works, by the keys of a directive. */
const RANGES = {
  vcmlow: 'vcmLow',
  vcmhigh: 'vcmHigh',
  voutlow: 'voutLow',
  vouthigh: 'voutHigh',
} as const satisfies Readonly<Record<string, QuantityName>>;
type RangeKey = keyof typeof RANGES;
const RANGE_KEYS = Object.keys(RANGES) as readonly RangeKey[];

export interface DataSheetLimits {
  readonly choices: ReadonlyMap<ModelQuantity, Choice>;
  /** Common-mode range and output swing, as far as the data have them. */
  readonly ranges: ReadonlyMap<RangeKey, Choice>;
  /** Of the quantities, those whose limit contains what changes over the temperatures. */
  readonly overTemperature: readonly ModelQuantity[];
  /** Under which V_OS is specified, also when the circuit states V_OS itself. */
  readonly offsetConditions: Conditions | undefined;
  readonly remarks: readonly Remark[];
}

const ROOM: Interval = { low: 25, high: 25 };

/** `stated` are quantities that the circuit states itself, of which nothing is said. */
export function dataSheetLimits(
  part: Part,
  { stated, ...surroundings }: Surroundings & { readonly stated: ReadonlySet<string> },
): DataSheetLimits {
  const choices = new Map<ModelQuantity, Choice>();
  const remarks: Remark[] = [];
  const wanted = MODEL.filter((quantity) => !stated.has(quantity));
  const split = hasDriftLimit(part, surroundings) || stated.has('tcvos');
  const offsetAt = split ? { ...surroundings, temperature: ROOM } : surroundings;
  const offset = chosen(part, { quantity: 'vos', surroundings: offsetAt });
  for (const quantity of wanted) {
    if (quantity === 'tcvos' && choices.has('vos') && !split) {
      remarks.push(...withoutDrift(part, surroundings));
      continue;
    }
    const choice = quantity === 'vos' ? offset : choiceOf(part, { quantity, surroundings });
    if (choice === undefined) remarks.push(...notLimited(part, quantity));
    else {
      choices.set(quantity, choice);
      remarks.push(...choice.remarks);
    }
  }
  const ranges = new Map<RangeKey, Choice>();
  for (const key of RANGE_KEYS) {
    if (stated.has(key)) continue;
    const choice = chosen(part, { quantity: RANGES[key], surroundings });
    if (choice === undefined) continue;
    ranges.set(key, choice);
    // Errors do not rest on them: V_CM is mostly limited at 25 deg C alone.
    remarks.push(...choice.remarks.map((remark) => ({ ...remark, severity: 'info' as const })));
  }
  const isRange = surroundings.temperature.low < surroundings.temperature.high;
  return {
    choices,
    overTemperature: isRange ? [...(split ? [] : (['vos'] as const)), 'ib', 'ios'] : [],
    ranges,
    offsetConditions: offset?.rows[0]?.conditions,
    remarks: [...remarks, ...outside(part, surroundings)],
  };
}

function choiceOf(
  part: Part,
  at: { quantity: ModelQuantity; surroundings: Surroundings },
): Choice | undefined {
  const { quantity, surroundings } = at;
  return quantity === 'ib' || quantity === 'ios'
    ? chosenCurrent(part, { quantity, surroundings })
    : chosen(part, at);
}

/** The limit of V_OS at 25 deg C and one of the drift together say more than a limit over temperature. */
function hasDriftLimit(part: Part, { temperature }: Surroundings): boolean {
  const drifts = limitRows(part, 'tcvos').some((row) => covers(row, temperature));
  return drifts && limitRows(part, 'vos').some((row) => covers(row, ROOM));
}

/** What becomes of the drift when no maximum of it covers the temperatures. */
function withoutDrift(part: Part, { temperature }: Surroundings): Remark[] {
  const typical = part.rows.find(({ quantity, typ }) => quantity === 'tcvos' && typ !== undefined);
  if (temperature.low === temperature.high && temperature.low === ROOM.low) return [];
  const contained = limitRows(part, 'vos').some(
    (row) =>
      row.conditions.temperature.low !== row.conditions.temperature.high &&
      covers(row, temperature),
  );
  const unused =
    typical?.typ === undefined ? '' : `, the typical value ${typical.typ.text} is not used`;
  return [
    {
      severity: contained ? 'info' : 'warning',
      code: contained ? 'drift_in_offset' : 'no_limit',
      message: `no maximum of the drift of V_OS is specified at ${temperatureText(temperature)}${unused}; ${
        contained
          ? 'the limit of V_OS over these temperatures contains the drift.'
          : 'the budget has no drift.'
      }`,
      ...(contained ? {} : { missing: 'tcvos' as const }),
    },
  ];
}

/** A quantity without any limit: ideal in the analysis, which must be said. */
function notLimited(part: Part, quantity: QuantityName): Remark[] {
  const typical = part.rows.find((row) => row.quantity === quantity && row.typ !== undefined);
  const title = QUANTITY_TITLES[quantity];
  if (typical?.typ === undefined) {
    const message = `the data have no limit of ${title}, which is taken as ideal.`;
    return [{ severity: 'warning', code: 'no_limit', message, missing: quantity }];
  }
  const at = temperatureText(typical.conditions.temperature);
  const bound = ['aol', 'cmrr', 'psrr'].includes(quantity) ? 'minimum' : boundName(typical);
  const message = `no ${bound} of ${title} is specified, the typical value ${typical.typ.text} at ${at} is not used; it is taken as ideal.`;
  return [{ severity: 'warning', code: 'no_limit', message, missing: quantity }];
}

/** Temperatures and supplies for which the part is not made. */
function outside(part: Part, { temperature, supply }: Surroundings): Remark[] {
  const remarks: Remark[] = [];
  if (temperature.low < part.temperature.low || temperature.high > part.temperature.high) {
    remarks.push({
      severity: 'warning',
      code: 'temperature_out_of_range',
      message: `it is specified for ${temperatureText(part.temperature)}, and the circuit is at ${temperatureText(temperature)}.`,
    });
  }
  if (supply !== undefined && (supply < part.supply.low || supply > part.supply.high)) {
    const { low, high } = part.supply;
    const range = Number.isFinite(high)
      ? `${Number.isFinite(low) ? low : 0}..${high} V`
      : `at least ${low} V`;
    remarks.push({
      severity: 'warning',
      code: 'supply_out_of_range',
      message: `it works with supplies of ${range}, and those of the circuit are ${supply} V apart.`,
    });
  }
  return remarks;
}
