/** Every device there is, by name. */

import { bipolar } from './bipolar.ts';
import { bsim3 } from './bsim3.ts';
import { bsim4 } from './bsim4.ts';
import type { DeviceKind, DeviceName } from './device.ts';
import { diode } from './diode.ts';
import { jfet } from './jfet.ts';
import { mesfet } from './mesfet.ts';
import { mosfet } from './mosfet.ts';
import { switchDevice } from './switch.ts';
import { vbic } from './vbic.ts';
import { vdmos } from './vdmos.ts';

const DEVICES: Readonly<Record<DeviceName, DeviceKind>> = {
  diode,
  bipolar,
  vbic,
  jfet,
  mesfet,
  mosfet,
  bsim3,
  bsim4,
  vdmos,
  switch: switchDevice,
};

export function deviceKind(name: DeviceName): DeviceKind {
  return DEVICES[name];
}
