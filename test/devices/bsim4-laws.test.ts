// BSIM4 by hand and by laws: what must hold whatever the numbers are, the resistances around it, and refusals.

import { describe, expect, it } from 'vitest';
import { bsim4 } from '../../src/devices/bsim4.ts';
import '../support/close.ts';
import { biasAt, dataOf, type Fixture, type Specimen } from './bias-grid.ts';
import { points, resistive, specimens } from './bsim4-specimens.ts';
import { Bench, GMIN } from './device-bench.ts';

const nChannel: Fixture = {
  kind: bsim4,
  device: 'bsim4',
  letter: 'm',
  modelType: 'NMOS',
  terminals: ['drain', 'gate', 'source', 'bulk'],
};

const at = (specimen: Specimen, point: readonly number[]) =>
  biasAt(new Bench(bsim4, dataOf(nChannel, specimen, 27), nChannel.terminals), nChannel, point);

const law = (model: Record<string, number>, instance: Record<string, number> = {}) =>
  bsim4.law(dataOf(nChannel, { name: '', model, instance }, 27));

describe('by hand', () => {
  it('has the junctions of the manual: straight above IJTHSFWD', () => {
    // JSS AS = 1e-10 A, N Vt = 1.1 x 8.617087e-5 x 300.15 V, straight from 1e-4 A on
    const model = { jss: 10, njs: 1.1, ijthsfwd: 1e-4, jsd: 0 };
    const instance = { as: 1e-11, ad: 0, ps: 0, pd: 0 };
    const emission = 1.1 * 8.617087e-5 * 300.15;
    const knee = emission * Math.log(1e-4 / 1e-10 + 1);
    const bulk = (v: number) =>
      at({ name: '', model, instance }, [v, -3, 0, v]).currents.get('bulk');
    const below = 1e-10 * Math.expm1(0.3 / emission);
    expect(bulk(0.3)).toBeClose(below + GMIN * 0.3, { rel: 1e-9, abs: 0 });
    const above = 1e-4 + ((1e-4 + 1e-10) / emission) * (0.6 - knee);
    expect(bulk(0.6)).toBeClose(above + GMIN * 0.6, { rel: 1e-9, abs: 0 });
  });

  it('leaks at the edge of the drain as the manual says', () => {
    // AGIDL W E exp(-BGIDL / E) Vdb^3 / (CGIDL + Vdb^3), E = (Vds - Vgs - EGIDL) / (3 TOXE)
    const card = { toxe: 2e-9, agidl: 1e-8, bgidl: 2e9, cgidl: 0.5, egidl: 0.8, agisl: 0, jss: 0 };
    const [E, cube] = [(1.5 + 1 - 0.8) / 6e-9, 1.7 ** 3];
    const leak = (1e-8 * 2e-6 * E * Math.exp(-2e9 / E) * cube) / (0.5 + cube);
    const bias = at({ name: '', model: card, instance: { w: 2e-6, l: 1e-6 } }, [1.5, -1, 0, -0.2]);
    const bulk = -leak - GMIN * (1.7 + 0.2);
    expect(bias.currents.get('bulk')).toBeClose(bulk, { rel: 1e-9, abs: 0 });
  });

  it.each([
    ['weak inversion', 0.1, 1],
    ['linear', 1.5, 0.05],
    ['saturation', 1, 1.5],
  ])('names %s', (region, vgs, vds) => {
    expect(at({ name: '', model: {} }, [vds, vgs, 0, 0]).region).toBe(region);
  });
});

describe('structure', () => {
  const structure = (model: Record<string, number>, instance: Record<string, number> = {}) =>
    bsim4.structure(dataOf(nChannel, { name: '', model, instance }, 27));

  it('has no current through the gate unless a selector switches it on', () => {
    expect(structure({}).outputs).toHaveLength(5);
    expect(structure({ igbmod: 1 }).outputs.slice(5)).toEqual([
      ['gate', 'source'],
      ['gate', 'drain'],
      ['gate', 'bulk'],
    ]);
  });

  it('has a resistance of a diffusion only where its squares are stated', () => {
    expect(structure({ rsh: 10 }).resistors).toEqual([]);
    const { resistors } = structure({ rsh: 10 }, { nrd: 0.5, m: 2 });
    expect(resistors).toEqual([{ name: 'RD', pair: ['drain', "drain'"], resistance: 2.5 }]);
  });

  it('has the electrode of the gate: RSHG (XGW + W / 3 NGCON) / (NGCON NF (L - XGL))', () => {
    const model = { rgatemod: 1, rshg: 6, xgw: 1e-7, xgl: 1e-8, ngcon: 2 };
    const { resistors } = structure(model, { w: 6e-6, nf: 2, l: 1.1e-7 });
    const resistance = (6 * (1e-7 + 3e-6 / 6)) / (2 * 2 * 1e-7);
    expect(resistors[0]?.resistance).toBeClose(resistance, { rel: 1e-12, abs: 0 });
  });
});

describe('refusals', () => {
  it.each([
    [{ rdsmod: 1 }, {}, 'RDSMOD is 1'],
    [{ mobmod: 3 }, {}, 'MOBMOD is 3'],
    [{ igcmod: 3 }, {}, 'IGCMOD is 3'],
    [{ rgatemod: 2 }, {}, 'RGATEMOD is 2'],
    [{ rbodymod: 2 }, {}, 'RBODYMOD is 2'],
    [{}, { rbodymod: 2 }, 'RBODYMOD is 2'],
    [{ diomod: 0 }, {}, 'DIOMOD is 0'],
    [{ gidlmod: 1 }, {}, 'GIDLMOD is 1'],
    [{ tempmod: 2 }, {}, 'TEMPMOD is 2'],
    [{ mtrlmod: 1 }, {}, 'MTRLMOD is 1'],
    [{ wpemod: 1 }, {}, 'WPEMOD is 1'],
    [{ lambda: 1e-5 }, {}, 'LAMBDA is'],
    [{ vtl: 2e5 }, {}, 'VTL is 200000'],
    [{ jtss: 1e-6 }, {}, 'JTSS is'],
    [{}, { sa: 1e-6, sb: 1e-6 }, 'SA is'],
    [{ rgeomod: 1, rsh: 5 }, {}, 'RGEOMOD is 1'],
    [{ geomod: 9 }, {}, 'GEOMOD is 9'],
    [{ lint: 3e-6 }, {}, 'THE EFFECTIVE LENGTH is'],
    [{ toxe: 0 }, {}, 'TOXE is 0'],
    [{ pclm: 0 }, {}, 'PCLM is 0'],
    [{ a2: 1.2 }, {}, 'A2 is 1.2'],
    [{ lpe0: -1e-5 }, {}, '1 + LPE0 / L is'],
    [{ dvt1: -1 }, {}, 'DVT1 is -1'],
    [{ vsat: 1e4, at: 1e6, tnom: -100 }, {}, 'VSAT AT THIS TEMPERATURE is'],
  ])('%j %j', (model, instance, reason) => {
    expect(() => law(model, instance)).toThrow(reason);
  });
});

describe('laws', () => {
  it.each([...specimens])('$name: exchanging drain and source turns it round', (specimen) => {
    // Both ends alike: leakage, overlaps and diffusions
    const model = { ...specimen.model, agidl: 0, agisl: 0 };
    const alike = {
      ...specimen,
      model,
      instance: { ...specimen.instance, as: 0, ad: 0, ps: 0, pd: 0, nf: 1 },
    };
    for (const [drain = 0, gate = 0, source = 0, bulk = 0] of points) {
      const there = at(alike, [drain, gate, source, bulk]).currents;
      const back = at(alike, [source, gate, drain, bulk]).currents;
      expect(back.get('source')).toBeClose(there.get('drain') ?? 0, { rel: 1e-9, abs: 1e-17 });
      expect(back.get('gate') ?? 0).toBeClose(there.get('gate') ?? 0, { rel: 1e-9, abs: 1e-17 });
    }
  });

  it.each([...specimens, ...resistive])('$name: finite for a million volts', (specimen) => {
    const bench = new Bench(bsim4, dataOf(nChannel, specimen, 27), nChannel.terminals);
    const far = [-1e6, -30, 0, 30, 1e6];
    for (const vgs of far) {
      for (const vds of far) {
        for (const vbs of far) {
          const u = Float64Array.of(vgs, vds, vbs, vbs - vds, vbs);
          const { values, jacobian } = bench.evaluate(u, { gmin: GMIN, memory: 0 });
          const finite = [...values, ...jacobian].every((x) => Number.isFinite(x));
          expect(finite, `${vgs} ${vds} ${vbs}: ${values} ${jacobian}`).toBe(true);
        }
      }
    }
  });
});
