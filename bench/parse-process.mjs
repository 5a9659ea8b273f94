// Parses the file of its argument once per message, so that it stays warm between two measurements.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { parseNetlist } from '../dist/lib/src/index.js';

const name = process.argv[2];
const text = readFileSync(name, 'utf8');

process.on('message', () => {
  const start = performance.now();
  const { statements, diagnostics } = parseNetlist({ name, text });
  const elapsed = performance.now() - start; // [ms]
  const peakMemory = process.resourceUsage().maxRSS / 1024; // [MB]
  process.send({ elapsed, peakMemory, cards: statements.length, faults: diagnostics.length });
});
