// What holds for diode, bipolar transistor and JFET whatever a simulator says: finite numbers wherever an iteration may
// stray, no current without voltage, no power out of a device, limits that let a solution be, and refusals.

import { describe, expect, it } from 'vitest';
import { bipolar } from '../../src/devices/bipolar.ts';
import {
  type DeviceData,
  DeviceFault,
  type DeviceKind,
  type DeviceName,
} from '../../src/devices/device.ts';
import { diode } from '../../src/devices/diode.ts';
import { jfet } from '../../src/devices/jfet.ts';
import { mesfet } from '../../src/devices/mesfet.ts';
import '../support/close.ts';
import { grid } from './bias-grid.ts';
import { Bench } from './device-bench.ts';

type Numbers = Readonly<Record<string, number>>;

function dataOf(device: DeviceName, model: Numbers, polarity: 1 | -1 = 1): DeviceData {
  return {
    device,
    polarity,
    model: new Map(Object.entries(model)),
    instance: new Map(),
    temperature: 27,
    nominalTemperature: 27,
  };
}

const kinds: readonly [string, DeviceKind, DeviceName, Numbers][] = [
  [
    'diode',
    diode,
    'diode',
    { bv: 5, ikf: 1e-3, ikr: 1e-3, isr: 1e-9, jtun: 1e-9, ibvl: 1e-6, jsw: 1e-12, ns: 2, pj: 1 },
  ],
  ['idealised diode', diode, 'diode', { ron: 1, vrev: 5, ilimit: 1, epsilon: 0.1 }],
  [
    'bipolar transistor',
    bipolar,
    'bipolar',
    { vaf: 50, var: 5, ikf: 1e-2, ikr: 1e-2, ise: 1e-13, rb: 10, rbm: 0, irb: 1e-5, iss: 1e-15 },
  ],
  [
    'base resistance by charge',
    bipolar,
    'bipolar',
    { vaf: 50, ikf: 1e-2, rb: 10, rbm: 1, nkf: 0.8 },
  ],
  ['JFET', jfet, 'jfet', { lambda: 0.01, b: 0.5 }],
  ['MESFET', mesfet, 'mesfet', { lambda: 0.01 }],
];

describe.each(kinds)('%s', (_, kind, device, model) => {
  const VOLTAGES = [-1e6, -1e3, -4, -0.3, 0, 1e-3, 0.7, 30, 1e3, 1e6];
  const conditions = { gmin: 1e-12, memory: 0 };

  it.each([1, -1] as const)('has finite values wherever it is asked (polarity %d)', (polarity) => {
    const bench = new Bench(kind, dataOf(device, model, polarity), []);
    for (const u of grid(...bench.structure.inputs.map(() => VOLTAGES))) {
      const { values, jacobian } = bench.evaluate(Float64Array.from(u), conditions);
      expect([...values, ...jacobian].every(Number.isFinite), `${u}: ${values}, ${jacobian}`).toBe(
        true,
      );
    }
  });

  it('carries nothing without voltage', () => {
    const bench = new Bench(kind, dataOf(device, model), []);
    const { values } = bench.evaluate(new Float64Array(bench.structure.inputs.length), conditions);
    for (const value of values) expect(value).toBeClose(0, { rel: 0, abs: 1e-25 });
  });

  it('keeps a solution: limited against itself it stays', () => {
    const { law, structure } = new Bench(kind, dataOf(device, model), []);
    for (const u of grid(...structure.inputs.map(() => [-3, 0, 0.7, 1.2]))) {
      const kept = Float64Array.from(u);
      expect(law.limit?.(kept, Float64Array.from(u)) ?? false).toBe(false);
      expect([...kept]).toEqual(u);
    }
  });

  it('is limited on the way from anywhere to anywhere, to finite voltages', () => {
    const { law, structure } = new Bench(kind, dataOf(device, model), []);
    const k = structure.inputs.length;
    for (const [from, to] of grid(VOLTAGES, VOLTAGES)) {
      const u = new Float64Array(k).fill(to!);
      law.limit?.(u, new Float64Array(k).fill(from!));
      expect(u.every(Number.isFinite), `${from} to ${to}: ${u}`).toBe(true);
    }
  });

  it('mirrors its polarity', () => {
    const [positive, negative] = ([1, -1] as const).map(
      (polarity) => new Bench(kind, dataOf(device, { ...model, subs: 1 }, polarity), []),
    );
    if (device === 'diode') return; // it has none
    for (const u of grid(...positive!.structure.inputs.map(() => [-1.5, 0.2, 0.6]))) {
      const there = positive!.evaluate(Float64Array.from(u), conditions);
      const here = negative!.evaluate(
        Float64Array.from(u, (v) => -v),
        conditions,
      );
      expect([...here.values].map((i) => i + 0)).toEqual([...there.values].map((i) => 0 - i));
      expect([...here.jacobian].map((g) => g + 0)).toEqual([...there.jacobian].map((g) => g + 0));
    }
  });
});

const TERMINALS: Readonly<Partial<Record<DeviceName, readonly string[]>>> = {
  diode: ['anode', 'cathode'],
  bipolar: ['collector', 'base', 'emitter', 'substrate'],
  jfet: ['drain', 'gate', 'source'],
  mesfet: ['drain', 'gate', 'source'],
};

describe('power', () => {
  it.each(kinds)('never leaves a %s', (_, kind, device, model) => {
    const roles = TERMINALS[device] ?? [];
    const bench = new Bench(kind, dataOf(device, model), roles);
    for (const point of grid(...roles.slice(1).map(() => [-2, -0.4, 0, 0.3, 0.6]))) {
      const voltages = new Map(roles.map((role, i) => [role, i === 0 ? 0 : point[i - 1]!]));
      const { currents } = bench.bias(voltages);
      const power = roles.reduce(
        (sum, role) => sum + voltages.get(role)! * (currents.get(role) ?? 0),
        0,
      );
      expect(power, `${point}`).toBeGreaterThanOrEqual(-1e-25);
    }
  });
});

it('JFET: drain and source may be exchanged', () => {
  const bench = new Bench(jfet, dataOf('jfet', { lambda: 0.02, b: 0.7 }), [
    'drain',
    'gate',
    'source',
  ]);
  const at = (drain: number, source: number) =>
    bench.bias(
      new Map([
        ['drain', drain],
        ['gate', -0.5],
        ['source', source],
      ]),
    ).currents;
  expect(at(3, 1).get('drain')).toBeClose(at(1, 3).get('source')!, { rel: 1e-15, abs: 0 });
});

it.each(kinds)('%s: OFF starts without voltage', (_, kind, device, model) => {
  const data = { ...dataOf(device, model), instance: new Map([['off', 1]]) };
  expect([...(kind.law(data).start ?? [])].every((v) => v === 0)).toBe(true);
});

describe('regions', () => {
  it.each<[string, DeviceKind, DeviceName, Numbers, readonly number[], string]>([
    ['diode', diode, 'diode', { bv: 5 }, [0.6], 'forward'],
    ['diode', diode, 'diode', { bv: 5 }, [-2], 'reverse'],
    ['diode', diode, 'diode', { bv: 5 }, [-5.1], 'breakdown'],
    ['bipolar', bipolar, 'bipolar', {}, [0.65, -4, 0], 'forward active'],
    ['bipolar', bipolar, 'bipolar', {}, [0.65, 0.6, 0], 'saturation'],
    ['bipolar', bipolar, 'bipolar', {}, [-4, 0.6, 0], 'reverse active'],
    ['bipolar', bipolar, 'bipolar', {}, [0.1, -4, 0], 'cut-off'],
    ['JFET', jfet, 'jfet', {}, [-1, -5], 'saturation'],
    ['JFET', jfet, 'jfet', {}, [-1, -1.5], 'linear'],
    ['JFET', jfet, 'jfet', {}, [-3, -5], 'cut-off'],
    ['MESFET', mesfet, 'mesfet', {}, [-1, -2.6], 'saturation'],
    ['MESFET', mesfet, 'mesfet', {}, [-1, -2.4], 'linear'],
  ])('%s at %4$s', (_, kind, device, model, u, region) => {
    expect(kind.law(dataOf(device, model)).region(Float64Array.from(u), 0)).toBe(region);
  });
});

describe('refusals', () => {
  it.each<[DeviceKind, DeviceName, Numbers, string]>([
    [diode, 'diode', { level: 2 }, 'LEVEL=2'],
    [diode, 'diode', { n: 0 }, 'N is 0'],
    [diode, 'diode', { is: -1 }, 'IS is -1'],
    [diode, 'diode', { ron: -1 }, 'RON is -1'],
    [bipolar, 'bipolar', { level: 4 }, 'LEVEL=4'],
    [bipolar, 'bipolar', { rco: 10 }, 'RCO'],
    [bipolar, 'bipolar', { ise: 1000 }, 'ISE is 1000'],
    [bipolar, 'bipolar', { tlev: 3 }, 'TLEV=3'],
    [bipolar, 'bipolar', { bf: 0 }, 'BF is 0'],
    [jfet, 'jfet', { level: 2 }, 'LEVEL=2'],
    [mesfet, 'mesfet', { level: 2 }, 'LEVEL=2'],
    [jfet, 'jfet', { b: 0.5, pb: -3 }, 'PB - VTO'],
  ])('%#: %s', (kind, device, model, words) => {
    const data = dataOf(device, model);
    for (const ask of [() => kind.structure(data), () => kind.law(data)]) {
      expect(ask).toThrow(DeviceFault);
      expect(ask).toThrow(words);
    }
  });

  it('reads no breakdown voltage of two meanings away from the nominal temperature', () => {
    const data = dataOf('diode', { bv: 5, tbv1: 1e-3 });
    expect(() => diode.law({ ...data, temperature: 50 })).toThrow('TBV1');
    expect(() => diode.law(data)).not.toThrow();
  });

  it('does not drop a number of junction diodes in series', () => {
    const data = { ...dataOf('diode', {}), instance: new Map([['n', 3]]) };
    expect(() => diode.structure(data)).toThrow('in series');
  });

  it('does not guess what M of a diode of level 3 multiplies', () => {
    const data = dataOf('diode', { level: 3 });
    const instance = new Map([
      ['w', 1],
      ['l', 1],
      ['m', 2],
    ] as const);
    expect(() => diode.law({ ...data, instance })).toThrow('LEVEL=3');
  });
});
