/** Formulation -> the object of `formula --json`: schema nullor/formula/1. SI units; null where a value does not exist. */

import type { Formulation } from '../formulate.ts';
import { diagnosticJson } from './json.ts';

export const FORMULA_SCHEMA = 'nullor/formula/1';

export function formulaJson({
  file,
  title,
  circuit,
  formulas,
  diagnostics,
}: Formulation): Record<string, unknown> {
  return {
    schema: FORMULA_SCHEMA,
    title,
    file,
    output: circuit.output?.label ?? null,
    formulas,
    diagnostics: diagnostics.map(diagnosticJson),
  };
}
