// LTspice's idealised diode by its description: lines through (Vfwd, Vfwd/Roff) and (-Vrev, -Vrev/Roff), whose slope
// is reached within Epsilon behind the knee, and currents limited by tanh. ngspice does not have it.

import { describe, expect, it } from 'vitest';
import { diode } from '../../src/devices/diode.ts';
import '../support/close.ts';
import { biasAt, dataOf, expectExactJacobian, type Fixture, type Specimen } from './bias-grid.ts';
import { Bench, GMIN } from './device-bench.ts';

const fixture: Fixture = {
  kind: diode,
  device: 'diode',
  letter: 'd',
  modelType: 'D',
  terminals: ['anode', 'cathode'],
};

const exact = { rel: 1e-14, abs: 1e-20 };

function currentAt(v: number, model: Specimen['model'], instance: Specimen['instance'] = {}) {
  const specimen = { name: 'ideal', model, instance };
  const bench = new Bench(diode, dataOf(fixture, specimen, 27), fixture.terminals);
  const bias = biasAt(bench, fixture, [v, 0]);
  expectExactJacobian(bench, bias, `${v} V`);
  return { current: bias.currents.get('anode'), region: bias.region };
}

describe('idealised diode', () => {
  const model = { ron: 2, roff: 1e6, vfwd: 0.7, vrev: 5, rrev: 4 };

  it.each([
    [2.7, 1 + 0.7e-6, 'forward'],
    [0.5, 0.5e-6, 'reverse'],
    [-3, -3e-6, 'reverse'],
    [-9, -1 - 5e-6, 'breakdown'],
  ])('has its lines: %d V', (v, expected, region) => {
    const found = currentAt(v, model);
    expect(found.current).toBeClose(expected, exact);
    expect(found.region).toBe(region);
  });

  it('has a parabola within Epsilon, and the line is half of it further on', () => {
    const soft = { ron: 2, roff: 1e30, vfwd: 1, epsilon: 0.4, vrev: 5, revepsilon: 0.2 };
    expect(currentAt(1.2, soft).current).toBeClose(0.2 ** 2 / 0.4 / 4, exact);
    expect(currentAt(3, soft).current).toBeClose((3 - 1.2) / 2, exact);
    expect(currentAt(-7, soft).current).toBeClose(-(7 - 5.1) / 2, exact);
  });

  it('approaches its limits by tanh', () => {
    const limited = { ron: 1, roff: 1e30, ilimit: 0.5, vrev: 2, revilimit: 0.25 };
    expect(currentAt(0.3, limited).current).toBeClose(0.5 * Math.tanh(0.6), exact);
    expect(currentAt(1e6, limited).current).toBeClose(0.5, exact);
    expect(currentAt(-2.1, limited).current).toBeClose(-0.25 * Math.tanh(0.4), exact);
  });

  it('has gmin for Roff where it states none', () => {
    expect(currentAt(-10, { ron: 1 }).current).toBeClose(-10 * GMIN, exact);
  });

  it('may be several in parallel and in series', () => {
    expect(currentAt(6, { ron: 1, roff: 1e30, vfwd: 1 }, { m: 3, n: 2 }).current).toBeClose(
      6,
      exact,
    );
  });
});
