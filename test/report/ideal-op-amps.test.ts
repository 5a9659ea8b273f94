// The head of a report names the op amps whose errors are not in its totals.

import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { analysisDocument } from '../../src/report/analysis-document.ts';

const netlist = (...lines: string[]) => `two followers
V1 a 0 1
XU1 a b b AMP
XU2 b c c AMP
.subckt AMP p n o
E1 o 0 p n 1e6
.ends
*@ opamp XU1 pins=+,-,out
*@ opamp XU2 pins=+,-,out
*@ output V(c)
${lines.join('\n')}
`;

async function factOf(...lines: string[]) {
  const document = analysisDocument(await analyze(netlist(...lines)));
  const head = document.find((block) => block.kind === 'facts');
  return head?.facts.find(([name]) => name === 'Op amps')?.[1];
}

describe('op amps without data', () => {
  it.each([
    [[], 'XU1, XU2 are taken as ideal: no data of errors'],
    [['*@ opamp XU1 vos=+-1m'], 'XU2 is taken as ideal: no data of errors'],
    [['*@ opamp XU1 aol>=100k', '*@ opamp XU2 ibn=1n'], undefined],
  ])('%j', async (lines, fact) => {
    expect(await factOf(...lines)).toBe(fact);
  });
});
