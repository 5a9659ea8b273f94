import { UnsolvableError } from '../mna/solver.ts';
import { SingularMatrixError } from '../numeric/lu.ts';

/** What `solve` finds; undefined when no digit of it would be certain. */
export function certainly<T>(solve: () => T): T | undefined {
  try {
    return solve();
  } catch (fault) {
    if (fault instanceof SingularMatrixError || fault instanceof UnsolvableError) return undefined;
    throw fault;
  }
}
