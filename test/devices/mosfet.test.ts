// MOSFETs of levels 1-3 against ngspice in every region, in both directions, with forward and reverse biased bulks.

import { describe, expect, it } from 'vitest';
import type { DeviceData } from '../../src/devices/device.ts';
import { mosfet } from '../../src/devices/mosfet.ts';
import { useEngine } from '../ngspice/built-worker.ts';
import '../support/close.ts';
import { biasAt, dataOf, describeBiasGrid, type Fixture, type Specimen } from './bias-grid.ts';
import { Bench, GMIN } from './device-bench.ts';
import { intrinsic, points, resistive } from './mosfet-specimens.ts';

const ngspice = useEngine();

const nChannel: Fixture = {
  kind: mosfet,
  device: 'mosfet',
  letter: 'm',
  modelType: 'NMOS',
  terminals: ['drain', 'gate', 'source', 'bulk'],
};
const pChannel: Fixture = { ...nChannel, modelType: 'PMOS', polarity: -1 };

/** The same transistor with holes: thresholds change sign. */
function mirrored({ name, model, instance = {} }: Specimen): Specimen {
  const flipped = Object.entries(model).map(([key, value]) =>
    key === 'vto' || key === 'delvto' ? [key, -value] : [key, value],
  );
  return { name, model: Object.fromEntries(flipped), instance };
}
const negated = points.map((point) => point.map((v) => -v));
/** A current through RD is a difference of voltages near 10 V over 10 ohms. */
const bounds = { abs: 1e-15 };

describeBiasGrid(ngspice, { fixture: nChannel, specimens: intrinsic, points });
describeBiasGrid(ngspice, { fixture: nChannel, specimens: resistive, points, bounds });
describeBiasGrid(ngspice, {
  fixture: pChannel,
  specimens: intrinsic.map(mirrored),
  points: negated,
});

const drainOf = (fixture: Fixture, specimen: Specimen, point: readonly number[]) =>
  biasAt(new Bench(mosfet, dataOf(fixture, specimen, 27), fixture.terminals), fixture, point);

describe('level 1 by hand', () => {
  const specimen = {
    name: '',
    model: { vto: 0.7, kp: 4e-5, lambda: 0.1, is: 0 },
    instance: { w: 2e-5, l: 1e-5 },
  };
  // Shichman and Hodges with GAMMA = 0: beta = 8e-5; at the bulk only GMIN
  it.each([
    ['cut-off', 0.5, 1, 0],
    ['linear', 1.7, 0.5, 8e-5 * 1.05 * (1 - 0.25) * 0.5],
    ['saturation', 1.7, 3, 8e-5 * 1.3 * 0.5],
  ])('%s', (region, vgs, vds, current) => {
    const bias = drainOf(nChannel, specimen, [vds, vgs, 0, 0]);
    expect(bias.region).toBe(region);
    expect(bias.currents.get('drain')).toBeClose(current + GMIN * vds, { rel: 1e-14, abs: 0 });
  });
});

describe('what PSpice has beyond SPICE3', () => {
  it('takes L and W of the model where the card has none', () => {
    const model = { vto: 0.7, kp: 4e-5, is: 0, delvto: 0.3, wd: 1e-6, w: 2.2e-5, l: 1e-5 };
    const bias = drainOf(nChannel, { name: '', model }, [3, 2, 0, 0]);
    expect(bias.currents.get('drain')).toBeClose(4e-5 + GMIN * 3, { rel: 1e-14, abs: 0 });
  });

  it('has an emission coefficient in the bulk junctions', () => {
    const model = { n: 1.5, is: 1e-9 };
    const bias = drainOf(nChannel, { name: '', model }, [0, -5, 0, 0.4]);
    const Vt = (1.38064852e-23 * 300.15) / 1.6021766208e-19; // CODATA 2014
    const junction = 1e-9 * Math.expm1(0.4 / (1.5 * Vt)) + GMIN * 0.4;
    expect(bias.currents.get('bulk')).toBeClose(2 * junction, { rel: 1e-12, abs: 0 });
  });
});

it('starts as SPICE does: at the threshold, without a drain voltage, the bulk reverse biased', () => {
  const start = (fixture: Fixture, vto: number) =>
    mosfet.law(dataOf(fixture, { name: '', model: { vto } }, 27)).start;
  const [n, p] = [start(nChannel, 0.7), start(pChannel, -0.7)];
  expect(n?.map((v) => Math.round(v * 1e9) / 1e9)).toEqual(Float64Array.of(0.7, 0, -1));
  expect(p?.map((v) => Math.round(v * 1e9) / 1e9)).toEqual(Float64Array.of(-0.7, 0, 1));
});

it('names weak inversion', () => {
  const specimen = { name: '', model: { level: 3, vto: 0.7, nfs: 1e11 } };
  expect(drainOf(nChannel, specimen, [1, 0.6, 0, 0]).region).toBe('weak inversion');
});

// Baum with GAMMA = 0: vdsat = V + E - (V^2 + E^2)^1/2, where V = vgs - VTO and E = VMAX L / UO; LAMBDA = 0.
// At 60 V and beyond the closed form of the quartic loses this root to rounding.
it.each([4, 60, 400])(
  'saturates the velocity without a body effect as its closed form says, %d V',
  (V) => {
    const specimen = {
      name: '',
      model: { level: 2, vto: 0.7, kp: 4e-5, uo: 500, vmax: 1e4, nfs: 1, is: 0 },
      instance: { w: 2e-5, l: 1e-5 },
    };
    const E = (1e4 * 1e-5) / 500e-4;
    const vdsat = V + E - Math.hypot(V, E);
    const bias = drainOf(nChannel, specimen, [5, 0.7 + V, 0, 0]);
    expect(bias.region).toBe('saturation');
    const current = 8e-5 * (V - vdsat / 2) * vdsat + GMIN * 5;
    expect(bias.currents.get('drain')).toBeClose(current, { rel: 1e-9, abs: 0 });
  },
);

it('passes into punch-through without a step', () => {
  const specimen = {
    name: '',
    model: { level: 2, vto: 0.7, kp: 4e-5, lambda: 0.2, tox: 5e-8 },
    instance: { w: 2e-5, l: 2e-6 },
  };
  // The channel is 0.25 um long where LAMBDA vds L = L - 0.25 um, at 4.375 V; the slope there is that of 1 / (1 - LAMBDA vds).
  const at = (vds: number) => drainOf(nChannel, specimen, [vds, 2, 0, 0]).currents.get('drain')!;
  const [before, here, after] = [at(4.375 - 1e-6), at(4.375), at(4.375 + 1e-6)];
  const slope = 0.2 / (1 - 0.2 * 4.375);
  expect((here - before) / here).toBeClose(1e-6 * slope, { rel: 1e-4, abs: 0 });
  expect((after - here) / here).toBeClose(1e-6 * slope, { rel: 1e-4, abs: 0 });
});

describe('structure', () => {
  const structure = (model: Record<string, number>, instance: Record<string, number> = {}) =>
    mosfet.structure(dataOf(nChannel, { name: '', model, instance }, 27));

  it('has inner nodes only where a resistance parts them from a terminal', () => {
    const { resistors, outputs } = structure({ rd: 3, rsh: 0, rb: 8, rds: 1e9 }, { m: 2 });
    expect(resistors).toEqual([
      { name: 'RD', pair: ['drain', "drain'"], resistance: 1.5 },
      { name: 'RB', pair: ['bulk', "bulk'"], resistance: 4 },
      { name: 'RDS', pair: ['drain', 'source'], resistance: 5e8 },
    ]);
    expect(outputs).toEqual([
      ["drain'", 'source'],
      ["bulk'", "drain'"],
      ["bulk'", 'source'],
    ]);
  });

  it('takes RSH times the squares where there is no RD or RS', () => {
    const { resistors } = structure({ rsh: 20, rs: 0 }, { nrd: 2.5, nrs: 7 });
    expect(resistors).toEqual([{ name: 'RD', pair: ['drain', "drain'"], resistance: 50 }]);
  });
});

describe('refusals', () => {
  const law = (model: Record<string, number>, instance: Record<string, number> = {}) =>
    mosfet.law(dataOf(nChannel, { name: '', model, instance }, 27));
  it.each([
    [{ level: 8 }, {}, 'LEVEL is 8'],
    [{ level: 1.5 }, {}, 'LEVEL is 1.5'],
    [{ ld: 6e-5 }, {}, 'L - 2 LD + XL is'],
    [{}, { w: -1e-6 }, 'W - 2 WD + XW is'],
    [{ phi: 0 }, {}, 'PHI is 0'],
    [{ theta: -1, level: 3 }, {}, 'THETA is -1'],
    [{ level: 2, nsub: 1e9 }, {}, 'NSUB is 1000000000'],
    [{ level: 2, vmax: 5e4 }, {}, 'VMAX needs NFS'],
    [{ jssw: 1e-9 }, {}, 'JSSW is'],
  ])('%j %j', (model, instance, reason) => {
    expect(() => law(model, instance)).toThrow(reason);
  });
});

describe('laws', () => {
  it.each([...intrinsic])(
    '$name: exchanging drain and source turns the current round',
    (specimen) => {
      const data = dataOf(nChannel, { ...specimen, instance: { ...specimen.instance, as: 0 } }, 27);
      const bench = new Bench(mosfet, data, nChannel.terminals);
      for (const [drain, gate, source, bulk] of points as [number, number, number, number][]) {
        const there = biasAt(bench, nChannel, [drain, gate, source, bulk]).currents;
        const back = biasAt(bench, nChannel, [source, gate, drain, bulk]).currents;
        expect(back.get('source')).toBeClose(there.get('drain')!, { rel: 1e-12, abs: 1e-17 });
      }
    },
  );

  it.each([...intrinsic])('$name: finite for a million volts', (specimen) => {
    const data: DeviceData = dataOf(nChannel, specimen, 27);
    const bench = new Bench(mosfet, data, nChannel.terminals);
    const far = [-1e6, -300, -1, 0, 1, 300, 1e6];
    for (const vgs of far) {
      for (const vds of far) {
        for (const vbs of far) {
          const conditions = { gmin: GMIN, memory: 0 };
          const { values, jacobian } = bench.evaluate(Float64Array.of(vgs, vds, vbs), conditions);
          const finite = [...values, ...jacobian].every((x) => Number.isFinite(x));
          expect(finite, `${vgs} ${vds} ${vbs}: ${values} ${jacobian}`).toBe(true);
        }
      }
    }
  });
});
