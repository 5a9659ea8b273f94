/** What BSIM4 has and these equations have not: a card that switches it on is refused by the name of the switch. */

import { type DeviceData, DeviceFault } from './device.ts';

/** Selectors, the values that have equations, and what the others would be. */
const SELECTORS: readonly (readonly [name: string, values: readonly number[], meaning: string])[] =
  [
    ['rdsmod', [0], 'series resistances outside the channel that depend on the bias are'],
    ['igcmod', [0, 1, 2], 'this gate current is'],
    ['igbmod', [0, 1], 'this gate current is'],
    ['rgatemod', [0, 1], 'a gate resistance that depends on the bias is'],
    ['rbodymod', [0, 1], 'a body network that scales with the size is'],
    ['diomod', [1], 'breakdown of the bulk junctions is'],
    ['gidlmod', [0], 'this law of the drain leakage is'],
    ['tempmod', [0], 'this law of temperature is'],
    ['mtrlmod', [0], 'a gate stack of other materials is'],
    ['wpemod', [0], 'the well proximity effect is'],
  ];

/** Parameters that add an effect when they are positive. */
const EFFECTS: readonly (readonly [name: string, meaning: string])[] = [
  ['lambda', 'velocity overshoot is'],
  ['vtl', 'the velocity limit at the source is'],
  ...['jtss', 'jtsd', 'jtssws', 'jtsswd', 'jtsswgs', 'jtsswgd'].map(
    (name) => [name, 'tunnelling through traps in the bulk junctions is'] as const,
  ),
];

/** @throws {DeviceFault} that quotes the first such parameter. */
export function refuseUnmodelled({ model, instance }: DeviceData): void {
  const of = (name: string) => instance.get(name) ?? model.get(name) ?? 0;
  const refuse = (name: string, meaning: string) => {
    throw new DeviceFault(`${name.toUpperCase()} is ${of(name)}; ${meaning} not modelled.`);
  };
  for (const [name, values, meaning] of SELECTORS) {
    const value = instance.get(name) ?? model.get(name);
    if (value !== undefined && !values.includes(value)) refuse(name, meaning);
  }
  for (const [name, meaning] of EFFECTS) if (of(name) > 0) refuse(name, meaning);
  if (of('sa') > 0 && of('sb') > 0) refuse('sa', 'mechanical stress of the isolation is');
  const squares = instance.has('nrd') && instance.has('nrs');
  if (of('rgeomod') !== 0 && of('rsh') > 0 && !squares) {
    refuse('rgeomod', 'the resistance of a diffusion by its layout is');
  }
}
