// Each file below netlists/bad/<stage>/ has one fault. A line `*! code line:column` says which one and where; the
// folder says at which stage of the pipeline it must be found. Earlier stages must have nothing to complain of.

import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../grammar/diagnostic.ts';
import { position } from '../grammar/source.ts';
import { parseNetlist } from '../grammar/spice/parse.ts';
import { elaborate } from '../src/circuit/elaborate.ts';
import { declarationFaults } from '../src/expectation/declarations.ts';
import { analyze, checkExpectations } from '../src/index.ts';
import {
  foldersIn,
  markOf,
  netlistsIn,
  readNetlist,
  resolveInclude,
} from './support/spice-files.ts';

/** The stages in the order of the pipeline. */
const STAGES = ['syntax', 'elaborate', 'declaration', 'topology', 'expectation'] as const;
type Stage = (typeof STAGES)[number];

/** An empty file has no room for a `*!` line. */
const EMPTY = 'empty_netlist 1:1';

it('has no folder without a stage', () => {
  expect(foldersIn('bad')).toEqual([...STAGES].sort());
});

describe.each(STAGES)('netlists/bad/%s', (stage) => {
  it.each(netlistsIn(`bad/${stage}`))('%s', async (path) => {
    const source = readNetlist(path);
    const marked = source.text === '' ? EMPTY : markOf(source);
    const { failedAt, errors, analyzed } = await faultsOf(path);
    expect(`${failedAt}: ${place(errors[0])}`).toBe(`${stage}: ${marked}`);
    // The library as a whole says the same, first of all.
    expect(place(analyzed[0])).toBe(marked);
    for (const { message, span } of errors) {
      expect(message).toMatch(/^\S.*\.$/s);
      expect(span.source.name).toBe(source.name);
    }
  });
});

/** The first stage that finds errors, with these, and the errors of `analyze` with `checkExpectations`. */
async function faultsOf(path: string) {
  const source = readNetlist(path);
  const netlist = parseNetlist(source, { resolve: resolveInclude });
  const circuit = elaborate(netlist);
  const analysis = await analyze(source.text, { name: source.name, resolve: resolveInclude });
  const checked =
    analysis.result === null
      ? []
      : (await checkExpectations(analysis.circuit, analysis.result)).diagnostics;
  const found: Record<Stage, Diagnostic[]> = {
    syntax: errorsOf(netlist.diagnostics),
    elaborate: errorsOf(circuit.diagnostics),
    declaration: errorsOf(await declarationFaults(circuit)),
    topology: errorsOf(analysis.diagnostics),
    expectation: errorsOf(checked),
  };
  const failedAt = STAGES.find((stage) => found[stage].length > 0);
  return {
    failedAt,
    errors: failedAt === undefined ? [] : found[failedAt],
    analyzed: [...found.topology, ...found.expectation],
  };
}

function errorsOf(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === 'error');
}

/** `code line:column`. */
function place(diagnostic: Diagnostic | undefined): string {
  if (diagnostic === undefined) return 'no error';
  const { line, column } = position(diagnostic.span.source, diagnostic.span.start);
  return `${diagnostic.code} ${line}:${column}`;
}
