/**
 * The circuit at other values: its elements multiplied by factors, then made to obey what the netlist declares with
 * `*@ let`, and solved again. Reproducible: the factors come from a seeded generator.
 */

import { Diagnostics } from '../../grammar/diagnostic.ts';
import { analyzeCircuit, type CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import type { Circuit, Element } from '../circuit/circuit.ts';
import { known, type OpAmpSpecification } from '../circuit/specification.ts';
import type { Variable } from './variables.ts';

/** A circuit and what the analysis says of it; null where it cannot be solved. */
export interface Trial {
  readonly circuit: Circuit;
  readonly result: CircuitAnalysis | null;
}

/** Factors of the variables, by name. */
export type Factors = ReadonlyMap<string, number>;

/** The elements with their variables multiplied. */
export function multiplied(
  elements: readonly Element[],
  { variables, factors }: { readonly variables: readonly Variable[]; readonly factors: Factors },
): Element[] {
  const changes = new Map<string, Variable[]>();
  for (const variable of variables) {
    if (!factors.has(variable.name)) continue;
    const key = variable.element.name.toLowerCase();
    changes.set(key, [...(changes.get(key) ?? []), variable]);
  }
  return elements.map((element) =>
    (changes.get(element.name.toLowerCase()) ?? []).reduce<Element>(
      (changed, { name, times }) => times(changed, factors.get(name) ?? 1),
      element,
    ),
  );
}

/** What is known of the circuit alone: without spreads and tolerances, which only the budget needs. */
export function withoutSpreads(circuit: Circuit): Circuit {
  return {
    ...withoutSamples(circuit),
    tolerances: [],
    ranges: { ...circuit.ranges, sources: new Map(), opAmps: new Map() },
    elements: circuit.elements.map((element) =>
      element.kind === 'opAmp'
        ? { ...element, specification: nominalOf(element.specification) }
        : element,
    ),
  };
}

/** No Monte Carlo: a formula has no samples. */
export function withoutSamples(circuit: Circuit): Circuit {
  return { ...circuit, statistics: { ...circuit.statistics, monteCarlo: null } };
}

function nominalOf(specification: OpAmpSpecification): OpAmpSpecification {
  const { inversePsrr, bias } = specification;
  return {
    ...specification,
    offsetVoltage: known(specification.offsetVoltage.nominal),
    drift: known(specification.drift.nominal),
    inverseGain: known(specification.inverseGain.nominal),
    inverseCmrr: known(specification.inverseCmrr.nominal),
    inversePsrr:
      inversePsrr.kind === 'lumped'
        ? { kind: 'lumped', both: known(inversePsrr.both.nominal) }
        : {
            kind: 'split',
            plus: known(inversePsrr.plus.nominal),
            minus: known(inversePsrr.minus.nominal),
          },
    bias:
      bias.kind === 'average'
        ? {
            kind: 'average',
            average: known(bias.average.nominal),
            offset: known(bias.offset.nominal),
          }
        : {
            kind: 'pins',
            nonInverting: known(bias.nonInverting.nominal),
            inverting: known(bias.inverting.nominal),
          },
  };
}

export function solvedTrial(circuit: Circuit): Trial {
  const result = analyzeCircuit(circuit, new Diagnostics());
  return { circuit, result: UNSOLVED.has(result.status) ? null : result };
}

const UNSOLVED: ReadonlySet<string> = new Set(['no_dc_path', 'voltage_conflict', 'no_convergence']);

/** Uniform in (0, 1), the same sequence for the same seed. // Marsaglia, Xorshift RNGs, 2003 */
export function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
