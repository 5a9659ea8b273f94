// BSIM3 against ngspice in every region, in both directions, with forward and reverse biased bulks.

import { bsim3 } from '../../src/devices/bsim3.ts';
import { useEngine } from '../ngspice/built-worker.ts';
import '../support/close.ts';
import { describeBiasGrid, type Fixture, type Specimen } from './bias-grid.ts';
import { intrinsic, points, resistive } from './bsim3-specimens.ts';

const ngspice = useEngine();

const nChannel: Fixture = {
  kind: bsim3,
  device: 'bsim3',
  letter: 'm',
  modelType: 'NMOS',
  warmedBy: 'circuit',
  terminals: ['drain', 'gate', 'source', 'bulk'],
};
const pChannel: Fixture = { ...nChannel, modelType: 'PMOS', polarity: -1 };

/** The same transistor with holes: thresholds change sign. */
function mirrored({ name, model, instance = {} }: Specimen): Specimen {
  const flipped = (values: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      Object.entries(values).map(([key, value]) =>
        /^([lwp]?vth0|delvto)$/.test(key) ? [key, -value] : [key, value],
      ),
    );
  return { name, model: flipped(model), instance: flipped(instance) };
}
const negated = points.map((point) => point.map((v) => -v));

describeBiasGrid(ngspice, { fixture: nChannel, specimens: intrinsic, points });
describeBiasGrid(ngspice, { fixture: nChannel, specimens: resistive, points });
describeBiasGrid(ngspice, {
  fixture: pChannel,
  specimens: intrinsic.map(mirrored),
  points: negated,
});
