// The junction field-effect transistor against ngspice.

import { jfet } from '../../src/devices/jfet.ts';
import { useEngine } from '../ngspice/built-worker.ts';
import { describeBiasGrid, type Fixture, grid } from './bias-grid.ts';

const ngspice = useEngine();

const njf: Fixture = {
  kind: jfet,
  device: 'jfet',
  letter: 'j',
  modelType: 'NJF',
  terminals: ['drain', 'gate', 'source'],
};
const pjf: Fixture = { ...njf, modelType: 'PJF', polarity: -1 };

/** Cut-off, saturation, linear, drain and source exchanged, the gate forward. */
const points = [
  ...grid([8, 1.1, 0.2, -0.3], [-4.1, -1.5, -0.4, 0.35], [0]),
  ...grid([8, 1.1], [0.65], [0]),
  ...grid([-4], [-6.9, -5, -3.4], [0]),
];
const mirrored = points.map((point) => point.map((v) => -v));

const typical = {
  ...{ vto: -2.7, beta: 1.3e-3, lambda: 4e-3, is: 3e-14, n: 1.1, tnom: 40, xti: 3, eg: 1.2 },
  ...{ rd: 8, rs: 5, pb: 0.9 },
};

describeBiasGrid(ngspice, {
  fixture: njf,
  points,
  specimens: [
    { name: 'defaults', model: {} },
    { name: 'typical', model: typical },
    { name: 'doping tail', model: { ...typical, b: 0.6 } },
    { name: 'VTOTC and BETATCE', model: { ...typical, vtotc: -2.5e-3, betatce: -0.5 } },
    { name: 'TCV and BEX', model: { ...typical, tcv: 2.5e-3, bex: -1.5, b: 0.8 } },
    { name: 'area and multiplier', model: { ...typical, b: 0.6 }, instance: { area: 2, m: 3 } },
  ],
});

describeBiasGrid(ngspice, {
  fixture: pjf,
  points: mirrored,
  specimens: [{ name: 'typical', model: { ...typical, b: 0.7, vtotc: 1e-3 } }],
});
