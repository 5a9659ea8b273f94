/**
 * Which parameters can take part in turning the sign of det(I + H D): those of any set that turns it and of which none
 * can be spared. R1 alone may cross a pole while R2 and R3 do so together; then all three are to be named.
 */

import type { Effort } from './effort.ts';
import { movedBy, type PortForm } from './port-form.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Around d = 0, or the point of the box that is nearest to it. Searched at the one vertex at which every parameter
 * that lowers the determinant alone is at its lowering end: empty where the sign does not change there, and not
 * complete where the effort does not suffice.
 */
export function crossingParameters(
  form: PortForm,
  { ends, effort }: { readonly ends: readonly Interval[]; readonly effort: Effort },
): number[] {
  const start = Float64Array.from(ends, ({ low, high }) => Math.min(Math.max(0, low), high));
  const alone = (k: number, step: number): number => 1 + step * form.H[k * form.size + k]!;
  const corner = start.map((at, k) => {
    const { low, high } = ends[k]!;
    return [low, high].reduce((best, end) => (alone(k, end) < alone(k, best) ? end : best), at);
  });
  const moving = [...corner.keys()].filter((k) => corner[k] !== start[k]);
  moving.sort((a, b) => alone(a, corner[a]!) - alone(b, corner[b]!));
  const found = new Set<number>();
  for (const wanted of moving) {
    if (found.has(wanted)) continue;
    // The strongest first: what is left with the wanted one are those that need it.
    const set = withoutSpare(form, {
      start,
      corner,
      order: [...moving.filter((k) => k !== wanted), wanted],
      effort,
    });
    for (const k of set) found.add(k);
  }
  return [...found].sort((a, b) => a - b);
}

/** The parameters that must be at the corner for the sign to change, each in the order tried at its start. */
function withoutSpare(
  form: PortForm,
  {
    start,
    corner,
    order,
    effort,
  }: {
    readonly start: Float64Array;
    readonly corner: Float64Array;
    readonly order: readonly number[];
    readonly effort: Effort;
  },
): number[] {
  const at = corner.slice();
  const crosses = () => effort.spend(form.size) && movedBy(form, at).factor <= 0;
  if (!crosses()) return [];
  for (const k of order) {
    at[k] = start[k]!;
    if (!crosses()) at[k] = corner[k]!;
  }
  return order.filter((k) => at[k] !== start[k]);
}
