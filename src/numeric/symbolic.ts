// Analysis of a pattern: in which order to eliminate the columns, and which row each column would like as its pivot.
//
// P A is given a zero-free diagonal of strong entries (maximum transversal), then minimum degree orders the symmetric
// pattern of P A + (P A)ᵀ, which bounds the fill of an LU whose pivots stay on that diagonal. The analysis depends on the
// values of A only through "strong", and serves every matrix of the same pattern.

import { analyseFronts, type FrontAnalysis } from './front-pattern.ts';
import { type Graph, minimumDegree } from './minimum-degree.ts';
import type { SparseMatrix } from './terms.ts';
import { maximumTransversal } from './transversal.ts';

export interface Symbolic {
  readonly n: number;
  readonly columnOrder: Int32Array; // (n) column eliminated in step k
  readonly rowPreference: Int32Array; // (n) row preferred as the pivot of step k
  /** Made when they are asked for. */
  readonly fronts: FrontAnalysis;
}

/** Orders A for sparse factors. A structurally singular A is ordered too; factoring it throws. */
export function analyse(A: SparseMatrix): Symbolic {
  const rowOf = maximumTransversal(A);
  const columnOrder = minimumDegree(symmetricPattern(A, rowOf));
  let known: FrontAnalysis | undefined;
  return {
    n: A.n,
    columnOrder,
    rowPreference: columnOrder.map((j) => rowOf[j]!),
    get fronts() {
      known ??= analyseFronts(symmetricPattern(A, rowOf), columnOrder);
      return known;
    },
  };
}

/** The pattern of P A + (P A)ᵀ without its diagonal, where P moves row rowOf[j] to row j. */
export function symmetricPattern(A: SparseMatrix, rowOf: Int32Array): Graph {
  const { n, columnPointers, rowIndices } = A;
  const columnOf = new Int32Array(n);
  for (let j = 0; j < n; j++) columnOf[rowOf[j]!] = j;

  const next = new Int32Array(n + 1);
  for (let j = 0; j < n; j++) {
    for (let p = columnPointers[j]!; p < columnPointers[j + 1]!; p++) {
      const i = columnOf[rowIndices[p]!]!;
      if (i === j) continue;
      next[i + 1]!++;
      next[j + 1]!++;
    }
  }
  for (let j = 0; j < n; j++) next[j + 1]! += next[j]!;
  const begin = next.slice();
  const both = new Int32Array(next[n]!); // (i, j) and (j, i): twice where A is structurally symmetric
  for (let j = 0; j < n; j++) {
    for (let p = columnPointers[j]!; p < columnPointers[j + 1]!; p++) {
      const i = columnOf[rowIndices[p]!]!;
      if (i === j) continue;
      both[next[i]!++] = j;
      both[next[j]!++] = i;
    }
  }

  const pointers = new Int32Array(n + 1);
  const seen = new Int32Array(n).fill(-1);
  let count = 0;
  for (let j = 0; j < n; j++) {
    for (let p = begin[j]!; p < begin[j + 1]!; p++) {
      const i = both[p]!;
      if (seen[i] === j) continue;
      seen[i] = j;
      both[count++] = i;
    }
    pointers[j + 1] = count;
  }
  return { n, pointers, neighbours: both.slice(0, count) };
}
