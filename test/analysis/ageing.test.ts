// Initial tolerance, temperature coefficient and ageing of one element: three rows of the budget, and one factor
// (1 + t)(1 + tc dT)(1 + s) of its value in the extremes.

import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/index.ts';
import '../support/close.ts';

const DIVIDER = `divider
V1 a 0 2
R1 a b 1k
R2 b 0 1k
*@ tol R1 1% tc=+-100ppm age=0.2%
*@ temp 25 -75..125
*@ output V(b)
`;

const divider = (r1: number) => 2 / (1 + r1);

describe('ageing', () => {
  it('has a row of its own beside those of the tolerance and of the temperature', async () => {
    const { result } = await analyze(DIVIDER);
    const rows = new Map(result?.budget?.rows.map((row) => [row.cause, row]));
    expect([...rows.keys()]).toEqual(['tolerance', 'temperature', 'ageing']);
    for (const [cause, part] of [
      ['tolerance', 0.01],
      ['temperature', 0.01],
      ['ageing', 0.002],
    ] as const) {
      // 2/(2 + t) - 1; a factor 1 + t of 1.002 has lost three digits of t
      expect(rows.get(cause)?.low, cause).toBeClose(-part / (2 + part), { rel: 1e-12, abs: 0 });
      expect(rows.get(cause)?.high, cause).toBeClose(part / (2 - part), { rel: 1e-12, abs: 0 });
    }
  });

  it('is in the extremes', async () => {
    const extremes = (await analyze(DIVIDER)).result?.extremes;
    expect(extremes?.status).toBe('proven');
    const [low, high] = [divider(1.01 * 1.01 * 1.002), divider(0.99 * 0.99 * 0.998)];
    expect(extremes?.low?.value).toBeClose(low, { rel: 1e-14, abs: 0 });
    expect(extremes?.high?.value).toBeClose(high, { rel: 1e-14, abs: 0 });
  });

  it('is drawn with the samples of a Monte Carlo run', async () => {
    const count = 20_000;
    const { result } = await analyze(`source
V1 b 0 2
R1 b 0 1k
*@ tol V1 age=5%
*@ montecarlo ${count} seed=1 uniform
*@ output V(b)
`);
    const [found] = result?.statistics?.corners ?? [];
    // 2 (1 + s), s uniform to 5 %: within five standard errors, of kurtosis 9/5
    const deviation = 0.1 / Math.sqrt(3);
    const error = 5 / Math.sqrt(count);
    expect(found?.monteCarlo?.mean).toBeClose(2, { rel: 0, abs: error * deviation });
    expect(found?.monteCarlo?.standardDeviation).toBeClose(deviation, {
      rel: error * Math.sqrt(0.2),
      abs: 0,
    });
  });

  it('of one side only', async () => {
    const { result } = await analyze(DIVIDER.replace('1% tc=+-100ppm age=0.2%', 'age=0..2%'));
    const [row, ...others] = result?.budget?.rows ?? [];
    expect(others).toEqual([]);
    expect(row).toMatchObject({ cause: 'ageing', element: 'R1', high: 0 });
    expect(row?.low).toBeClose(divider(1.02) - 1, { rel: 1e-13, abs: 0 });
    expect(result?.extremes?.high?.value).toBe(1);
  });
});
