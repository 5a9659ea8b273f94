/** What the operating point means for each non-linear element: region, voltages, currents, power. */

import { type Device, type NodeIndex, nodeName } from '../circuit/circuit.ts';
import type { Tangent } from '../mna/linearisation.ts';
import type { OperatingPoint } from '../mna/operating-point.ts';
import { component } from '../mna/solver.ts';

export interface DeviceBias {
  readonly name: string;
  /** `diode`, `bipolar` ... */
  readonly device: string;
  readonly model: string;
  /** In the field's words: `saturation`, `reverse` ... */
  readonly region: string;
  /** By terminal: the node, its voltage [V], and the current into the terminal [A]. */
  readonly terminals: readonly {
    readonly role: string;
    readonly node: string;
    readonly voltage: number;
    readonly current: number;
  }[];
  /** What the device takes from the circuit, its series resistances left out [W]. */
  readonly power: number;
}

export function deviceBiases({
  circuit,
  instances,
  tangents,
  memory,
  solution,
}: OperatingPoint): readonly DeviceBias[] {
  return instances.flatMap((instance, i) => {
    const tangent = tangents[i];
    if (tangent === undefined) return [];
    const { element, law } = instance;
    if (element.kind !== 'device') return [];
    const at = (node: NodeIndex) => component(solution, node);
    const terminals = [...element.terminals].map(([role, node]) => ({
      role,
      node: nodeName(circuit, node),
      voltage: at(node),
      current: currentInto(role, element, tangent),
    }));
    return [
      {
        name: element.name,
        device: element.data.device,
        model: element.model,
        region: law.region(tangent.u, memory[i] ?? 0),
        terminals,
        power: powerOf(element, tangent, at),
      },
    ];
  });
}

/** The outlets that leave a terminal or the node behind its series resistor. */
function currentInto(role: string, element: Device, { values }: Tangent): number {
  let current = 0;
  for (const [i, { pair }] of element.outputs.entries()) {
    const [plus, minus] = pair.map((name) => name.replace(/'$/, ''));
    if (plus === role) current += values[i] ?? 0;
    if (minus === role) current -= values[i] ?? 0;
  }
  return current;
}

function powerOf(element: Device, { values }: Tangent, at: (node: NodeIndex) => number): number {
  let power = 0;
  for (const [i, { port }] of element.outputs.entries()) {
    power += (values[i] ?? 0) * (at(port.plus) - at(port.minus));
  }
  return power;
}
