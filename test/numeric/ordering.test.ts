import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Graph, minimumDegree } from '../../src/numeric/minimum-degree.ts';
import { postorder } from '../../src/numeric/postorder.ts';
import { rowScale } from '../../src/numeric/scaling.ts';
import { analyse, symmetricPattern } from '../../src/numeric/symbolic.ts';
import { compress, TermsBuilder } from '../../src/numeric/terms.ts';
import { maximumTransversal } from '../../src/numeric/transversal.ts';
import { processorTime } from '../support/processor-time.ts';
import { grid, gridEdges, scaled, sparseTerms, termsOf } from './matrices.ts';

const isPermutation = (order: ArrayLike<number>) =>
  Array.from(order)
    .sort((a, b) => a - b)
    .every((value, k) => value === k);

const pattern = fc.integer({ min: 1, max: 25 }).chain((n) => {
  const index = fc.integer({ min: 0, max: n - 1 });
  return fc
    .array(fc.tuple(index, index), { maxLength: 4 * n })
    .map((positions) => ({ n, positions }));
});

function graphOf(n: number, edges: Iterable<readonly [number, number]>): Graph {
  const A = compress(
    termsOf(
      n,
      Array.from(edges, ([i, j]) => [i, j, 1] as const),
    ),
  );
  return symmetricPattern(
    A,
    Int32Array.from({ length: n }, (_, i) => i),
  );
}

/** Entries of the Cholesky factor below the diagonal when the graph is eliminated in this order, by brute force. */
function fill(graph: Graph, order: Int32Array): number {
  const near = Array.from(
    { length: graph.n },
    (_, i) => new Set(graph.neighbours.subarray(graph.pointers[i]!, graph.pointers[i + 1]!)),
  );
  let entries = 0;
  for (const p of order) {
    const clique = [...near[p]!];
    entries += clique.length;
    for (const i of clique) {
      near[i]!.delete(p);
      for (const j of clique) if (j !== i) near[i]!.add(j);
    }
  }
  return entries;
}

/** The size of a maximum matching by the textbook augmenting-path algorithm. */
function matchingSize(n: number, positions: readonly (readonly [number, number])[]): number {
  const columnOf = new Array<number>(n).fill(-1);
  const augment = (j: number, seen: Set<number>): boolean =>
    positions.some(([i, column]) => {
      if (column !== j || seen.has(i)) return false;
      seen.add(i);
      if (columnOf[i] !== -1 && !augment(columnOf[i]!, seen)) return false;
      columnOf[i] = j;
      return true;
    });
  let size = 0;
  for (let j = 0; j < n; j++) if (augment(j, new Set())) size++;
  return size;
}

describe('maximumTransversal', () => {
  it('is a permutation with as many entries as any matching', () => {
    fc.assert(
      fc.property(pattern, ({ n, positions }) => {
        const rowOf = maximumTransversal(
          compress(
            termsOf(
              n,
              positions.map(([i, j]) => [i, j, 1]),
            ),
          ),
        );
        expect(isPermutation(rowOf)).toBe(true);
        const present = new Set(positions.map(([i, j]) => i * n + j));
        const matched = Array.from(rowOf).filter((i, j) => present.has(i * n + j)).length;
        expect(matched).toBe(matchingSize(n, positions));
      }),
      { numRuns: 500 },
    );
  });

  it('has maximum size whatever the strengths', () => {
    fc.assert(
      fc.property(
        pattern,
        fc.infiniteStream(fc.constantFrom(0, 1e-9, 1)),
        ({ n, positions }, stream) => {
          const unique = [
            ...new Map(positions.map(([i, j]) => [i * n + j, [i, j] as const])).values(),
          ];
          const triplets = unique.map(([i, j]) => [i, j, stream.next().value as number] as const);
          const rowOf = maximumTransversal(compress(termsOf(n, triplets)));
          const entries = new Map(triplets.map(([i, j, value]) => [i * n + j, value]));
          const matched = Array.from(rowOf, (i, j) => entries.get(i * n + j));
          expect(isPermutation(rowOf)).toBe(true);
          expect(matched.filter((value) => value !== undefined).length).toBe(
            matchingSize(n, unique),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps a strong diagonal and avoids weak entries', () => {
    expect(Array.from(maximumTransversal(compress(grid(4, 4, () => 1))))).toEqual([
      ...Array(16).keys(),
    ]);
    // V source between node 0 and ground: unknowns (v0, v1, i); the 1e-3 S diagonal of node 0 is weak beside ±1
    const A = compress(
      termsOf(3, [
        [0, 0, 1e-3],
        [0, 1, -1e-3],
        [1, 0, -1e-3],
        [1, 1, 2e-3],
        [0, 2, 1],
        [2, 0, 1],
      ]),
    );
    expect(Array.from(maximumTransversal(A))).toEqual([2, 1, 0]);
  });

  it('is fast where many columns have no strong row', () => {
    const n = 20000; // two columns compete for each strong row
    const builder = new TermsBuilder(n);
    for (let j = 0; j < n; j++) {
      builder.add(j >> 1, j, 1);
      builder.add(n - 1 - (j >> 1), j, 1e-6);
      if (j > 1) builder.add((j >> 1) - 1, j, 1);
    }
    const start = processorTime();
    expect(isPermutation(maximumTransversal(compress(builder.build())))).toBe(true);
    expect(processorTime() - start).toBeLessThan(1000);
  });
});

describe('minimumDegree', () => {
  it('is a permutation of any graph', () => {
    fc.assert(
      fc.property(pattern, ({ n, positions }) => {
        expect(isPermutation(minimumDegree(graphOf(n, positions)))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('makes no fill in trees', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 16 }), fc.infiniteStream(fc.nat()), (n, random) => {
        const edges = Array.from(
          { length: n - 1 },
          (_, i) => [i + 1, (random.next().value as number) % (i + 1)] as const,
        );
        const graph = graphOf(n, edges);
        expect(fill(graph, minimumDegree(graph))).toBe(n - 1);
      }),
    );
  });

  it('fills no more than 1.1 times exact minimum degree on random graphs, in sum', () => {
    let ours = 0;
    let exact = 0;
    fc.assert(
      fc.property(pattern, ({ n, positions }) => {
        const graph = graphOf(n, positions);
        ours += fill(graph, minimumDegree(graph));
        exact += fill(graph, exactMinimumDegree(graph));
      }),
      { numRuns: 300 },
    );
    expect(ours).toBeLessThanOrEqual(1.1 * exact);
  });

  it('eliminates a clique, a star, an empty graph and none', () => {
    const all = [...Array(40).keys()];
    expect(
      isPermutation(
        minimumDegree(
          graphOf(
            40,
            all.flatMap((i) => all.map((j) => [i, j] as const)),
          ),
        ),
      ),
    ).toBe(true);
    const star = graphOf(
      2000,
      Array.from({ length: 1999 }, (_, i) => [0, i + 1] as const),
    );
    const order = minimumDegree(star);
    expect(isPermutation(order)).toBe(true);
    expect(order[1999]).toBe(0); // the supply rail comes last
    expect(isPermutation(minimumDegree(graphOf(5, [])))).toBe(true);
    expect(minimumDegree(graphOf(0, [])).length).toBe(0);
  });

  it('orders a 70 x 70 grid with little fill', () => {
    const graph = graphOf(4900, gridEdges(70, 70));
    const order = minimumDegree(graph);
    expect(isPermutation(order)).toBe(true);
    // Nested dissection: 31/4 n log2 n = 465 000 at worst (George 1973); minimum degree does much better at this size.
    expect(fill(graph, order)).toBeLessThan(100_000);
  });
});

function exactMinimumDegree(graph: Graph): Int32Array {
  const near = Array.from(
    { length: graph.n },
    (_, i) => new Set(graph.neighbours.subarray(graph.pointers[i]!, graph.pointers[i + 1]!)),
  );
  const left = new Set(near.keys());
  const order: number[] = [];
  while (left.size > 0) {
    const p = [...left].reduce((best, i) => (near[i]!.size < near[best]!.size ? i : best));
    left.delete(p);
    order.push(p);
    for (const i of near[p]!) {
      near[i]!.delete(p);
      for (const j of near[p]!) if (j !== i) near[i]!.add(j);
    }
  }
  return Int32Array.from(order);
}

describe('analyse', () => {
  it('pairs a permutation of the columns with a permutation of the rows', () => {
    fc.assert(
      fc.property(sparseTerms(scaled(-15, 3), 20), (terms) => {
        const { columnOrder, rowPreference } = analyse(compress(terms));
        expect(isPermutation(columnOrder)).toBe(true);
        expect(isPermutation(rowPreference)).toBe(true);
      }),
    );
  });
});

describe('rowScale', () => {
  it('is the power of two that brings each row to [1, 2)', () => {
    fc.assert(
      fc.property(sparseTerms(scaled(-250, 250)), (terms) => {
        const A = compress(terms);
        const scale = rowScale(A);
        const largest = new Float64Array(A.n);
        A.values.forEach((value, p) => {
          const i = A.rowIndices[p]!;
          largest[i] = Math.max(largest[i]!, Math.abs(value * scale[i]!));
        });
        for (let i = 0; i < A.n; i++) {
          expect(Number.isInteger(Math.log2(scale[i]!))).toBe(true);
          if (largest[i] === 0) expect(scale[i]).toBe(1);
          else expect(largest[i]! >= 1 && largest[i]! < 2).toBe(true);
        }
      }),
    );
  });
});

describe('postorder', () => {
  it('puts every node after its children and keeps subtrees together', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fc.infiniteStream(fc.nat()), (n, random) => {
        const parent = Int32Array.from({ length: n }, (_, i) => {
          const r = (random.next().value as number) % (n - i);
          return r === 0 ? -1 : i + r;
        });
        const order = postorder(
          parent,
          Int32Array.from({ length: n }, (_, i) => i),
        );
        expect(isPermutation(order)).toBe(true);
        const place = new Int32Array(n);
        const weight = new Int32Array(n).fill(1);
        order.forEach((i, k) => {
          place[i] = k;
        });
        for (let i = 0; i < n; i++) if (parent[i] !== -1) weight[parent[i]!]! += weight[i]!;
        for (let i = 0; i < n; i++) {
          if (parent[i] === -1) continue;
          expect(place[i]).toBeLessThan(place[parent[i]!]!);
          expect(place[i]! - weight[i]!).toBeGreaterThanOrEqual(
            place[parent[i]!]! - weight[parent[i]!]!,
          );
        }
      }),
    );
  });
});
