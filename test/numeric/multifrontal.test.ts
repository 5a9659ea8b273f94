// Fronts against the definition, P R A Q = L U, and against elimination with pivoting; what is refused; supernodes.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../support/close.ts';
import { plainFrontKernel, wasmFrontKernel } from '../../src/numeric/front-kernel.ts';
import { analyseFronts } from '../../src/numeric/front-pattern.ts';
import { factor, type Lu, refactor, solve, solveTransposed } from '../../src/numeric/lu.ts';
import { multifrontal } from '../../src/numeric/multifrontal.ts';
import { supernodes } from '../../src/numeric/supernodes.ts';
import { analyse, symmetricPattern } from '../../src/numeric/symbolic.ts';
import { compress, type SparseMatrix } from '../../src/numeric/terms.ts';
import { SEED } from '../support/seed.ts';
import { grid, scaled, sparseTerms, termsOf, times } from './matrices.ts';

const ohms = (edge: number) => 1 + (edge % 5);

const norm = (v: Iterable<number>) => Math.max(0, ...Array.from(v, Math.abs));

const factored = (A: SparseMatrix): Lu | undefined => multifrontal(A, analyse(A));

/** max |P R A Q - L U| */
function defect(A: SparseMatrix, lu: Lu): number {
  const { n } = A;
  const dense = (triangle: Lu['lower']) => {
    const columns = Array.from({ length: n }, () => new Float64Array(n));
    for (let j = 0; j < n; j++) {
      for (let p = triangle.pointers[j]!; p < triangle.pointers[j + 1]!; p++) {
        columns[j]![triangle.indices[p]!] = triangle.values[p]!;
      }
    }
    return columns;
  };
  const [L, U] = [dense(lu.lower), dense(lu.upper)];
  let worst = 0;
  for (let j = 0; j < n; j++) {
    const wanted = new Float64Array(n);
    const column = lu.columnOrder[j]!;
    for (let p = A.columnPointers[column]!; p < A.columnPointers[column + 1]!; p++) {
      const row = A.rowIndices[p]!;
      wanted[lu.rowOrder.indexOf(row)]! += lu.rowScale[row]! * A.values[p]!;
    }
    for (let i = 0; i < n; i++) {
      // L is below its diagonal of ones, U above its pivots.
      let product = i <= j ? (i === j ? lu.pivots[i]! : U[j]![i]!) : 0;
      for (let k = 0; k < i && k <= j; k++)
        product += L[k]![i]! * (k === j ? lu.pivots[k]! : U[j]![k]!);
      worst = Math.max(worst, Math.abs(product - wanted[i]!));
    }
  }
  return worst;
}

const matrices = sparseTerms(fc.oneof(scaled(-1, 1), fc.constantFrom(1, -1, 0.5)), 14);

describe('multifrontal', () => {
  it('gives P R A Q = L U to rounding, or refuses', () => {
    let found = 0;
    fc.assert(
      fc.property(matrices, (terms) => {
        const A = compress(terms);
        const lu = factored(A);
        if (lu === undefined) return;
        found += 1;
        // Multipliers of up to 1000 may multiply on the way.
        const growth = norm(lu.lower.values) * norm([...lu.upper.values, ...lu.pivots]);
        expect(defect(A, lu)).toBeLessThan(1e-13 * Math.max(1, growth) * A.n);
        expect([...lu.rowOrder].sort((a, b) => a - b)).toEqual([...Array(A.n).keys()]);
      }),
      { seed: SEED, numRuns: 300 },
    );
    expect(found).toBeGreaterThan(100);
  });

  it('solves grids as elimination with pivoting does, and their transposes', () => {
    for (const side of [3, 10, 40]) {
      const A = compress(grid(side, side, ohms));
      const [lu, pivoted] = [factored(A)!, factor(A, analyse(A))];
      const x = Float64Array.from({ length: A.n }, (_, i) => Math.sin(3 * i));
      const b = times(A, x);
      const close = 1e-10 * norm(x);
      solve(lu, b).forEach((value, i) => {
        expect(Math.abs(value - x[i]!)).toBeLessThan(close);
      });
      const [y, z] = [solveTransposed(lu, b), solveTransposed(pivoted, b)];
      y.forEach((value, i) => {
        expect(Math.abs(value - z[i]!)).toBeLessThan(1e-9 * norm(z));
      });
    }
  });

  it('has the same bits with and without WebAssembly', () => {
    let found = 0;
    fc.assert(
      fc.property(sparseTerms(scaled(-1, 1), 40), (terms) => {
        const A = compress(terms);
        const symbolic = analyse(A);
        const [fast, plain] = [wasmFrontKernel, plainFrontKernel].map((kernel) =>
          multifrontal(A, symbolic, (doubles) => kernel(doubles)!),
        );
        expect(fast).toEqual(plain);
        if (fast !== undefined) found += 1;
      }),
      { seed: SEED, numRuns: 100 },
    );
    expect(found).toBeGreaterThan(30);
    const A = compress(grid(40, 40, ohms));
    const symbolic = analyse(A);
    expect(multifrontal(A, symbolic, plainFrontKernel)).toEqual(multifrontal(A, symbolic));
  });

  it('has a pattern that other values can be put into', () => {
    const A = compress(grid(12, 9, ohms));
    const other = { ...A, values: A.values.map((value, p) => value * (1 + 0.1 * Math.sin(p))) };
    const again = refactor(factored(A)!, other);
    const x = Float64Array.from({ length: A.n }, (_, i) => 1 + (i % 7));
    solve(again, times(other, x)).forEach((value, i) => {
      expect(value).toBeClose(x[i]!, { rel: 1e-9, abs: 0 });
    });
  });

  it('refuses pivots that vanish, or are far too small for their columns', () => {
    const matrix = (last: number) =>
      compress(
        termsOf(3, [
          [0, 0, 1],
          [0, 1, 1],
          [1, 0, 1],
          [1, 1, last],
          [1, 2, 1],
          [2, 1, 1],
          [2, 2, 1e-9],
        ]),
      );
    const order = Int32Array.of(0, 1, 2);
    const inOrder = (A: SparseMatrix) =>
      multifrontal(A, {
        n: 3,
        columnOrder: order,
        rowPreference: order,
        fronts: analyseFronts(symmetricPattern(A, order), order),
      });
    expect(inOrder(matrix(1))).toBeUndefined();
    expect(inOrder(matrix(1 + 1e-6))).toBeUndefined();
    expect(inOrder(matrix(3))).toBeDefined();
  });
});

describe('supernodes', () => {
  it('cover every column once, with the rows of what is below it, and stay few', () => {
    const A = compress(grid(20, 20, ohms));
    const symbolic = analyse(A);
    const rowOf = new Int32Array(A.n);
    symbolic.columnOrder.forEach((column, k) => {
      rowOf[column] = symbolic.rowPreference[k]!;
    });
    const graph = symmetricPattern(A, rowOf);
    const { order, first, below, children } = supernodes(graph, symbolic.columnOrder);
    expect([...order].sort((a, b) => a - b)).toEqual([...Array(A.n).keys()]);
    expect([first[0], first.at(-1), first.length]).toEqual([0, A.n, below.length + 1]);
    expect(below.length).toBeLessThan(0.6 * A.n);
    // Every supernode but the roots is the child of one.
    const roots = below.filter(({ length }) => length === 0).length;
    expect(children.reduce((sum, count) => sum + count, 0)).toBe(below.length - roots);
    const place = new Int32Array(A.n);
    order.forEach((node, k) => {
      place[node] = k;
    });
    for (const [s, rows] of below.entries()) {
      const there = new Set(rows);
      expect([...rows]).toEqual([...there].sort((a, b) => a - b));
      for (let k = first[s]!; k < first[s + 1]!; k++) {
        const node = order[k]!;
        for (let p = graph.pointers[node]!; p < graph.pointers[node + 1]!; p++) {
          const row = place[graph.neighbours[p]!]!;
          if (row >= first[s + 1]!) expect(there.has(row)).toBe(true);
        }
      }
    }
  });

  it('hold few zeros where none of their columns are alike: a chain stays narrow', () => {
    const n = 1000;
    const terms = termsOf(
      n,
      Array.from({ length: n }, (_, i): [number, number, number][] => [
        [i, i, 4],
        [i, Math.max(0, i - 1), -1],
        [Math.max(0, i - 1), i, -1],
      ]).flat(),
    );
    const A = compress(terms);
    expect(factored(A)!.lower.values.length).toBeLessThan(8 * n);
  });
});
