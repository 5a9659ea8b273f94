// Port forms of up to eight parameters against all their vertices, with y = (I + H D)^-1 q by an elimination of its own.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Effort } from '../../src/numeric/effort.ts';
import { enclosure } from '../../src/numeric/enclosure.ts';
import { factorMMatrix, solveMMatrix, solveMMatrixTransposed } from '../../src/numeric/m-matrix.ts';
import { poleIn } from '../../src/numeric/pole-search.ts';
import { movedBy, type PortForm } from '../../src/numeric/port-form.ts';
import { maximum } from '../../src/numeric/vertex-search.ts';
import { SEED } from '../support/seed.ts';
import '../support/close.ts';

const RUNS = { seed: SEED, numRuns: 200 };
const PLENTY = 1e9;

const number = fc.noBias(fc.integer({ min: -1000, max: 1000 })).map((n) => n / 1000);

/** A form and the half-widths of its box; `most` scales the widths. */
const boxes = (most: number) =>
  fc.integer({ min: 1, max: 8 }).chain((m) =>
    fc
      .record({
        r: fc.array(number, { minLength: m, maxLength: m }),
        q: fc.array(number, { minLength: m, maxLength: m }),
        H: fc.array(number, { minLength: m * m, maxLength: m * m }),
        widths: fc.array(number, { minLength: m, maxLength: m }),
      })
      .map(({ r, q, H, widths }) => ({
        form: {
          size: m,
          value: 1,
          r: Float64Array.from(r),
          q: Float64Array.from(q),
          H: Float64Array.from(H),
        } satisfies PortForm,
        T: Float64Array.from(widths, (x) => most * Math.abs(x)),
      })),
  );

/** x = A\b with row pivoting, and det A. */
function solved(A: number[][], b: ArrayLike<number>) {
  const n = A.length;
  const rows = A.map((row, i) => [...row, b[i]!]);
  let determinant = 1;
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k; i < n; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[best]![k]!)) best = i;
    if (best !== k) determinant = -determinant;
    [rows[k], rows[best]] = [rows[best]!, rows[k]!];
    determinant *= rows[k]![k]!;
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j <= n; j++) rows[i]![j]! -= factor * rows[k]![j]!;
    }
  }
  return { x: rows.map((row, i) => row[n]! / row[i]!), determinant };
}

/** f(d) and det(I + H D). */
function at({ size: m, value, r, q, H }: PortForm, d: ArrayLike<number>) {
  const A = Array.from({ length: m }, (_, i) =>
    Array.from({ length: m }, (_x, j) => (i === j ? 1 : 0) + H[i * m + j]! * d[j]!),
  );
  const { x: y, determinant } = solved(A, q);
  return { value: y.reduce((f, yk, k) => f - r[k]! * d[k]! * yk, value), determinant };
}

function vertices(form: PortForm, T: Float64Array) {
  return Array.from({ length: 2 ** form.size }, (_, bits) =>
    at(
      form,
      Array.from(T, (width, k) => ((bits >> k) & 1 ? width : -width)),
    ),
  );
}

/** Whether all vertices are clear of a pole, or some on either side. */
function crossesPole(all: readonly { readonly determinant: number }[]): boolean | undefined {
  if (all.some(({ determinant }) => Math.abs(determinant) < 1e-6)) return undefined;
  return all.some(({ determinant }) => determinant < 0);
}

describe('on boxes of random port forms', () => {
  it('moving the form is evaluating it', () => {
    fc.assert(
      fc.property(boxes(0.2), ({ form, T }) => {
        const { form: there, factor } = movedBy(form, T);
        const { value, determinant } = at(form, T);
        fc.pre(determinant > 1e-3);
        expect(there.value).toBeClose(value, { rel: 1e-10, abs: 1e-10 });
        expect(factor).toBeClose(determinant, { rel: 1e-10, abs: 0 });
      }),
      RUNS,
    );
  });

  it.each([0.2, 1, 5])('a pole is found exactly where the sign changes: widths to %d', (most) => {
    fc.assert(
      fc.property(boxes(most), ({ form, T }) => {
        const crosses = crossesPole(vertices(form, T));
        fc.pre(crosses !== undefined);
        const verdict = poleIn(form, T, new Effort(PLENTY));
        expect(verdict.kind).toBe(crosses ? 'pole' : 'none');
        if (verdict.kind !== 'pole') return;
        // What is named crosses it alone.
        const others = Array.from(T, (width, k) => (verdict.crossing.includes(k) ? width : 0));
        const alone = vertices(form, Float64Array.from(others));
        expect(alone.some(({ determinant }) => determinant <= 1e-9)).toBe(true);
      }),
      RUNS,
    );
  });

  it.each([0.05, 0.3, 1])('the maximum is that of all vertices: widths to %d', (most) => {
    fc.assert(
      fc.property(boxes(most), ({ form, T }) => {
        const all = vertices(form, T);
        fc.pre(crossesPole(all) === false);
        const truth = Math.max(...all.map(({ value }) => value));
        const found = maximum(form, T, new Effort(PLENTY));
        expect(found.value).toBeClose(truth, { rel: 1e-9, abs: 1e-9 });
        expect(found.bound).toBe(found.value);
        const ends = Array.from(found.ends, (end, k) => end * T[k]!);
        expect(at(form, ends).value).toBeClose(truth, { rel: 1e-9, abs: 1e-9 });
      }),
      RUNS,
    );
  });

  it('with too little effort the maximum lies between the value and the bound', () => {
    let open = 0;
    fc.assert(
      fc.property(boxes(0.5), fc.nat({ max: 3000 }), ({ form, T }, effort) => {
        const all = vertices(form, T);
        fc.pre(crossesPole(all) === false);
        const truth = Math.max(...all.map(({ value }) => value));
        const { value, bound } = maximum(form, T, new Effort(effort));
        if (bound > value) open += 1;
        const rounding = 1e-9 * Math.max(1, Math.abs(truth));
        expect(value).toBeLessThanOrEqual(truth + rounding);
        expect(bound).toBeGreaterThanOrEqual(truth - rounding);
      }),
      RUNS,
    );
    expect(open).toBeGreaterThan(10);
  });

  it('certain slopes and bounds hold at every vertex', () => {
    fc.assert(
      fc.property(boxes(0.3), ({ form, T }) => {
        const certain = enclosure(form, T);
        fc.pre(certain !== undefined);
        const all = vertices(form, T);
        for (const { value, determinant } of all) {
          expect(determinant).toBeGreaterThan(0);
          expect(Math.abs(value - form.value)).toBeLessThanOrEqual(certain!.reach + 1e-12);
        }
        for (const [k, sign] of certain!.signs.entries()) {
          if (sign === 0 || T[k] === 0) continue;
          for (const [bits, low] of all.entries()) {
            if ((bits >> k) & 1) continue;
            const high = all[bits + 2 ** k]!;
            expect(sign * (high.value - low.value)).toBeGreaterThan(-1e-13);
            expect(high.value - low.value).toBeClose(0, {
              rel: 0,
              abs: 2.001 * certain!.effects[k]!,
            });
          }
        }
      }),
      RUNS,
    );
  });
});

describe('I - B', () => {
  it('is factored exactly if the spectral radius of B is below 1', () => {
    expect(factorMMatrix(Float64Array.of(0, 2, 0.49, 0), 2)).toBeDefined(); // rho = sqrt(0.98)
    expect(factorMMatrix(Float64Array.of(0, 2, 0.51, 0), 2)).toBeUndefined();
    expect(factorMMatrix(Float64Array.of(0.6, 0.4, 0.4, 0.6), 2)).toBeUndefined(); // rho = 1
  });

  it('is solved in both directions', () => {
    const lu = factorMMatrix(Float64Array.of(0.5, 0.25, 0, 0.5), 2)!; // inverse (2 1; 0 2)
    expect([...solveMMatrix(lu, Float64Array.of(1, 3))]).toEqual([5, 6]);
    expect([...solveMMatrixTransposed(lu, Float64Array.of(1, 3))]).toEqual([2, 7]);
  });
});
