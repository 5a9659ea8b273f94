/**
 * The resistor in series with an input that makes I_B cancel (AN1177 "Minimizing Bias Current Errors"), for any
 * topology. Only the input's own current flows in it, so that it acts as a source in series with the pin: with
 * G = d output / d V_OST and c = 1/CMRR
 *
 *     Z_N' = Z_N - (1 + c/2) G R  at the + input,   Z_I' = Z_I + (1 - c/2) G R  at the - input
 *
 * exactly, and R is what makes Z_B = Z_N + Z_I zero. Where no other op amp's loop is in between, this is
 * R_NEQ = R_IEQ of the dead network; otherwise the effective resistances become equal (theory D8).
 */

import type { OpAmp } from '../circuit/circuit.ts';
import type { Spread } from '../circuit/specification.ts';
import { nearestPreferred } from '../numeric/e-series.ts';
import { magnitude } from '../parts/limit.ts';
import { type Budget, type BudgetRow, totalOf } from './budget.ts';
import type { OpAmpGains } from './gains.ts';

/** V_OE of all op amps [V or A]: max |known + spread| in the worst case, and the RSS of the spreads. */
export interface OffsetTotals {
  readonly worstCase: number;
  readonly rss: number;
}

/** One value of the resistor, and what is left of the error with it. */
export interface CompensationChoice extends OffsetTotals {
  /** [Ω] */
  readonly resistance: number;
}

export interface BiasCompensation {
  /** The input that sees less resistance, with which the resistor is in series. */
  readonly pin: 'plus' | 'minus';
  /** Whether it is the passive R_NEQ and R_IEQ that become equal. */
  readonly equalsPassive: boolean;
  readonly without: OffsetTotals;
  readonly exact: CompensationChoice;
  readonly e24: CompensationChoice;
  readonly e96: CompensationChoice;
}

/** Below this part of the worst case of V_OE a saving is not worth a resistor. */
export const WORTHWHILE = 0.01;

interface Impedances {
  /** Z_N, Z_I [V/A]; or R_NEQ, R_IEQ [Ω] */
  readonly nonInverting: number;
  readonly inverting: number;
}

interface Resistor {
  readonly pin: BiasCompensation['pin'];
  readonly resistance: number;
}

/** Null when no resistor makes the error smaller by a part that counts, or when I_B or I_OS is not stated. */
export function biasCompensation(
  opAmp: OpAmp,
  found: {
    /** Of the finite network. */
    readonly gains: OpAmpGains;
    /** R_NEQ and R_IEQ of the dead network. */
    readonly passive: Impedances;
    readonly budget: Budget;
    /** V_OE of the known errors. */
    readonly known: number;
  },
): BiasCompensation | null {
  const { gains, passive } = found;
  const needed = cancellingResistor(opAmp, gains);
  if (needed === undefined || !statesBothCurrents(opAmp)) return null;
  const choice = (resistance: number): CompensationChoice => {
    const after = withResistor(gains, { opAmp, pin: needed.pin, resistance });
    return { resistance, ...totalsWith(after, { ...found, opAmp }) };
  };
  const without = totalsWith(gains, { ...found, opAmp });
  const e96 = choice(nearestPreferred(needed.resistance, 'E96'));
  const cancelled = withResistor(gains, { opAmp, ...needed });
  const pays =
    without.worstCase - e96.worstCase >= WORTHWHILE * without.worstCase &&
    pinLimited(cancelled, opAmp) < pinLimited(gains, opAmp);
  if (!pays) return null;
  const wanted = Math.abs(passive.inverting - passive.nonInverting);
  return {
    pin: needed.pin,
    equalsPassive: Math.abs(needed.resistance - wanted) <= 1e-3 * wanted,
    without,
    exact: choice(needed.resistance),
    e24: choice(nearestPreferred(needed.resistance, 'E24')),
    e96,
  };
}

/** The R > 0 with Z_B' = 0; undefined where there is none to add. */
function cancellingResistor(
  opAmp: OpAmp,
  { noiseGain, nonInverting, inverting }: OpAmpGains,
): Resistor | undefined {
  const half = opAmp.specification.inverseCmrr.nominal / 2;
  const ratio = (nonInverting + inverting) / noiseGain;
  if (!Number.isFinite(ratio) || ratio === 0) return undefined;
  return ratio > 0
    ? { pin: 'plus', resistance: ratio / (1 + half) }
    : { pin: 'minus', resistance: -ratio / (1 - half) };
}

function withResistor(
  { noiseGain, nonInverting, inverting }: OpAmpGains,
  { opAmp, pin, resistance }: Resistor & { readonly opAmp: OpAmp },
): Impedances {
  const half = opAmp.specification.inverseCmrr.nominal / 2;
  return pin === 'plus'
    ? { nonInverting: nonInverting - (1 + half) * noiseGain * resistance, inverting }
    : { nonInverting, inverting: inverting + (1 - half) * noiseGain * resistance };
}

/** V_OE when the input currents of one op amp act through the transfer resistances `after`. */
function totalsWith(
  after: Impedances,
  {
    opAmp,
    gains,
    budget,
    known,
  }: {
    readonly opAmp: OpAmp;
    readonly gains: OpAmpGains;
    readonly budget: Budget;
    readonly known: number;
  },
): OffsetTotals {
  const rows = budget.rows.filter((row) => row.opAmp !== undefined);
  const total = totalOf(
    rows.map((row) => movedRow(row, { opAmp, after })),
    budget.sigma,
  );
  const shift = currentsOf(opAmp).reduce(
    (sum, { cause, spread }) =>
      sum + (gainOf(cause, after) - gainOf(cause, gains)) * spread.nominal,
    known,
  );
  return {
    worstCase: Math.max(Math.abs(shift + total.low), Math.abs(shift + total.high)),
    rss: total.rss,
  };
}

/** A row of the op amp's budget with the transfer resistances `after`, when it is one of its input currents. */
function movedRow(
  row: BudgetRow,
  { opAmp, after }: { opAmp: OpAmp; after: Impedances },
): BudgetRow {
  const current = currentsOf(opAmp).find(({ cause }) => cause === row.cause);
  if (row.opAmp !== opAmp.name || current === undefined) return row;
  const { cause, spread } = current;
  const gain = gainOf(cause, after);
  const ends = [spread.low, spread.high].map((value) => gain * (value - spread.nominal));
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return { ...row, low, high, gain, worst: Math.max(-low, high) };
}

type CurrentCause = 'Ib' | 'Ios' | 'Ibn' | 'Ibi';

/** d output / d current [V/A] (theory 3.1). */
function gainOf(cause: CurrentCause, { nonInverting, inverting }: Impedances): number {
  switch (cause) {
    case 'Ib':
      return nonInverting + inverting;
    case 'Ios':
      return (nonInverting - inverting) / 2;
    case 'Ibn':
      return nonInverting;
    case 'Ibi':
      return inverting;
  }
}

function currentsOf({
  specification: { bias },
}: OpAmp): readonly { readonly cause: CurrentCause; readonly spread: Spread }[] {
  return bias.kind === 'average'
    ? [
        { cause: 'Ib', spread: bias.average },
        { cause: 'Ios', spread: bias.offset },
      ]
    : [
        { cause: 'Ibn', spread: bias.nonInverting },
        { cause: 'Ibi', spread: bias.inverting },
      ];
}

/**
 * The largest |Z_N I_BN + Z_I I_BI| for |I_BN|, |I_BI| <= I_B and |I_BN - I_BI| <= I_OS (theory 3.1), which is what
 * the limits of an input with bias cancellation mean: there I_OS is as large as I_B, and a resistor adds to the error.
 */
function pinLimited(
  { nonInverting, inverting }: Impedances,
  { specification: { bias } }: OpAmp,
): number {
  const [Zn, Zi] = [Math.abs(nonInverting), Math.abs(inverting)];
  if (bias.kind === 'pins') {
    const ends = ({ low, high }: Spread) => [low, high];
    const sums = ends(bias.nonInverting).flatMap((n) =>
      ends(bias.inverting).map((i) => Math.abs(nonInverting * n + inverting * i)),
    );
    return Math.max(...sums);
  }
  const [Ib, Ios] = [magnitude(bias.average), magnitude(bias.offset)];
  return nonInverting * inverting >= 0
    ? (Zn + Zi) * Ib
    : Math.abs(Zn - Zi) * Ib + Math.min(Zn, Zi) * Math.min(Ios, 2 * Ib);
}

/** Without both nobody can tell what is left when I_B cancels. */
function statesBothCurrents({ specification: { stated } }: OpAmp): boolean {
  const pairs = [
    ['ib', 'ios'],
    ['ibn', 'ibi'],
  ];
  return pairs.some((keys) => keys.every((key) => stated.includes(key)));
}
