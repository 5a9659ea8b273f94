/**
 * Switches, controlled by a voltage or by the current of another element: I = g(control) v, u = (control, v). Which law g
 * follows is seen from the parameters of the model:
 *
 *   VT VH, IT IH         SPICE3's SW and CSW: 1/RON or 1/ROFF by threshold and hysteresis; also where none is stated
 *   VON VOFF, ION IOFF   PSpice's and Xyce's VSWITCH and ISWITCH: smooth between the two
 *   LEVEL = 2            LTspice's SW that is never completely on or off
 */

import {
  type Conditions,
  type DeviceData,
  DeviceFault,
  type DeviceKind,
  type Evaluation,
  type InputRole,
  type Law,
  type Structure,
  type Values,
} from './device.ts';
import { names, positive } from './parameters.ts';
import { arctangent, type Conduction, logarithmicCubic } from './switch-conduction.ts';

export const switchDevice: DeviceKind = {
  parameters: {
    used: names('level vt vh it ih von voff ion ioff ron roff vser ilimit'),
    inert: names('lser td'),
  },
  instanceParameters: { used: names('on off'), inert: names('') },
  structure,
  law,
};

/** What the parameters are called, and PSpice's defaults of the smooth law. */
const CONTROLS = {
  voltage: {
    threshold: { name: 'vt', otherwise: 0 },
    hysteresis: { name: 'vh', otherwise: 0 },
    on: { name: 'von', otherwise: 1 },
    off: { name: 'voff', otherwise: 0 },
  },
  current: {
    threshold: { name: 'it', otherwise: 0 },
    hysteresis: { name: 'ih', otherwise: 0 },
    on: { name: 'ion', otherwise: 1e-3 },
    off: { name: 'ioff', otherwise: 0 },
  },
} as const;

/** ROFF unless stated: SPICE3 has 1/GMIN, which is this; PSpice's smooth switch has less [Ω]. */
const OPEN = { abrupt: 1e12, smooth: 1e6 } as const;

function structure({ model }: DeviceData): Structure {
  const control: InputRole =
    controlOf(model).quantity === 'current'
      ? { quantity: 'I', of: 'control' }
      : { quantity: 'V', pair: ['controlPlus', 'controlMinus'] };
  const own = ['plus', 'minus'] as const;
  return { resistors: [], inputs: [control, { quantity: 'V', pair: own }], outputs: [own] };
}

function law({ model, instance }: DeviceData): Law {
  if ((model.get('vser') ?? 0) !== 0) {
    throw new DeviceFault(
      `VSER is ${model.get('vser')}; a series voltage in a switch is not modelled.`,
    );
  }
  if (Number.isFinite(model.get('ilimit') ?? Number.POSITIVE_INFINITY)) {
    throw new DeviceFault(
      `ILIMIT is ${model.get('ilimit')}; a switch that limits its current is not modelled.`,
    );
  }
  const { threshold, hysteresis, on, off, isSmooth } = controlOf(model);
  const ron = positive(model.get('ron') ?? 1, 'ron');
  const stated = model.has('roff') ? positive(model.get('roff') ?? 0, 'roff') : undefined;
  const level = model.get('level') ?? 1;
  if (level === 2) {
    const width = positive(Math.abs(hysteresis), 'the magnitude of the hysteresis at LEVEL=2');
    const roff = stated ?? OPEN.abrupt;
    return smooth(arctangent({ ron, roff }, { center: threshold, width }));
  }
  if (level !== 1) throw new DeviceFault(`LEVEL of a switch is ${level}; it may be 1 or 2.`);
  if (!isSmooth) {
    return abrupt({ ron, roff: stated }, { threshold, hysteresis, isOn: instance.get('on') === 1 });
  }
  if (on === off) throw new DeviceFault(`A switch is on and off at ${on}; the two must differ.`);
  return smooth(logarithmicCubic({ ron, roff: stated ?? OPEN.smooth }, { on, off }));
}

/** What controls the switch and where; @throws {DeviceFault} where the model mixes two laws. */
function controlOf(model: Values) {
  const states = (quantity: keyof typeof CONTROLS) =>
    Object.values(CONTROLS[quantity]).filter(({ name }) => model.has(name));
  const [byVoltage, byCurrent] = [states('voltage'), states('current')];
  const quantity = byCurrent.length > 0 ? 'current' : 'voltage';
  const names = CONTROLS[quantity];
  const isSmooth = model.has(names.on.name) || model.has(names.off.name);
  const isAbrupt = model.has(names.threshold.name) || model.has(names.hysteresis.name);
  if ((byVoltage.length > 0 && byCurrent.length > 0) || (isSmooth && isAbrupt)) {
    const stated = [...byVoltage, ...byCurrent].map(({ name }) => name.toUpperCase()).join(', ');
    throw new DeviceFault(
      `A switch states ${stated}; these belong to different kinds of switches.`,
    );
  }
  const of = ({ name, otherwise }: { name: string; otherwise: number }) =>
    model.get(name) ?? otherwise;
  return {
    quantity,
    names,
    isSmooth,
    threshold: of(names.threshold),
    hysteresis: of(names.hysteresis),
    on: of(names.on),
    off: of(names.off),
  } as const;
}

/**
 * LTspice's switch with a negative hysteresis, which passes smoothly from VT - |VH| to VT + |VH|, in the parameters of
 * PSpice; any other model is returned as it is. LTspice documents a polynomial of low order in the logarithm of the
 * conductance; the lowest that is flat at both ends is PSpice's.
 */
export function smoothTransition(model: Values): Values {
  const { names, threshold, hysteresis } = controlOf(model);
  if (model.get('level') === 2 || !(hysteresis < 0)) return model;
  const rest = new Map([['roff', OPEN.abrupt], ...model]);
  rest.delete(names.threshold.name);
  rest.delete(names.hysteresis.name);
  return rest
    .set(names.on.name, threshold - hysteresis)
    .set(names.off.name, threshold + hysteresis);
}

function smooth(conduction: (control: number) => Conduction): Law {
  return {
    evaluate([control = 0, v = 0]: Float64Array, { values, jacobian }: Evaluation): void {
      const { conductance, slope } = conduction(control);
      values[0] = conductance * v;
      jacobian.set([slope * v, conductance]);
    },
    region: ([control = 0]: Float64Array) => conduction(control).region,
  };
}

/**
 * On beyond threshold + hysteresis, off below threshold - hysteresis, between them as it was: at the start as its card
 * says (ngspice-45 forgets that for a current). With a hysteresis <= 0 on from threshold + hysteresis.
 */
function abrupt(
  { ron, roff }: { readonly ron: number; readonly roff: number | undefined },
  at: { readonly threshold: number; readonly hysteresis: number; readonly isOn: boolean },
): Law {
  const { threshold, hysteresis } = at;
  return {
    evaluate([, v = 0]: Float64Array, { values, jacobian }: Evaluation, conditions: Conditions) {
      const open = roff === undefined ? conditions.gmin : 1 / roff;
      const conductance = conditions.memory === 1 ? 1 / ron : open;
      values[0] = conductance * v;
      jacobian.set([0, conductance]);
    },
    memory: {
      initial: at.isOn ? 1 : 0,
      next([control = 0]: Float64Array, memory: number): number {
        if (hysteresis <= 0) return control >= threshold + hysteresis ? 1 : 0;
        if (control > threshold + hysteresis) return 1;
        return control < threshold - hysteresis ? 0 : memory;
      },
    },
    region: (_u, memory) => (memory === 1 ? 'on' : 'off'),
  };
}
