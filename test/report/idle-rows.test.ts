// Spreads that do nothing at the output are named in a sentence, not in rows of zeros.

import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { analysisDocument } from '../../src/report/analysis-document.ts';
import { renderText } from '../../src/report/text.ts';

/** A difference amplifier of gain 10 without a difference: resistors that all move alike do nothing. */
const netlist = (...lines: string[]) => `difference amplifier
VP ip 0 1
VM im 0 1
R1 im m 10k
R2 m out 100k
R3 ip p 10k
R4 p 0 100k
XU1 p m out AMP
.subckt AMP p n o
E1 o 0 p n 1e6
.ends
*@ opamp XU1 vos=+-1m tcvos=+-5uV/C
*@ tol R* 0.1%
*@ match R1 R2 R3 R4 0.02%
*@ output V(out)
${lines.join('\n')}
`;

async function budgetOf(...lines: string[]) {
  const analysis = await analyze(netlist(...lines));
  const text = renderText(analysisDocument(analysis)).replaceAll(/\s+/g, ' ');
  return { text, causes: analysis.result?.budget?.rows.map(({ cause }) => cause) };
}

describe('rows of zeros', () => {
  it('drift without a range of temperature is said, not tabled', async () => {
    const { text } = await budgetOf();
    expect(text).toContain(
      'Without a contribution here: drift of XU1. Drift needs a range of temperature (*@ temp).',
    );
    expect(text).not.toContain('XU1 drift');
  });

  it('with one, drift is a row: 11 times 5 uV/K times 60 K', async () => {
    const { text } = await budgetOf('*@ temp 25 25..85');
    expect(text).toContain('XU1 drift -3.3 mV 3.3 mV');
    expect(text).not.toContain('Without a contribution');
  });

  it('a lot that cancels leaves no rounding behind', async () => {
    const { causes } = await budgetOf();
    expect(causes).toContain('mismatch');
    expect(causes).not.toContain('lot');
  });

  it('a lot that does not cancel stays: R1 and R3 without R2 and R4', async () => {
    const analysis = await analyze(
      netlist().replace('VM im 0 1', 'VM im 0 0').replace('R1 R2 R3 R4', 'R1 R3'),
    );
    const lot = analysis.result?.budget?.rows.find(({ cause }) => cause === 'lot');
    // V = R4/(R3 + R4) (R1 + R2)/R1 of 1 V is R2/R1 with R1 = R3 = r: 100/9.99 - 100/10
    expect(lot?.worst).toBeCloseTo(100 / 9.99 - 10, 12);
  });
});
