/**
 * A device as ngspice has it: an instance line and its `.model`, from the same numbers that our equations
 * use. Series resistances are in the model, so the resistors that stand for them are left out of the deck.
 */

import type { Device, NodeIndex } from '../circuit/circuit.ts';
import type { DeviceData, DeviceName, Values } from '../devices/device.ts';

/** The letter of an instance, and the model type by polarity. */
const FORMS: Readonly<
  Record<DeviceName, { letter: string; types: readonly [n: string, p: string] }>
> = {
  diode: { letter: 'd', types: ['d', 'd'] },
  bipolar: { letter: 'q', types: ['npn', 'pnp'] },
  vbic: { letter: 'q', types: ['npn', 'pnp'] },
  jfet: { letter: 'j', types: ['njf', 'pjf'] },
  mesfet: { letter: 'z', types: ['nmf', 'pmf'] },
  mosfet: { letter: 'm', types: ['nmos', 'pmos'] },
  bsim3: { letter: 'm', types: ['nmos', 'pmos'] },
  bsim4: { letter: 'm', types: ['nmos', 'pmos'] },
  vdmos: { letter: 'm', types: ['vdmos', 'vdmos'] },
  switch: { letter: 's', types: ['sw', 'sw'] },
};

/** Parameters that ngspice does not have, by device; it gives up at a name it does not know. */
const NOT_IN_NGSPICE: Readonly<Partial<Record<DeviceName, RegExp>>> = {
  diode: /^(?:ibvl|nbvl|tikf|tbv2|ron|roff|vfwd|vrev|rrev|epsilon|revepsilon|ilimit|revilimit)$/,
  mosfet: /^(?:utra|xqc|n|pbsw|xl|wd|xw|delvto|rb|rds|l|w)$/,
  vbic: /^selft$/,
  switch: /^(?:von|voff|ion|ioff|level)$/,
};

/** Devices that ngspice has at the temperature of the circuit only. */
const WITHOUT_TEMPERATURE: ReadonlySet<DeviceName> = new Set(['bsim3', 'bsim4']);

/** Whether ngspice has the equations of a device; where not, its tangent stands in the deck. */
export function isModelled({ device, model, instance }: DeviceData): boolean {
  if (WITHOUT_TEMPERATURE.has(device) && (instance.has('temp') || instance.has('dtemp'))) {
    return false;
  }
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
    gmin,
    current,
  }: {
    k: number;
    node: (index: NodeIndex) => string;
    /** [S] */
    gmin: number;
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
  const substrate = idleSubstrate(device);
  const nodes = [...terminals].map(([role, index]) =>
    node(role === 'substrate' && substrate !== undefined ? substrate.partner : index),
  );
  const head = [name, ...nodes, ...(sensed === undefined ? [] : [sensed]), model];
  return [
    [...head, ...instanceWords(data)].join(' '),
    `.model ${model} ${types[data.polarity === 1 ? 0 : 1]}(${modelWords(data).join(' ')})`,
    ...(substrate === undefined || gmin === 0
      ? []
      : [`r${name} ${node(substrate.own)} ${node(substrate.partner)} ${substrate.ohms(gmin)}`]),
  ];
}

/**
 * The substrate of a transistor whose junction there has GMIN and nothing else (no ISS). ngspice has that GMIN at
 * the operating point and leaves it out of the small-signal analysis, so that it becomes a resistor.
 */
function idleSubstrate({ data, terminals, outputs }: Device) {
  const own = data.device === 'bipolar' ? terminals.get('substrate') : undefined;
  const pair = outputs.find((output) => output.pair[0] === 'substrate')?.pair;
  if (own === undefined || pair === undefined || (data.model.get('iss') ?? 0) > 0) return undefined;
  const partner = terminals.get(pair[1].replace(/'$/, ''));
  if (partner === undefined || partner === own) return undefined;
  const ohms = (gmin: number) => 1 / (gmin * (data.instance.get('m') ?? 1));
  return { own, partner, ohms };
}

/** The deck runs at the temperature of the circuit. */
function instanceWords({ instance, temperature }: DeviceData): string[] {
  const own = instance.get('temp') ?? temperature + (instance.get('dtemp') ?? 0);
  const words = [...instance]
    .filter(([key]) => key !== 'temp' && key !== 'dtemp')
    .map(([key, value]) => (FLAGS.has(key) ? key : `${key}=${value}`));
  return own === temperature ? words : [...words, `temp=${own}`];
}

/** Names of BSIM3's junction parameters in other programs. */
const SPELLINGS: Readonly<Record<string, string>> = { n: 'nj', jssw: 'jsw', vtho: 'vth0' };

/**
 * In ngspice's words. The versions have the same equations at DC; ngspice's code of 3.1 gives the currents of a transistor
 * whose drain is below its source to the wrong terminals.
 */
function spelled({ device, model }: DeviceData): Values {
  if (device !== 'bsim3') return model;
  const words = [...model].map(([key, value]) => [SPELLINGS[key] ?? key, value] as const);
  return new Map([...words, ['version', 3.3], ['level', 8]]);
}

function modelWords(data: DeviceData): string[] {
  const { device, polarity, model, nominalTemperature } = data;
  const words = [...spelled(data)].map(([key, value]) => `${key}=${value}`);
  if (device === 'vdmos') words.unshift(polarity === 1 ? 'nchan' : 'pchan');
  if (device === 'bsim4') words.push('version=4.8'); // the one whose equations these are
  return model.has('tnom') || device === 'switch'
    ? words
    : [...words, `tnom=${nominalTemperature}`];
}
