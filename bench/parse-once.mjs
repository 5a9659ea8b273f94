// A process that reads the file of its argument and nothing else, and says what that took.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { parseNetlist } from '../dist/lib/src/index.js';

const [name] = process.argv.slice(2);
const text = readFileSync(name, 'utf8');
const start = performance.now();
const { statements, diagnostics } = parseNetlist({ name, text });
const elapsed = performance.now() - start; // [ms]
if (statements.length === 0 || diagnostics.some(({ severity }) => severity === 'error')) {
  throw new Error(`${name} has faults.`);
}
const peakMemory = process.resourceUsage().maxRSS / 1024; // [MB]
process.stdout.write(JSON.stringify({ elapsed, peakMemory }));
