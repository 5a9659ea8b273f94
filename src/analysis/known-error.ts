/** V_OE of the known errors: the output with them less the ideal one, and what that is at the input. */

import type { LinearCircuit } from '../circuit/circuit.ts';
import { type Solution, subtract } from '../mna/solver.ts';
import type { Gains } from './gains.ts';
import { inputReferred, type ReferenceInput, referenceInput } from './input-referred.ts';
import type { Solved } from './networks.ts';
import { outputValue } from './output.ts';

export interface KnownError {
  /** V_OE and what it is referred to each source [V or A]. */
  readonly error: {
    readonly output: number;
    readonly inputReferred: Readonly<Record<string, number>>;
  } | null;
  /** What errors are referred to. */
  readonly input: ReferenceInput | null;
}

export function knownError(
  circuit: LinearCircuit,
  {
    ideal,
    total,
    idealGains,
  }: {
    readonly ideal: Solved | undefined;
    readonly total: Solution | undefined;
    readonly idealGains: Gains | null;
  },
): KnownError {
  const { output } = circuit;
  const unknown = output === null || ideal === undefined || idealGains === null;
  if (unknown || total === undefined) return { error: null, input: null };
  const { system } = ideal.solver;
  const value = outputValue(output, subtract(total, ideal.nominal), system);
  const input = referenceInput(circuit, idealGains);
  return {
    error: { output: value, inputReferred: inputReferred(value, { input, gains: idealGains }) },
    input,
  };
}
