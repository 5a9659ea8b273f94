/**
 * The algebra of the K op amps (theory D11, D12, Th. 4): is the equilibrium that the equations have
 * one that the circuit can stay in? F < 0 means a natural frequency with positive real part for any
 * capacitors and gain-bandwidth products. Everything here is K x K and dense: ml-matrix.
 */

import { determinant, EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { OpAmp } from '../circuit/circuit.ts';
import type { Solver } from '../mna/solver.ts';
import type { DeadNetwork } from './dead-network.ts';

/** Below this relative size a difference of two feedback factors is a zero (theory section 4). */
const RELATIVE_ZERO = 1e-9;
/** All principal minors are 2^K; beyond this K only those up to the third order are looked at. */
const ALL_MINORS = 10;
const PARTIAL_ORDER = 3;
/** Beyond this K the dense algebra is left out. */
const LARGEST_K = 300;

export interface Stability {
  /** Sign of F = det M / det M_dead of the finite network. */
  readonly sign: number;
  /** A principal minor of B + diag(a) is negative: unstable for some ratio of the op amps' speeds. */
  readonly notP0: boolean;
}

/** det M / det M_dead has the sign of F (theory D11). */
export function stability(
  { dead, closed }: { dead: Solver; closed: Solver },
  network: DeadNetwork,
): Stability {
  const opAmps = closed.system.unknowns.opAmps;
  const finite = network.feedback.map((row, k) =>
    row.map((b, j) => b + (j === k ? inverseGain(opAmps[k]) : 0)),
  );
  return {
    sign: opAmps.length === 0 ? 1 : closed.determinant.sign * dead.determinant.sign,
    notP0: opAmps.length <= LARGEST_K && hasNegativeMinor(finite, network.feedbackSize),
  };
}

function inverseGain(opAmp: OpAmp | undefined): number {
  return opAmp?.specification.inverseGain.nominal ?? 0;
}

/**
 * Whether B is singular but for rounding: the smallest relative change of the feedback factors that
 * makes it singular is 1 / rho(|B^-1| (|beta_M| + |beta_P|)). For one op amp this is theory section 4:
 * |beta_M - beta_P| <= 1e-9 (|beta_M| + |beta_P|).
 */
export function isBalanced(
  noiseGains: readonly (readonly number[])[],
  { feedbackSize }: DeadNetwork,
): boolean {
  if (noiseGains.length === 0 || noiseGains.length > LARGEST_K) return false;
  const inverse = Matrix.abs(new Matrix(noiseGains.map((row) => [...row])));
  const product = inverse.mmul(new Matrix(feedbackSize.map((row) => [...row])));
  const { realEigenvalues } = new EigenvalueDecomposition(product);
  return Math.max(...realEigenvalues) >= 1 / RELATIVE_ZERO;
}

function hasNegativeMinor(
  matrix: readonly (readonly number[])[],
  size: readonly (readonly number[])[],
): boolean {
  const K = matrix.length;
  const largestOrder = K <= ALL_MINORS ? K : PARTIAL_ORDER;
  let negative = false;
  const extend = (chosen: readonly number[], from: number): void => {
    for (let k = from; k < K && !negative; k++) {
      const indices = [...chosen, k];
      negative = minor(matrix, indices) < -RELATIVE_ZERO * scale(size, indices);
      if (!negative && indices.length < largestOrder) extend(indices, k + 1);
    }
  };
  extend([], 0);
  return negative;
}

function minor(matrix: readonly (readonly number[])[], indices: readonly number[]): number {
  return determinant(new Matrix(indices.map((k) => indices.map((j) => matrix[k]?.[j] ?? 0))));
}

/** A bound of the minor: the product of the row sums of the sizes. */
function scale(size: readonly (readonly number[])[], indices: readonly number[]): number {
  return indices.reduce(
    (product, k) => product * indices.reduce((sum, j) => sum + (size[k]?.[j] ?? 0), 0),
    1,
  );
}
