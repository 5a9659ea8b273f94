// The power MOSFET against ngspice: the channel in every region and direction, the body diode and its breakdown.

import { expect, it } from 'vitest';
import { vdmos } from '../../src/devices/vdmos.ts';
import { useEngine } from '../ngspice/built-worker.ts';
import { dataOf, describeBiasGrid, type Fixture, type Specimen } from './bias-grid.ts';
import { Bench, GMIN } from './device-bench.ts';

const ngspice = useEngine();

const nChannel: Fixture = {
  kind: vdmos,
  device: 'vdmos',
  letter: 'm',
  modelType: 'VDMOSN',
  terminals: ['drain', 'gate', 'source'],
};

/** Drain, gate, source; the body diode carries up to 0.6 V. */
const points = [
  [5, 3.3, 0],
  [5, 10, 0],
  [5, 1.5, 0],
  [5, 0.5, 0],
  [4.3, -3, 0],
  [3, 1.9, 0],
  [0.5, 5, 0],
  [0.3, 2.35, 0],
  [0.01, 5, 0],
  [-0.3, -1, 0],
  [-0.3, 5, 0],
  [-0.6, -2, 0],
];
const ideal = { vto: 2, kp: 0.5 };

const specimens: readonly Specimen[] = [
  { name: 'defaults', model: ideal },
  {
    name: 'channel',
    model: {
      ...ideal,
      lambda: 0.02,
      theta: 0.1,
      mtriode: 1.5,
      ksubthres: 0.05,
      subshift: 0.1,
      rds: 1e7,
    },
    instance: { m: 2 },
  },
  {
    name: 'temperature',
    model: { ...ideal, tcvth: 0.003, mu: -1.2, tksubthres1: 0.002, tnom: 20 },
  },
  { name: 'body diode', model: { ...ideal, is: 1e-9, n: 1.2, eg: 1, xti: 4 } },
  { name: 'breakdown', model: { ...ideal, bv: 4.8, is: 1e-12 } },
  {
    name: 'breakdown of several',
    model: { ...ideal, bv: 4.8, ibv: 1e-4, nbv: 2.3, is: 1e-12 },
    instance: { m: 3 },
  },
];
const resistive: readonly Specimen[] = [
  {
    name: 'resistances with coefficients',
    model: {
      ...ideal,
      rd: 0.5,
      rs: 0.3,
      rb: 0.7,
      is: 1e-9,
      trd1: 1e-3,
      trs1: 2e-3,
      trs2: 1e-6,
      trb1: 3e-3,
    },
    instance: { m: 2 },
  },
  {
    name: 'a power of temperature beats coefficients',
    model: { ...ideal, rd: 0.5, texp0: 1.2, trd1: 1e-3 },
  },
];

describeBiasGrid(ngspice, { fixture: nChannel, specimens, points });
describeBiasGrid(ngspice, {
  fixture: { ...nChannel, modelType: 'VDMOSP', polarity: -1 },
  specimens: specimens.map(({ name, model, instance = {} }) => ({
    name,
    model: { ...model, vto: -2 },
    instance,
  })),
  points: points.map((point) => point.map((v) => -v)),
});
// Currents through RD are differences of voltages of 5 V over half an ohm.
describeBiasGrid(ngspice, {
  fixture: nChannel,
  specimens: resistive,
  points,
  bounds: { abs: 5e-15 },
});

it('has finite values for a million volts', () => {
  for (const specimen of specimens) {
    const bench = new Bench(vdmos, dataOf(nChannel, specimen, 27), nChannel.terminals);
    const far = [-1e6, -300, 0, 300, 1e6];
    for (const vgs of far) {
      for (const vds of far) {
        for (const body of far) {
          const u = Float64Array.of(vgs, vds, body);
          const { values, jacobian } = bench.evaluate(u, { gmin: GMIN, memory: 0 });
          expect([...values, ...jacobian].every((x) => Number.isFinite(x))).toBe(true);
        }
      }
    }
  }
});

it('refuses quasi-saturation', () => {
  const data = dataOf(nChannel, { name: '', model: { ...ideal, rq: 0.1 } }, 27);
  expect(() => vdmos.law(data)).toThrow('RQ is 0.1');
  expect(() => vdmos.structure(data)).toThrow('RQ is 0.1');
});
