// The rows about parsing: a file of 100,000 cards in a warm and in a fresh process, and the first netlist of a process.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { chain, macromodel } from './circuits.mjs';
import { compare, processReport, processTime, quantile } from './measure.mjs';

/** The most that a process may hold which parses 100,000 cards once [MB]. */
const MEMORY = 250;

/** The longest that the first macromodel of a process may take [ms]. */
const FIRST_PARSE = 20;

const here = dirname(fileURLToPath(import.meta.url));
const node = process.execPath;

/** The measures of the rows; their files go to `folder`, circuits by `circuitFile(name, text)`. */
export function parsing({ circuitFile, folder }) {
  /**
   * `parseNetlist` in a warm process, against what ngspice needs longer for this file than for one of two
   * resistors. A deck without an analysis is read, expanded and set up by ngspice, and left with code 1.
   */
  async function warm(settings) {
    const large = circuitFile('chain.cir', chain(100_000));
    const small = circuitFile('small.cir', chain(2));
    const load = (file) => processTime(['ngspice', '-b', file], { exitCodes: [0, 1] });
    const parser = fork(join(here, 'parse-process.mjs'), [large]);
    let last;
    try {
      const figures = await compare(
        {
          ours: async () => {
            parser.send('parse');
            [last] = await once(parser, 'message');
            if (last.faults > 0) throw new Error(`${large}: ${last.faults} faults`);
            return last.elapsed;
          },
          reference: async () => load(large) - load(small),
        },
        { ...settings, warmUp: 3 },
      );
      return { ...figures, note: `peak RSS ${last.peakMemory.toFixed(0)} MB` };
    } finally {
      parser.kill();
    }
  }

  /** A process that reads the file and ends, against ngspice that does the same. */
  async function cold(settings) {
    const file = circuitFile('chain.cir', chain(100_000));
    const reader = [node, bundledParser(folder), file];
    const figures = await compare(
      {
        ours: async () => processTime(reader),
        reference: async () => processTime(['ngspice', '-b', file], { exitCodes: [0, 1] }),
      },
      settings,
    );
    const { elapsed, peakMemory } = processReport(reader);
    return {
      ...figures,
      note: `parse ${elapsed.toFixed(0)} ms, peak RSS ${within(peakMemory, { bound: MEMORY, unit: 'MB' })}`,
    };
  }

  /** The first netlist that a process parses, a whole process: nothing is compiled, and the parsers are not built. */
  async function first(settings) {
    const text = macromodel(15);
    const reader = [node, bundledParser(folder), circuitFile('macromodel.cir', text)];
    const parses = [];
    const figures = await compare(
      {
        ours: async () => {
          const start = performance.now();
          parses.push(processReport(reader).elapsed);
          return performance.now() - start;
        },
        reference: async () => processTime([node, '-e', '0']),
      },
      settings,
    );
    const parse = quantile(parses);
    const note = [
      `${text.split('\n').length} lines`,
      `parse ${within(parse, { bound: FIRST_PARSE, unit: 'ms' })}`,
      `${(parse / figures.reference).toFixed(2)} of an idle Node`,
    ];
    return { ...figures, note: note.join(', ') };
  }

  return { warm, cold, first };
}

/** Such as `91 MB (<= 250 met)`. */
function within(value, { bound, unit }) {
  return `${value.toFixed(0)} ${unit} (<= ${bound} ${value <= bound ? 'met' : 'NOT MET'})`;
}

/** `parse-once.mjs` in one file, as the command is: file by file, chevrotain's own imports cost 0.3 s. */
function bundledParser(folder) {
  const outfile = join(folder, 'parse-once.mjs');
  buildSync({
    entryPoints: [join(here, 'parse-once.mjs')],
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    external: ['eecircuit-engine'],
  });
  return outfile;
}
