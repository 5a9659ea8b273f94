/** Netlist in, op amps out: what its text says about them, and where that leaves pins open, what solving says. */

import type { Netlist } from '../grammar/spice/tree.ts';
import { solvePins } from './analysis/identification/solve-pins.ts';
import { type OpAmpSurvey, surveyed } from './circuit/recognition/survey.ts';

/** The op amps of a netlist or a library; faults elsewhere in it do not hide them. */
export function surveyOpAmps(netlist: Netlist): OpAmpSurvey {
  const { pins, diagnostics } = solvePins(netlist, { definitions: 'all' });
  const survey = surveyed(netlist, pins);
  return { ...survey, diagnostics: [...survey.diagnostics, ...diagnostics] };
}
