/** The non-linear elements of a circuit as a solver sees them: inputs u, outputs f(u), and the law between. */

import type {
  BehaviouralSource,
  Circuit,
  Control,
  Device,
  NonlinearElement,
  Port,
} from '../circuit/circuit.ts';
import { GROUND, isNonlinear } from '../circuit/circuit.ts';
import type { Law } from '../devices/device.ts';
import { formulaLaw } from '../devices/formula-law.ts';
import { deviceKind } from '../devices/registry.ts';
import { branchOf, type Unknowns } from './system.ts';

/** What an element with a law forces between two nodes: a current through it, or the voltage across it. */
export interface Outlet {
  readonly quantity: 'V' | 'I';
  readonly port: Port;
  /** What its linear substitute is called; for a voltage the name of the element. */
  readonly name: string;
}

export interface Instance {
  readonly element: NonlinearElement;
  readonly law: Law;
  /** u (k): gain times a voltage or current each. */
  readonly inputs: readonly Control[];
  /** f (m) */
  readonly outlets: readonly Outlet[];
  /** Why f has no value at u and a stand-in goes on; null where it has one. */
  fault(u: Float64Array): string | null;
}

export function instancesOf({ elements }: Circuit): readonly Instance[] {
  return elements
    .filter(isNonlinear)
    .map((element) => (element.kind === 'device' ? deviceInstance(element) : source(element)));
}

function deviceInstance(element: Device): Instance {
  return {
    element,
    law: deviceKind(element.data.device).law(element.data),
    inputs: element.inputs,
    outlets: element.outputs.map(({ port, pair }) => ({
      quantity: 'I',
      port,
      name: element.outputs.length === 1 ? element.name : `${element.name} (${pair.join(' to ')})`,
    })),
    fault: () => null,
  };
}

function source(element: BehaviouralSource): Instance {
  const { evaluate, fault } = formulaLaw(element.formula);
  return {
    element,
    law: {
      evaluate: (u, { values, jacobian }) => {
        values[0] = evaluate(u, jacobian);
      },
      region: () => '',
    },
    inputs: element.inputs,
    outlets: [{ quantity: element.quantity, port: element.port, name: element.name }],
    fault,
  };
}

/** u of an instance at x. */
export function inputsOf(
  inputs: readonly Control[],
  x: Float64Array,
  unknowns: Unknowns,
): Float64Array {
  const at = (index: number) => (index === GROUND ? 0 : (x[index] ?? 0));
  return Float64Array.from(inputs, (input) =>
    input.quantity === 'V'
      ? input.gain * (at(input.port.plus) - at(input.port.minus))
      : input.gain * at(branchOf(unknowns, input.element)),
  );
}
