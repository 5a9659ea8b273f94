// BSIM3 against ngspice in every region, in both directions, with forward and reverse biased bulks.

import { describe, expect, it } from 'vitest';
import { bsim3 } from '../../src/devices/bsim3.ts';
import { useEngine } from '../ngspice/built-worker.ts';
import '../support/close.ts';
import {
  biasAt,
  dataOf,
  describeBiasGrid,
  type Fixture,
  grid,
  type Specimen,
} from './bias-grid.ts';
import { intrinsic, points, resistive } from './bsim3-specimens.ts';
import { Bench, GMIN } from './device-bench.ts';

const ngspice = useEngine();

const nChannel: Fixture = {
  kind: bsim3,
  device: 'bsim3',
  letter: 'm',
  modelType: 'NMOS',
  warmedBy: 'circuit',
  terminals: ['drain', 'gate', 'source', 'bulk'],
};
const pChannel: Fixture = { ...nChannel, modelType: 'PMOS', polarity: -1 };

/** The same transistor with holes: thresholds change sign. */
function mirrored({ name, model, instance = {} }: Specimen): Specimen {
  const flipped = (values: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      Object.entries(values).map(([key, value]) =>
        /^([lwp]?vth0|delvto)$/.test(key) ? [key, -value] : [key, value],
      ),
    );
  return { name, model: flipped(model), instance: flipped(instance) };
}
const negated = points.map((point) => point.map((v) => -v));

describeBiasGrid(ngspice, { fixture: nChannel, specimens: intrinsic, points });
describeBiasGrid(ngspice, { fixture: nChannel, specimens: resistive, points });
describeBiasGrid(ngspice, {
  fixture: pChannel,
  specimens: intrinsic.map(mirrored),
  points: negated,
});

const drainOf = (specimen: Specimen, point: readonly number[]) =>
  biasAt(new Bench(bsim3, dataOf(nChannel, specimen, 27), nChannel.terminals), nChannel, point);

/** Equations of the published model by hand: a long and wide channel whose corrections are all off. */
const ideal = {
  level: 8,
  vth0: 0.6,
  tox: 1e-8,
  k1: 0,
  k2: 0,
  k3: 0,
  nlx: 0,
  dvt0: 0,
  eta0: 0,
  etab: 0,
  u0: 0.05,
  ua: 0,
  ub: 0,
  uc: 0,
  vsat: 1e9,
  a0: 0,
  keta: 0,
  nfactor: 0,
  cdsc: 0,
  voff: -10,
  pdiblc1: 0,
  pdiblc2: 0,
  pscbe2: 0,
  delta: 1e-6,
  js: 0,
};

it('is the square law where velocities do not saturate and the drain does not reach into the channel', () => {
  const specimen = { name: '', model: ideal, instance: { l: 1e-4, w: 1e-4, ad: 1, as: 1 } };
  const drain = (vds: number) =>
    drainOf(specimen, [vds, 3.6, 0, 0]).currents.get('drain')! - GMIN * vds;
  // beta = U0 eps_ox / TOX; V = Vgsteff = 3 V, Vb = V + 2 kT/q: I = beta V (1 - vds / 2 Vb) vds
  const beta = (0.05 * 3.453133e-11) / 1e-8;
  const Vb = 3 + 2 * 8.617087e-5 * 300.15;
  expect(drain(0.5)).toBeClose(beta * 3 * (1 - 0.25 / Vb) * 0.5, { rel: 1e-5, abs: 0 });
  expect(drain(1.5)).toBeClose(beta * 3 * (1 - 0.75 / Vb) * 1.5, { rel: 1e-5, abs: 0 });
});

it('names its regions', () => {
  const specimen = { name: '', model: ideal, instance: { l: 1e-4, w: 1e-4 } };
  const region = (vds: number, vgs: number) => drainOf(specimen, [vds, vgs, 0, 0]).region;
  expect([region(1, 0.5), region(0.5, 2), region(5, 2)]).toEqual([
    'weak inversion',
    'linear',
    'saturation',
  ]);
  expect([region(-1, -0.6), region(-0.5, 2)]).toEqual(['weak inversion', 'linear']);
});

describe('laws', () => {
  it.each([...intrinsic])(
    '$name: exchanging drain and source turns the current round',
    (specimen) => {
      const { ad, pd, ...instance } = { ad: 0, pd: 0, as: 0, ps: 0, ...specimen.instance };
      const even = { ...specimen, instance: { ...instance, ad, pd, as: ad, ps: pd } };
      for (const [drain, gate, source, bulk] of points as [number, number, number, number][]) {
        const there = drainOf(even, [drain, gate, source, bulk]).currents;
        const back = drainOf(even, [source, gate, drain, bulk]).currents;
        expect(back.get('source')).toBeClose(there.get('drain')!, { rel: 1e-11, abs: 1e-17 });
        expect(back.get('bulk')).toBeClose(there.get('bulk')!, { rel: 1e-11, abs: 1e-17 });
      }
    },
  );

  it.each([...intrinsic])('$name: finite for a million volts', (specimen) => {
    const bench = new Bench(bsim3, dataOf(nChannel, specimen, 27), nChannel.terminals);
    for (const u of grid(...[1, 2, 3].map(() => [-1e6, -300, -1, 0, 1, 300, 1e6]))) {
      const { values, jacobian } = bench.evaluate(Float64Array.from(u), { gmin: GMIN, memory: 0 });
      const finite = [...values, ...jacobian].every((x) => Number.isFinite(x));
      expect(finite, `${u}: ${values} ${jacobian}`).toBe(true);
    }
  });
});

describe('refusals', () => {
  const law = (model: Record<string, number>, instance: Record<string, number> = {}) =>
    bsim3.law(dataOf(nChannel, { name: '', model, instance }, 27));
  it.each([
    [{ mobmod: 4 }, {}, 'MOBMOD is 4'],
    [{ acm: 3 }, {}, 'ACM is 3'],
    [{ lint: 3e-6 }, {}, 'THE EFFECTIVE LENGTH OF THE CHANNEL is'],
    [{}, { w: -1e-6 }, 'W is -0.000001'],
    [{ tox: 0 }, {}, 'TOX is 0'],
    [{ pclm: 0 }, {}, 'PCLM is 0'],
    [{ w0: -5e-6 }, {}, 'W0 is -0.000005'],
    [{ nch: 1e9 }, {}, 'NCH'],
    [{ rdsw: -1 }, {}, 'RDSW AT THIS TEMPERATURE is -1'],
  ])('%j %j', (model, instance, reason) => {
    expect(() => law(model, instance)).toThrow(reason);
  });
});
