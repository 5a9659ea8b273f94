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

const made = new WeakMap<NonlinearElement, Instance>();

/** The instances of a circuit; an element is made ready once, whoever asks for it. */
export function instancesOf({ elements }: Circuit): readonly Instance[] {
  return elements.filter(isNonlinear).map((element) => {
    const before = made.get(element);
    if (before !== undefined) return before;
    const instance = element.kind === 'device' ? deviceInstance(element) : source(element);
    made.set(element, instance);
    return instance;
  });
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
  const u = new Float64Array(inputs.length);
  for (let j = 0; j < u.length; j++) {
    const input = inputs[j];
    if (input === undefined) continue;
    const value =
      input.quantity === 'V'
        ? at(input.port.plus) - at(input.port.minus)
        : at(branchOf(unknowns, input.element));
    u[j] = input.gain * value;
  }
  return u;
}
