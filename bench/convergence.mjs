// Whether macromodels of op amps have an operating point, as a follower and with a gain of 100, and in how many Newton
// iterations, against native ngspice on the same decks. The models are the reader's:
//   node bench/convergence.mjs FOLDER [--dialect pspice] [--verbose]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { decode, operate, readNetlist, surveyOpAmps } from '../dist/lib/src/index.js';
import { quantile } from './measure.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    verbose: { type: 'boolean', default: false },
    supply: { type: 'string', default: '5' },
  },
});
const [models] = positionals;
if (models === undefined || !existsSync(models)) {
  process.stderr.write('usage: node bench/convergence.mjs FOLDER [--supply 5] [--verbose]\n');
  process.exit(2);
}
const hasNgspice = spawnSync('ngspice', ['--version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'nullor-convergence-'));
const load = (name) => ({ name, text: decode(readFileSync(name)) });
const include = (path, from) => {
  const file = resolve(dirname(from.name), path);
  return existsSync(file) ? load(file) : undefined;
};

/** Longest that ngspice may take for a deck [ms]. */
const PATIENCE = 20_000;
const CIRCUITS = {
  follower: (out) => [`VFB inn ${out} 0`],
  'gain of 100': (out) => [`RF ${out} inn 99k`, 'RG inn 0 1k'],
};

const rows = [];
for (const name of readdirSync(models).sort()) {
  const file = join(resolve(models), name);
  const netlist = readNetlist(load(file), { resolve: include, include: true });
  const found = surveyOpAmps(netlist).subcircuits.find(
    ({ recognition }) => recognition !== undefined,
  );
  if (found === undefined) continue;
  for (const [circuit, feedback] of Object.entries(CIRCUITS)) {
    rows.push({ name, circuit, ...measured(deckOf(file, found, feedback)) });
  }
}
report();
rmSync(folder, { recursive: true, force: true });

function deckOf(file, { definition, recognition }, feedback) {
  const nodes = {
    plus: 'inp',
    minus: 'inn',
    positiveSupply: 'vdd',
    negativeSupply: 'vss',
    output: 'out',
  };
  const extra = [];
  const pins = recognition.roles.map((role, i) => {
    if (nodes[role] !== undefined) return nodes[role];
    extra.push(`RX${i} x${i} 0 1meg`);
    return `x${i}`;
  });
  const missing = ['positiveSupply', 'negativeSupply'].filter(
    (role) => !recognition.roles.includes(role),
  );
  return [
    'Macromodel in a loop',
    `.include "${file}"`,
    ...(missing.includes('positiveSupply') ? [] : [`VDD vdd 0 ${options.supply}`]),
    ...(missing.includes('negativeSupply') ? [] : [`VSS vss 0 -${options.supply}`]),
    'VIN inp 0 1m',
    `X1 ${pins.join(' ')} ${definition.name.text}`,
    ...extra,
    ...feedback('out'),
    'RL out 0 10k',
    '.options acct',
    '.op',
    '.end',
    '',
  ].join('\n');
}

function measured(text) {
  const run = () => operate(text, { name: join(folder, 'deck.cir'), resolve: include });
  run();
  const start = performance.now();
  const { result, diagnostics } = run();
  const elapsed = performance.now() - start;
  const fault = diagnostics.find(({ severity }) => severity === 'error');
  const ours =
    result === null ? { fault: fault?.message } : { iterations: result.iterations, elapsed };
  return { ours, theirs: hasNgspice ? ngspice(text) : {} };
}

/** Wall time of the process: a deck is small, so that most of it is ngspice's start. */
function ngspice(text) {
  const file = join(folder, 'deck.cir');
  writeFileSync(file, text);
  const start = performance.now();
  const { stdout, stderr } = spawnSync('ngspice', ['-b', file], {
    encoding: 'utf8',
    timeout: PATIENCE,
  });
  const elapsed = performance.now() - start;
  const out = `${stdout}${stderr}`;
  const [, iterations] = /Total iterations = (\d+)/.exec(out) ?? [];
  const isSolved =
    iterations !== undefined && !/no convergence|aborted|singular matrix.*\n.*fail/i.test(out);
  return isSolved ? { iterations: Number(iterations), elapsed } : {};
}

function report() {
  const solved = rows.filter(({ ours }) => ours.iterations !== undefined);
  const both = solved.filter(({ theirs }) => theirs.iterations !== undefined);
  const files = new Set(rows.map(({ name }) => name));
  const lost = new Set(
    rows.filter(({ ours }) => ours.iterations === undefined).map(({ name }) => name),
  );
  const median = (of) => quantile(both.map(of)).toFixed(1);
  const lines = [
    `${files.size} models with an op amp, ${files.size - lost.size} with an operating point in both circuits`,
    `${solved.length} of ${rows.length} decks, ngspice ${hasNgspice ? rows.filter(({ theirs }) => theirs.iterations !== undefined).length : 'not there'}`,
    ...(both.length === 0
      ? []
      : [
          `Newton iterations, median: ${median(({ ours }) => ours.iterations)}, ngspice ${median(({ theirs }) => theirs.iterations)}`,
          `time, median: ${median(({ ours }) => ours.elapsed)} ms warm, ngspice -b ${median(({ theirs }) => theirs.elapsed)} ms as a process, ratio ${quantile(both.map(({ ours, theirs }) => ours.elapsed / theirs.elapsed)).toFixed(2)}`,
        ]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  if (!options.verbose) return;
  for (const { name, circuit, ours } of rows) {
    if (ours.iterations === undefined) process.stdout.write(`${name}, ${circuit}: ${ours.fault}\n`);
  }
}
