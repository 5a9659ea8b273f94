/** D, Q, J, M, Z, S and W: which nodes, values and model types their cards have. */

import type { DeviceName } from '../devices/device.ts';

export interface DeviceType {
  readonly device: DeviceName;
  readonly polarity: 1 | -1;
  /** How many nodes it has when its letter allows several numbers. */
  readonly nodes?: number;
  /** What a model means that states no parameter: one that tells which law it follows. */
  readonly implied?: readonly [parameter: string, value: number];
}

export interface Letter {
  /** Roles of the nodes in the order of the card; those behind `least` may be left off. */
  readonly roles: readonly string[];
  readonly least: number;
  /** What the values behind the model are called. */
  readonly values: readonly string[];
  /** By lower-case model type. */
  readonly types: Readonly<Record<string, DeviceType>>;
}

const N = 1;
export const P = -1;

export const LETTERS: Readonly<Record<string, Letter>> = {
  D: {
    roles: ['anode', 'cathode'],
    least: 2,
    values: ['area'],
    types: { d: { device: 'diode', polarity: N } },
  },
  Q: {
    roles: ['collector', 'base', 'emitter', 'substrate'],
    least: 3,
    values: ['area'],
    types: {
      npn: { device: 'bipolar', polarity: N },
      pnp: { device: 'bipolar', polarity: P },
      lpnp: { device: 'bipolar', polarity: P },
    },
  },
  J: {
    roles: ['drain', 'gate', 'source'],
    least: 3,
    values: ['area'],
    types: { njf: { device: 'jfet', polarity: N }, pjf: { device: 'jfet', polarity: P } },
  },
  Z: {
    roles: ['drain', 'gate', 'source'],
    least: 3,
    values: ['area'],
    types: { nmf: { device: 'mesfet', polarity: N }, pmf: { device: 'mesfet', polarity: P } },
  },
  M: {
    roles: ['drain', 'gate', 'source', 'bulk'],
    least: 3,
    values: ['l', 'w'],
    types: {
      nmos: { device: 'mosfet', polarity: N, nodes: 4 },
      pmos: { device: 'mosfet', polarity: P, nodes: 4 },
      vdmos: { device: 'vdmos', polarity: N, nodes: 3 },
      vdmosn: { device: 'vdmos', polarity: N, nodes: 3 },
      vdmosp: { device: 'vdmos', polarity: P, nodes: 3 },
    },
  },
  S: {
    roles: ['plus', 'minus', 'controlPlus', 'controlMinus'],
    least: 4,
    values: [],
    types: {
      sw: { device: 'switch', polarity: N },
      vswitch: { device: 'switch', polarity: N, implied: ['voff', 0] },
    },
  },
  W: {
    roles: ['plus', 'minus'],
    least: 2,
    values: [],
    types: {
      csw: { device: 'switch', polarity: N, implied: ['it', 0] },
      iswitch: { device: 'switch', polarity: N, implied: ['ioff', 0] },
    },
  },
};
