/** Which equations the LEVEL of a transistor's model means. */

import type { Dialect } from '../../grammar/spice/dialect.ts';
import type { DeviceName } from '../devices/device.ts';
import type { PlacedModel } from './level.ts';

/**
 * 7 is PSpice's number of BSIM3, 8 that of SPICE3 and 49 that of HSPICE; 14 and 54 are those of BSIM4, and 8 is
 * PSpice's. What is unknown here the MOSFET of levels 1-3 refuses.
 */
const LEVELS: ReadonlyMap<number, DeviceName> = new Map([
  [7, 'bsim3'],
  [8, 'bsim3'],
  [49, 'bsim3'],
  [14, 'bsim4'],
  [54, 'bsim4'],
]);

/** `dialect` is that of the model. */
export function mosfetOfLevel(level: number, { bsim4Levels }: Dialect): DeviceName {
  return bsim4Levels.includes(level) ? 'bsim4' : (LEVELS.get(level) ?? 'mosfet');
}

/** 4 and 9 are VBIC in ngspice, LTspice and HSPICE; what is unknown here the Gummel-Poon model refuses. */
export function bipolarOfLevel(level: number): DeviceName {
  return level === 4 || level === 9 ? 'vbic' : 'bipolar';
}

/** The LEVEL that a model states, else 1. */
export function levelOf({ parameters, scope }: PlacedModel): number {
  const level = parameters.find(({ key }) => /^level$/i.test(key.text));
  return level === undefined ? 1 : scope.evaluate(level.value);
}
