/**
 * Which of several pin patterns a placed symbol has: the one whose pins all meet something, a wire, a label or
 * another pin. The libraries of LTspice moved pins over the years, and private symbols are often not at hand.
 */

import type { Placement, Point } from '../../../grammar/ltspice/tree.ts';
import { placed } from './orientation.ts';
import type { PartSymbol } from './symbols.ts';

/** True where something ends or passes that a pin can connect to. */
export type Touches = (point: Point) => boolean;

interface Fit {
  readonly symbol: PartSymbol;
  readonly hits: number;
  readonly full: boolean;
}

/** The best of `candidates`; of equals the first. Undefined for none. */
export function fitting(
  candidates: readonly PartSymbol[],
  { placement, touches }: { readonly placement: Placement; readonly touches: Touches },
): { readonly symbol: PartSymbol; readonly full: boolean } | undefined {
  let best: Fit | undefined;
  for (const symbol of candidates) {
    const hits = symbol.pins.filter(({ at }) => touches(placed(at, placement))).length;
    const fit = { symbol, hits, full: hits === symbol.pins.length };
    if (best === undefined || isBetter(fit, best)) best = fit;
  }
  return best;
}

function isBetter(fit: Fit, than: Fit): boolean {
  return fit.full === than.full ? fit.hits > than.hits : fit.full;
}
