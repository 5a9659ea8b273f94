// Bounds over what moves many values at once, on circuits whose output has its maximum between the corners tried.

import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';

const extremesOf = async (text: string) => (await analyze(text)).result!.extremes!;

// With r = R1/R = R2/R the output is r/(1 + r)^2: 1/4 at r = 1, less to both sides.
const twoDividers = (resistance: number, lines: string) => `two dividers of one lot
V1 in 0 1
R1 a 0 ${resistance}
R3 in a 1k
E1 b 0 a 0 1
R4 out 0 1k
R2 b out ${resistance}
*@ output V(out)
${lines}
`;

const output = (r: number) => r / (1 + r) ** 2;

describe('bounds between the corners', () => {
  it('hold the maximum of a lot', async () => {
    const match = '*@ tol R1 5%\n*@ tol R2 5%\n*@ match R1 R2 0.0001%';
    const { status, low, high, bounds } = await extremesOf(twoDividers(1020, match));
    expect(status).toBe('bounded');
    // The corners tried are r = 1.02 and about 0.969 and 1.071.
    expect(high?.value).toBeLessThan(0.25);
    expect(bounds!.high).toBeGreaterThanOrEqual(0.25);
    // One box in which R1 and R2 move alone would have 1.071/2.071 * 1/1.969 = 0.2626.
    expect(bounds!.high).toBeLessThan(0.2505);
    expect(bounds!.low).toBeLessThanOrEqual(low!.value);
    expect(bounds!.low).toBeGreaterThan(low!.value - 2e-4);
    expect(low!.value).toBeCloseTo(output(1.02 * 1.05), 5);
  });

  it('hold the maximum over the temperature where all coefficients are known', async () => {
    // r = 1.02 (1 - 500 ppm (T - 25)): 1 at 64.2 degrees, between the corners at -40, 25 and 125.
    const warm = '*@ temp 25 -40..125\n*@ tol R1 0% tc=-500ppm\n*@ tol R2 0% tc=-500ppm';
    const { status, high, bounds } = await extremesOf(twoDividers(1020, warm));
    expect(status).toBe('bounded');
    expect(high?.value).toBeLessThan(0.25);
    expect(bounds!.high).toBeGreaterThanOrEqual(0.25);
    // One box: 1.053/2.053 * 1/1.969 = 0.2605.
    expect(bounds!.high).toBeLessThan(0.2505);
  });

  it('cover two lots and the temperature together: no combination is beyond', async () => {
    const lines = `*@ temp 25 -40..125
*@ tol R* 2% tc=+-200ppm
*@ match R1 R3 0.1%
*@ match R2 R4 0.1%`;
    const { bounds } = await extremesOf(twoDividers(1300, lines));
    const values: number[] = [];
    const ends = [-1, -0.3, 0.4, 1];
    for (const rise of [-65, -20, 30, 100]) {
      for (const [s, t, u, v] of ends.flatMap((s) =>
        ends.flatMap((t) => ends.flatMap((u) => ends.map((v) => [s, t, u, v] as const))),
      )) {
        const [first, second] = [1 + 0.0195 * s, 1 + 0.0195 * t];
        const factor = (w: number) => (1 + 0.0005 * w) * (1 + 200 * w * 1e-6 * rise);
        const [r1, r3] = [1300 * first * factor(u), 1000 * first * factor(-u)];
        const [r2, r4] = [1300 * second * factor(v), 1000 * second * factor(-v)];
        values.push((r1 / (r1 + r3)) * (r4 / (r2 + r4)));
      }
    }
    expect(bounds!.high).toBeGreaterThanOrEqual(Math.max(...values));
    expect(bounds!.low).toBeLessThanOrEqual(Math.min(...values));
  });
});
