// Every circuit below netlists/ documents itself: its `*@ expect` lines are closed forms, numbers printed in
// sources, and exact values. All of them must hold, and ngspice must agree with every figure.

import { describe, expect, it } from 'vitest';
import { analyze, checkExpectations } from '../src/index.ts';
import { useEngine } from './ngspice/built-worker.ts';
import { markOf, netlistsIn, readNetlist, resolveInclude } from './support/spice-files.ts';

const ngspice = useEngine();

/** Status, complaints and broken expectations of a netlist, ngspice's verdict among them. */
async function outcome(path: string) {
  const { name, text } = readNetlist(path);
  const { status, diagnostics, circuit, result, crossCheck } = await analyze(text, {
    name,
    resolve: resolveInclude,
    engine: ngspice.engine,
  });
  if (result === null) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const checked = await checkExpectations(circuit, result);
  const broken = checked.results
    .filter(({ passes }) => !passes)
    .map(({ line, text, actual, expected }) => `${line}: ${text}: ${actual} against ${expected}`);
  return {
    status,
    complaints: [...diagnostics, ...checked.diagnostics]
      .filter(({ severity }) => severity !== 'info')
      .map(({ severity, code }) => `${severity} ${code}`),
    expectations: checked.results.length,
    broken,
    ngspice: { agrees: crossCheck?.agrees, reason: crossCheck?.reason },
  };
}

const AGREES = { agrees: true, reason: undefined };

describe.each(['an1177', 'classic', 'kicad', 'ltspice', 'published'])('netlists/%s', (folder) => {
  it.each(netlistsIn(folder))('%s', async (path) => {
    const { expectations, ...found } = await outcome(path);
    expect(found).toEqual({ status: 'ok', complaints: [], broken: [], ngspice: AGREES });
    expect(expectations).toBeGreaterThan(0);
  });
});

// Circuits that can be solved but do not work: what exists must be right all the same.
describe('netlists/verdict', () => {
  it.each(netlistsIn('verdict'))('%s', async (path) => {
    const { status, expectations, broken, ngspice } = await outcome(path);
    expect(status).toBe(markOf(readNetlist(path)));
    expect({ broken, ngspice }).toEqual({ broken: [], ngspice: AGREES });
    expect(expectations).toBeGreaterThan(0);
  });
});
