// At every total of the report stands for which values of the sources it holds.

import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { analysisDocument } from '../../src/report/analysis-document.ts';
import { renderHtml } from '../../src/report/html.ts';
import { reviewDocument } from '../../src/report/review-document.ts';
import { renderText } from '../../src/report/text.ts';

/** Gain of ten: 10 mV in, over the range 1 V in and 10 V out. */
const netlist = (...lines: string[]) => `gain of ten
VIN p 0 10m
XU1 p m out OPAMP
R1 m 0 1k
R2 out m 9k
.subckt OPAMP p n o
E1 o 0 p n 1e6
.ends
*@ opamp XU1 aol>=100k vout0=0
*@ output V(out)
*@ tol R2 1%
*@ montecarlo 1000
${lines.join('\n')}
`;

const analysed = (...lines: string[]) => analyze(netlist(...lines), { name: 'gain.cir' });
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');

describe('with a range of a source', () => {
  it('the rows are those that the words say', async () => {
    const { result } = await analysed('*@ range VIN 0 1');
    const rows = new Map(result?.budget?.rows.map((row) => [row.cause, row]));
    // A_OL: 10 V/100k times the noise gain of 10; R2: 1 % of 9 times 10 mV.
    expect(rows.get('Aol')?.worst).toBeCloseTo(1e-3, 12);
    expect(rows.get('tolerance')?.worst).toBeCloseTo(0.9e-3, 12);
    // At 100 mV out A_OL takes 0.01 mV: the lowest output is 99.09 mV, that of the budget is 98.1 mV.
    expect(result?.extremes?.low?.value).toBeCloseTo(0.1 - 0.9e-3 - 1e-5, 6);
  });

  it('every total says it', async () => {
    const analysis = await analysed('*@ range VIN 0 1');
    const text = oneLine(renderText(analysisDocument(analysis)));
    const condition =
      'over the ranges: A_OL; at the nominal values of the sources: tolerances of elements';
    expect(text).toMatch(new RegExp(`Error spread .{1,150} \\(${condition}\\) Extremes`));
    expect(text).toContain(`Rows ${condition}.`);
    expect(text).toMatch(/Extremes .{1,150}; without the ranges of \*@ range/);
    // Of G = 1 + R2/R1 between 9.91, less 9.91/100k of itself, and 10.09, at 1 V.
    expect(text).toContain(
      'Largest error -90.982 mV to 90 mV over all tolerances, spreads and ranges',
    );
    expect(text).toContain('the highest error of V(out), over the ranges of the sources');
    expect(text).toContain('seed 1, without the ranges of *@ range');
    expect(text).toContain(
      'Ranges of *@ range are not in here; in the budget they are in the terms of A_OL, CMRR and PSRR alone.',
    );
    expect(text).toContain('need not agree');
    const page = renderHtml(reviewDocument(analysis));
    expect(page).toContain('ranges in A_OL, CMRR, PSRR alone');
    expect(page).toContain('proven, without ranges');
  });
});

it('without a range there is nothing to say', async () => {
  const analysis = await analysed();
  expect(renderText(analysisDocument(analysis))).not.toMatch(/range/);
  expect(renderHtml(reviewDocument(analysis))).not.toMatch(/without ranges|ranges in/);
});
