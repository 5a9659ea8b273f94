/** What each verdict on a circuit (theory D12) says. */

import type { Status } from '../analysis/circuit-analysis.ts';

export const VERDICTS: Readonly<Record<Status, string>> = {
  ok: 'ok: every node has a DC path and the net feedback is negative',
  unstable_dc:
    'UNSTABLE: the net DC feedback is positive, the circuit latches; the figures describe an equilibrium it leaves',
  no_dc_feedback:
    'NO DC FEEDBACK: an op amp runs open loop and saturates; only what exists without feedback is shown',
  no_dc_path: 'NO DC PATH: the circuit has no DC solution',
  voltage_conflict: 'VOLTAGE CONFLICT: the circuit has no DC solution',
  no_convergence: 'no operating point was found for the non-linear elements',
  invalid: 'INVALID: the netlist has errors and was not analysed',
};
