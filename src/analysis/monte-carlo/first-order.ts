/** The output to first order in all values, as code: what RSS stands on, and what a sample is compared with. */

import type { OpAmp } from '../../circuit/circuit.ts';
import type { BiasPoint } from '../../mna/excitation.ts';
import type { Value } from '../../numeric/kernel/code.ts';
import type { PortForm } from '../../numeric/port-form.ts';
import type { Variation } from '../variation.ts';
import { nominalOf, type Varying } from './sampled-equations.ts';

/** f(0) + sum df/dvalue (value - nominal), with df/dd = -r q (`numeric/port-form.ts`). */
export function firstOrder(
  { builder, values, variations }: Varying,
  {
    form,
    biasPoints,
  }: { readonly form: PortForm; readonly biasPoints: ReadonlyMap<OpAmp, BiasPoint> },
): Value {
  let output = builder.constant(form.value);
  for (const [k, variation] of variations.entries()) {
    const slope = -(form.r[k] ?? 0) * (form.q[k] ?? 0) * steepness(variation);
    const nominal = variation.kind === 'opAmp' ? nominalOf(variation, biasPoints) : 1;
    const value = values[k] ?? builder.constant(nominal);
    const change = builder.subtract(value, builder.constant(nominal));
    output = builder.add(output, builder.multiply(builder.constant(slope), change));
  }
  return output;
}

/** dd per unit of the value of a variation; d = (1/f - 1)/R of a conductance, else proportional to f - 1. */
function steepness(variation: Variation): number {
  if (variation.kind === 'opAmp') return 1;
  const { element, slope, step } = variation;
  return element.kind === 'resistor' && slope < 0 ? -step(0.5) : step(2);
}
