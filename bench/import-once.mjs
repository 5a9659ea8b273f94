// A process that imports every schematic of a folder and says what that took; the netlists of SPICE with `netlists`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { printNetlist, readNetlist } from '../dist/lib/src/index.js';

const [folder, kind] = process.argv.slice(2);
const schematics = readdirSync(folder)
  .filter((name) => name.endsWith('.asc'))
  .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
const read = (source) => {
  const netlist = readNetlist(source, { dialect: 'ltspice' });
  const fault = netlist.diagnostics.find(({ severity }) => severity === 'error');
  if (fault !== undefined) throw new Error(`${source.name}: ${fault.message}`);
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
