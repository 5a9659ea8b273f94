// The row about the worst case: the proven extremes of 21 resistors of 1 %, against a Monte Carlo run that proves nothing.
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

const SAMPLES = 10_000;
const WARM_UP = 40;

/** The whole analysis of the circuit, its text being read already, in a warm process. */
export async function worstCase(settings) {
  const { circuit, result } = await analyze(BRIDGE);
  const { status } = result.extremes;
  if (status !== 'proven' || circuit.tolerances.length !== 21) throw new Error(`It is ${status}.`);
  for (let i = 0; i < WARM_UP; i++) analyzeCircuit(circuit, new Diagnostics());
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
