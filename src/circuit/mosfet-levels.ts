/** Which device has the equations that LEVEL of an NMOS or PMOS model names. */

import type { DeviceName } from '../devices/device.ts';

/** Numbers of ngspice and HSPICE; a level of no other family is for levels 1-3 to refuse. */
const LEVELS: ReadonlyMap<number, DeviceName> = new Map([
  [14, 'bsim4'],
  [54, 'bsim4'],
]);

export function mosfetOfLevel(level: number): DeviceName {
  return LEVELS.get(level) ?? 'mosfet';
}
