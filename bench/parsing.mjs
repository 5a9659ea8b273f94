// The rows about parsing: a file of 100,000 cards in a warm and in a fresh process, and the first netlist of a process.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { chain, macromodel } from './circuits.mjs';
import { compare, processReport, processTime } from './measure.mjs';

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
      note: `parse ${elapsed.toFixed(0)} ms, peak RSS ${peakMemory.toFixed(0)} MB`,
    };
  }

  /** The first netlist that a process parses: nothing is compiled, and the parsers are not built. */
  async function first(settings) {
    const text = macromodel(15);
    const reader = [node, bundledParser(folder), circuitFile('macromodel.cir', text)];
    const figures = await compare(
      {
        ours: async () => processReport(reader).elapsed,
        reference: async () => processTime([node, '-e', '0']),
      },
      settings,
    );
    return { ...figures, note: `${text.split('\n').length} lines` };
  }

  return { warm, cold, first };
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
