/** The `*@ expect` and `*@ let` lines as the analysis of formulas takes them. */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import { symbolsOf } from '../../grammar/walk.ts';
import type { Declaration, Expectation } from './circuit.ts';
import type { PlacedDirective } from './flatten.ts';
import type { NameTable } from './probes.ts';
import { EvaluationFault } from './scope.ts';

/** Every expectation with the values of the parameters that it names. */
export function expectationsOf(
  others: readonly PlacedDirective[],
  diagnostics: Diagnostics,
): Expectation[] {
  return others.flatMap(({ line: { directive, span }, prefix, scope }) => {
    if (directive.kind !== 'expect') return [];
    const parameters = new Map<string, number>();
    const { left, right, high } = directive;
    for (const side of high === undefined ? [left, right] : [left, right, high]) {
      for (const symbol of symbolsOf(side)) {
        if (symbol.kind !== 'name' || !scope.has(symbol.name)) continue;
        try {
          parameters.set(symbol.name.toLowerCase(), scope.evaluate(symbol));
        } catch (fault) {
          if (!(fault instanceof EvaluationFault)) throw fault;
          diagnostics.error(fault.code, fault.span, fault.message, fault.hint);
        }
      }
    }
    return [{ ...directive, span, prefix, parameters }];
  });
}

/** Every declaration that names an element with a value; the others are reported. */
export function declarationsOf(
  others: readonly PlacedDirective[],
  names: NameTable,
): Declaration[] {
  return others.flatMap(({ line: { directive, span }, prefix }) => {
    if (directive.kind !== 'let') return [];
    const word = { text: prefix + directive.target.text, span: directive.target.span };
    const element = names.element(word, ['resistor', 'voltageSource', 'currentSource']);
    if (element === undefined) return [];
    return [{ element: element.name, value: directive.value, span, prefix }];
  });
}
