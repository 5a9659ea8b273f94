/** What follows from a device alone is worked out once for it, whoever asks: its structure, its law. */

import type { DeviceData } from './device.ts';

/** `of`, remembering what it gave for each device as long as that lives. */
export function oncePerDevice<Found>(of: (data: DeviceData) => Found): (data: DeviceData) => Found {
  const found = new WeakMap<DeviceData, { readonly value: Found }>();
  return (data) => {
    const before = found.get(data);
    if (before !== undefined) return before.value;
    const value = of(data);
    found.set(data, { value });
    return value;
  };
}
