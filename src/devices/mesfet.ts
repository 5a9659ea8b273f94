/**
 * The GaAs MESFET of SPICE (level 1) at DC. Like SPICE's it knows no temperature: its junctions stay at 27 deg C.
 */

import { type DeviceData, DeviceFault, type DeviceKind } from './device.ts';
import {
  type ChannelCurrent,
  type JunctionGate,
  junctionGateLaw,
  junctionGateStructure,
} from './junction-gate.ts';
import { names, nonNegative, positive, stated } from './parameters.ts';
import { NOMINAL_KELVIN, thermalVoltage } from './thermal.ts';

export const mesfet: DeviceKind = {
  parameters: {
    used: names('level vto vt0 beta b alpha lambda rd rs is'),
    inert: names('nmf pmf cgs cgd pb fc kf af mfg type'),
  },
  instanceParameters: {
    used: names('area m off'),
    inert: names('icvds icvgs'),
  },
  structure: (data) => junctionGateStructure(transistorOf(data)),
  law: (data) => junctionGateLaw(transistorOf(data), data),
};

function transistorOf({ model, instance }: DeviceData): JunctionGate {
  const level = model.get('level') ?? 1;
  if (level !== 1) {
    throw new DeviceFault(`MESFET LEVEL=${level} is not available; level 1 (Statz) is.`);
  }
  const area = positive(instance.get('area') ?? 1, 'AREA');
  const multiplier = positive(instance.get('m') ?? 1, 'M');
  const threshold = stated(model, 'vto', 'vt0') ?? -2;
  const channel: Channel = {
    BETA: nonNegative(model.get('beta') ?? 2.5e-3, 'BETA') * area,
    LAMBDA: model.get('lambda') ?? 0,
    B: nonNegative(model.get('b') ?? 0.3, 'B'),
    ALPHA: positive(model.get('alpha') ?? 2, 'ALPHA'),
  };
  return {
    multiplier,
    threshold,
    junction: {
      saturation: nonNegative(model.get('is') ?? 1e-14, 'IS') * area,
      emission: thermalVoltage(NOMINAL_KELVIN),
    },
    drainResistance: nonNegative(model.get('rd') ?? 0, 'RD') / (area * multiplier),
    sourceResistance: nonNegative(model.get('rs') ?? 0, 'RS') / (area * multiplier),
    channel: (vgs, vgd) => channelCurrent(vgs - threshold, vgs - vgd, channel),
    isSaturated: (vgs, vgd) => vgs - vgd >= 3 / channel.ALPHA,
  };
}

interface Channel {
  readonly BETA: number; // [A/V^2]
  readonly LAMBDA: number; // [1/V]
  readonly B: number; // [1/V]
  readonly ALPHA: number; // [1/V]
}

/**
 * BETA (1 + LAMBDA vds) vgst^2 / (1 + B vgst) (1 - (1 - ALPHA vds / 3)^3), the last factor 1 from vds = 3/ALPHA on; 0
 * below threshold. // Statz, Newman, Smith, Pucel, Haus, GaAs FET Device and Circuit Simulation in SPICE, 1987
 */
function channelCurrent(vgst: number, vds: number, channel: Channel): ChannelCurrent {
  const { BETA, LAMBDA, B, ALPHA } = channel;
  if (vgst <= 0) return { value: 0, bySource: 0, byDrain: 0 };
  const width = 1 + B * vgst;
  const charge = (BETA * vgst ** 2) / width;
  const chargeSlope = (BETA * vgst * (1 + width)) / width ** 2;
  const rest = Math.max(0, 1 - (ALPHA * vds) / 3);
  const shape = 1 - rest ** 3;
  const length = 1 + LAMBDA * vds;
  const byDrainSource = charge * (LAMBDA * shape + length * ALPHA * rest ** 2);
  return {
    value: charge * length * shape,
    bySource: chargeSlope * length * shape + byDrainSource,
    byDrain: -byDrainSource,
  };
}
