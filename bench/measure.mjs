// Time ratios that survive a noisy machine: both sides are run in turn (ABAB ...), so that a slow minute
// slows both, and medians are compared after a warm-up.
import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/**
 * Medians of both sides [ms], their ratio, and the quartiles of the ratios pair by pair.
 * @param {{ ours: () => Promise<number>, reference: () => Promise<number> }} sides each runs once and answers in ms
 */
export async function compare({ ours, reference }, { repetitions, warmUp = 1 }) {
  const pairs = [];
  for (let i = -warmUp; i < repetitions; i++) {
    const pair = { ours: await ours(), reference: await reference() };
    if (i >= 0) pairs.push(pair);
  }
  const a = quantile(pairs.map((pair) => pair.ours));
  const b = quantile(pairs.map((pair) => pair.reference));
  const ratios = pairs.map((pair) => pair.ours / pair.reference);
  return {
    ours: a,
    reference: b,
    ratio: a / b,
    quartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    repetitions,
  };
}

/** The q-quantile, between the two nearest values; the median unless told. */
export function quantile(values, q = 0.5) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = q * (sorted.length - 1);
  const below = sorted[Math.floor(place)];
  return below + (place - Math.floor(place)) * (sorted[Math.ceil(place)] - below);
}

/**
 * Wall time of a whole process, from its start to its end, what it prints thrown away [ms].
 * @throws {Error} when it ends with another exit code than those expected, or too late.
 */
export function processTime([command, ...args], { timeout = 120_000, exitCodes = [0] } = {}) {
  const start = performance.now();
  const { status, signal, error, stderr } = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1 << 28,
    timeout,
  });
  const elapsed = performance.now() - start;
  if (error !== undefined || !exitCodes.includes(status)) {
    const how = error?.message ?? (signal === null ? `exit code ${status}` : `signal ${signal}`);
    throw new Error(`${command} ${args.join(' ')}: ${how}\n${String(stderr).slice(0, 1000)}`);
  }
  return elapsed;
}

/** What a process prints as JSON about itself. @throws {Error} when it fails. */
export function processReport([command, ...args]) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr.slice(0, 1000)}`);
  return JSON.parse(stdout);
}
