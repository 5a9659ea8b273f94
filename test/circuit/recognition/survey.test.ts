import { describe, expect, it } from 'vitest';
import {
  opAmpsDocument,
  opAmpsJson,
  parseNetlist,
  renderText,
  surveyOpAmps,
} from '../../../src/index.ts';
import { MACROMODEL } from './support.ts';

const survey = (text: string, include = true) =>
  surveyOpAmps(parseNetlist({ name: 'parts.lib', text }, { include }));

const LIBRARY = [
  '.subckt OPX +IN -IN VCC VEE OUT',
  'R1 +IN',
  'Z9 what is this (',
  MACROMODEL,
  '.ends',
  '.subckt LM393 +IN -IN VCC VEE OUT',
  MACROMODEL,
  '.ends',
  '.subckt INA128 +IN -IN VCC VEE OUT',
  'X1 +IN -IN VCC VEE OUT INNER',
  '.subckt INNER +IN -IN VCC VEE OUT',
  MACROMODEL,
  '.ends INNER',
  '.ends INA128',
  '.subckt NMOSX D G S',
  MACROMODEL,
  '.ends',
].join('\n');

describe('opamps --json', () => {
  const json = opAmpsJson(survey(LIBRARY)) as {
    schema: string;
    subcircuits: {
      name: string;
      opAmp: boolean;
      kind: string | null;
      replaced: boolean;
      line: number;
      roles: string[];
    }[];
    diagnostics: { severity: string; line: number }[];
  };

  it('tells the kinds apart, inner definitions too', () => {
    expect(json.schema).toBe('nullor/opamps/1');
    expect(
      json.subcircuits.map(({ name, opAmp, kind, replaced, line }) => [
        name,
        opAmp,
        kind,
        replaced,
        line,
      ]),
    ).toEqual([
      ['OPX', true, 'op amp', true, 1],
      ['LM393', true, 'comparator', false, 7],
      ['INA128', true, 'amplifier', false, 11],
      ['INNER', true, 'op amp', true, 13],
      ['NMOSX', false, null, false, 18],
    ]);
  });

  it('has a role per port even where nothing was recognised', () => {
    expect(json.subcircuits.at(-1)?.roles).toEqual(['other', 'other', 'other']);
  });

  it('reports the faults of the bodies beside', () => {
    expect(json.diagnostics.find(({ severity }) => severity === 'error')?.line).toBe(2);
  });
});

it('lists the op amps of a circuit with their nodes', () => {
  const found = survey(`title\nXU1 a b p n o OPX\nE1 q 0 a q 1e5\nRL q 0 1k\n${LIBRARY}`, false);
  expect(found.instances.map(({ name, part }) => [name, part])).toEqual([
    ['XU1', 'OPX'],
    ['E1', 'E1'],
  ]);
  expect(found.instances[0]?.nodes).toMatchObject({ plus: 'a', minus: 'b', output: 'o' });
  const text = renderText(opAmpsDocument(found));
  expect(text).toContain('+IN=+ -IN=- VCC=V+ VEE=V- OUT=out');
  expect(text).toContain('No op amps, or their pins cannot be told: NMOSX.');
});
