// BSIM4 against ngspice in every region, in both directions, with forward and reverse biased bulks.

import { bsim4 } from '../../src/devices/bsim4.ts';
import { useEngine } from '../ngspice/built-worker.ts';
import { describeBiasGrid, type Fixture, type Specimen } from './bias-grid.ts';
import { points, resistive, specimens } from './bsim4-specimens.ts';

const ngspice = useEngine();

const nChannel: Fixture = {
  kind: bsim4,
  device: 'bsim4',
  letter: 'm',
  modelType: 'NMOS',
  terminals: ['drain', 'gate', 'source', 'bulk'],
  warmedBy: 'circuit',
};
const pChannel: Fixture = { ...nChannel, modelType: 'PMOS', polarity: -1 };

/** The same transistor with holes: thresholds change sign. */
function mirrored({ name, model, instance = {} }: Specimen): Specimen {
  const flipped = (values: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      Object.entries(values).map(([key, value]) =>
        /^[lwp]?vth0$|^delvto$/.test(key) ? [key, -value] : [key, value],
      ),
    );
  return { name, model: flipped(model), instance: flipped(instance) };
}
/** Where the equations of holes differ: defaults, mobility, tunnelling, and signs of thresholds. */
const OF_HOLES = /defaults|mobility model 2|tunnelling|in metres/;
const negated = points.map((point) => point.map((v) => -v));

/** ngspice leaves its iteration with 1e-13 V across the 20 ohms of the body network. */
const bounds = { abs: 5e-14 };

describeBiasGrid(ngspice, { fixture: nChannel, specimens, points });
describeBiasGrid(ngspice, { fixture: nChannel, specimens: resistive, points, bounds });
describeBiasGrid(ngspice, {
  fixture: pChannel,
  specimens: specimens.filter(({ name }) => OF_HOLES.test(name)).map(mirrored),
  points: negated,
});
