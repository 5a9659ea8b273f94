/** `.options key=value` as far as it bears on the operating point: TEMP, TNOM, GMIN, and sizes of MOSFETs. */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Expression } from '../../grammar/expression.ts';
import type { Netlist } from '../../grammar/spice/tree.ts';
import { EvaluationFault, Scope } from './scope.ts';

const KNOWN: ReadonlySet<string> = new Set([
  'temp',
  'tnom',
  'gmin',
  'defl',
  'defw',
  'defad',
  'defas',
  'scale',
]);

/** The settings of a netlist by lower-case name; the last one of a name counts. */
export function settingsOf(
  { statements }: Netlist,
  diagnostics: Diagnostics,
): ReadonlyMap<string, number> {
  const settings = new Map<string, number>();
  for (const statement of statements) {
    if (statement.kind !== 'options') continue;
    for (const { key, value } of statement.assignments) {
      const name = key.text.toLowerCase();
      if (!KNOWN.has(name)) continue;
      const number = evaluated(value, new Scope(), diagnostics);
      if (number !== undefined) settings.set(name, number);
    }
  }
  return settings;
}

/** The value of an expression, or a diagnostic why it has none. */
export function evaluated(
  expression: Expression,
  scope: Scope,
  diagnostics: Diagnostics,
): number | undefined {
  try {
    return scope.evaluate(expression);
  } catch (fault) {
    if (!(fault instanceof EvaluationFault)) throw fault;
    diagnostics.error(fault.code, fault.span, fault.message, fault.hint);
    return undefined;
  }
}
