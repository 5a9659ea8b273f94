/**
 * Where two straight lines meet, code models round the corner by a parabola within +-d of it (ngspice
 * manual, cm_smooth_corner). The parabola lies above the corner of max(t, 0) by
 *
 *     bump(t, d) = (d - |t|)^2 / (4 d)  for |t| < d,  else 0
 */

import { binary, constant, type Formula, type Point, table, unary } from '../../devices/formula.ts';

const ZERO = constant(0);

export const plus = (a: Formula, b: Formula): Formula => binary('add', [a, b]);
export const minus = (a: Formula, b: Formula): Formula => binary('subtract', [a, b]);
export const times = (a: Formula, b: Formula): Formula => binary('multiply', [a, b]);
export const over = (a: Formula, b: Formula): Formula => binary('divide', [a, b]);

/** `domain` d > 0; none for d = 0. */
function bump(t: Formula, domain: Formula): Formula {
  if (domain.kind === 'constant' && domain.value <= 0) return ZERO;
  const inside = binary('max', [minus(domain, unary('abs', t)), ZERO]);
  return over(times(inside, inside), times(constant(4), domain));
}

/** x kept within two limits, both corners rounded. */
export function limited(
  x: Formula,
  {
    low,
    high,
    domain,
  }: { readonly low: Formula; readonly high: Formula; readonly domain: Formula },
): Formula {
  const clamped = binary('min', [binary('max', [x, low]), high]);
  return plus(minus(clamped, bump(minus(x, high), domain)), bump(minus(x, low), domain));
}

/** max(x, low) with its corner rounded. */
export function atLeast(x: Formula, low: number, domain: number): Formula {
  const corner = bump(minus(x, constant(low)), constant(domain));
  return plus(binary('max', [x, constant(low)]), corner);
}

/** Straight lines through points with ascending x; `domain` is d at the point of an index. */
export function rounded(
  x: Formula,
  {
    points,
    outside,
    domain,
  }: {
    readonly points: readonly Point[];
    readonly outside: 'level' | 'extended';
    readonly domain: (index: number) => number;
  },
): Formula {
  const slopes = points.slice(1).map(([x1, y1], i) => {
    const [x0, y0] = points[i] ?? [x1, y1];
    return (y1 - y0) / (x1 - x0);
  });
  let sum = table(x, { points, outside });
  for (const [index, [at]] of points.entries()) {
    const beyond = outside === 'level' ? 0 : undefined;
    const left = slopes[index - 1] ?? beyond ?? slopes[index] ?? 0;
    const right = slopes[index] ?? beyond ?? slopes[index - 1] ?? 0;
    if (left === right) continue;
    const corner = bump(minus(x, constant(at)), constant(domain(index)));
    sum = plus(sum, times(constant(right - left), corner));
  }
  return sum;
}
