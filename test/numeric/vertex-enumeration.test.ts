// All vertices as a tree against every vertex solved on its own, and poles.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../support/close.ts';
import type { PortForm } from '../../src/numeric/port-form.ts';
import { extremesOfVertices } from '../../src/numeric/vertex-enumeration.ts';
import { SEED } from '../support/seed.ts';

/** f(d) = f(0) - r' D (I + H D)^-1 q by Gauss-Jordan. */
function valueAt({ size: m, value, r, q, H }: PortForm, d: readonly number[]): number {
  const rows = Array.from({ length: m }, (_, i) => [
    ...Array.from({ length: m }, (_, j) => (i === j ? 1 : 0) + H[i * m + j]! * d[j]!),
    q[i]!,
  ]);
  for (let k = 0; k < m; k++) {
    let best = k;
    for (let i = k; i < m; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[best]![k]!)) best = i;
    [rows[k], rows[best]] = [rows[best]!, rows[k]!];
    for (let i = 0; i < m; i++) {
      if (i === k) continue;
      const factor = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j <= m; j++) rows[i]![j]! -= factor * rows[k]![j]!;
    }
  }
  return rows.reduce((sum, row, k) => sum - (r[k]! * d[k]! * row[m]!) / row[k]!, value);
}

const forms = fc
  .integer({ min: 1, max: 7 })
  .chain((m) => {
    const number = fc.double({ min: -1, max: 1, noNaN: true });
    const some = (n: number) => fc.array(number, { minLength: n, maxLength: n });
    return fc.record({ m: fc.constant(m), r: some(m), q: some(m), H: some(m * m), T: some(m) });
  })
  .map(({ m, r, q, H, T }) => ({
    form: {
      size: m,
      value: 0.5,
      r: Float64Array.from(r),
      q: Float64Array.from(q),
      // No row reaches 1: the determinant keeps its sign.
      H: Float64Array.from(H, (h) => (0.9 * h) / m),
    },
    T: Float64Array.from(T, (t) => (Math.abs(t) < 0.1 ? 0 : Math.abs(t))),
  }));

describe('all vertices', () => {
  it('have the extremes of those that are solved one by one', () => {
    fc.assert(
      fc.property(forms, ({ form, T }) => {
        const { size: m } = form;
        const all = Array.from({ length: 2 ** m }, (_, bits) =>
          valueAt(
            form,
            [...T].map((t, k) => ((bits >> k) & 1 ? t : -t)),
          ),
        );
        const found = extremesOfVertices(form, T)!;
        const close = { rel: 1e-11, abs: 1e-12 };
        expect(found.low.value).toBeClose(Math.min(...all), close);
        expect(found.high.value).toBeClose(Math.max(...all), close);
        for (const { value, ends } of [found.low, found.high]) {
          expect(
            valueAt(
              form,
              [...T].map((t, k) => ends[k]! * t),
            ),
          ).toBeClose(value, close);
          ends.forEach((end, k) => {
            expect(Math.abs(end)).toBe(T[k]! > 0 ? 1 : 0);
          });
        }
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('are none where the determinant changes its sign, at whatever level', () => {
    const form = (H: readonly number[]): PortForm => ({
      size: 3,
      value: 0,
      r: new Float64Array(3).fill(1),
      q: new Float64Array(3).fill(1),
      H: Float64Array.from(H),
    });
    const T = new Float64Array(3).fill(0.5);
    for (const k of [0, 1, 2]) {
      const H = new Array<number>(9).fill(0);
      H[4 * k] = 2.5;
      expect(extremesOfVertices(form(H), T)).toBeUndefined();
    }
    expect(extremesOfVertices(form(new Array<number>(9).fill(0)), T)?.high.value).toBe(1.5);
  });

  it('of nothing are the value itself', () => {
    const empty = new Float64Array(0);
    const form = { size: 0, value: 3, r: empty, q: empty, H: empty };
    expect(extremesOfVertices(form, empty)).toMatchObject({
      low: { value: 3 },
      high: { value: 3 },
    });
  });
});
