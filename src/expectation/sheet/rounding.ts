/** Whether a number is the rounding of a value at the digits that are written, and what else may have happened. */

import type { Expression } from '../../../grammar/expression.ts';
import { formatEngineering } from '../../../grammar/number.ts';

/** A number as it is written: its sign applied, and one unit of its last digit. */
export interface Written {
  readonly value: number;
  readonly step: number;
}

/** The number that an expression is, with or without a sign; undefined for anything else. */
export function writtenNumber(expression: Expression): Written | undefined {
  if (expression.kind === 'number') {
    return { value: expression.value, step: expression.step ?? 0 };
  }
  if (expression.kind !== 'unary') return undefined;
  const inner = writtenNumber(expression.operand);
  if (inner === undefined || expression.operator !== '-') return inner;
  return { value: -inner.value, step: inner.step };
}

/** Half a unit of the last digit, and what doubles leave of it. */
export function isRounded(value: number, { value: written, step }: Written): boolean {
  return Math.abs(value - written) <= (step / 2) * (1 + 1e-6) + 1e-12 * Math.abs(value);
}

/** Why `written` is not `value`, as a sentence without its full stop. */
export function difference(value: number, written: Written, unit: string): string {
  const shown = (number: number, digits = 6) =>
    unit === '%'
      ? `${Number((100 * number).toPrecision(digits))} %`
      : formatEngineering(number, { digits, unit });
  if (value === 0 || written.value === 0)
    return `it is ${shown(value)}, not ${shown(written.value)}`;
  const ratio = written.value / value;
  if (Math.abs(value - written.value) < written.step * (1 + 1e-6)) {
    const rounded = Math.round(value / written.step) * written.step;
    return `${shown(value, 8)} rounds to ${shown(rounded)}, not ${shown(written.value)}`;
  }
  const exact = `it is ${shown(value)}, not ${shown(written.value)}`;
  const near = (factor: number) =>
    Math.abs(ratio / factor - 1) <= written.step / Math.abs(written.value) + 1e-9;
  if (near(-1)) return `${exact}: the sign is wrong`;
  const decades = Math.round(Math.log10(Math.abs(ratio)));
  // Formulas have no digits that could be shifted.
  if (written.step > 0 && decades !== 0 && near(Math.sign(ratio) * 10 ** decades)) {
    const factor = `a factor of ${10 ** Math.abs(decades)} too ${decades > 0 ? 'large' : 'small'}`;
    return `${exact}: ${factor}, ${decades % 3 === 0 ? 'as from a wrong prefix' : 'as from a shifted decimal point'}`;
  }
  if (near(2)) return `${exact}: twice as much`;
  if (near(0.5)) return `${exact}: half as much`;
  return exact;
}
