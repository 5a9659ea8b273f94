/**
 * System -> Solver: x = M \ b and y = M^T \ c, each refined in double-double until it is the correctly
 * rounded solution of the matrix with its double-valued elements (facts on accuracy: ARCHITECTURE.md).
 * One factorisation serves all right-hand sides.
 */

import { GROUND, type NodeIndex, type Port } from '../circuit/circuit.ts';
import { addTo } from '../numeric/double-double.ts';
import { determinant, factor, type Lu } from '../numeric/lu.ts';
import { multifrontal } from '../numeric/multifrontal.ts';
import { type Refined, refine } from '../numeric/refine.ts';
import type { RightHandSide } from './excitation.ts';
import type { System } from './system.ts';

/** A vector of unknowns as high + low. */
export interface Solution {
  readonly high: Float64Array;
  readonly low: Float64Array;
}

/** The matrix is singular or too near to it for any digit to be certain. */
export class UnsolvableError extends Error {}

/**
 * Components this much smaller than the largest one are zeros of the circuit: the refinement is exact
 * to about 1e-29 of the largest component, and 1e15 ohm beside 1 mohm still leaves 1e-18.
 */
const ZERO = 1e-26;
/** From here on fronts are faster than columns [unknowns] (bench/README.md). */
const MANY = 20_000;
/** What is left of two values that cancel: noise of their low parts. */
const CANCELLED = 1e-28;

export class Solver {
  readonly system: System;
  #lu: Lu;
  /** Whether the pivots are static, and another factorisation can be tried. */
  #isStatic: boolean;
  #error = 0;

  /** @throws {SingularMatrixError} when elimination meets a column without a pivot. */
  constructor(system: System) {
    this.system = system;
    const fronts =
      system.matrix.n < MANY ? undefined : multifrontal(system.matrix, system.symbolic);
    this.#isStatic = fronts !== undefined;
    this.#lu = fronts ?? factor(system.matrix, system.symbolic);
  }

  /** x = M \ b @throws {UnsolvableError} when refinement does not converge. */
  solve(b: RightHandSide): Solution {
    return this.#certain(this.#refined(b));
  }

  /** y = M^T \ c, the adjoint @throws {UnsolvableError} when refinement does not converge. */
  solveTransposed(c: RightHandSide): Solution {
    return this.#certain(this.#refined({ ...c, transposed: true }));
  }

  /** Sign and log |det M|. */
  get determinant(): { readonly sign: number; readonly logMagnitude: number } {
    return determinant(this.#lu);
  }

  /** Entries of both triangles: what a solution costs, in multiplications. */
  get entries(): number {
    return this.#lu.lower.values.length + this.#lu.upper.values.length;
  }

  /** Estimated error of the worst solution so far, relative to its largest component; below 2^-53 nothing is lost. */
  get error(): number {
    return this.#error;
  }

  /** Static pivots that do not serve give way to chosen ones. */
  #refined(b: Parameters<typeof refine>[2]): Refined {
    const { terms, matrix, symbolic } = this.system;
    const refined = refine(terms, this.#lu, b);
    if (refined.converged || !this.#isStatic) return refined;
    this.#isStatic = false;
    this.#lu = factor(matrix, symbolic);
    return refine(terms, this.#lu, b);
  }

  #certain({ high, low, converged, error }: Refined): Solution {
    if (!converged) {
      throw new UnsolvableError('The equations are too near to singular.');
    }
    this.#error = Math.max(this.#error, error);
    let largest = 0;
    for (const value of high) largest = Math.max(largest, Math.abs(value));
    const zero = largest * ZERO;
    for (let i = 0; i < high.length; i++) {
      if (Math.abs(high[i] ?? 0) > zero) continue;
      high[i] = 0;
      low[i] = 0;
    }
    return { high, low };
  }
}

/** Component i [V or A]; ground is 0. */
export function component({ high }: Solution, index: NodeIndex): number {
  return index === GROUND ? 0 : (high[index] ?? 0);
}

/** x_i - x_j, taken before rounding: exact even where the two nearly cancel. */
export function difference(solution: Solution, i: NodeIndex, j: NodeIndex): number {
  const low = (index: NodeIndex) => (index === GROUND ? 0 : (solution.low[index] ?? 0));
  const [first, second] = [component(solution, i), component(solution, j)];
  return withoutNoise(
    first - second + (low(i) - low(j)),
    Math.max(Math.abs(first), Math.abs(second)),
  );
}

/** A difference of two values of this size, 0 where only their rounding is left of it. */
function withoutNoise(difference: number, size: number): number {
  return Math.abs(difference) <= CANCELLED * size ? 0 : difference;
}

/** V(plus) - V(minus) [V] */
export function voltage(solution: Solution, { plus, minus }: Port): number {
  return difference(solution, plus, minus);
}

/** x - y component by component, to 106 bits. */
export function subtract(x: Solution, y: Solution): Solution {
  const result = { high: x.high.slice(), low: x.low.slice() };
  for (let i = 0; i < result.high.length; i++) {
    const size = Math.max(Math.abs(x.high[i] ?? 0), Math.abs(y.high[i] ?? 0));
    addTo(result, i, -(y.high[i] ?? 0), -(y.low[i] ?? 0));
    if (withoutNoise(result.high[i] ?? 0, size) !== 0) continue;
    result.high[i] = 0;
    result.low[i] = 0;
  }
  return result;
}
