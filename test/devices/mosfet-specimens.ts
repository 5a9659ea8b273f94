// Model cards of MOSFETs of levels 1-3 that between them use every parameter, and where they are asked.

import { grid, type Specimen } from './bias-grid.ts';

/** Drain, gate, source and bulk, the bulk up to 0.21 V above the lower end of the channel; no voltage is on a kink. */
export const points = [-3.1, -0.17, 0.013, 0.437, 2.7, 9.3].flatMap((drain) =>
  grid(
    [drain],
    [-1.9, 0.32, 0.83, 1.27, 3.3, 7.1],
    [0],
    [-4.7, -0.9, -0.03, 0.21].map((v) => v + Math.min(drain, 0)),
  ),
);

const card = { l: 5e-6, w: 20e-6 };
const process = { vto: 0.7, tox: 5e-8, nsub: 4e15 };

/** Without series resistances: every current is an equation of the model. */
export const intrinsic: readonly Specimen[] = [
  { name: 'level 1, defaults', model: { level: 1 } },
  {
    name: 'level 1, electrical parameters',
    model: {
      level: 1,
      vto: 0.7,
      kp: 5e-5,
      gamma: 0.4,
      phi: 0.65,
      lambda: 0.02,
      ld: 2e-7,
      is: 3e-15,
    },
    instance: { ...card, m: 3 },
  },
  {
    name: 'level 1, process parameters',
    model: { level: 1, tox: 5e-8, nsub: 4e15, uo: 550, nss: 1e10, tpg: -1, js: 1e-4, tnom: 0 },
    instance: { ...card, ad: 1e-10, as: 2e-10 },
  },
  { name: 'level 2, defaults', model: { level: 2 } },
  {
    name: 'level 2, electrical parameters',
    model: { level: 2, vto: 0.7, kp: 5e-5, gamma: 0.4, phi: 0.65, lambda: 0.02, tox: 5e-8 },
    instance: card,
  },
  {
    name: 'level 2, process parameters',
    model: { level: 2, ...process, uo: 550, ucrit: 3e4, uexp: 0.13, xj: 4e-7, ld: 3e-7 },
    instance: card,
  },
  {
    name: 'level 2, metal gate, short channel, punch-through',
    model: { level: 2, tox: 5e-8, nsub: 1e15, tpg: 0, nss: 3e10, pb: 0.7, tnom: 50, is: 1e-12 },
    instance: { l: 2e-6, w: 3e-6 },
  },
  {
    name: 'level 2, weak inversion and narrow channel',
    model: { level: 2, ...process, nfs: 2e11, delta: 1.3, xj: 4e-7, ucrit: 3e4, uexp: 0.13 },
    instance: { l: 5e-6, w: 5e-6, m: 3 },
  },
  {
    name: 'level 2, velocity saturation',
    model: { level: 2, ...process, nfs: 2e11, vmax: 5e4, neff: 3, xj: 4e-7, ucrit: 3e4, uexp: 0.1 },
    instance: card,
  },
  { name: 'level 3, defaults', model: { level: 3 } },
  {
    name: 'level 3, electrical parameters',
    model: { level: 3, vto: 0.7, kp: 5e-5, gamma: 0.4, phi: 0.65, theta: 0.07, tox: 5e-8 },
    instance: card,
  },
  {
    name: 'level 3, process parameters',
    model: { level: 3, ...process, u0: 550, theta: 0.05, eta: 0.6, kappa: 0.4, xj: 4e-7, ld: 3e-7 },
    instance: card,
  },
  {
    name: 'level 3, metal gate, short channel, punch-through',
    model: {
      level: 3,
      tox: 5e-8,
      nsub: 1e15,
      tpg: 0,
      nss: 3e10,
      kappa: 5,
      eta: 1,
      tnom: 50,
      is: 1e-12,
    },
    instance: { l: 1.2e-6, w: 3e-6 },
  },
  { name: 'level 3, no shortening', model: { level: 3, ...process, kappa: 0 } },
  {
    name: 'level 3, weak inversion, narrow channel and corrections of the mask',
    model: {
      level: 3,
      ...process,
      nfs: 2e11,
      delta: 1.3,
      xj: 4e-7,
      xl: 2e-7,
      wd: 1e-7,
      xw: 3e-7,
      delvto: 0.1,
    },
    instance: { l: 5e-6, w: 5e-6, m: 3 },
  },
  {
    name: 'level 3, velocity saturation',
    model: { level: 3, ...process, nfs: 2e11, vmax: 5e4, xj: 4e-7, kappa: 0.3 },
    instance: card,
  },
];

export const resistive: readonly Specimen[] = [
  {
    name: 'level 1, RD, RSH and junctions by area',
    model: { level: 1, vto: 0.7, gamma: 0.4, lambda: 0.02, kp: 5e-5, rd: 12, rsh: 20, js: 1e-4 },
    instance: { ...card, nrs: 2.5, ad: 1e-10, as: 2e-10, m: 2 },
  },
  {
    name: 'level 2, RD and RS',
    model: { level: 2, ...process, nfs: 2e11, vmax: 5e4, xj: 4e-7, rd: 20, rs: 10 },
    instance: card,
  },
  {
    name: 'level 3, RSH',
    model: { level: 3, ...process, nfs: 2e11, theta: 0.1, xj: 4e-7, rsh: 30 },
    instance: { ...card, nrd: 0 },
  },
];
