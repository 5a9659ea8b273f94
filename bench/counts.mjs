// How much work things take, counted, not timed: the same on every machine, so that a change that makes it more is seen.
// Compares with counts.json and ends with code 1 when a count has grown; --update writes it anew.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  analyze,
  assemble,
  formulate,
  operate,
  outputSampler,
  Solver,
} from '../dist/lib/src/index.js';
import { grid, transistorFollowers } from './circuits.mjs';
import { CIRCUITS, netlistOf } from './monte-carlo-circuits.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const FILE = join(here, 'counts.json');
const COMMAND = join(here, '../dist/cli');

/** Names of chunks and dates in packages move a few bytes. */
const TOLERANCE = { 'bytes loaded by nullor analyze': 0.02 };

const counts = {
  ...(await samples('difference-amplifier')),
  ...(await samples('chain')),
  ...(await entries('grid of 1,024 nodes', grid(32))),
  ...(await entries('grid of 10,000 nodes', grid(100))),
  ...newton('120 transistors', transistorFollowers(10)),
  ...(await forms('three-op-amp-instrumentation-amplifier')),
  ...(await forms('improved-howland-current-pump')),
  'bytes loaded by nullor analyze': bytesLoaded(['nullor.js', /^analyze-.*\.js$/]),
};

if (process.argv.includes('--update')) {
  writeFileSync(FILE, `${JSON.stringify(counts, null, 2)}\n`);
} else {
  const known = JSON.parse(readFileSync(FILE, 'utf8'));
  const grown = Object.entries(counts).filter(
    ([name, count]) => !(count <= (known[name] ?? 0) * (1 + (TOLERANCE[name] ?? 0))),
  );
  for (const [name, count] of Object.entries(counts)) {
    const before = known[name];
    const change = count === before ? '' : `, was ${before ?? 'not counted'}`;
    process.stdout.write(`${String(count).padStart(9)}  ${name}${change}\n`);
  }
  if (grown.length > 0) {
    process.stderr.write(
      `${grown.length} counts have grown. Where that is meant: node bench/counts.mjs --update\n`,
    );
    process.exitCode = 1;
  }
}

/** Operations of the compiled kernel per sample. */
async function samples(name) {
  const { circuit } = await analyze(netlistOf(CIRCUITS[name]));
  const { operations } = outputSampler(circuit).circuit.code;
  const work = operations.filter(({ kind }) => kind !== 'constant' && kind !== 'input');
  const divisions = work.filter(({ kind }) => kind === 'divide').length;
  return {
    [`operations per sample, ${name}`]: work.length,
    [`divisions per sample, ${name}`]: divisions,
  };
}

/** Of the triangular factors. */
async function entries(name, text) {
  const { circuit } = await analyze(text);
  return { [`entries of the factors, ${name}`]: new Solver(assemble(circuit, 'finite')).entries };
}

function newton(name, text) {
  return { [`Newton iterations, ${name}`]: operate(text).result.iterations };
}

/** Letters of all closed forms of a netlist, as text. */
async function forms(name) {
  const file = join(here, `../netlists/classic/${name}.cir`);
  const { formulas } = await formulate(readFileSync(file, 'utf8'), { name: file });
  const letters = formulas.reduce((sum, { text }) => sum + text.length, 0);
  return { [`letters of all closed forms, ${name}`]: letters };
}

/** Of the chunks that a command needs before it does anything. */
function bytesLoaded(entryPoints) {
  const names = readdirSync(COMMAND);
  const open = entryPoints.map((entry) =>
    names.find((name) => (typeof entry === 'string' ? name === entry : entry.test(name))),
  );
  const seen = new Map();
  for (const name of open) {
    if (name === undefined || seen.has(name) || !existsSync(join(COMMAND, name))) continue;
    const text = readFileSync(join(COMMAND, name), 'utf8');
    seen.set(name, text.length);
    for (const [, chunk] of text.matchAll(/(?:from|import)"\.\/([\w-]+\.js)"/g)) open.push(chunk);
  }
  return [...seen.values()].reduce((sum, size) => sum + size, 0);
}
