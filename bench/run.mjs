// npm run bench [-- --json FILE] [--only TEXT] [--repetitions N]
//
// Every figure is the ratio of two things measured in the same run, in turn; see README.md. Ends with code 1
// when a required ratio is not met.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { EXAMPLE_2, grid, transistorFollowers } from './circuits.mjs';
import { closedFormRows } from './closed-forms.mjs';
import { compare, processTime } from './measure.mjs';
import { monteCarlo } from './monte-carlo.mjs';
import { parsing } from './parsing.mjs';
import { ownSchematics, schematics } from './schematics.mjs';
import { enumerated, wideWorstCase, worstCase } from './worst-case.mjs';

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    only: { type: 'string', default: '' },
    repetitions: { type: 'string' },
    /** A folder of schematics of one's own. */
    schematics: { type: 'string' },
  },
});

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const folder = mkdtempSync(join(tmpdir(), 'nullor-bench-'));
const node = process.execPath;
const nullor = [node, join(root, 'dist/cli/nullor.js')];
const ngspice = ngspiceVersion();

if (!existsSync(nullor[1])) {
  process.stderr.write('There is no dist/; run "npm run build" first.\n');
  process.exit(2);
}

const example2 = netlistOfExample2();
const { warm, cold, first } = parsing({ circuitFile, folder });
const { large, many, kicad } = schematics({ folder });
const { instrumentation, slowest } = closedFormRows({ folder });

/** `bound`: the largest ratio allowed, or null for information. */
const rows = [
  {
    what: 'Example 2, no check',
    against: 'node -e 0',
    bound: 3,
    repetitions: 25,
    measure: againstNode(example2),
  },
  {
    what: 'Example 2, with ngspice',
    against: 'bare engine, one .op',
    bound: 2,
    repetitions: 11,
    measure: (settings) =>
      compare(
        {
          ours: async () => processTime([...nullor, 'analyze', example2]),
          reference: async () => processTime([node, join(here, 'engine-start.mjs')]),
        },
        settings,
      ),
  },
  {
    what: 'grid, 1,000 resistors',
    against: 'ngspice -b',
    bound: null,
    repetitions: 15,
    measure: againstNgspice(23),
  },
  {
    what: 'grid, 10,000 resistors',
    against: 'ngspice -b',
    bound: 1,
    repetitions: 11,
    measure: againstNgspice(71),
  },
  {
    what: 'grid, 10,000 nodes',
    against: 'ngspice -b',
    bound: 0.2,
    repetitions: 5,
    measure: againstNgspice(100),
  },
  {
    what: 'grid, 100,000 resistors',
    against: 'node -e 0',
    bound: null,
    repetitions: 3,
    measure: (settings) => againstNode(circuitFile('grid-224.cir', grid(224)), '--json')(settings),
  },
  {
    what: 'operating point, 12 transistors',
    against: 'ngspice -b',
    bound: null,
    repetitions: 11,
    measure: operatingPointAgainstNgspice(1),
  },
  {
    what: 'operating point, 1,200 transistors',
    against: 'ngspice -b',
    bound: null,
    repetitions: 5,
    measure: operatingPointAgainstNgspice(100),
  },
  {
    what: 'worst case, 21 resistors',
    against: '10,000 solved samples',
    bound: 0.01,
    repetitions: 3,
    measure: worstCase,
  },
  {
    what: 'worst case, 32 resistors at 5 %',
    against: '10,000 solved samples',
    bound: null,
    repetitions: 9,
    measure: wideWorstCase,
  },
  {
    what: 'worst case, 24 resistors at 20 %',
    against: '10,000 solved samples',
    bound: null,
    repetitions: 3,
    measure: enumerated,
  },
  {
    what: 'parse 100,000 cards, warm',
    against: 'ngspice -b, load only',
    bound: 0.5,
    repetitions: 15,
    measure: warm,
  },
  {
    what: 'parse 100,000 cards, cold',
    against: 'ngspice -b, load only',
    bound: 1.3,
    repetitions: 11,
    measure: cold,
  },
  {
    what: 'macromodel, first parse',
    against: 'node -e 0',
    bound: null,
    repetitions: 15,
    measure: first,
  },
  {
    what: 'import a large .asc',
    against: 'its netlist, parsed',
    bound: null,
    repetitions: 3,
    measure: large,
  },
  {
    what: 'import 80 .asc',
    against: 'their netlists, parsed',
    bound: null,
    repetitions: 5,
    measure: many,
  },
  {
    what: 'import a large .kicad_sch',
    against: 'its netlist, parsed',
    bound: null,
    repetitions: 3,
    measure: kicad,
  },
  ...(options.schematics === undefined
    ? []
    : [
        {
          what: 'import own schematics',
          against: 'node -e 0',
          bound: null,
          repetitions: 3,
          measure: (settings) =>
            ownSchematics(options.schematics, {
              idle: async () => processTime([node, '-e', '0']),
              settings,
            }),
        },
      ]),
  {
    what: 'closed forms, three op amps',
    against: 'node -e 0',
    bound: 0.75,
    repetitions: 15,
    measure: instrumentation,
  },
  {
    what: 'closed forms, slowest netlist',
    against: 'node -e 0',
    bound: 14,
    repetitions: 3,
    measure: slowest,
  },
  ...monteCarlo,
];

try {
  const measured = [];
  for (const { measure, ...row } of rows) {
    if (!row.what.includes(options.only)) continue;
    const repetitions = Number(options.repetitions ?? row.repetitions);
    process.stderr.write(`${row.what} ...\n`);
    measured.push({ ...row, ...(await outcomeOf({ ...row, measure, repetitions })) });
  }
  process.stdout.write(`${machineLine()}\n\n${table(measured)}\n`);
  if (options.json !== undefined) writeFileSync(options.json, report(measured));
  if (measured.some(({ met }) => met === false)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What was measured and whether it is within its bound, or why it was left out. */
async function outcomeOf({ measure, against, bound, repetitions }) {
  if (against.startsWith('ngspice') && ngspice === null) return { skipped: 'no ngspice here' };
  const figures = await measure({ repetitions });
  return { ...figures, met: bound === null ? null : isWithin(figures.ratio, bound) };
}

/** `nullor op` of transistor circuits against native ngspice, whole processes. */
function operatingPointAgainstNgspice(count) {
  return (settings) => {
    const file = circuitFile(`followers-${count}.cir`, transistorFollowers(count));
    return compare(
      {
        ours: async () => processTime([...nullor, 'op', '--json', file]),
        reference: async () => processTime(['ngspice', '-b', file]),
      },
      settings,
    );
  };
}

/** A bound of 1 is strict: faster than ngspice. */
function isWithin(ratio, bound) {
  return bound === 1 ? ratio < 1 : ratio <= bound;
}

/** `nullor analyze --no-check FILE` as a whole process, against a Node that does nothing. */
function againstNode(file, ...more) {
  return (settings) =>
    compare(
      {
        ours: async () => processTime([...nullor, 'analyze', '--no-check', ...more, file]),
        reference: async () => processTime([node, '-e', '0']),
      },
      settings,
    );
}

/** The same against native ngspice, both on one grid, both printing every node voltage. */
function againstNgspice(side) {
  return (settings) => {
    const file = circuitFile(`grid-${side}.cir`, grid(side));
    return compare(
      {
        ours: async () => processTime([...nullor, 'analyze', '--no-check', '--json', file]),
        reference: async () => processTime(['ngspice', '-b', file]),
      },
      settings,
    );
  };
}

function circuitFile(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The netlist of the repository, else a copy of ours. */
function netlistOfExample2() {
  const netlists = join(root, 'netlists/an1177');
  const names = existsSync(netlists) ? readdirSync(netlists) : [];
  const name = names.find((each) => /example-?2.*\.(cir|sp|net)$/i.test(each));
  return name === undefined ? circuitFile('example-2.cir', EXAMPLE_2) : join(netlists, name);
}

/** Such as `ngspice-39`; null when there is none. */
function ngspiceVersion() {
  const { stdout, status } = spawnSync('ngspice', ['--version'], { encoding: 'utf8' });
  return status === 0 ? (/ngspice-[\w.]+/.exec(stdout)?.[0] ?? 'ngspice') : null;
}

function machineLine() {
  const date = new Date().toISOString().slice(0, 10);
  const cores = `${cpus().length} x ${cpus()[0]?.model.trim() ?? 'CPU'}`;
  const load = loadavg()[0].toFixed(2);
  return `${date}, ${cores}, node ${process.version}, ${ngspice ?? 'no ngspice'}, load ${load}`;
}

function table(measured) {
  const head = ['nullor', 'against', 'ours [ms]', 'theirs [ms]', 'ratio', 'quartiles', 'bound', ''];
  const lines = [head, ...measured.map(cellsOf)];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const isText = (column) => column < 2 || column === head.length - 1;
  const aligned = (cell, column) =>
    isText(column) ? cell.padEnd(widths[column]) : cell.padStart(widths[column]);
  const render = (line) => line.map(aligned).join('  ').trimEnd();
  return [lines[0], widths.map((width) => '-'.repeat(width)), ...lines.slice(1)]
    .map(render)
    .join('\n');
}

function cellsOf({ what, against, bound, ours, reference, ratio, quartiles, met, ...rest }) {
  const limit = bound === null ? '' : `${bound === 1 ? '<' : '<='} ${figure(bound)}`;
  if (rest.skipped !== undefined) {
    return [what, against, '', '', '', '', limit, `skipped: ${rest.skipped}`];
  }
  const verdict = met === null ? 'for information' : met ? 'met' : 'NOT MET';
  return [
    what,
    against,
    milliseconds(ours),
    milliseconds(reference),
    figure(ratio),
    quartiles.map(figure).join('..'),
    limit,
    rest.note === undefined ? verdict : `${verdict}; ${rest.note}`,
  ];
}

/** A ratio to two digits or two places, whichever are more. */
function figure(ratio) {
  if (Number.isInteger(ratio)) return String(ratio);
  return ratio < 0.1 ? ratio.toPrecision(2) : ratio.toFixed(2);
}

function milliseconds(time) {
  return time < 10 ? time.toPrecision(2) : time.toFixed(0);
}

function report(measured) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const machine = {
    processor: cpus()[0]?.model,
    cores: cpus().length,
    memory: totalmem(),
    node: process.version,
    ngspice,
    load: loadavg(),
  };
  const date = new Date().toISOString();
  return `${JSON.stringify({ schema: 'nullor/bench/1', version, date, machine, rows: measured }, null, 2)}\n`;
}
