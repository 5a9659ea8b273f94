// The diode against ngspice, and the idealised one against its description.

import { describe, expect, it } from 'vitest';
import { diode } from '../../src/devices/diode.ts';
import { useEngine } from '../ngspice/built-worker.ts';
import '../support/close.ts';
import {
  biasAt,
  dataOf,
  describeBiasGrid,
  expectExactJacobian,
  type Fixture,
  grid,
} from './bias-grid.ts';
import { Bench } from './device-bench.ts';

const ngspice = useEngine();

const fixture: Fixture = {
  kind: diode,
  device: 'diode',
  letter: 'd',
  modelType: 'D',
  terminals: ['anode', 'cathode'],
};

const FORWARD = [0.9, 0.65, 0.5, 0.3, 0.1, 0.02, -0.01, -0.03];

describeBiasGrid(ngspice, {
  fixture,
  points: grid([...FORWARD, -0.12, -0.5, -3, -20], [0]),
  specimens: [
    { name: 'defaults', model: {} },
    { name: 'saturation current', model: { is: 3e-12, n: 1.7, eg: 0.69, xti: 2, tnom: 50 } },
    { name: 'series resistance', model: { is: 2.5e-9, n: 1.8, rs: 0.6, trs1: 2e-3, trs2: 1e-5 } },
    {
      name: 'area and multiplier',
      model: { is: 1e-14, rs: 10, ikf: 1e-3, ikr: 1e-9, isr: 1e-11, nr: 1.9, jtun: 1e-10 },
      instance: { area: 2, m: 3 },
    },
    { name: 'high injection', model: { is: 1e-10, ikf: 1e-4, ikr: 1e-11 } },
    { name: 'recombination', model: { isr: 1e-9, nr: 1.9, vj: 0.8, m: 0.4, tnom: 40 } },
    {
      name: 'recombination, graded by temperature',
      model: { isr: 1e-9, vj: 0.8, m: 0.4, tm1: 1e-3, tm2: 1e-5, tlevc: 1, tpb: 1e-3 },
    },
    { name: 'other band gap', model: { tlev: 2, gap1: 4.73e-4, gap2: 636, eg: 1.17, isr: 1e-12 } },
    {
      name: 'tunnelling',
      model: { jtun: 1e-9, jtunsw: 2e-9, ntun: 25, xtitun: 2, keg: 0.9, pj: 2 },
    },
    {
      name: 'sidewall',
      model: { is: 1e-14, jsw: 1e-12, ns: 1.5, ikf: 1e-3, isr: 1e-12 },
      instance: { pj: 4, m: 2 },
    },
    { name: 'sidewall within', model: { n: 1.3, jsw: 1e-12, pj: 3, area: 2 } },
    {
      name: 'level 3',
      model: { level: 3, is: 1e-9, jsw: 1e-10, xw: 0.5 },
      instance: { w: 2, l: 3 },
    },
  ],
});

describeBiasGrid(ngspice, {
  fixture,
  points: grid([0.6, -1, -4.2, -4.6, -4.9, -5.002, -5.1, -5.3], [0]),
  specimens: [
    { name: 'breakdown', model: { bv: 5, ibv: 1e-3 } },
    { name: 'breakdown of N', model: { bv: 5, n: 1.5, is: 1e-12 } },
    {
      name: 'breakdown of NBV',
      model: { bv: 5, nbv: 2, is: 1e-12, tcv: 1e-3 },
      instance: { area: 2, m: 3 },
    },
    { name: 'breakdown at little current', model: { bv: 5, ibv: 1e-13 } },
    { name: 'relative TCV', model: { bv: 5, tcv: 1e-3, tlev: 1, rs: 3 } },
    {
      name: 'breakdown of the sidewall',
      model: { bv: 5, jsw: 1e-13, ns: 1.5, pj: 2, ikr: 1e-5, isr: 1e-12 },
    },
  ],
});

describe('what PSpice has and ngspice has not', () => {
  const benchOf = (model: Readonly<Record<string, number>>, temperature: number) =>
    new Bench(diode, dataOf(fixture, { name: 'diode', model }, temperature), fixture.terminals);
  const currentAt = (v: number, model: Readonly<Record<string, number>>, temperature = 27) => {
    const bench = benchOf(model, temperature);
    const bias = biasAt(bench, fixture, [v, 0]);
    expectExactJacobian(bench, bias, `${v} V`);
    return bias.currents.get('anode') ?? Number.NaN;
  };

  it('a soft breakdown of IBVL exp(-(BV + v) / NBVL Vt)', () => {
    const sharp = { bv: 5, ibv: 1e-3 };
    const soft = { ...sharp, ibvl: 1e-5, nbvl: 4 };
    const Vt = (1.38064852e-23 * 300.15) / 1.6021766208e-19;
    const expected = -1e-5 * Math.exp(-0.5 / (4 * Vt));
    expect(currentAt(-4.5, soft) - currentAt(-4.5, sharp)).toBeClose(expected, {
      rel: 1e-9,
      abs: 0,
    });
  });

  it('IKF (1 + TIKF dT)', () => {
    const warm = currentAt(0.8, { ikf: 1e-3, tikf: 4e-3 }, 77);
    expect(warm).toBeClose(currentAt(0.8, { ikf: 1.2e-3 }, 77), { rel: 1e-14, abs: 0 });
  });
});
