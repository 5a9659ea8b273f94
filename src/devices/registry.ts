/** Every device there is, by name. */

import type { DeviceKind, DeviceName } from './device.ts';
import { diode } from './diode.ts';

const DEVICES: Readonly<Partial<Record<DeviceName, DeviceKind>>> = { diode };

/** @throws {RangeError} for a device without equations. */
export function deviceKind(name: DeviceName): DeviceKind {
  const kind = DEVICES[name];
  if (kind === undefined) throw new RangeError(`There is no device "${name}".`);
  return kind;
}
