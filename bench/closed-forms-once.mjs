// A process that analyses the files of its arguments and then finds all closed forms of each, and says what the forms of
// the slowest file took: the first ones of their process, when there is one file.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { analyze, closedForms, hasForm, quantitiesOf } from '../dist/lib/src/index.js';

let [elapsed, forms, slowest] = [0, 0, ''];
for (const name of process.argv.slice(2)) {
  const { circuit, status } = await analyze(readFileSync(name, 'utf8'), { name });
  const isLinear = circuit.elements.every(
    ({ kind }) => kind !== 'device' && kind !== 'behavioural',
  );
  if (!isLinear || status === 'invalid') continue;
  const start = performance.now();
  const session = closedForms(circuit);
  const found = quantitiesOf(circuit)
    .map((quantity) => session.form(quantity))
    .filter(hasForm);
  const time = performance.now() - start; // [ms]
  forms += found.length;
  if (time > elapsed) [elapsed, slowest] = [time, name];
}
if (forms === 0) throw new Error('No closed form was found.');
const peakMemory = process.resourceUsage().maxRSS / 1024; // [MB]
process.stdout.write(JSON.stringify({ elapsed, forms, slowest, peakMemory }));
