// How much a perturbation of the right-hand side can move the solution: max_i (|A^-1| w)_i for |δb| <= w.
//
// That is the 1-norm of W A^-T, W = diag(w), which Hager's method estimates from below with a few solves, nearly always
// within a factor of 3 (Hager, SIAM J. Sci. Stat. Comput. 5, 1984; Higham, Accuracy and Stability of Numerical
// Algorithms, 2nd ed., algorithm 15.1, and section 7.4 for the use of it as a forward error bound).

import { type Lu, solve, solveTransposed } from './lu.ts';

/** About max_i Σ_j |A^-1|_ij w_j, or with A^-T when `transposed`; w (n) >= 0. */
export function perturbation(lu: Lu, w: Float64Array, transposed = false): number {
  const forward = transposed ? solveTransposed : solve;
  const adjoint = transposed ? solve : solveTransposed;
  const { n } = lu;
  let estimate = 0;
  let x = new Float64Array(n).fill(1 / n);
  for (let step = 0; step < 5; step++) {
    const y = adjoint(lu, x).map((value, i) => value * w[i]!); // y = W A^-T x
    const norm = y.reduce((total, value) => total + Math.abs(value), 0);
    if (!(norm > estimate)) break;
    estimate = norm;
    const z = forward(
      lu,
      y.map((value, i) => (value < 0 ? -w[i]! : w[i]!)),
    ); // the gradient A^-1 W sign(y)
    let steepest = 0;
    let slope = 0;
    for (let i = 0; i < n; i++) {
      if (Math.abs(z[i]!) > Math.abs(z[steepest]!)) steepest = i;
      slope += z[i]! * x[i]!;
    }
    estimate = Math.max(estimate, Math.abs(z[steepest] ?? 0)); // |z_i| = |Σ_j (A^-1)_ij ±w_j| is a lower bound as well
    if (step > 0 && Math.abs(z[steepest]!) <= slope) break;
    x = new Float64Array(n);
    x[steepest] = 1;
  }
  return estimate;
}
