/** What would make the error of a circuit smaller, op amp by op amp (AN1177 "Circuit Optimization"). */

import type { OpAmp } from '../circuit/circuit.ts';
import { magnitude } from '../parts/limit.ts';
import { type BiasCompensation, biasCompensation, WORTHWHILE } from './bias-compensation.ts';
import type { CircuitAnalysis } from './circuit-analysis.ts';
import { TERM_NAMES } from './terms.ts';

/**
 * I_B must be that many times I_OS before equal resistances are worth having (AN1177: "much larger"). It is not with
 * CMOS inputs and with inputs whose bias is cancelled inside.
 */
const MUCH_LARGER = 2;

export interface DominantTerm {
  readonly cause: string;
  /** At the output [V or A]. */
  readonly worst: number;
  /** Part of the sum of the absolute terms of all op amps. */
  readonly share: number;
}

export interface OpAmpAdvice {
  readonly opAmp: string;
  /** The specification that makes the largest error; null when there are none. */
  readonly dominant: DominantTerm | null;
  /** Null when a resistor does not pay. */
  readonly compensation: BiasCompensation | null;
  /** True when I_B counts, but I_OS is not so much smaller that cancelling I_B would help. */
  readonly offsetCurrentPrevails: boolean;
  /**
   * How far the resistors may be from their values until a mismatch 2 t R lets I_B weigh as much as I_OS: t =
   * I_OS/(2 I_B) (AN1177 Eq. 15, corrected: erratum E8). Null where I_B cancels neither as it is nor with a
   * resistor, does not count, or is not much larger than I_OS.
   */
  readonly resistorTolerance: number | null;
}

/** Nothing without an output, feedback and known or limited errors. */
export function opAmpAdvice({
  opAmps,
  finiteGains,
  budget,
  error,
}: Pick<CircuitAnalysis, 'opAmps' | 'finiteGains' | 'budget' | 'error'>): OpAmpAdvice[] {
  if (finiteGains === null || budget === null || error === null) return [];
  const terms = contributions({ opAmps, budget });
  const total = terms.reduce((sum, { worst }) => sum + worst, 0);
  return opAmps.flatMap(({ opAmp, resistance: passive }) => {
    const gains = finiteGains.opAmps.get(opAmp);
    if (gains === undefined) return [];
    const limits = currentLimits(opAmp);
    const prevails = limits !== undefined && limits.average < MUCH_LARGER * limits.offset;
    const found = prevails
      ? null
      : biasCompensation(opAmp, { gains, passive, budget, known: error.output });
    const [largest] = terms.filter((term) => term.opAmp === opAmp.name);
    const dominant =
      largest === undefined
        ? null
        : { cause: largest.cause, worst: largest.worst, share: largest.worst / total };
    const { nonInverting, inverting } = gains;
    const counts = (gain: number) => Math.abs(gain) * (limits?.average ?? 0) >= WORTHWHILE * total;
    return [
      {
        opAmp: opAmp.name,
        dominant,
        compensation: found,
        offsetCurrentPrevails: prevails && counts(nonInverting + inverting),
        resistorTolerance:
          (found !== null || cancelsAlready(limits, gains)) && counts(nonInverting - inverting)
            ? mismatchLimit(limits)
            : null,
      },
    ];
  });
}

/** What every specification does at the output, the largest first: known values and spreads, each on its own. */
function contributions({
  opAmps,
  budget,
}: Pick<CircuitAnalysis, 'opAmps'> & { budget: NonNullable<CircuitAnalysis['budget']> }) {
  const known = opAmps.flatMap(({ opAmp, terms }) =>
    terms === null
      ? []
      : TERM_NAMES.map((cause) => ({
          opAmp: opAmp.name,
          cause: cause as string,
          worst: Math.abs(terms[cause].output ?? 0),
        })),
  );
  const spread = budget.rows.flatMap(({ opAmp, cause, worst }) =>
    opAmp === undefined ? [] : [{ opAmp, cause, worst }],
  );
  return [...known, ...spread].filter(({ worst }) => worst > 0).sort((a, b) => b.worst - a.worst);
}

/** True when I_B already does less at the output than I_OS. */
function cancelsAlready(
  limits: CurrentLimits | undefined,
  { nonInverting, inverting }: { readonly nonInverting: number; readonly inverting: number },
): boolean {
  if (limits === undefined) return false;
  const difference = Math.abs(nonInverting - inverting) / 2; // theory 3.1
  return Math.abs(nonInverting + inverting) * limits.average < difference * limits.offset;
}

function mismatchLimit(limits: CurrentLimits | undefined): number | null {
  if (limits === undefined || limits.offset === 0) return null;
  return limits.average < MUCH_LARGER * limits.offset ? null : limits.offset / (2 * limits.average);
}

interface CurrentLimits {
  readonly average: number;
  readonly offset: number;
}

/** The largest |I_B| and |I_OS| [A]; undefined unless both are stated. */
function currentLimits({ specification: { bias, stated } }: OpAmp): CurrentLimits | undefined {
  if (bias.kind === 'pins' || !stated.includes('ib') || !stated.includes('ios')) return undefined;
  return { average: magnitude(bias.average), offset: magnitude(bias.offset) };
}
