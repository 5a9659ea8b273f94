/** Errors referred to the input: the output error divided by the signal gain (theory D9). */

import type { LinearCircuit } from '../circuit/circuit.ts';
import type { Gains } from './gains.ts';

/** The source, or the difference of two, that errors are referred to. */
export interface ReferenceInput {
  readonly label: string;
  /** d output / d input with nullors; not 0. */
  readonly gain: number;
  readonly unit: 'V' | 'A';
}

/** The input that the netlist names, else the source with the largest gain; null when all gains are 0. */
export function referenceInput(circuit: LinearCircuit, gains: Gains): ReferenceInput | null {
  const weights = new Map(circuit.input?.terms.map(({ source, weight }) => [source, weight]));
  let sum = 0;
  let unit: 'V' | 'A' = 'V';
  let largest: ReferenceInput | null = null;
  for (const [source, gain] of gains.sources) {
    const own = source.kind === 'currentSource' ? 'A' : 'V';
    const weight = weights.get(source.name);
    if (weight !== undefined) {
      sum += weight * gain; // sum d_j g_j
      unit = own;
    }
    if (Math.abs(gain) > Math.abs(largest?.gain ?? 0))
      largest = { label: source.name, gain, unit: own };
  }
  if (circuit.input === null) return largest;
  return sum === 0 ? null : { label: circuit.input.label, gain: sum, unit };
}

/** An output error referred to every source that has a gain, and to the named input. */
export function inputReferred(
  error: number,
  { input, gains }: { input: ReferenceInput | null; gains: Gains },
): Record<string, number> {
  const referred: Record<string, number> = Object.create(null);
  for (const [source, gain] of gains.sources) if (gain !== 0) referred[source.name] = error / gain;
  if (input !== null) referred[input.label] = error / input.gain;
  return referred;
}
