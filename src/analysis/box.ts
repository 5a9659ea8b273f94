/** The box of the variations in a scenario: their ends, the rank-one terms there, and the output around its middle. */

import type { LinearCircuit, OpAmp, Output } from '../circuit/circuit.ts';
import type { BiasPoint } from '../mna/excitation.ts';
import { movedBy, type PortForm } from '../numeric/port-form.ts';
import type { CornerVariation } from './variation.ts';
import { type Scenario, stepOf } from './variation-limits.ts';

export interface WorstCaseInput {
  readonly circuit: LinearCircuit;
  readonly output: Output;
  readonly biasPoints: ReadonlyMap<OpAmp, BiasPoint>;
  readonly variations: readonly CornerVariation[];
  /** Of these variations, around the nominal values with the known errors. */
  readonly form: PortForm;
}

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Limits of the variations in a scenario, and the form around the middle of their terms. */
export interface Box {
  readonly ends: readonly Bounds[];
  readonly widths: Float64Array;
  readonly steps: readonly Bounds[];
  readonly form: PortForm;
  /** 0 when the way from the nominal point to the middle crosses a pole. */
  readonly factor: number;
}

export function stepsOf(
  ends: readonly Bounds[],
  { scenario, input }: { scenario: Scenario; input: WorstCaseInput },
): Bounds[] {
  return input.variations.map((variation, k) => {
    const biasPoint =
      variation.kind === 'opAmp' ? input.biasPoints.get(variation.opAmp) : undefined;
    const { low, high } = ends[k] ?? { low: 0, high: 0 };
    const at = { ...scenario, biasPoint };
    return { low: stepOf(variation, low, at), high: stepOf(variation, high, at) };
  });
}

export function boxOf(steps: readonly Bounds[], { form }: WorstCaseInput): Omit<Box, 'ends'> {
  const middle = steps.map(({ low, high }) => (low + high) / 2);
  const widths = Float64Array.from(steps, ({ low, high }) => Math.abs(high - low) / 2);
  return { steps, widths, ...movedBy(form, middle) };
}
