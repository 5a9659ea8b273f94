/**
 * A device as ngspice has it: an instance line and its `.model`, from the same numbers that our equations
 * use. Series resistances are in the model, so the resistors that stand for them are left out of the deck.
 */

import type { Device, NodeIndex } from '../circuit/circuit.ts';
import type { DeviceData, DeviceName } from '../devices/device.ts';

/** The letter of an instance, and the model type by polarity. */
const FORMS: Readonly<
  Record<DeviceName, { letter: string; types: readonly [n: string, p: string] }>
> = {
  diode: { letter: 'd', types: ['d', 'd'] },
  bipolar: { letter: 'q', types: ['npn', 'pnp'] },
  jfet: { letter: 'j', types: ['njf', 'pjf'] },
  mesfet: { letter: 'z', types: ['nmf', 'pmf'] },
  mosfet: { letter: 'm', types: ['nmos', 'pmos'] },
  switch: { letter: 's', types: ['sw', 'sw'] },
};

/** Parameters that ngspice reads as words without a value. */
const FLAGS: ReadonlySet<string> = new Set(['on', 'off']);

/** `d5 n1 n2 md5 area=2` and `.model md5 d(is=1e-14)`. */
export function deviceLines(
  device: Device,
  { k, node }: { k: number; node: (index: NodeIndex) => string },
): string[] {
  const { data, terminals } = device;
  const { letter, types } = FORMS[data.device];
  const name = `${letter}${k}`;
  const model = `m${name}`;
  const nodes = [...terminals.values()].map(node);
  return [
    [name, ...nodes, model, ...instanceWords(data)].join(' '),
    `.model ${model} ${types[data.polarity === 1 ? 0 : 1]}(${modelWords(data).join(' ')})`,
  ];
}

/** What ngspice runs a deck at [deg C]. */
const AMBIENT = 27;

/** The temperature of the circuit becomes that of the instance. */
function instanceWords({ instance, temperature }: DeviceData): string[] {
  const own = instance.get('temp') ?? temperature + (instance.get('dtemp') ?? 0);
  const words = [...instance]
    .filter(([key]) => key !== 'temp' && key !== 'dtemp')
    .map(([key, value]) => (FLAGS.has(key) ? key : `${key}=${value}`));
  return own === AMBIENT ? words : [...words, `temp=${own}`];
}

function modelWords({ model, nominalTemperature }: DeviceData): string[] {
  const words = [...model].map(([key, value]) => `${key}=${value}`);
  return model.has('tnom') ? words : [...words, `tnom=${nominalTemperature}`];
}
