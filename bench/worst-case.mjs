// The rows about the worst case: proven extremes against a Monte Carlo run that proves nothing, and all vertices of a box.
import { performance } from 'node:perf_hooks';
import {
  analyze,
  analyzeCircuit,
  assemble,
  Diagnostics,
  nominalSolution,
  outputValue,
  Solver,
} from '../dist/lib/src/index.js';
import { BRIDGE } from './circuits.mjs';
import { compare } from './measure.mjs';
import { CIRCUITS, netlistOf } from './monte-carlo-circuits.mjs';

const SAMPLES = 10_000;
const WARM_UP = 40;

/** The whole analysis of the circuit, its text being read already, in a warm process. */
export const worstCase = (settings) =>
  provenExtremes(BRIDGE, { count: 21, warmUp: WARM_UP }, settings);

/** The same of 32 resistors of 5 %. */
export const wideWorstCase = (settings) =>
  provenExtremes(netlistOf(CIRCUITS.chain), { count: 32, warmUp: WARM_UP }, settings);

async function provenExtremes(text, { count, warmUp }, settings) {
  const { circuit, result } = await analyze(text);
  const { status } = result.extremes;
  if (status !== 'proven' || circuit.tolerances.length !== count)
    throw new Error(`It is ${status}.`);
  for (let i = 0; i < warmUp; i++) analyzeCircuit(circuit, new Diagnostics());
  const processorTimes = [];
  const figures = await compare(
    {
      ours: async () => {
        const before = process.cpuUsage();
        const elapsed = timeOf(() => analyzeCircuit(circuit, new Diagnostics()));
        const { user, system } = process.cpuUsage(before);
        processorTimes.push((user + system) / 1000);
        return elapsed;
      },
      reference: async () => timeOf(() => samples(circuit, SAMPLES)),
    },
    settings,
  );
  const median = processorTimes.sort((a, b) => a - b)[processorTimes.length >> 1];
  return { ...figures, note: `${status}; ${median.toFixed(0)} ms of processor time` };
}

/** Twelve inverting stages of resistors of 20 %, where only all 2^24 vertices tell. */
export const enumerated = (settings) => provenExtremes(CASCADE, { count: 24, warmUp: 0 }, settings);

const CASCADE = [
  'Twelve inverting stages',
  'V1 s0 0 1',
  ...Array.from(
    { length: 12 },
    (_, k) => `RA${k} s${k} m${k} 1k
RB${k} m${k} s${k + 1} 1k
XU${k} 0 m${k} s${k + 1} OP
*@ opamp XU${k} pins=+,-,out aol=1e6`,
  ),
  '*@ output V(s12)',
  '*@ tol R* 20%',
  '',
].join('\n');

function timeOf(run) {
  const start = performance.now();
  run();
  return performance.now() - start;
}

/** The extremes of the output over circuits drawn by chance, each assembled, factored and solved on its own. */
function samples(circuit, count) {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const drawn = (element) => ({
    ...element,
    resistance: element.resistance * (1 + 0.01 * (2 * Math.random() - 1)),
  });
  for (let i = 0; i < count; i++) {
    const elements = circuit.elements.map((each) =>
      each.kind === 'resistor' ? drawn(each) : each,
    );
    const system = assemble({ ...circuit, elements }, 'finite');
    const value = outputValue(circuit.output, nominalSolution(new Solver(system)), system);
    [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  return { low, high };
}
