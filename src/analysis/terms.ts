/**
 * The exact split of the error into its causes (theory D10): each term is referred to the op amp's
 * input and, with the gain of the nullor network, to the output. The terms of finite gain, common mode
 * and supplies are taken at the solved operating point, which makes AN1177 Eqs. 3 and 9 exact.
 */

import type { OpAmp } from '../circuit/circuit.ts';
import { biasCurrents, psrrPair } from '../circuit/specification.ts';
import type { BiasPoint } from '../mna/excitation.ts';
import type { OpAmpGains } from './gains.ts';
import type { OpAmpVoltages } from './operating-point.ts';

export const TERM_NAMES = [
  'Vos',
  'drift',
  'Aol',
  'Cmrr',
  'PsrrPlus',
  'PsrrMinus',
  'Ibn',
  'Ibi',
] as const;
export type TermName = (typeof TERM_NAMES)[number];

export interface Term {
  /** Referred to the op amp's input [V]. */
  readonly input: number;
  /** At the output [V or A]; null without an output or without DC feedback. */
  readonly output: number | null;
}

export type Terms = Readonly<Record<TermName, Term>>;

export function errorTerms(
  opAmp: OpAmp,
  at: {
    readonly voltages: OpAmpVoltages;
    readonly biasPoint: BiasPoint;
    /** Passive R_NEQ, R_IEQ [Ω]. */
    readonly resistance: { readonly nonInverting: number; readonly inverting: number };
    readonly gains: OpAmpGains | undefined;
  },
): Terms {
  const { specification } = opAmp;
  const { voltages, biasPoint, resistance, gains } = at;
  const p = psrrPair(specification);
  const currents = biasCurrents(specification);
  const offset = (input: number): Term => ({
    input,
    output: gains === undefined ? null : gains.noiseGain * input,
  });
  return {
    Vos: offset(specification.offsetVoltage.nominal),
    drift: offset(specification.drift.nominal * biasPoint.temperatureStep),
    // - dV_OUT/A_OL: the sign of AN1177 Eq. 3 as printed is wrong (erratum E1)
    Aol: offset(-specification.inverseGain.nominal * (voltages.output - biasPoint.output) + 0),
    Cmrr: offset(specification.inverseCmrr.nominal * (voltages.commonMode - biasPoint.commonMode)),
    PsrrPlus: offset(p.plus * (voltages.positiveSupply - biasPoint.positiveSupply)),
    PsrrMinus: offset(p.minus * (voltages.negativeSupply - biasPoint.negativeSupply)),
    Ibn: {
      input: -currents.nonInverting * resistance.nonInverting + 0, // AN1177 Eq. 14
      output: gains === undefined ? null : gains.nonInverting * currents.nonInverting,
    },
    Ibi: {
      input: currents.inverting * resistance.inverting,
      output: gains === undefined ? null : gains.inverting * currents.inverting,
    },
  };
}
