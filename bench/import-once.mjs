// A process that imports every schematic of a folder and says what that took; the netlists of SPICE with `netlists`.
// `any`: of the folders in it, too, and whatever faults they have.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { decode, printNetlist, readNetlist } from '../dist/lib/src/index.js';

const [folder, kind] = process.argv.slice(2);
const load = (name) => ({ name, text: decode(readFileSync(name)) });
const schematics = readdirSync(folder, { recursive: kind === 'any' })
  .filter((name) => /\.(?:asc|kicad_sch|qsch)$/.test(name))
  .map((name) => load(join(folder, name)));
const resolve = (path, from) => {
  const file = join(dirname(from.name), path);
  return existsSync(file) ? load(file) : undefined;
};
const read = (source) => {
  const netlist = readNetlist(source, { resolve });
  const fault = netlist.diagnostics.find(({ severity }) => severity === 'error');
  if (kind !== 'any' && fault !== undefined) throw new Error(`${source.name}: ${fault.message}`);
  return netlist;
};
const sources =
  kind === 'netlists'
    ? schematics.map((source) => ({ name: source.name, text: printNetlist(read(source)) }))
    : schematics;
const start = performance.now();
for (const source of sources) read(source);
const elapsed = performance.now() - start; // [ms]
const size = sources.reduce((sum, { text }) => sum + text.length, 0) / 1e6; // [MB]
const peakMemory = process.resourceUsage().maxRSS / 1024; // [MB]
process.stdout.write(JSON.stringify({ elapsed, size, files: sources.length, peakMemory }));
