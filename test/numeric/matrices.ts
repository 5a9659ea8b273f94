// Matrices for the tests of src/numeric: random sparse ones with exact images, and resistor grids.

import fc from 'fast-check';
import { reciprocal } from '../../src/numeric/double-double.ts';
import { type SparseMatrix, type Terms, TermsBuilder } from '../../src/numeric/terms.ts';
import { add, fromNumbers, type Rational, ZERO } from '../support/rational.ts';

/** [row, column, value] */
export type Triplet = readonly [row: number, column: number, value: number];

export function termsOf(n: number, triplets: Iterable<Triplet>): Terms {
  const builder = new TermsBuilder(n);
  for (const [i, j, value] of triplets) builder.add(i, j, value);
  return builder.build();
}

/** The exact sum of the terms, by rows. */
export function exactMatrix({ n, rows, columns, high, low }: Terms): Rational[][] {
  const A = Array.from({ length: n }, () => new Array<Rational>(n).fill(ZERO));
  for (let t = 0; t < rows.length; t++) {
    A[rows[t]!]![columns[t]!] = add(A[rows[t]!]![columns[t]!]!, fromNumbers(high[t]!, low[t]!));
  }
  return A;
}

export function transposed<T>(A: readonly (readonly T[])[]): T[][] {
  return A.map((_, i) => A.map((row) => row[i]!));
}

/** A x, in doubles. */
export function times(A: SparseMatrix, x: ArrayLike<number>): Float64Array {
  const y = new Float64Array(A.n);
  for (let j = 0; j < A.n; j++) {
    for (let p = A.columnPointers[j]!; p < A.columnPointers[j + 1]!; p++) {
      y[A.rowIndices[p]!]! += A.values[p]! * x[j]!;
    }
  }
  return y;
}

/** ±m 10^e with 1 <= m < 10 and e uniform in [low, high]. */
export function scaled(low: number, high: number): fc.Arbitrary<number> {
  return fc
    .tuple(
      fc.double({ min: 1, max: 10, noNaN: true }),
      fc.integer({ min: low, max: high }),
      fc.boolean(),
    )
    .map(([m, e, negative]) => (negative ? -m : m) * 10 ** e);
}

/** Random sparse matrices as terms (n x n): a hidden permutation of non-zeros keeps most of them regular. */
export function sparseTerms(value: fc.Arbitrary<number>, maxN = 9): fc.Arbitrary<Terms> {
  return fc.integer({ min: 1, max: maxN }).chain((n) => {
    const index = fc.integer({ min: 0, max: n - 1 });
    return fc
      .tuple(
        fc.shuffledSubarray([...Array(n).keys()], { minLength: n, maxLength: n }),
        fc.array(value, { minLength: n, maxLength: n }),
        fc.array(fc.tuple(index, index, value), { maxLength: 3 * n }),
      )
      .map(([permutation, diagonal, others]) =>
        termsOf(n, [...permutation.map((i, j): Triplet => [i, j, diagonal[j]!]), ...others]),
      );
  });
}

/** Resistor networks with one-sided ground (n nodes): a random spanning tree plus chords. */
export function resistorNetwork(ohms: fc.Arbitrary<number>, maxN = 9): fc.Arbitrary<Terms> {
  return fc.integer({ min: 1, max: maxN }).chain((n) => {
    const node = fc.integer({ min: -1, max: n - 1 });
    return fc
      .tuple(
        fc.tuple(...Array.from({ length: n }, (_, i) => fc.integer({ min: -1, max: i - 1 }))),
        fc.array(ohms, { minLength: n, maxLength: n }),
        fc.array(fc.tuple(node, node, ohms), { maxLength: 2 * n }),
      )
      .map(([above, tree, chords]) => {
        const builder = new TermsBuilder(n);
        above.forEach((j, i) => {
          stampResistor(builder, i, j, tree[i]!);
        });
        for (const [i, j, R] of chords) if (i !== j) stampResistor(builder, i, j, R);
        return builder.build();
      });
  });
}

export function stampResistor(builder: TermsBuilder, i: number, j: number, ohms: number): void {
  const [high, low] = reciprocal(Math.abs(ohms));
  builder.add(i, i, high, low);
  builder.add(j, j, high, low);
  builder.add(i, j, -high, -low);
  builder.add(j, i, -high, -low);
}

/** The edges of a width x height grid; node (x, y) is y width + x. */
export function gridEdges(width: number, height: number): [number, number][] {
  const edges: [number, number][] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (x + 1 < width) edges.push([y * width + x, y * width + x + 1]);
      if (y + 1 < height) edges.push([y * width + x, (y + 1) * width + x]);
    }
  }
  return edges;
}

/** A grid of resistors whose first node is tied to ground. */
export function grid(width: number, height: number, ohms: (edge: number) => number): Terms {
  const builder = new TermsBuilder(width * height);
  gridEdges(width, height).forEach(([i, j], edge) => {
    stampResistor(builder, i, j, ohms(edge));
  });
  stampResistor(builder, 0, -1, 1);
  return builder.build();
}
