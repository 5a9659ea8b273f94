/**
 * A circuit whose values are drawn: the shapes of its deviates, and the output as straight-line code. The network itself
 * is eliminated, or the ports of what varies where that takes fewer operations.
 */

import type { Distribution } from '../../../grammar/directive/tree.ts';
import type { LinearCircuit, OpAmp, Output } from '../../circuit/circuit.ts';
import type { BiasPoint } from '../../mna/excitation.ts';
import type { Unknowns } from '../../mna/system.ts';
import { DeviateStream, type Shape } from '../../numeric/deviate.ts';
import type { Code } from '../../numeric/kernel/code.ts';
import { type Equations, eliminated } from '../../numeric/kernel/elimination.ts';
import type { PortForm } from '../../numeric/port-form.ts';
import type { Variation } from '../variation.ts';
import type { Scenario } from '../variation-limits.ts';
import { firstOrder } from './first-order.ts';
import { randomValues } from './random-values.ts';
import { networkEquations, portEquations, type Varying } from './sampled-equations.ts';

export interface SampledCircuit {
  /** Of the inputs of the code. */
  readonly shapes: readonly Shape[];
  /** The output, and the safety of its pivots. */
  readonly code: Code;
  /** The value of every variation, from the same inputs. */
  readonly valueCode: Code;
  /** The output to first order, likewise. */
  readonly firstOrderCode: Code;
}

export interface SampledCircuitInput {
  readonly circuit: LinearCircuit;
  readonly output: Output;
  readonly unknowns: Unknowns;
  readonly biasPoints: ReadonlyMap<OpAmp, BiasPoint>;
  readonly variations: readonly Variation[];
  /** Of the variations. */
  readonly form: PortForm;
  readonly scenario: Scenario;
  readonly distribution: Distribution;
}

/** Larger systems take too long to order. */
const MOST_UNKNOWNS = 400;
/** Ports are dense, about m^3 operations: with more they are not shorter, and with many more too long. */
const FEW_PORTS = 12;
const MOST_PORTS = 48;
const MOST_OPERATIONS = 100_000;
/** At which pivots are tried, beside the nominal values. */
const TRIALS = 24;
/** A stream of its own for the trials. */
const TRIAL_PORTION = 2 ** 32 - 1;

/** Undefined for circuits that are too large. */
export function sampledCircuit(input: SampledCircuitInput): SampledCircuit | undefined {
  const { unknowns, variations } = input;
  const isSmall = unknowns.count <= MOST_UNKNOWNS;
  const ways: ((varying: Varying) => Equations)[] = [];
  if (isSmall) ways.push((varying) => networkEquations(varying, input));
  if (variations.length <= (isSmall ? FEW_PORTS : MOST_PORTS)) {
    ways.push((varying) => portEquations(varying, input));
  }
  return ways
    .map((way) => codeOf(way, { input, trials: TRIALS }) ?? codeOf(way, { input, trials: 0 }))
    .filter((found) => found !== undefined)
    .reduce<SampledCircuit | undefined>(
      (best, found) =>
        best === undefined || found.code.operations.length < best.code.operations.length
          ? found
          : best,
      undefined,
    );
}

/** With a pole within the tolerances no pivots serve all trials; those of the nominal values serve most samples. */
function codeOf(
  way: (varying: Varying) => Equations,
  { input, trials }: { input: SampledCircuitInput; trials: number },
): SampledCircuit | undefined {
  const { variations } = input;
  const drawn = randomValues(variations, input);
  const { builder, shapes, values } = drawn;
  const found = eliminated(way({ ...drawn, variations }), {
    builder,
    points: trialPoints(shapes, trials),
    most: MOST_OPERATIONS,
  });
  if (found === undefined) return undefined;
  return {
    shapes,
    code: builder.finished([found.output, found.safety]),
    valueCode: builder.finished(values),
    firstOrderCode: builder.finished([firstOrder({ ...drawn, variations }, input)]),
  };
}

/** The nominal point, and `trials` drawn ones. */
function trialPoints(shapes: readonly Shape[], trials: number): Float64Array[] {
  const stream = new DeviateStream(0, TRIAL_PORTION);
  const drawn = shapes.map((shape) => {
    const deviates = new Float64Array(TRIALS);
    stream.fill(deviates, shape);
    return deviates;
  });
  const nominal = Float64Array.from(shapes, ({ middle }) => middle);
  const others = Array.from({ length: trials }, (_, trial) =>
    Float64Array.from(drawn, (deviates) => deviates[trial] ?? 0),
  );
  return [nominal, ...others];
}
