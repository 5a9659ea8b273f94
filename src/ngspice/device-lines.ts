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
  bsim4: { letter: 'm', types: ['nmos', 'pmos'] },
  vdmos: { letter: 'm', types: ['vdmos', 'vdmos'] },
  switch: { letter: 's', types: ['sw', 'sw'] },
};

/** Parameters that ngspice does not have, by device; it gives up at a name it does not know. */
const NOT_IN_NGSPICE: Readonly<Partial<Record<DeviceName, RegExp>>> = {
  diode: /^(?:ibvl|nbvl|tikf|tbv2|ron|roff|vfwd|vrev|rrev|epsilon|revepsilon|ilimit|revilimit)$/,
  mosfet: /^(?:utra|xqc|n|pbsw|xl|wd|xw|delvto|rb|rds|l|w)$/,
  switch: /^(?:von|voff|ion|ioff|level)$/,
};

/** Whether ngspice has the equations of a device; where not, its tangent stands in the deck. */
export function isModelled({ device, model, instance }: DeviceData): boolean {
  // Its BSIM4 has the temperature of the circuit.
  if (device === 'bsim4' && (instance.has('temp') || instance.has('dtemp'))) return false;
  const unknown = NOT_IN_NGSPICE[device];
  return unknown === undefined || ![...model.keys()].some((key) => unknown.test(key));
}

const CURRENT_SWITCH = { letter: 'w', types: ['csw', 'csw'] } as const;

/** Parameters that ngspice reads as words without a value. */
const FLAGS: ReadonlySet<string> = new Set(['on', 'off']);

/** `d5 n1 n2 md5 area=2` and `.model md5 d(is=1e-14)`. */
export function deviceLines(
  device: Device,
  {
    k,
    node,
    current,
  }: {
    k: number;
    node: (index: NodeIndex) => string;
    /** `i(v3)`: the current of an element. */
    current: (element: string) => string;
  },
): string[] {
  const { data, terminals } = device;
  const [control] = device.inputs;
  const sensed = control?.quantity === 'I' ? current(control.element).slice(2, -1) : undefined;
  const { letter, types } = sensed === undefined ? FORMS[data.device] : CURRENT_SWITCH;
  const name = `${letter}${k}`;
  const model = `m${name}`;
  const nodes = [...terminals.values()].map(node);
  const head = [name, ...nodes, ...(sensed === undefined ? [] : [sensed]), model];
  return [
    [...head, ...instanceWords(data)].join(' '),
    `.model ${model} ${types[data.polarity === 1 ? 0 : 1]}(${modelWords(data).join(' ')})`,
  ];
}

/** An instance states a temperature of its own only; that of the circuit is an option of the deck. */
function instanceWords({ instance, temperature }: DeviceData): string[] {
  const own = instance.get('temp') ?? temperature + (instance.get('dtemp') ?? 0);
  const words = [...instance]
    .filter(([key]) => key !== 'temp' && key !== 'dtemp')
    .map(([key, value]) => (FLAGS.has(key) ? key : `${key}=${value}`));
  return own === temperature ? words : [...words, `temp=${own}`];
}

function modelWords({ device, polarity, model, nominalTemperature }: DeviceData): string[] {
  const words = [...model].map(([key, value]) => `${key}=${value}`);
  if (device === 'vdmos') words.unshift(polarity === 1 ? 'nchan' : 'pchan');
  if (device === 'bsim4') words.push('version=4.8'); // the one whose equations these are
  return model.has('tnom') || device === 'switch'
    ? words
    : [...words, `tnom=${nominalTemperature}`];
}
