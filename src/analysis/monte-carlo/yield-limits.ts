/** Between which outputs a sample is good: what the `*@ expect` lines demand of VOE or of the output, in numbers. */

import type { Expression } from '../../../grammar/expression.ts';
import type { Expectation, Output } from '../../circuit/circuit.ts';

/** [V or A]; infinite where nothing is demanded. */
export interface YieldLimits {
  readonly low: number;
  readonly high: number;
}

/** `ideal` is the output without any error, from which VOE counts. Null when no line bounds the output by a number. */
export function yieldLimits(
  expectations: readonly Expectation[],
  { output, ideal }: { readonly output: Output; readonly ideal: number | null },
): YieldLimits | null {
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const { left, relation, right } of expectations) {
    if (relation === '=') continue;
    const limit = numberOf(right);
    const isMagnitude = left.kind === 'magnitude';
    const zero = zeroOf(isMagnitude ? left.operand : left, { output, ideal });
    if (limit === undefined || zero === undefined) continue;
    if (relation === '<=') {
      high = Math.min(high, zero + limit);
      if (isMagnitude) low = Math.max(low, zero - limit);
    } else if (!isMagnitude) low = Math.max(low, zero + limit);
  }
  return Number.isFinite(low) || Number.isFinite(high) ? { low, high } : null;
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
