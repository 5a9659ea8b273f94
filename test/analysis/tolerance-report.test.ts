// What tolerances look like from outside: JSON, text, CSV, and the remarks where there is nothing to show.

import { describe, expect, it } from 'vitest';
import { analysisDocument, analysisJson, analyze, renderCsv, renderText } from '../../src/index.ts';
import '../support/close.ts';

const DIVIDER = `divider
V1 a 0 2
R1 a b 1k
R2 b 0 1k
*@ tol R1 10%
*@ tol V1 1%
*@ output V(b)
`;

// biome-ignore lint/suspicious/noExplicitAny: an object of JSON
const jsonOf = async (text: string): Promise<any> =>
  JSON.parse(JSON.stringify(analysisJson(await analyze(text))));

describe('JSON', () => {
  it('extremes with their corners', async () => {
    const { extremes } = await jsonOf(DIVIDER);
    expect(extremes.status).toBe('proven');
    expect(extremes.low).toBeClose(1.98 / 2.1, { rel: 1e-15, abs: 0 });
    expect(extremes.high).toBeClose(2.02 / 1.9, { rel: 1e-15, abs: 0 });
    expect(extremes.corners).toEqual({
      low: { temperature: null, elements: { V1: 1.98, R1: 1100 }, opAmps: {} },
      high: { temperature: null, elements: { V1: 2.02, R1: 900 }, opAmps: {} },
    });
  });

  it('a row of the budget per element: what it does alone', async () => {
    const { budget } = await jsonOf(DIVIDER);
    const [r1, v1] = budget.rows;
    expect(r1).toMatchObject({ cause: 'tolerance', element: 'R1' });
    expect(r1.low).toBeClose(2 / 2.1 - 1, { rel: 1e-14, abs: 0 });
    expect(r1.high).toBeClose(2 / 1.9 - 1, { rel: 1e-14, abs: 0 });
    expect(r1.gain).toBeClose(-2 / 4 / 1e3, { rel: 1e-14, abs: 0 }); // d (V R2/(R1 + R2))/dR1
    expect(v1).toMatchObject({ cause: 'tolerance', element: 'V1', gain: 0.5 });
    expect(v1.worst).toBeClose(0.01, { rel: 1e-13, abs: 0 });
    expect(budget.elements.worstCase).toBeClose(2 / 1.9 - 1 + 0.01, { rel: 1e-13, abs: 0 });
    expect(budget.opAmps).toEqual({ low: 0, high: 0, worstCase: 0, rss: 0 });
    expect(budget.rss).toBeClose(Math.hypot(2 / 1.9 - 1, 0.01), { rel: 1e-13, abs: 0 });
  });

  it('nothing varies: no extremes', async () => {
    expect((await jsonOf('t\nV1 a 0 2\nR1 a 0 1k\n*@ output V(a)\n')).extremes).toBeNull();
  });

  it('a pole: no values, but the elements', async () => {
    const { extremes } = await jsonOf(`negative resistance
I1 0 a 1m
R1 a 0 1k
R2 a 0 -1.05k
*@ tol R1 10%
*@ output V(a)
`);
    expect(extremes).toEqual({
      low: null,
      high: null,
      status: 'pole_in_box',
      crossing: ['R1'],
      corners: { low: null, high: null },
    });
  });
});

describe('the report', () => {
  it('names the verdict and the corners', async () => {
    const text = renderText(analysisDocument(await analyze(DIVIDER)));
    expect(text).toMatch(/Extremes +942\.857 mV to 1\.06316 V .*proven/);
    expect(text).toMatch(/R1 +1 kΩ +1\.1 kΩ +900 Ω/);
  });

  it('CSV has the elements', async () => {
    const lines = renderCsv(await analyze(DIVIDER)).split('\r\n');
    expect(lines[0]).toBe('opAmp,cause,low,high,gain,worst,element');
    expect(lines[1]).toMatch(/^,tolerance,.*,R1$/);
  });

  it('non-linear elements: a remark instead of extremes', async () => {
    const analysis = await analyze(`diode
V1 a 0 2
R1 a b 1k
D1 b 0 DM
.model DM D
*@ tol R1 10%
*@ output V(b)
`);
    expect(analysis.result?.extremes).toBeNull();
    expect(analysis.diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toContain(
      'info tolerances_not_evaluated',
    );
  });
});
