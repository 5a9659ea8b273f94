/** Every device there is, by name. */

import type { DeviceKind, DeviceName } from './device.ts';

const DEVICES: Readonly<Partial<Record<DeviceName, DeviceKind>>> = {};

export function deviceKind(name: DeviceName): DeviceKind {
  const kind = DEVICES[name];
  if (kind === undefined) throw new RangeError(`There is no device "${name}".`);
  return kind;
}
