/**
 * The DC specifications of one op amp as the error model uses them. Gains and rejections are stored
 * as signed inverses (`a = 1/A_OL`, `c = 1/CMRR`, `p+ = 1/PSRR+`, `p- = 1/PSRR-`), zero when ideal, so
 * that ideal and real op amps share one row of the matrix (theory D2). Each is a value with a spread.
 */

import { type PinLimits, UNLIMITED } from './pin-limits.ts';

/** low <= nominal <= high. */
export interface Spread {
  readonly nominal: number;
  readonly low: number;
  readonly high: number;
}

export interface OpAmpSpecification {
  /** V_OS [V] */
  readonly offsetVoltage: Spread;
  /** dV_OS/dT_A [V/K] */
  readonly drift: Spread;
  /** a = 1/A_OL [V/V] */
  readonly inverseGain: Spread;
  /** c = 1/CMRR [V/V] */
  readonly inverseCmrr: Spread;
  /** p+ and p- [V/V]; `lumped` is p with p+ = p, p- = -p (erratum E4). */
  readonly inversePsrr:
    | { readonly kind: 'lumped'; readonly both: Spread }
    | { readonly kind: 'split'; readonly plus: Spread; readonly minus: Spread };
  /** Currents into the pins [A]: I_B, I_OS (AN1177 Eq. 4) or each pin's own. */
  readonly bias:
    | { readonly kind: 'average'; readonly average: Spread; readonly offset: Spread }
    | { readonly kind: 'pins'; readonly nonInverting: Spread; readonly inverting: Spread };
  /** The bias point at which V_OS is specified; supplies default to the nominal ones of the circuit. */
  readonly biasPoint: {
    readonly commonMode: number;
    readonly output: number;
    readonly positiveSupply?: number;
    readonly negativeSupply?: number;
    /** [deg C] */
    readonly temperature: number;
  };
  /** Between which voltages it works. */
  readonly pinLimits: PinLimits;
  /** Keys whose spread contains what the temperatures of the circuit change, as the data sheet states it. */
  readonly overTemperature: readonly string[];
  /** T_A minus the specification's temperature [K], when the directive states it. */
  readonly temperatureStep?: number;
  /** The keys that were given. */
  readonly stated: readonly string[];
}

/** Whether no error of it is known or possible. */
export function isIdeal(specification: OpAmpSpecification): boolean {
  const { offsetVoltage, drift, inverseGain, inverseCmrr, inversePsrr, bias } = specification;
  const spreads = [
    ...[offsetVoltage, drift, inverseGain, inverseCmrr],
    ...(inversePsrr.kind === 'lumped' ? [inversePsrr.both] : [inversePsrr.plus, inversePsrr.minus]),
    ...(bias.kind === 'average'
      ? [bias.average, bias.offset]
      : [bias.nonInverting, bias.inverting]),
  ];
  return spreads.every(({ nominal, low, high }) => nominal === 0 && low === 0 && high === 0);
}

export function known(value: number): Spread {
  return { nominal: value, low: value, high: value };
}

export const ZERO: Spread = known(0);

/** A nullor with an optional known gain: what an op amp without any data is taken for. */
export function idealSpecification(gain = Number.POSITIVE_INFINITY): OpAmpSpecification {
  return {
    offsetVoltage: ZERO,
    drift: ZERO,
    inverseGain: known(1 / gain),
    inverseCmrr: ZERO,
    inversePsrr: { kind: 'lumped', both: ZERO },
    bias: { kind: 'average', average: ZERO, offset: ZERO },
    biasPoint: { commonMode: 0, output: 0, temperature: 25 },
    pinLimits: UNLIMITED,
    overTemperature: [],
    stated: [],
  };
}

/** p+ and p- of either form [V/V]. */
export function psrrPair({ inversePsrr }: OpAmpSpecification): { plus: number; minus: number } {
  return inversePsrr.kind === 'lumped'
    ? { plus: inversePsrr.both.nominal, minus: -inversePsrr.both.nominal }
    : { plus: inversePsrr.plus.nominal, minus: inversePsrr.minus.nominal };
}

/** I_BN and I_BI, the known currents into the pins [A] (AN1177 Eq. 4 solved for the pins). */
export function biasCurrents({ bias }: OpAmpSpecification): {
  nonInverting: number;
  inverting: number;
} {
  if (bias.kind === 'pins') {
    return { nonInverting: bias.nonInverting.nominal, inverting: bias.inverting.nominal };
  }
  const half = bias.offset.nominal / 2;
  return { nonInverting: bias.average.nominal + half, inverting: bias.average.nominal - half };
}
