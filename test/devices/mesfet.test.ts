// The MESFET against ngspice, which knows it at 27 deg C only.

import { mesfet } from '../../src/devices/mesfet.ts';
import { useEngine } from '../ngspice/built-worker.ts';
import { describeBiasGrid, type Fixture, grid } from './bias-grid.ts';

const ngspice = useEngine();

const nmf: Fixture = {
  kind: mesfet,
  device: 'mesfet',
  letter: 'z',
  modelType: 'NMF',
  terminals: ['drain', 'gate', 'source'],
};
const pmf: Fixture = { ...nmf, modelType: 'PMF', polarity: -1 };

/** Cut-off, saturation, linear, drain and source exchanged, the gate forward. */
const points = [
  ...grid([8, 1.1, 0.2, -0.3], [-4.1, -1.5, -0.4, 0.35], [0]),
  ...grid([-4], [-6.9, -5, -4.5], [0]),
];
const typical = { vto: -1.3, beta: 2e-3, alpha: 1.7, b: 0.4, lambda: 0.03, is: 3e-13 };

describeBiasGrid(ngspice, {
  fixture: nmf,
  points,
  specimens: [
    { name: 'defaults', model: {} },
    { name: 'typical', model: { ...typical, rd: 5, rs: 4 } },
    {
      name: 'area and multiplier',
      model: { ...typical, rd: 5, rs: 4 },
      instance: { area: 2, m: 3 },
    },
  ],
});

describeBiasGrid(ngspice, {
  fixture: pmf,
  points: points.map((point) => point.map((v) => -v)),
  specimens: [{ name: 'typical', model: typical }],
});
