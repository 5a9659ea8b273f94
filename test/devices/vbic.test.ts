// VBIC against ngspice in every region, with its parts one by one and all together.

import { vbic } from '../../src/devices/vbic.ts';
import { useEngine } from '../ngspice/built-worker.ts';
import { describeBiasGrid, type Fixture, grid, type Specimen } from './bias-grid.ts';

const ngspice = useEngine();

const npn: Fixture = {
  kind: vbic,
  device: 'vbic',
  letter: 'q',
  modelType: 'NPN',
  terminals: ['collector', 'base', 'emitter', 'substrate'],
};
const pnp: Fixture = { ...npn, modelType: 'PNP', polarity: -1 };

/** Off, forward, saturated, reverse, and a substrate that conducts. */
const points = [
  ...grid([-0.6, 0, 0.15, 3], [-1.5, 0, 0.5, 0.75, 0.85], [0], [-1, 0]),
  [1, 0.7, 1.3, 0],
  [-0.6, -0.1, 0, -0.2],
  [0, 0.2, 0, 0.6],
  [5, 0.8, 0, 0],
];
const negated = points.map((point) => point.map((v) => -v));

const core = {
  level: 4,
  is: 2e-16,
  ibei: 2e-18,
  ibci: 3e-17,
  iben: 1e-15,
  ibcn: 2e-15,
  rci: 20,
  rbi: 50,
  rbp: 30,
};

const parts: readonly Specimen[] = [
  { name: 'what its defaults are', model: { level: 4 } },
  { name: 'non-ideal base currents', model: { ...core, nf: 1.02, nr: 1.05, nei: 1.1, ncn: 1.8 } },
  { name: 'Early effect', model: { ...core, vef: 20, ver: 4, me: 0.4, mc: 0.3, pe: 0.8, pc: 0.6 } },
  {
    name: 'Early effect, rounded',
    model: { ...core, vef: 20, ver: 4, aje: 0.3, ajc: 0.2, fc: 0.85 },
  },
  { name: 'reach-through', model: { ...core, vef: 20, ajc: 0.2, vrt: 4, art: 0.15 } },
  { name: 'high injection', model: { ...core, vef: 30, ikf: 2e-3, ikr: 2e-4, xikf: -0.5 } },
  {
    name: 'high injection, NKF, QBM=1',
    model: { ...core, ikf: 2e-3, ikr: 2e-4, qbm: 1, nkf: 0.4, vef: 10 },
  },
  {
    name: 'high injection, NKF, QBM=0',
    model: { ...core, ikf: 2e-3, ikr: 2e-4, qbm: 0, nkf: 0.6, vef: 10 },
  },
  {
    name: 'resistances',
    model: {
      ...core,
      rcx: 12,
      rci: 30,
      rbx: 15,
      rbi: 60,
      re: 1.5,
      rs: 20,
      rbp: 25,
      xre: 1,
      xrci: 0.7,
      xrcx: 0.2,
      xrbx: 0.3,
      xrbi: 0.4,
      xrs: 0.5,
      xrbp: 0.6,
    },
  },
  { name: 'quasi-saturation', model: { ...core, rci: 60, vo: 2, gamm: 2e-11, hrcf: 3, xvo: 0.4 } },
  { name: 'avalanche', model: { ...core, avc1: 2, avc2: 15, tavc: 1e-3 } },
  {
    name: 'emitter breakdown and WBE',
    model: { ...core, wbe: 0.6, vbbe: 1.5, nbbe: 5, ibbe: 1e-8, tvbbe1: 2e-4, tnbbe: -1e-3 },
  },
  {
    name: 'parasitic transistor',
    model: {
      ...core,
      rci: 50,
      rbp: 40,
      isp: 1e-17,
      wsp: 0.7,
      nfp: 1.03,
      ikp: 1e-4,
      ibeip: 1e-18,
      ibenp: 1e-16,
      ibcip: 2e-17,
      ibcnp: 3e-15,
      ncip: 1.02,
    },
  },
  {
    name: 'temperature',
    model: {
      ...core,
      tnom: 20,
      isp: 1e-17,
      ea: 1.13,
      eaie: 1.14,
      eaic: 1.1,
      eais: 1.09,
      eane: 1.08,
      eanc: 1.07,
      eans: 1.06,
      eap: 1.15,
      xis: 4,
      xii: 2.5,
      xin: 2.2,
      tnf: 1e-4,
      isrr: 1.3,
      xisr: 0.3,
      dear: 0.05,
      vef: 12,
    },
  },
];

const whole: Specimen = {
  name: 'everything, two of area 1.5',
  model: {
    ...core,
    ...{
      nf: 1.01,
      nr: 1.02,
      vef: 15,
      ver: 9,
      ikf: 3e-3,
      ikr: 3e-4,
      qbm: 1,
      avc1: 2.2,
      avc2: 12,
      tavc: 6e-4,
    },
    ...{
      rcx: 10,
      rci: 40,
      rbx: 10,
      rbi: 40,
      re: 2,
      rs: 20,
      rbp: 40,
      gamm: 1.5e-13,
      vo: 3,
      hrcf: 1.5,
    },
    ...{ isp: 4e-18, wsp: 0.9, ikp: 1e-4, ibeip: 1e-19, ibenp: 1e-17, ibcip: 1e-15, ibcnp: 1e-15 },
    ...{ wbe: 0.48, vbbe: 2.3, nbbe: 6.6, ibbe: 1.5e-8, rth: 200 },
  },
  instance: { area: 1.5, m: 2 },
};

/** Voltages of 3 V are rounded to 4e-16 V, across the 0.1 ohm that inner resistances have unless stated. */
const bounds = { abs: 5e-15 };
describeBiasGrid(ngspice, { fixture: npn, specimens: [...parts, whole], points, bounds });
describeBiasGrid(ngspice, { fixture: pnp, specimens: [whole], points: negated, bounds });
