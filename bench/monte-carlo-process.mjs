// node monte-carlo-process.mjs WHO CIRCUIT [DISTRIBUTION]: prints {"ms": CPU time per 1,000 samples} of nullor, of
// eecircuit-engine's own loop of alter and op, or of ml-matrix, each warm; or {"ms": wall time of 10,000,000 samples} of
// nullor with as many threads as DISTRIBUTION says.
import { CIRCUITS, loopOf, matrixOf, netlistOf } from './monte-carlo-circuits.mjs';

const [who, name, distribution = 'uniform'] = process.argv.slice(2);
const circuit = CIRCUITS[name];
const measured = { nullor, threads, engine, 'ml-matrix': mlMatrix };
process.stdout.write(JSON.stringify({ ms: await measured[who]() }));

/** CPU time [ms] of this process until now, its helpers among it. */
function now() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** CPU time per 1,000 samples of `draw(samples)`, which is called once before. */
async function timed(draw, samples) {
  await draw(samples);
  const start = now();
  await draw(samples);
  return ((now() - start) * 1000) / samples;
}

async function nullor() {
  const { elaborate, outputSampler, parseNetlist } = await import('../dist/lib/src/index.js');
  const text = netlistOf(circuit);
  const sampler = outputSampler(elaborate(parseNetlist({ name, text })), { distribution });
  return timed(async (samples) => sampler.draw({ samples, seed: 1 }), 2_000_000);
}

async function threads() {
  const { elaborate, outputSampler, parseNetlist } = await import('../dist/lib/src/index.js');
  const { createNodeThreads } = await import('../dist/lib/src/node.js');
  const others = createNodeThreads({ count: Number(distribution) - 1 });
  const sampler = outputSampler(elaborate(parseNetlist({ name, text: netlistOf(circuit) })));
  const draw = () => sampler.draw({ samples: 10_000_000, seed: 1, threads: others });
  draw();
  const start = performance.now();
  draw();
  const elapsed = performance.now() - start;
  await others.close();
  return elapsed;
}

/** The difference of a long and a short loop: what the deck costs beside its samples is left out. */
async function engine() {
  const { Simulation } = await import('eecircuit-engine');
  console.error = () => {}; // every line of ngspice's standard error goes there
  const simulation = new Simulation();
  await simulation.start();
  const run = async (samples) => {
    const start = now();
    simulation.setNetList(loopOf(circuit, samples));
    await simulation.runSim();
    return now() - start;
  };
  const [short, long] = [100, 1100];
  await run(long);
  const base = await run(short);
  return (await run(long)) - base;
}

async function mlMatrix() {
  const { LuDecomposition, Matrix } = await import('ml-matrix');
  const { size, output, fill } = matrixOf(circuit);
  const [A, b] = [Matrix.zeros(size, size), Matrix.zeros(size, 1)];
  const values = new Float64Array(circuit.resistors.length);
  return timed(async (samples) => {
    let sum = 0;
    for (let i = 0; i < samples; i++) {
      circuit.resistors.forEach(([, , value], k) => {
        values[k] = value * (1 + 0.05 * (2 * Math.random() - 1));
      });
      fill(A, b, values);
      sum += new LuDecomposition(A).solve(b).get(output, 0);
    }
    if (!Number.isFinite(sum)) throw new Error('ml-matrix gave no result.');
  }, 5000);
}
