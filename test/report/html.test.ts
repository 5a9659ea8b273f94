// The HTML report as a page: everything in one file, text stays text, the bars stand where their numbers say.

import { describe, expect, it } from 'vitest';
import '../support/close.ts';
import { analyze } from '../../src/analyze.ts';
import { analysisDocument } from '../../src/report/analysis-document.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { tornado } from '../../src/report/svg.ts';

const NETLIST = `A <script>alert(1)</script> & "title"
VIN in 0 1
R2 m 0 1k
R3 o m 9k
E1 o 0 in m 1e9
*@ output V(o)
*@ opamp E1 vos=+-2m ib=+-10n`;

/** x and width of the bars [px]. */
function barsOf(svg: string): { x: number; width: number }[] {
  return [...svg.matchAll(/<rect class="bar" x="([^"]+)" y="[^"]+" width="([^"]+)"/g)].map(
    ([, x, width]) => ({ x: Number(x), width: Number(width) }),
  );
}

describe('HTML report', () => {
  it('is one file that loads nothing and runs nothing', async () => {
    const html = renderHtml(analysisDocument(await analyze(NETLIST)));
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).not.toMatch(/<script|https?:|src=|url\(|@import/i);
    expect(html).toContain('&#60;script&#62;');
    for (const tag of ['table', 'tr', 'td', 'dl', 'svg', 'g', 'ul', 'li']) {
      const open = html.match(new RegExp(`<${tag}[ >]`, 'g'))?.length ?? 0;
      const closed = html.match(new RegExp(`</${tag}>`, 'g'))?.length ?? 0;
      expect(open, tag).toBe(closed);
      expect(open, tag).toBeGreaterThan(0);
    }
  });

  it('has every row of the budget as a bar of its size, and the totals', async () => {
    const analysis = await analyze(NETLIST);
    const budget = analysis.result?.budget;
    const html = renderHtml(analysisDocument(analysis));
    const bars = barsOf(html);
    expect(bars).toHaveLength((budget?.rows.length ?? 0) + 2);
    const ratio = (bars[0]?.width ?? 0) / (bars.at(-2)?.width ?? 1);
    const [first] = budget?.rows ?? [];
    const expected = (first?.worst ?? 0) / (budget?.worstCase ?? 1);
    expect(ratio).toBeClose(expected, { rel: 0.01, abs: 0 });
  });

  it('leaves the chart out where there are no pictures', async () => {
    const markdown = renderMarkdown(analysisDocument(await analyze(NETLIST)));
    expect(markdown).not.toContain('svg');
    expect(markdown).not.toMatch(/\n{3,}/);
  });
});

describe('tornado', () => {
  const tick = (value: number) => value.toFixed(1);

  it('puts zero where negative and positive bars meet', () => {
    const svg = tornado(
      [
        { label: 'a', low: -1, high: 0, value: '' },
        { label: 'b', low: 0, high: 3, value: '' },
      ],
      { title: 't', tick },
    );
    const [a, b] = barsOf(svg);
    expect((a?.x ?? 0) + (a?.width ?? 0)).toBeClose(b?.x ?? 0, { rel: 0, abs: 0.1 });
    expect((b?.width ?? 0) / (a?.width ?? 1)).toBeClose(3, { rel: 0.01, abs: 0 });
  });

  it('draws nothing that is not a number for no bars and for bars of zero', () => {
    for (const bars of [[], [{ label: 'a', low: 0, high: 0, value: '0 V' }]]) {
      expect(tornado(bars, { title: 't', tick })).not.toMatch(/NaN|Infinity/);
    }
  });
});
