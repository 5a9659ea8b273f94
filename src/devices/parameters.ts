/** Reading the parameters of a model or a card by name. */

import { DeviceFault, type Values } from './device.ts';

/** The value of the first of these names that is stated; the names of one parameter differ between programs. */
export function stated(values: Values, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = values.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** 1/x of a parameter whose absence and whose 0 mean infinity. */
export function inverse(value: number | undefined): number {
  return value === undefined || value === 0 ? 0 : 1 / value;
}

/** @throws {DeviceFault} unless x > 0. */
export function positive(value: number, name: string): number {
  if (value > 0 && value < Number.POSITIVE_INFINITY) return value;
  throw new DeviceFault(`${name.toUpperCase()} is ${value}; it must be positive.`);
}

/** @throws {DeviceFault} unless x >= 0. */
export function nonNegative(value: number, name: string): number {
  if (value >= 0 && value < Number.POSITIVE_INFINITY) return value;
  throw new DeviceFault(`${name.toUpperCase()} is ${value}; it must not be negative.`);
}

export function names(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter((name) => name !== ''));
}
