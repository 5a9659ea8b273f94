// The rows about closed forms: those of one circuit in a fresh process, and of the slowest of the classic netlists.
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { compare, processReport, processTime } from './measure.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const classic = join(dirname(here), 'netlists/classic');
const node = process.execPath;

/** The measures of the rows; the bundled program goes to `folder`. */
export function closedFormRows({ folder }) {
  const measured = (files) => async (settings) => {
    const finder = [node, bundledFinder(folder), ...files()];
    const figures = await compare(
      {
        ours: async () => processReport(finder).elapsed,
        reference: async () => processTime([node, '-e', '0']),
      },
      settings,
    );
    const { forms, slowest, peakMemory } = processReport(finder);
    const note = `${forms} forms, peak RSS ${peakMemory.toFixed(0)} MB; ${basename(slowest)}`;
    return { ...figures, note };
  };
  return {
    instrumentation: measured(() => [join(classic, 'three-op-amp-instrumentation-amplifier.cir')]),
    slowest: measured(() => {
      const names = existsSync(classic) ? readdirSync(classic) : [];
      return names.filter((name) => name.endsWith('.cir')).map((name) => join(classic, name));
    }),
  };
}

/** In one file, as the command is. */
function bundledFinder(folder) {
  const outfile = join(folder, 'closed-forms-once.mjs');
  buildSync({
    entryPoints: [join(here, 'closed-forms-once.mjs')],
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    external: ['eecircuit-engine'],
  });
  return outfile;
}
