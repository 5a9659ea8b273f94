// Worst case, RSS and Monte Carlo in the reports: the same figures in text, Markdown, HTML and JSON.

import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { analysisDocument } from '../../src/report/analysis-document.ts';
import { histogramChart } from '../../src/report/histogram.ts';
import { renderHtml } from '../../src/report/html.ts';
import { analysisJson } from '../../src/report/json.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { renderText } from '../../src/report/text.ts';

const NETLIST = `A source of 1 V
V1 out 0 1
R1 out 0 1k
*@ output V(out)
*@ tol V1 10%
*@ temp 25 0..50
*@ montecarlo 1000 seed=7
*@ expect V(out) <= 1.2
`;

const analysis = await analyze(NETLIST, { name: 'source.cir' });
const document = analysisDocument(analysis);

interface Found {
  readonly [key: string]: unknown;
  readonly corners: readonly { readonly temperature: number; readonly mean: number }[];
  readonly histogram: { readonly edges: readonly number[]; readonly counts: readonly number[] };
}

describe('Monte Carlo in reports', () => {
  it('the table has three methods per temperature', () => {
    const text = renderText(document);
    expect(text).toContain(
      'Worst case, RSS and Monte Carlo of V(out), 1000 samples, uniform, seed 7',
    );
    expect(text.match(/ {2}worst case {2,}900 mV {2,}1\.1 V {2}proven/g)).toHaveLength(3);
    expect(text.match(/ {2}RSS, 3 sigma {2,}900 mV {2,}1\.1 V/g)).toHaveLength(3);
    expect(text.match(/Monte Carlo, 99\.73 %/g)).toHaveLength(3);
    expect(text).toMatch(/Yield 100 % of at most 1\.2 V/);
    expect(renderMarkdown(document)).toContain('| 25 °C | worst case | 900 mV | 1.1 V | proven |');
  });

  it('the yield names both ends of a range, and a missing one is said', async () => {
    const reportOf = async (line: string) =>
      renderText(
        analysisDocument(await analyze(NETLIST.replace(/\*@ expect.*/, line), { name: 'a.cir' })),
      ).replaceAll(/\s+/g, ' ');
    expect(await reportOf('*@ expect V(out) = 0.8..1.2')).toContain(
      'Yield 100 % between 800 mV and 1.2 V (',
    );
    expect(await reportOf('*@ expect V(out) = 1')).toContain(
      'No yield: no *@ expect bounds V(out) or VOE by numbers.',
    );
  });

  it('the page draws the distribution with the totals marked, in one file', () => {
    const page = renderHtml(document);
    const chart =
      /<svg role="img" aria-label="Distribution of V\(out\)".*?<\/svg>/.exec(page)?.[0] ?? '';
    expect(chart.match(/<rect class="bar"/g)).toHaveLength(60);
    for (const label of ['worst case', 'RSS, 3 sigma', 'Monte Carlo, 99.73 %']) {
      expect(chart).toContain(`>${label}</text>`);
    }
    expect(page).not.toMatch(/<script|src=|href="(?!#)/);
  });

  it('the object has the figures of the nominal temperature, and all temperatures', () => {
    const { monteCarlo } = analysisJson(analysis) as { monteCarlo: Found };
    expect(monteCarlo).toMatchObject({
      samples: 1000,
      seed: 7,
      distribution: 'uniform',
      yield: { fraction: 1, high: 1, limits: { low: null, high: 1.2 } },
      latched: 0,
    });
    expect(Object.keys(monteCarlo['quantiles'] as object)).toEqual([
      '0.00135',
      '0.02275',
      '0.5',
      '0.97725',
      '0.99865',
    ]);
    expect(monteCarlo.corners.map(({ temperature }) => temperature)).toEqual([0, 25, 50]);
    expect(monteCarlo['mean']).toBe(monteCarlo.corners[1]?.mean);
    const { edges, counts } = monteCarlo.histogram;
    expect(edges).toHaveLength(counts.length + 1);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1000);
    const none = analysisJson({ ...analysis, result: null }) as { monteCarlo: unknown };
    expect(none.monteCarlo).toBeNull();
  });

  it('a pole within the tolerances is no number in any format', async () => {
    // 1 mA into 1 kohm beside -1.05 kohm: R1 at 1.05 kohm is the pole.
    const found = analysisDocument(
      await analyze(`negative resistance
I1 0 a 1m
R1 a 0 1k
R2 a 0 -1.05k
*@ tol R1 10%
*@ output V(a)
*@ montecarlo 1000
`),
    );
    const text = renderText(found);
    expect(text).toMatch(/without bound worst case, without bound RSS/);
    for (const rendered of [text, renderMarkdown(found), renderHtml(found)]) {
      expect(rendered).not.toMatch(/NaN|∞|Infinity|±without/);
    }
  });

  it('a chart places bars and brackets by their values', () => {
    const chart = histogramChart(
      { edges: [0, 1, 2], counts: [1, 2], brackets: [{ label: 'a < b', low: -1, high: 3 }] },
      { title: 'two bins', tick: String },
    );
    // 150 + 460 (x + 1)/4, the higher bar twice as high as the lower one
    expect(chart).toContain('<rect class="bar" x="265.0" y="90.0" width="115.0" height="90.0"/>');
    expect(chart).toContain('<rect class="bar" x="380.0" y="0.0" width="115.0" height="180.0"/>');
    expect(chart).toContain('x1="150.0" y1="219.0" x2="610.0" y2="219.0"');
    expect(chart).toContain('a &#60; b');
  });
});
