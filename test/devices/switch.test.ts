// Switches: SPICE3's against ngspice, those of PSpice and LTspice against the values that their documentation implies.

import { describe, expect, it } from 'vitest';
import { smoothTransition, switchDevice } from '../../src/devices/switch.ts';
import { useEngine } from '../ngspice/built-worker.ts';
import '../support/close.ts';
import { biasAt, dataOf, describeBiasGrid, type Fixture, grid } from './bias-grid.ts';
import { Bench, GMIN } from './device-bench.ts';

const ngspice = useEngine();

const byVoltage: Fixture = {
  kind: switchDevice,
  device: 'switch',
  letter: 's',
  modelType: 'SW',
  terminals: ['plus', 'minus', 'controlPlus', 'controlMinus'],
};
const byCurrent: Fixture = {
  ...byVoltage,
  letter: 'w',
  modelType: 'CSW',
  terminals: ['plus', 'minus'],
};

const flags = [{}, { on: 1 }, { off: 1 }];
const controls = [-3, -0.1, 0.2, 0.3, 0.9, 1, 1.1, 1.7, 1.8, 3];

describeBiasGrid(ngspice, {
  fixture: byVoltage,
  specimens: [
    { name: 'defaults', model: { vt: 0 } },
    { name: 'no hysteresis', model: { vt: 1, ron: 10, roff: 1e5 } },
    ...flags.map((instance) => ({
      name: `hysteresis ${JSON.stringify(instance)}`,
      model: { vt: 1, vh: 0.75, ron: 10, roff: 1e5 },
      instance,
    })),
    ...flags.map((instance) => ({
      name: `negative hysteresis ${JSON.stringify(instance)}`,
      model: { vt: 1, vh: -0.75, ron: 10, roff: 1e5 },
      instance,
    })),
    { name: 'on where others are off', model: { vt: 1, ron: 1e5, roff: 10 } },
  ],
  points: grid([-2, 0.5], [0], controls, [0, 0.05]),
  // A conductance of 1e-12 S carries 2e-12 A, which ngspice finds as a difference of currents through its sources.
  bounds: { rel: 1e-9, abs: 1e-20 },
});

describeBiasGrid(ngspice, {
  fixture: byCurrent,
  specimens: [
    { name: 'defaults', model: { it: 0 } },
    { name: 'no hysteresis', model: { it: 1, ron: 10, roff: 1e5 } },
    { name: 'hysteresis', model: { it: 1, ih: 0.75, ron: 10, roff: 1e5 } },
    { name: 'negative hysteresis', model: { it: 1, ih: -0.75, ron: 10, roff: 1e5 } },
  ],
  points: grid([-2, 0.5], [0], controls),
});

/** I/V at a control, and the region. */
function conduction(
  model: ReadonlyMap<string, number> | Record<string, number>,
  control: number,
  instance: Record<string, number> = {},
) {
  const plain =
    model instanceof Map ? Object.fromEntries(model) : (model as Record<string, number>);
  const isCurrent = 'ion' in plain || 'ioff' in plain || 'it' in plain;
  const fixture = isCurrent ? byCurrent : byVoltage;
  const bench = new Bench(
    switchDevice,
    dataOf(fixture, { name: '', model: plain, instance }, 27),
    fixture.terminals,
  );
  const bias = biasAt(bench, fixture, isCurrent ? [2, 0, control] : [2, 0, control, 0]);
  return { conductance: bias.currents.get('plus')! / 2, region: bias.region };
}

describe('the smooth switch of PSpice', () => {
  const rel = 1e-14;
  it.each([
    // Vm = 2 V, Vd = 2 V; at quarter points 3x/2 - 2x^3 = 11/32
    [0, 'off', 1e-6],
    [1, 'off', 1e-6],
    [1.5, 'between', 1e-3 * 1e-6 ** (11 / 32)],
    [2, 'between', 1e-3],
    [2.5, 'between', 1e-3 * 1e6 ** (11 / 32)],
    [3, 'on', 1],
    [9, 'on', 1],
  ])('at %d V', (control, region, conductance) => {
    const found = conduction({ von: 3, voff: 1 }, control);
    expect(found.region).toBe(region);
    expect(found.conductance).toBeClose(conductance, { rel, abs: 0 });
  });

  it('may be on below and off above', () => {
    const model = { von: -1, voff: 1, ron: 100, roff: 1e8 };
    expect(conduction(model, -2).conductance).toBeClose(1e-2, { rel, abs: 0 });
    expect(conduction(model, 0).conductance).toBeClose(1e-5, { rel, abs: 0 });
    expect(conduction(model, 2).conductance).toBeClose(1e-8, { rel, abs: 0 });
  });

  it('has defaults of 1 V and 0 V, or 1 mA and 0 A', () => {
    expect(conduction({ voff: 0 }, 0.5).conductance).toBeClose(1e-3, { rel, abs: 0 });
    expect(conduction({ ioff: 0 }, 0.5e-3).conductance).toBeClose(1e-3, { rel, abs: 0 });
  });
});

describe('the switches of LTspice', () => {
  it('pass smoothly over a negative hysteresis', () => {
    const model = smoothTransition(new Map(Object.entries({ vt: 1, vh: -0.5, ron: 10 })));
    expect(Object.fromEntries(model)).toEqual({ von: 1.5, voff: 0.5, ron: 10, roff: 1e12 });
    expect(conduction(model, 1.0).conductance).toBeClose(10 ** -6.5, { rel: 1e-14, abs: 0 });
    const byCurrent = smoothTransition(new Map(Object.entries({ ih: -2, roff: 7 })));
    expect(Object.fromEntries(byCurrent)).toEqual({ ion: 2, ioff: -2, roff: 7 });
  });

  it('keep everything else', () => {
    for (const model of [{ vt: 1 }, { vh: 0.2 }, { vh: -1, level: 2 }, { von: 2, voff: -1 }]) {
      const values = new Map(Object.entries(model));
      expect(smoothTransition(values)).toBe(values);
    }
  });

  it('of level 2 are a quarter of the way to an end at VT - |VH| and VT + |VH|', () => {
    const model = { level: 2, vt: 1, vh: -0.5, ron: 1, roff: 1e8 };
    for (const [control, conductance] of [
      [0.5, 1e-6],
      [1, 1e-4],
      [1.5, 1e-2],
    ] as const) {
      const found = conduction(model, control);
      expect(found.region).toBe('between');
      expect(found.conductance).toBeClose(conductance, { rel: 1e-13, abs: 0 });
    }
  });
});

describe('laws', () => {
  it.each([
    { von: 3, voff: 1 },
    { von: -1, voff: 0.5, roff: 1e12 },
    { level: 2, vt: 1, vh: 0.4 },
  ])('%j: exact Jacobian, finite for a million volts', (model) => {
    const law = switchDevice.law(dataOf(byVoltage, { name: '', model }, 27));
    const at = (control: number, v: number) => {
      const evaluation = { values: new Float64Array(1), jacobian: new Float64Array(2) };
      law.evaluate(Float64Array.of(control, v), evaluation, { gmin: GMIN, memory: 0 });
      return evaluation;
    };
    for (const control of [-1e6, -0.9, -0.3, 0.2, 1.3, 2.1, 2.8, 1e6]) {
      const h = 1e-5;
      const { values, jacobian } = at(control, 3);
      const [up, down] = [at(control + h, 3).values[0]!, at(control - h, 3).values[0]!];
      expect(jacobian[0]).toBeClose((up - down) / (2 * h), { rel: 1e-6, abs: (1e-14 * up) / h });
      expect(jacobian[1]).toBeClose(values[0]! / 3, { rel: 1e-15, abs: 0 });
      const far = at(control, 1e6);
      expect([...far.values, ...far.jacobian].every((x) => Number.isFinite(x))).toBe(true);
    }
  });

  it('an open switch without ROFF is GMIN, whatever that is', () => {
    const law = switchDevice.law(dataOf(byVoltage, { name: '', model: { vt: 1 } }, 27));
    const evaluation = { values: new Float64Array(1), jacobian: new Float64Array(2) };
    law.evaluate(Float64Array.of(0, 2), evaluation, { gmin: 1e-6, memory: 0 });
    expect(evaluation.values[0]).toBe(2e-6);
  });

  it('a current switch starts as its card says', () => {
    const model = { it: 1, ih: 0.75, ron: 10, roff: 1e5 };
    expect(conduction(model, 1, { on: 1 })).toEqual({ conductance: 0.1, region: 'on' });
    expect(conduction(model, 1)).toEqual({ conductance: 1e-5, region: 'off' });
  });
});

it.each([
  [{ vser: 0.6 }, 'VSER is 0.6'],
  [{ ilimit: 1 }, 'ILIMIT is 1'],
  [{ level: 3 }, 'LEVEL of a switch is 3'],
  [{ level: 2, vt: 1 }, 'hysteresis at LEVEL=2 is 0'],
  [{ ron: 0 }, 'RON is 0'],
  [{ roff: -1 }, 'ROFF is -1'],
  [{ von: 1, voff: 1 }, 'on and off at 1'],
  [{ von: 1, vt: 1 }, 'VT, VON'],
  [{ vt: 1, it: 1 }, 'VT, IT'],
])('refuses %j', (model, reason) => {
  const data = dataOf(byVoltage, { name: '', model }, 27);
  expect(() => switchDevice.law(data)).toThrow(new RegExp(reason, 'i'));
});
