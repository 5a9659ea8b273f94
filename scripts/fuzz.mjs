// Mutated netlists: `npm run fuzz [-- --cases 10000 --seed 1]`. Every text must end in a result or in
// diagnostics, within a second; an exception, a result without a reason, or a hang is a failure. Our own
// netlists are the seeds. The failing text is written to a file that the last lines name.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
/** A case that takes longer is tried once more, for the machine may be busy [ms]. */
const SLOW = 1000;
/** A case that takes so long hangs [ms]. */
const HANG = 20_000;

const walk = (folder) =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });

/** splitmix32: the same cases for the same seed. */
function generator(seed) {
  let state = seed | 0;
  return (n) => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return ((z ^ (z >>> 16)) >>> 0) % n;
  };
}

const TOKENS = [
  '(',
  ')',
  '{',
  '}',
  "'",
  '"',
  '=',
  ',',
  '+',
  '*',
  '$',
  ';',
  '\\',
  '\u0000',
  '\u00a7',
  '\u00b5',
  '0',
  '-1',
  '1e308',
  '5e-324',
  '4k7',
  '1meg',
  'inf',
  'nan',
  '__proto__',
  'constructor',
  '.subckt A a',
  '.ends',
  '.param x={x}',
  '.if (1)',
  '.endif',
  '.lib',
  '.include self',
  '*@ opamp *',
  '*@ expect GN(XU1) = 1',
  'POLY(2)',
  'V(a,b)',
  '\n+',
  '\n',
  '\r',
  '\t',
];

function mutated(seeds, random) {
  let text = seeds[random(seeds.length)];
  for (let times = 1 + random(4); times > 0; times--) {
    const lines = text.split('\n');
    const i = random(lines.length);
    const at = random(text.length + 1);
    const token = TOKENS[random(TOKENS.length)];
    switch (random(8)) {
      case 0:
        lines.splice(i, 1);
        text = lines.join('\n');
        break;
      case 1:
        lines.splice(random(lines.length), 0, lines[i]);
        text = lines.join('\n');
        break;
      case 2:
        [lines[i], lines[random(lines.length)]] = [lines[random(lines.length)], lines[i]];
        text = lines.join('\n');
        break;
      case 3:
        text = text.slice(0, at) + token + text.slice(at);
        break;
      case 4:
        text = text.slice(0, at) + text.slice(at + 1 + random(20));
        break;
      case 5: {
        const words = (lines[i] ?? '').split(' ');
        words[random(words.length)] = token;
        lines[i] = words.join(' ');
        text = lines.join('\n');
        break;
      }
      case 6: {
        const other = seeds[random(seeds.length)].split('\n');
        lines.splice(i, 0, ...other.slice(random(other.length)));
        text = lines.join('\n');
        break;
      }
      default:
        text = text.slice(0, at) + token.repeat(1 + random(200)) + text.slice(at);
    }
  }
  return text;
}

if (isMainThread) {
  const cases = option('cases', 10_000);
  const seed = option('seed', 1);
  let last = { index: 0, text: '', since: Date.now() };
  const fail = (why) => {
    const path = join(tmpdir(), `nullor-fuzz-${seed}-${last.index}.cir`);
    writeFileSync(path, last.text);
    console.log(`case ${last.index} of seed ${seed}: ${why}\nthe text is in ${path}`);
    process.exit(1);
  };
  const worker = new Worker(new URL(import.meta.url), { workerData: { cases, seed } });
  setInterval(() => {
    if (Date.now() - last.since > HANG) fail(`no end within ${HANG / 1000} s`);
  }, 1000).unref();
  worker.on('message', ({ index, text, why, outcomes }) => {
    if (outcomes !== undefined) {
      console.log(
        `${cases} cases of seed ${seed}: ${Object.entries(outcomes)
          .map(([k, n]) => `${n} ${k}`)
          .join(', ')}`,
      );
      process.exit(0);
    }
    last = { index, text, since: Date.now() };
    if (why !== undefined) fail(why);
  });
  worker.on('error', (fault) => fail(`the worker ended: ${fault.stack}`));
} else {
  const {
    analyze,
    checkExpectations,
    analysisJson,
    analysisDocument,
    flatNetlist,
    parseNetlist,
    printNetlist,
    readNetlist,
    renderText,
    REFUSED,
  } = await import(new URL('../dist/lib/src/index.js', import.meta.url).href);
  const faultOf = ({ diagnostics }) => diagnostics.find(({ severity }) => severity === 'error');
  const seeds = walk(join(ROOT, 'netlists'))
    .filter((path) => /\.(?:cir|asc)$/.test(path))
    .map((path) => readFileSync(path, 'utf8'));
  const random = generator(workerData.seed);
  const outcomes = {};
  const resolve = (_, from) => ({ name: 'self', text: from.text });
  /** Why the flat form of a text is not what it should be: a netlist of the same dialect that can be read. */
  const judgeFlat = (text) => {
    const netlist = readNetlist({ name: 'fuzz.cir', text }, { resolve });
    if (faultOf(netlist) !== undefined) return undefined;
    const flat = flatNetlist(netlist);
    if (faultOf(flat) !== undefined) return undefined;
    const dialect = netlist.dialect.name;
    const printed = printNetlist(flat);
    const fault = faultOf(parseNetlist({ name: 'flat.cir', text: printed }, { dialect, resolve }));
    return fault && fault.code !== 'empty_netlist'
      ? `flat: ${fault.message}\n${printed}`
      : undefined;
  };
  /** Why the outcome of a text is none, or undefined. */
  const judge = async (text) => {
    const why = judgeFlat(text);
    if (why !== undefined) return why;
    const analysis = await analyze(text, { name: 'fuzz.cir', resolve });
    const refused = REFUSED.has(analysis.status);
    const errors = analysis.diagnostics.filter(({ severity }) => severity === 'error');
    outcomes[analysis.status] = (outcomes[analysis.status] ?? 0) + 1;
    JSON.stringify(analysisJson(analysis));
    renderText(analysisDocument(analysis));
    if (refused !== errors.length > 0)
      return `status ${analysis.status} with ${errors.length} errors`;
    if (!refused) await checkExpectations(analysis.circuit, analysis.result);
    return undefined;
  };
  for (let index = 0; index < workerData.cases; index++) {
    const text = mutated(seeds, random);
    parentPort.postMessage({ index, text });
    for (let attempt = 1; ; attempt++) {
      const started = performance.now();
      let why;
      try {
        why = await judge(text);
      } catch (fault) {
        why = fault.stack;
      }
      const time = performance.now() - started;
      if (why === undefined && time > SLOW && attempt === 1) continue;
      if (why === undefined && time > SLOW) why = `took ${Math.round(time)} ms`;
      if (why !== undefined) parentPort.postMessage({ index, text, why });
      break;
    }
  }
  parentPort.postMessage({ outcomes });
}
