/** Between which outputs a sample is good: what the `*@ expect` lines demand of VOE or of the output, in numbers. */

import type { Expression } from '../../../grammar/expression.ts';
import type { Expectation, Output } from '../../circuit/circuit.ts';

/** [V or A]; infinite where nothing is demanded. */
export interface YieldLimits {
  readonly low: number;
  readonly high: number;
}

/**
 * The intersection of the intervals of all lines; `ideal` is the output without any error, from which VOE counts. Null
 * when no line bounds the output by a number.
 */
export function yieldLimits(
  expectations: readonly Expectation[],
  { output, ideal }: { readonly output: Output; readonly ideal: number | null },
): YieldLimits | null {
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const expectation of expectations) {
    const { left } = expectation;
    const isMagnitude = left.kind === 'magnitude';
    const zero = zeroOf(isMagnitude ? left.operand : left, { output, ideal });
    const interval = intervalOf(expectation);
    if (interval === undefined || zero === undefined) continue;
    // A magnitude that must not be small leaves two intervals, not one.
    if (isMagnitude && interval.low > 0) continue;
    low = Math.max(low, zero + (isMagnitude ? -interval.high : interval.low));
    high = Math.min(high, zero + interval.high);
  }
  return Number.isFinite(low) || Number.isFinite(high) ? { low, high } : null;
}

/**
 * Where the left side may be. An equality to a stated accuracy (`rel`, `abs`) is an interval; one without is a statement
 * about the nominal output, of which no sample has exactly the value.
 */
function intervalOf({
  relation,
  right,
  high,
  relative,
  absolute,
}: Expectation): YieldLimits | undefined {
  const [first, last] = [numberOf(right), numberOf(high ?? right)];
  if (first === undefined || last === undefined) return undefined;
  if (relation === '=' && relative === undefined && absolute === undefined) return undefined;
  const slack = (value: number) =>
    (relative ?? 0) * Math.abs(value) + Math.abs(absolute?.value ?? 0);
  return {
    low: relation === '<=' ? Number.NEGATIVE_INFINITY : first - slack(first),
    high: relation === '>=' ? Number.POSITIVE_INFINITY : last + slack(last),
  };
}

/** The output at which an expression is 0; undefined for others than VOE and the output. */
function zeroOf(
  expression: Expression,
  { output, ideal }: { output: Output; ideal: number | null },
): number | undefined {
  if (expression.kind === 'name') {
    return expression.name.toUpperCase() === 'VOE' ? (ideal ?? undefined) : undefined;
  }
  if (expression.kind !== 'probe') return undefined;
  const names = expression.names.map(({ text }) => text).join(',');
  const label = `${expression.quantity}(${names})`.toLowerCase();
  return label === output.label.toLowerCase().replaceAll(' ', '') ? 0 : undefined;
}

function numberOf(expression: Expression): number | undefined {
  if (expression.kind === 'number') return expression.value;
  if (expression.kind !== 'unary') return undefined;
  const value = numberOf(expression.operand);
  if (value === undefined) return undefined;
  return expression.operator === '-' ? -value : expression.operator === '+' ? value : undefined;
}
