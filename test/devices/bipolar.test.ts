// The bipolar transistor against ngspice.

import { bipolar } from '../../src/devices/bipolar.ts';
import { useEngine } from '../ngspice/built-worker.ts';
import { describeBiasGrid, type Fixture, grid, type Point } from './bias-grid.ts';

const ngspice = useEngine();

const npn: Fixture = {
  kind: bipolar,
  device: 'bipolar',
  letter: 'q',
  modelType: 'NPN',
  terminals: ['collector', 'base', 'emitter', 'substrate'],
};
const pnp: Fixture = { ...npn, modelType: 'PNP', polarity: -1 };

/** Cut-off, forward active, saturation, reverse active, both junctions reverse; the substrate below and above. */
const points: readonly Point[] = [
  ...grid([5, 0.3, 0.1], [0.3, 0.55, 0.7, 0.85], [0], [-2]),
  ...grid([0], [0.5, 0.65, 0.8], [3, 0.2], [-2]),
  ...grid([5, -0.05], [-0.03, -1], [0], [-2]),
  ...grid([1], [0.65], [0], [0.9, 1.4, 1.6]),
];
const mirrored = points.map((point) => point.map((v) => -v));

const vertical = {
  is: 1.1e-14,
  bf: 250,
  nf: 1.01,
  vaf: 75,
  ikf: 0.3,
  ise: 2e-13,
  ne: 1.8,
  br: 6,
  nr: 1.02,
  var: 12,
  ikr: 0.1,
  isc: 1e-12,
  nc: 2.1,
  xtb: 1.5,
  eg: 1.15,
  xti: 2.5,
  tnom: 40,
};
const resistive = { ...vertical, rb: 40, re: 0.5, rc: 1.2 };

describeBiasGrid(ngspice, {
  fixture: npn,
  points,
  specimens: [
    { name: 'defaults', model: {} },
    { name: 'Gummel-Poon', model: vertical },
    { name: 'series resistances', model: resistive },
    { name: 'base resistance by charge', model: { ...resistive, rbm: 5 } },
    { name: 'base resistance by current', model: { ...resistive, rbm: 5, irb: 1e-4 } },
    { name: 'RBM = 0', model: { ...resistive, rbm: 0 } },
    { name: 'IRB without RBM', model: { ...resistive, irb: 1e-4 } },
    { name: 'linear XTB', model: { ...vertical, tlev: 1, xtb: 2e-3 } },
    { name: 'NKF', model: { ...vertical, nkf: 0.7 } },
    {
      name: 'substrate',
      model: { is: 1e-15, iss: 1e-14, ns: 1.2, isc: 1e-13 },
      instance: { area: 2, areab: 3, areac: 5, m: 2 },
    },
    {
      name: 'area and multiplier',
      model: { ...resistive, rbm: 5, irb: 1e-4 },
      instance: { area: 2, m: 3 },
    },
    {
      name: 'coefficients of temperature',
      model: {
        ...resistive,
        rbm: 5,
        irb: 1e-4,
        iss: 1e-15,
        tbf1: 1e-3,
        tbf2: 1e-5,
        tbr1: 2e-3,
        tbr2: -1e-5,
        tikf1: -1e-3,
        tikf2: 1e-5,
        tikr1: 2e-3,
        tikr2: 1e-6,
        tirb1: 1e-3,
        tirb2: 1e-5,
        tnc1: 1e-4,
        tnc2: 1e-7,
        tne1: -1e-4,
        tne2: 1e-7,
        tnf1: 1e-5,
        tnf2: 1e-8,
        tnr1: 2e-5,
        tnr2: 1e-8,
        trb1: 1e-3,
        trb2: 1e-6,
        trc1: 2e-3,
        trc2: 1e-6,
        tre1: 3e-3,
        tre2: 2e-6,
        trm1: 1e-3,
        trm2: 1e-6,
        tvaf1: 1e-3,
        tvaf2: 1e-6,
        tvar1: 2e-3,
        tvar2: 1e-6,
        tns1: 1e-4,
        tns2: 1e-7,
      },
    },
  ],
});

describeBiasGrid(ngspice, {
  fixture: pnp,
  points: mirrored,
  specimens: [
    { name: 'defaults', model: {} },
    { name: 'vertical', model: { ...resistive, rbm: 5, irb: 1e-4, iss: 1e-14, subs: 1 } },
    { name: 'vertical, by charge', model: { ...vertical, rb: 100, rbm: 20, iss: 1e-14, subs: 1 } },
  ],
});

describeBiasGrid(ngspice, {
  fixture: pnp,
  points: mirrored.map(([collector = 0, base = 0, emitter = 0]) => [collector, base, emitter, -6]),
  specimens: [{ name: 'lateral', model: { ...resistive, rbm: 5, irb: 1e-4, iss: 1e-14 } }],
});

describeBiasGrid(ngspice, {
  fixture: npn,
  points: grid([5, 0.1], [0.3, 0.6, 0.7], [0], [6, 0.2]),
  specimens: [
    {
      name: 'lateral',
      model: { is: 1e-15, iss: 1e-14, isc: 1e-13, subs: -1 },
      instance: { area: 2, areab: 3, areac: 5 },
    },
  ],
});
