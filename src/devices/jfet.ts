/**
 * The junction field-effect transistor of SPICE at DC: square law with channel-length modulation and doping tail, and
 * the two junctions of the gate.
 */

import { type DeviceData, DeviceFault, type DeviceKind, type Values } from './device.ts';
import {
  type ChannelCurrent,
  type JunctionGate,
  junctionGateLaw,
  junctionGateStructure,
} from './junction-gate.ts';
import { names, nonNegative, positive, stated } from './parameters.ts';
import { saturationGrowth, type Warmth, warmthOf } from './thermal.ts';

export const jfet: DeviceKind = {
  parameters: {
    used: names(`level tnom tref vto vt0 beta lambda rd rs is n b pb tcv vtotc bex betatce
      xti eg`),
    // Not among them: ISR, NR, ALPHA and VK of PSpice, a gate current that ngspice does not have.
    inert: names(`njf pjf cgs cgd fc m kf af nlev gdsnoi mfg type`),
  },
  instanceParameters: {
    used: names('area m temp dtemp off'),
    inert: names('ic ic-vds ic-vgs'),
  },
  structure: (data) => junctionGateStructure(transistorOf(data)),
  law: (data) => junctionGateLaw(transistorOf(data), data),
};

function transistorOf(data: DeviceData): JunctionGate {
  const { model, instance } = data;
  const level = model.get('level') ?? 1;
  if (level !== 1) {
    throw new DeviceFault(`JFET LEVEL=${level} is not available; level 1 is.`);
  }
  const warmth = warmthOf(data);
  const area = positive(instance.get('area') ?? 1, 'AREA');
  const multiplier = positive(instance.get('m') ?? 1, 'M');
  const VTO = stated(model, 'vto', 'vt0') ?? -2;
  const B = model.get('b') ?? 1;
  const N = positive(model.get('n') ?? 1, 'N');
  // Unlike that of diodes, the power of T is not divided by N.
  const exponent = (model.get('xti') ?? 0) * N;
  const gap = { energy: model.get('eg') ?? 1.11, exponent, emission: N };
  const IS = nonNegative(model.get('is') ?? 1e-14, 'IS');
  const BETA = nonNegative(model.get('beta') ?? 1e-4, 'BETA');
  const threshold = VTO + thresholdShift(model, warmth);
  const channel: Channel = {
    BETA: BETA * area * mobilityGrowth(model, warmth),
    LAMBDA: model.get('lambda') ?? 0,
    B,
    T: B === 1 ? 0 : (1 - B) / positive((model.get('pb') ?? 1) - VTO, 'PB - VTO'),
  };
  return {
    multiplier,
    threshold,
    junction: {
      saturation: IS * area * Math.exp(saturationGrowth(warmth, gap)),
      emission: N * warmth.thermalVoltage,
    },
    drainResistance: nonNegative(model.get('rd') ?? 0, 'RD') / (area * multiplier),
    sourceResistance: nonNegative(model.get('rs') ?? 0, 'RS') / (area * multiplier),
    channel: (vgs, vgd) => channelCurrent(vgs - threshold, vgd - threshold, channel),
    isSaturated: (_, vgd) => vgd <= threshold,
  };
}

/** VTOTC dT, else -TCV dT [V] */
function thresholdShift(model: Values, { rise }: Warmth): number {
  const VTOTC = model.get('vtotc');
  return VTOTC === undefined ? -(model.get('tcv') ?? 0) * rise : VTOTC * rise;
}

/** 1.01^(BETATCE dT), else (T/Tnom)^BEX */
function mobilityGrowth(model: Values, { rise, ratio }: Warmth): number {
  const BETATCE = model.get('betatce');
  return BETATCE === undefined ? ratio ** (model.get('bex') ?? 0) : 1.01 ** (BETATCE * rise);
}

interface Channel {
  readonly BETA: number; // [A/V^2]
  readonly LAMBDA: number; // [1/V]
  readonly B: number;
  readonly T: number; // (1 - B) / (PB - VTO) [1/V]
}

/**
 * With the gate voltages p = vgs - VTO and r = vgd - VTO, vds = p - r >= 0 and T = (1 - B) / (PB - VTO):
 *
 *   0                                                      p <= 0           cut-off
 *   BETA (1 + LAMBDA vds) p^2 (B + T p)                    r <= 0 < p       saturation
 *   BETA (1 + LAMBDA vds) (B (p^2 - r^2) + T (p^3 - r^3))  0 < r            linear
 *
 * B = 1: Shichman and Hodges 1968; B < 1, a doping that tails off: Parker and Skellern, in SPICE3 since 1989.
 */
function channelCurrent(vgst: number, vgdt: number, channel: Channel): ChannelCurrent {
  const { BETA, LAMBDA, B, T } = channel;
  const p = Math.max(0, vgst);
  const r = Math.max(0, vgdt);
  const scale = BETA * (1 + LAMBDA * (vgst - vgdt));
  const charge = B * (p ** 2 - r ** 2) + T * (p ** 3 - r ** 3);
  const byLength = BETA * LAMBDA * charge;
  return {
    value: scale * charge,
    bySource: scale * p * (2 * B + 3 * T * p) + byLength,
    byDrain: -scale * r * (2 * B + 3 * T * r) - byLength,
  };
}
