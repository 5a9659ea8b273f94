// The rows about Monte Carlo: CPU time per 1,000 samples, each side in a process of its own, warm; of threads wall time.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compare, processReport } from './measure.mjs';

const script = join(dirname(fileURLToPath(import.meta.url)), 'monte-carlo-process.mjs');

const cost = async (...args) => processReport([process.execPath, script, ...args]).ms;

function row({ what, against, bound, repetitions = 5, ours, theirs }) {
  return {
    what,
    against,
    bound,
    repetitions,
    measure: (settings) =>
      compare(
        { ours: () => cost(...ours), reference: () => cost(...theirs) },
        { ...settings, warmUp: 0 },
      ),
  };
}

export const monteCarlo = [
  row({
    what: 'samples, difference amplifier',
    against: 'eecircuit-engine, alter + op',
    bound: 1 / 1000,
    ours: ['nullor', 'difference-amplifier'],
    theirs: ['engine', 'difference-amplifier'],
  }),
  row({
    what: 'samples, 32 resistors, 8 op amps',
    against: 'eecircuit-engine, alter + op',
    bound: 1 / 10_000,
    ours: ['nullor', 'chain'],
    theirs: ['engine', 'chain'],
  }),
  row({
    what: 'samples, 32 resistors, 8 op amps',
    against: 'ml-matrix, LU per sample',
    bound: 1 / 2000,
    ours: ['nullor', 'chain'],
    theirs: ['ml-matrix', 'chain'],
  }),
  row({
    what: 'samples, normal, 32 resistors',
    against: 'nullor, uniform',
    bound: 1 / 0.3,
    ours: ['nullor', 'chain', 'normal'],
    theirs: ['nullor', 'chain'],
  }),
  row({
    what: '10,000,000 samples, two threads',
    against: 'nullor, one thread',
    bound: 1 / 1.8,
    repetitions: 11,
    ours: ['threads', 'chain', '2'],
    theirs: ['threads', 'chain', '1'],
  }),
];
