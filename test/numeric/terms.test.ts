import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compress, TermsBuilder } from '../../src/numeric/terms.ts';
import { toNumber } from '../support/rational.ts';
import { exactMatrix, scaled, sparseTerms } from './matrices.ts';

describe('compress', () => {
  it('holds the rounded exact sum of each position, rows ascending', () => {
    fc.assert(
      fc.property(sparseTerms(scaled(-15, 3)), (terms) => {
        const A = compress(terms);
        const exact = exactMatrix(terms);
        const positions = new Set(Array.from(terms.rows, (i, t) => `${i},${terms.columns[t]}`));
        expect(A.values.length).toBe(positions.size);
        expect(A.columnPointers[0]).toBe(0);
        expect(A.columnPointers[A.n]).toBe(A.values.length);
        for (let j = 0; j < A.n; j++) {
          for (let p = A.columnPointers[j]!; p < A.columnPointers[j + 1]!; p++) {
            if (p > A.columnPointers[j]!)
              expect(A.rowIndices[p]).toBeGreaterThan(A.rowIndices[p - 1]!);
            expect(positions.has(`${A.rowIndices[p]},${j}`)).toBe(true);
            expect(A.values[p] === toNumber(exact[A.rowIndices[p]!]![j]!)).toBe(true);
          }
        }
      }),
    );
  });

  it('sums in double-double and keeps positions that cancel', () => {
    const builder = new TermsBuilder(2);
    for (const value of [1e3, 1e-15, -1e3]) builder.add(0, 0, value);
    builder.add(1, 0, 1, 2 ** -60);
    builder.add(1, 0, -1, -(2 ** -60));
    builder.add(1, 1, 0);
    const A = compress(builder.build());
    expect(Array.from(A.columnPointers)).toEqual([0, 2, 3]);
    expect(Array.from(A.rowIndices)).toEqual([0, 1, 1]);
    expect(Array.from(A.values)).toEqual([1e-15, 0, 0]);
  });
});

describe('TermsBuilder', () => {
  it('drops ground and refuses what is no entry', () => {
    const builder = new TermsBuilder(2);
    builder.add(-1, 0, 1);
    builder.add(1, -1, 1);
    builder.add(-1, -1, 1);
    expect(builder.build().rows.length).toBe(0);
    expect(() => builder.add(2, 0, 1)).toThrow('Position (2, 0) is outside a matrix of order 2.');
    expect(() => builder.add(0, -2, 1)).toThrow(RangeError);
    expect(() => builder.add(0.5, 0, 1)).toThrow(RangeError);
    expect(() => builder.add(0, 0, Number.NaN)).toThrow('must be finite');
    expect(() => builder.add(-1, 0, Number.POSITIVE_INFINITY)).toThrow('must be finite');
  });

  it('grows, and what it has built stays', () => {
    const builder = new TermsBuilder(1000);
    for (let i = 0; i < 500; i++) builder.add(i, i, i + 1);
    const before = builder.build();
    for (let i = 500; i < 1000; i++) builder.add(i, i, i + 1);
    expect(before.rows.length).toBe(500);
    expect(Array.from(compress(builder.build()).values)).toEqual(
      Array.from({ length: 1000 }, (_, i) => i + 1),
    );
  });
});
