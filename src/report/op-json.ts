/** Operation -> the object of `op --json`: schema nullor/op/1. SI units; null where a value does not exist. */

import type { Operation } from '../operate.ts';
import { devicesJson, diagnosticJson } from './json.ts';
import type { OperationReport } from './op-document.ts';

export const OP_SCHEMA = 'nullor/op/1';

export function operationJson(
  { file, title, circuit, result, diagnostics }: Operation,
  { against }: OperationReport = {},
): Record<string, unknown> {
  return {
    schema: OP_SCHEMA,
    title,
    file,
    temperature: circuit.temperature?.nominal ?? null,
    nodes: result?.nodes ?? null,
    branches: result?.branches ?? null,
    devices: result === null ? null : devicesJson(result.devices),
    convergence: result === null ? null : { iterations: result.iterations, aids: [...result.aids] },
    against: against ?? null,
    diagnostics: diagnostics.map(diagnosticJson),
  };
}
