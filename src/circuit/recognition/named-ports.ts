/** The names of the ports themselves: `.subckt OPA +IN -IN VCC VEE OUT`. */

import { pinNamed, settle } from './pin-names.ts';
import type { Heuristic } from './reading.ts';

export const namedPorts: Heuristic = ({ ports, line }) => {
  const pins = settle(ports.map(pinNamed));
  return pins.every((pin) => pin === undefined)
    ? undefined
    : { pins, from: 'the port names', line };
};
