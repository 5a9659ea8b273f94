import fc from 'fast-check';
import { it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { netlistOf } from '../support/exact-circuit.ts';
import { randomCircuits } from '../support/random-circuits.ts';
import { compareWithOracle, connected } from './exact.test.ts';
it('x', async () => {
  const kinds = new Map<string, string[]>();
  const statuses = new Map<string, number>();
  let t1 = 0, t2 = 0;
  for (const c of fc.sample(randomCircuits(), { numRuns: Number(process.env.N ?? 600), seed: Number(process.env.SEED ?? 1) })) {
    const text = netlistOf(c.elements, { output: `V(${c.output.join(',')})` });
    const t0 = performance.now();
    const a = await analyze(text);
    t1 += performance.now() - t0;
    statuses.set(a.status, (statuses.get(a.status) ?? 0) + 1);
    const t3 = performance.now();
    try { compareWithOracle(a, { elements: connected(c.elements), output: c.output, text }); kinds.set('fine', [...kinds.get('fine') ?? [], '']); }
    catch (e) { const m = String((e as Error).message); const k = m.split('\n')[0]!.replace(/[\d.e+-]+/g, '#').replace(/\{.*/, '').slice(0, 60); kinds.set(k, [...kinds.get(k) ?? [], m]); }
    t2 += performance.now() - t3;
  }
  console.log([...statuses], t1, t2);
  for (const [k, v] of kinds) { console.log(k, v.length); if (k !== 'fine') console.log(v.sort((a, b) => a.length - b.length).slice(0, Number(process.env.S ?? 2)).join('\n---\n')); }
}, 600000);
