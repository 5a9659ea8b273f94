/** Says why samples were asked for and none were drawn, and which ones have no output. */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import { type Circuit, isLinear } from '../../circuit/circuit.ts';
import type { StatisticalAnalysis } from './temperature-corners.ts';

export function adviseOnMonteCarlo(
  { statistics }: { readonly statistics: StatisticalAnalysis | null },
  { circuit, diagnostics }: { readonly circuit: Circuit; readonly diagnostics: Diagnostics },
): void {
  const { monteCarlo: request } = circuit.statistics;
  if (request === null) return;
  const { span } = request;
  if (statistics === null) {
    const reason =
      circuit.output === null
        ? 'there is no output to draw samples of'
        : !isLinear(circuit)
          ? 'tolerances would move the operating point of the non-linear elements'
          : 'nothing varies, too much does, or there is no DC feedback';
    diagnostics.warning('no_samples', span, `No samples were drawn: ${reason}.`);
    return;
  }
  for (const { monteCarlo, temperature } of statistics.corners) {
    const where = temperature === null ? '' : ` at ${temperature} deg C`;
    if (monteCarlo === null) {
      diagnostics.warning(
        'no_samples',
        span,
        `No samples were drawn${where}: the circuit is too large, or no sample has a stable output.`,
      );
    } else if (monteCarlo.latched > 0) {
      diagnostics.warning(
        'latched_samples',
        span,
        `In ${monteCarlo.latched} of ${request.samples} samples${where} the feedback turns over; only the yield counts them.`,
      );
    }
  }
}
