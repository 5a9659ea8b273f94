// A transistor whose base is driven hard through its own resistances is solved by plain Newton steps with the limits of
// the device, from its start and without continuation (which several volts, hence amperes, do need).

import { describe, expect, it } from 'vitest';
import { bipolar } from '../../src/devices/bipolar.ts';
import { dataOf, type Fixture, grid } from './bias-grid.ts';
import { Bench } from './device-bench.ts';

const npn: Fixture = {
  kind: bipolar,
  device: 'bipolar',
  letter: 'q',
  modelType: 'NPN',
  terminals: ['collector', 'base', 'emitter', 'substrate'],
};

describe.each([
  { name: 'constant', model: { rb: 100, rc: 10, re: 1 } },
  { name: 'by charge', model: { rb: 100, rbm: 1, ikf: 1e-2 } },
  { name: 'by charge, to nothing', model: { rb: 100, rbm: 0, ikf: 1e-2 } },
  {
    name: 'by charge, all',
    model: { rb: 100, rbm: 5, ikf: 1e-2, vaf: 50, var: 9, rc: 1, re: 0.1 },
  },
  { name: 'by current', model: { rb: 100, rbm: 0, irb: 1e-5, ikf: 1e-2, rc: 5, re: 0.5 } },
])('base resistance: $name', (specimen) => {
  it.each(grid([0.3, 0.7, 0.9, 1.2, 1.6], [-1, 0, 0.1, 1, 10]))(
    'is driven by %d V, with %d V at the collector',
    (base, collector) => {
      const bench = new Bench(bipolar, dataOf(npn, specimen, 27), npn.terminals);
      const voltages = { collector, base, emitter: 0, substrate: -2 };
      const { currents } = bench.bias(new Map(Object.entries(voltages)));
      const sum = [...currents.values()].reduce((a, b) => a + b, 0); // KCL of the whole device
      expect(Math.abs(sum)).toBeLessThanOrEqual(1e-9 * Math.abs(currents.get('base') ?? 0) + 1e-12);
    },
  );
});
