/** Between which values a quantity is over all that the specifications allow; a point where nothing varies. */

import type { Expression } from '../../../grammar/expression.ts';
import { type SymbolNode, textOf } from '../../../grammar/walk.ts';
import type { BudgetRow } from '../../analysis/budget.ts';
import { FormulaFault } from '../fault.ts';
import { quantityOf, type Subject } from '../quantities.ts';
import { type Limits, limitsOf } from './assumption.ts';
import type { Notebook } from './notebook.ts';

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Causes that AN1177 collects in V_OST. */
const OFFSETS: ReadonlySet<string> = new Set([
  'Vos',
  'drift',
  'Aol',
  'Cmrr',
  'Psrr',
  'PsrrPlus',
  'PsrrMinus',
]);

/** More quantities than this are not moved to their limits together. */
const MOST_UNCERTAIN = 8;

/**
 * Between which values a formula is, from its values with every quantity at either limit and at its known value: exact
 * where it is monotone in each. undefined where a quantity is missing. @throws {FormulaFault} where too many vary.
 */
export function boundsOfFormula(meant: Expression, notebook: Notebook): Bounds | undefined {
  const formula = notebook.compile(meant);
  const choices = new Map<string, readonly number[]>();
  for (const symbol of formula.symbols) {
    const bounds = boundsOf(symbol, notebook.original);
    if (bounds === undefined) return undefined;
    const value = quantityOf(symbol, notebook.original)?.value ?? bounds.low;
    choices.set(textOf(symbol), [...new Set([bounds.low, value, bounds.high])]);
  }
  const names = [...choices.keys()];
  if ([...choices.values()].filter(({ length }) => length > 1).length > MOST_UNCERTAIN) {
    throw new FormulaFault(
      meant.span,
      `More than ${MOST_UNCERTAIN} quantities of this formula have limits.`,
      'Compare parts of it.',
    );
  }
  let corners: ReadonlyMap<string, number>[] = [new Map()];
  for (const name of names) {
    corners = corners.flatMap((corner) =>
      (choices.get(name) ?? []).map((value) => new Map([...corner, [name, value]])),
    );
  }
  const values = corners.map((corner) =>
    formula.evaluate((symbol) => corner.get(textOf(symbol)) ?? Number.NaN),
  );
  return { low: Math.min(...values), high: Math.max(...values) };
}

/** undefined where the circuit does not have the quantity. */
export function boundsOf(symbol: SymbolNode, subject: Subject): Bounds | undefined {
  const value = quantityOf(symbol, subject)?.value ?? undefined;
  const around = (low: number, high: number): Bounds | undefined =>
    value === undefined ? undefined : { low: value + low, high: value + high };
  const { error, budget, opAmps } = subject.result;
  if (symbol.kind === 'name') {
    if (symbol.name.toUpperCase() === 'VOE' && error !== null && budget !== null) {
      return around(budget.opAmps.low, budget.opAmps.high);
    }
    return around(0, 0);
  }
  const at = opAmps.find(({ opAmp }) => opAmp.name === symbol.names[0]?.text);
  if (at === undefined) return around(0, 0);
  switch (symbol.quantity) {
    case 'VOST': {
      const gain = at.noiseGainToOutput;
      if (budget === null || gain === null || gain === 0) return around(0, 0);
      const rows = budget.rows.filter(
        ({ opAmp, cause }: BudgetRow) => opAmp === at.opAmp.name && OFFSETS.has(cause),
      );
      const ends = (['low', 'high'] as const).map(
        (end) => rows.reduce((sum, row) => sum + row[end], 0) / gain,
      );
      return around(Math.min(...ends), Math.max(...ends));
    }
    case 'VIBN':
      return drop('IBN', -at.resistance.nonInverting);
    case 'VIBI':
      return drop('IBI', at.resistance.inverting);
    default: {
      const limits = limitsOf(symbol.quantity, at.opAmp);
      return limits === undefined ? around(0, 0) : rangeOf(limits);
    }
  }
  function drop(current: string, resistance: number): Bounds | undefined {
    const limits = at === undefined ? undefined : limitsOf(current, at.opAmp);
    if (limits === undefined) return around(0, 0);
    const { low, high } = limits.spread;
    const ends = [low * resistance, high * resistance];
    return { low: Math.min(...ends), high: Math.max(...ends) };
  }
}

/** Of a ratio the magnitude: at least what its inverse is at most. */
export function rangeOf({ spread: { low, high }, isInverse }: Limits): Bounds {
  if (!isInverse) return { low, high };
  return { low: 1 / Math.max(Math.abs(low), Math.abs(high)), high: Number.POSITIVE_INFINITY };
}
