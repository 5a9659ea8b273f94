/** The non-linear elements of a circuit as a solver sees them: inputs u, outputs f(u), and the law between. */

import type { Circuit, Control, Device, Port } from '../circuit/circuit.ts';
import type { Law } from '../devices/device.ts';
import { deviceKind } from '../devices/registry.ts';

/** What an element with a law forces between two nodes: a current through it, or the voltage across it. */
export interface Outlet {
  readonly quantity: 'V' | 'I';
  readonly port: Port;
  /** What its linear substitute is called; for a voltage the name of the element. */
  readonly name: string;
}

export type NonlinearElement = Device;

export interface Instance {
  readonly element: NonlinearElement;
  readonly law: Law;
  /** u (k), gains 1. */
  readonly inputs: readonly Control[];
  /** f (m) */
  readonly outlets: readonly Outlet[];
}

export function instancesOf({ elements }: Circuit): readonly Instance[] {
  return elements.filter((element) => element.kind === 'device').map(instanceOf);
}

function instanceOf(element: NonlinearElement): Instance {
  return {
    element,
    law: deviceKind(element.data.device).law(element.data),
    inputs: element.inputs,
    outlets: element.outputs.map(({ port, pair }) => ({
      quantity: 'I',
      port,
      name: element.outputs.length === 1 ? element.name : `${element.name} (${pair.join(' to ')})`,
    })),
  };
}
