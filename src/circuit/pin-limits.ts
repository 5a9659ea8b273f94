/**
 * Between which voltages the inputs and the output of an op amp work: its common-mode range and its output swing,
 * from ground or from its supply pins, as data sheets state them.
 */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { PinVoltage, Specification } from '../../grammar/directive/tree.ts';

/** A voltage: that of `rail` plus `offset`; of ground without one [V]. */
export interface PinLimit {
  readonly rail?: 'positiveSupply' | 'negativeSupply';
  readonly offset: number;
}

/** Ends that nobody states are absent. */
export interface PinRange {
  readonly low?: PinLimit;
  readonly high?: PinLimit;
}

export interface PinLimits {
  /** V_CMR, of the mean of both inputs. */
  readonly commonMode: PinRange;
  readonly output: PinRange;
}

export const UNLIMITED: PinLimits = { commonMode: {}, output: {} };

/** The key of each end: in a directive, and in lower case in a data sheet. */
const PIN_LIMIT_KEYS = ['vcmlow', 'vcmhigh', 'voutlow', 'vouthigh'] as const;
type PinLimitKey = (typeof PIN_LIMIT_KEYS)[number];

export function pinLimits(at: (key: PinLimitKey) => PinLimit | undefined): PinLimits {
  const range = (low: PinLimit | undefined, high: PinLimit | undefined): PinRange => ({
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
  });
  return {
    commonMode: range(at('vcmlow'), at('vcmhigh')),
    output: range(at('voutlow'), at('vouthigh')),
  };
}

/** The limit at a key. */
export function limitOf({ commonMode, output }: PinLimits, key: PinLimitKey): PinLimit | undefined {
  const { low, high } = key.startsWith('vcm') ? commonMode : output;
  return key.endsWith('low') ? low : high;
}

/** What directives state, by key; faults go to `diagnostics`. */
export function pinLimitsFrom(
  byKey: ReadonlyMap<string, Specification>,
  diagnostics: Diagnostics,
): PinLimits {
  const limits = pinLimits((key) => {
    const item = byKey.get(key);
    return item === undefined ? undefined : pinLimitFrom(item, diagnostics);
  });
  for (const [key, { low, high }] of [
    ['vcmhigh', limits.commonMode],
    ['vouthigh', limits.output],
  ] as const) {
    const item = byKey.get(key);
    if (item === undefined || low === undefined || high === undefined) continue;
    if (low.rail !== high.rail || low.offset <= high.offset) continue;
    const message = `The limit "${item.key}" is below the lower one.`;
    diagnostics.error('empty_range', item.span, message);
  }
  return limits;
}

function pinLimitFrom(item: Specification, diagnostics: Diagnostics): PinLimit | undefined {
  const { key, value, span } = item;
  if (value.form !== 'known' && value.form !== 'voltage') {
    diagnostics.error(
      'wrong_form',
      span,
      `"${key}" is one voltage.`,
      `Write ${key}=${key.endsWith('low') ? 'vss+0.1' : 'vdd-1.2'}, or a voltage from ground.`,
    );
    return undefined;
  }
  const { rail, offset }: PinVoltage =
    value.form === 'known' ? { offset: value.value } : value.voltage;
  if (offset.unit !== undefined && offset.unit !== 'V') {
    const message = `"${key}" is a voltage and cannot be given in ${offset.unit}.`;
    diagnostics.error('wrong_unit', offset.span, message, 'Write it in V, or without a unit.');
  }
  if (rail === undefined) return { offset: offset.value };
  return { rail: rail === 'vdd' ? 'positiveSupply' : 'negativeSupply', offset: offset.value };
}

/** `V_DD - 1.2 V`, for messages and reports. */
export function limitText({ rail, offset }: PinLimit): string {
  const size = `${Number(Math.abs(offset).toPrecision(6))} V`;
  if (rail === undefined) return offset < 0 ? `-${size}` : size;
  const name = rail === 'positiveSupply' ? 'V_DD' : 'V_SS';
  return offset === 0 ? name : `${name} ${offset < 0 ? '-' : '+'} ${size}`;
}
