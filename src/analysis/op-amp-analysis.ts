/** One op amp: what the three networks say about it, put together. */

import type { OpAmp } from '../circuit/circuit.ts';
import type { BiasPoint } from '../mna/excitation.ts';
import type { ClosedLoopOpAmp } from './closed-loop.ts';
import type { DeadOpAmp } from './dead-network.ts';
import type { OpAmpGains } from './gains.ts';
import type { OpAmpVoltages } from './operating-point.ts';
import { errorTerms, type Terms } from './terms.ts';

export interface Resistances {
  readonly nonInverting: number;
  readonly inverting: number;
}

/** Everything about one op amp; nullor quantities are null without DC feedback. */
export interface OpAmpAnalysis {
  readonly opAmp: OpAmp;
  /** Own noise gain and noise gain to the output [V/V]. */
  readonly noiseGain: number | null;
  readonly noiseGainToOutput: number | null;
  readonly resistance: Resistances & {
    readonly literal: Resistances;
    readonly active: Resistances | null;
    readonly effective: Resistances | null;
  };
  /** Z_N, Z_I [V/A] */
  readonly transresistance: Resistances | null;
  readonly feedback: { readonly plus: number; readonly minus: number };
  readonly voltages: OpAmpVoltages | null;
  readonly biasPoint: BiasPoint | null;
  readonly terms: Terms | null;
}

export function opAmpAnalysis(
  opAmp: OpAmp,
  found: {
    readonly dead: DeadOpAmp | undefined;
    readonly loop: ClosedLoopOpAmp | undefined;
    readonly gains: OpAmpGains | undefined;
    readonly biasPoint: BiasPoint | undefined;
    readonly voltages: OpAmpVoltages | undefined;
  },
): OpAmpAnalysis {
  const { dead, loop, gains: at, biasPoint, voltages } = found;
  if (dead === undefined)
    throw new Error(`Op amp "${opAmp.name}" is missing from the dead network.`);
  const { nonInverting, inverting, literal, feedback } = dead;
  const passive = { nonInverting, inverting };
  return {
    opAmp,
    noiseGain: loop?.noiseGain ?? null,
    noiseGainToOutput: at?.noiseGain ?? null,
    resistance: {
      ...passive,
      literal,
      active: loop?.active ?? null,
      effective: at === undefined ? null : effectiveResistances(at),
    },
    transresistance:
      at === undefined ? null : { nonInverting: at.nonInverting, inverting: at.inverting },
    feedback,
    voltages: voltages ?? null,
    biasPoint: biasPoint ?? null,
    terms:
      voltages === undefined || biasPoint === undefined
        ? null
        : errorTerms(opAmp, { voltages, biasPoint, resistance: passive, gains: at }),
  };
}

/** The resistances that make AN1177's formula exact at the output (theory D8); none when the noise gain is 0. */
function effectiveResistances({
  noiseGain,
  nonInverting,
  inverting,
}: OpAmpGains): Resistances | null {
  if (noiseGain === 0) return null;
  return { nonInverting: -nonInverting / noiseGain + 0, inverting: inverting / noiseGain };
}
