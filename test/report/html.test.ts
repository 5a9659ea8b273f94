// The HTML report as a page: everything in one file, text stays text, the bars stand where their numbers say.

import { describe, expect, it } from 'vitest';
import '../support/close.ts';
import { analyze } from '../../src/analyze.ts';
import { analysisDocument } from '../../src/report/analysis-document.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { reviewDocument } from '../../src/report/review-document.ts';
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

const REVIEW = `Amplifier for a review
VDD vdd 0 5
VIN in 0 1
R2 m 0 1k
R3 o m 1k
XU1 in m vdd 0 o AMP
.subckt AMP inp inn vdd vss out
E1 out 0 inp inn 1meg
.ends
* <b>not a tag</b> & \`\`\`
*@ temp 25 -40..85
*@ range VIN 0.5 2
*@ range VDD 4.5 5.5
*@ output V(o)
*@ opamp XU1 vos=+-2m ib=10n..20n aol>=100dB cmrr>=80dB psrr=2000 vout=vss+0.1..vdd-0.1
*@ tol R* 0.1% tc=+-25ppm`;

describe('the document for a design review', () => {
  const review = async () => reviewDocument(await analyze(REVIEW));

  it('has the conditions, the figures it rests on and the netlist itself', async () => {
    const html = renderHtml(await review());
    expect(html).toContain('<dt>VIN</dt><dd>500\u00a0mV to 2\u00a0V, nominally 1\u00a0V</dd>');
    expect(html).toContain('<dt>Temperature</dt><dd>-40..85 °C, nominally 25 °C</dd>');
    expect(html).toContain('R2 (1\u00a0kΩ), R3 (1\u00a0kΩ)');
    for (const cell of [
      '±0.1\u00a0%',
      '±25\u00a0ppm',
      '±2\u00a0mV',
      '≥\u00a0100\u00a0dB',
      '2\u00a0k',
    ])
      expect(html).toMatch(new RegExp(`<td class="[a-z]+">${cell}</td>`));
    expect(html).toContain('<span>R2 m 0 1k</span>');
    expect(html).toContain('&#60;b&#62;not a tag&#60;/b&#62; &#38;');
  });

  it('has the results at a glance, and what is wrong with them in another colour', async () => {
    const { result } = await analyze(REVIEW);
    const figures = [
      ...renderHtml(await review()).matchAll(
        /<div class="figure( \w+)?">.*?<div class="value">(.*?)<\/div>/g,
      ),
    ];
    expect(figures.map(([, tone]) => tone?.trim())).toContain('good');
    const values = figures.map(([, , value]) => value);
    const worst = ((result?.budget?.worstCase ?? 0) * 1e3).toPrecision(4);
    expect(values).toContain(`±${Number(worst)}\u00a0mV`);
    const beyond = renderHtml(reviewDocument(await analyze(REVIEW.replace('0.5 2', '0.5 4'))));
    expect(beyond).toMatch(/<div class="figure bad">.*?Op amp ranges.*?1 beyond/);
  });

  it('is in sections, to which a list of links leads', async () => {
    const html = renderHtml(await review());
    const ids = [...html.matchAll(/<section id="(s\d+)">/g)].map(([, id]) => id);
    const links = [...html.matchAll(/<a href="#(s\d+)">/g)].map(([, id]) => id);
    expect(links).toEqual(ids);
    expect(ids.length).toBeGreaterThan(5);
  });

  it('fences the netlist in Markdown longer than any fence within', async () => {
    const markdown = renderMarkdown(await review());
    expect(markdown).toContain(`\n\`\`\`\`\n${REVIEW}\n\`\`\`\`\n`);
  });

  it('leaves bars out of the chart that cannot be told apart, not their sum', async () => {
    const many = Array.from({ length: 30 }, (_, i) => `R${i + 10} p${i} p${i + 1} 1k`).join('\n');
    const text = `Chain\nV1 p0 0 1\n${many}\nRL p30 0 1k\n*@ output V(p30)\n*@ tol R* 1%`;
    const { result } = await analyze(text);
    const html = renderHtml(reviewDocument(await analyze(text)));
    const bars = barsOf(html);
    expect(bars).toHaveLength(15 + 1 + 2);
    const widths = bars.map(({ width }) => width);
    const sum = widths.slice(0, 16).reduce((a, b) => a + b, 0);
    expect(sum).toBeClose(widths[16] ?? 0, { rel: 0.01, abs: 0 });
    expect(result?.budget?.rows.length).toBe(31);
    expect(html).toContain('16 others together');
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

  it('a bar without bound ends with the chart', () => {
    const svg = tornado(
      [
        { label: 'a', low: -1, high: Number.POSITIVE_INFINITY, value: '' },
        { label: 'b', low: -1, high: 3, value: '' },
      ],
      { title: 't', tick },
    );
    const [a, b] = barsOf(svg);
    expect(svg).not.toMatch(/NaN|Infinity/);
    expect(a?.width).toBe(b?.width);
  });

  it('draws nothing that is not a number for no bars and for bars of zero', () => {
    for (const bars of [[], [{ label: 'a', low: 0, high: 0, value: '0 V' }]]) {
      expect(tornado(bars, { title: 't', tick })).not.toMatch(/NaN|Infinity/);
    }
  });
});
