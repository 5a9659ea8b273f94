/** V_OE of the known errors: the total solution less that of nullors, at the output and at the input. */

import type { LinearCircuit, Output } from '../circuit/circuit.ts';
import { type Solution, type Solver, subtract } from '../mna/solver.ts';
import type { Gains } from './gains.ts';
import { inputReferred, type ReferenceInput, referenceInput } from './input-referred.ts';
import { outputValue } from './output.ts';

export interface KnownError {
  /** V_OE of the known errors and what it is referred to each source [V or A]. */
  readonly error: {
    readonly output: number;
    readonly inputReferred: Readonly<Record<string, number>>;
  } | null;
  /** What errors are referred to. */
  readonly input: ReferenceInput | null;
}

/** Null without an output, and where nullors have no solution. */
export function knownError({
  output,
  ideal,
  nominal,
  total,
  idealGains,
  circuit,
}: {
  output: Output | null;
  ideal: Solver | undefined;
  nominal: Solution | undefined;
  total: Solution | undefined;
  idealGains: Gains | null;
  circuit: LinearCircuit;
}): KnownError {
  const unknown = output === null || ideal === undefined || idealGains === null;
  if (unknown || nominal === undefined || total === undefined) return { error: null, input: null };
  const value = outputValue(output, subtract(total, nominal), ideal.system);
  const input = referenceInput(circuit, idealGains);
  return {
    error: { output: value, inputReferred: inputReferred(value, { input, gains: idealGains }) },
    input,
  };
}
