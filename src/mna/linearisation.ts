/**
 * Circuit -> LinearCircuit: every non-linear element replaced by its tangent f(u0) + J (u - u0), which is
 * a controlled source per outlet. Around the operating point the tangent is the small-signal circuit.
 */

import type {
  Circuit,
  Control,
  ControlledCurrent,
  ControlledVoltage,
  LinearCircuit,
  LinearElement,
  NonlinearElement,
} from '../circuit/circuit.ts';
import { isNonlinear } from '../circuit/circuit.ts';
import { randomResidues } from '../numeric/modular-rank.ts';
import type { Instance } from './instance.ts';

/** f and J = df/du (m x k, row by row) at u. */
export interface Tangent {
  readonly u: Float64Array;
  readonly values: Float64Array;
  readonly jacobian: Float64Array;
}

/** The circuit with each instance replaced by its tangent. */
export function linearised(
  circuit: Circuit,
  instances: readonly Instance[],
  tangents: readonly Tangent[],
): LinearCircuit {
  const replaced = new Map<NonlinearElement, readonly LinearElement[]>();
  for (const [index, instance] of instances.entries()) {
    const tangent = tangents[index];
    if (tangent !== undefined) replaced.set(instance.element, substitutes(instance, tangent));
  }
  return {
    ...circuit,
    elements: circuit.elements.flatMap((element): readonly LinearElement[] =>
      isNonlinear(element) ? (replaced.get(element) ?? []) : [element],
    ),
  };
}

function substitutes(
  { element, inputs, outlets }: Instance,
  { u, values, jacobian }: Tangent,
): readonly (ControlledCurrent | ControlledVoltage)[] {
  return outlets.map(({ quantity, port, name }, i) => {
    let offset = values[i] ?? 0;
    const controls: Control[] = [];
    for (const [j, input] of inputs.entries()) {
      const gain = jacobian[i * inputs.length + j] ?? 0;
      offset -= gain * (u[j] ?? 0);
      if (gain !== 0) controls.push({ ...input, gain: gain * input.gain });
    }
    const kind = quantity === 'V' ? 'controlledVoltage' : 'controlledCurrent';
    return { kind, name, span: element.span, port, controls, offset };
  });
}

/** The linear elements alone, each voltage outlet a source of 0 V: what Newton adds its tangents to. */
export function withoutTangents(circuit: Circuit, instances: readonly Instance[]): LinearCircuit {
  return linearised(
    circuit,
    instances,
    instances.map((instance) => drawn(instance, () => 0)),
  );
}

/**
 * Tangents drawn by chance: a circuit that is singular with them is singular at almost every operating
 * point, so that its structure can be judged before there is one.
 */
export function genericTangents(circuit: Circuit, instances: readonly Instance[]): LinearCircuit {
  const random = randomResidues(1);
  return linearised(
    circuit,
    instances,
    instances.map((instance) => drawn(instance, random)),
  );
}

function drawn({ inputs, outlets }: Instance, draw: () => number): Tangent {
  return {
    u: new Float64Array(inputs.length),
    values: new Float64Array(outlets.length),
    jacobian: Float64Array.from({ length: inputs.length * outlets.length }, draw),
  };
}
