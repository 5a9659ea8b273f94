/** Node voltages that voltage sources alone fix against ground, whatever the rest of the circuit does. */

import { type Element, GROUND, type NodeIndex, type Port } from './circuit.ts';

/** The voltage [V] of every node that a chain of sources, inductors and shorts ties to ground. */
export function fixedVoltages(elements: readonly Element[]): ReadonlyMap<NodeIndex, number> {
  const links = new Map<NodeIndex, { to: NodeIndex; step: number }[]>();
  const link = (from: NodeIndex, to: NodeIndex, step: number): void => {
    const known = links.get(from);
    if (known === undefined) links.set(from, [{ to, step }]);
    else known.push({ to, step });
  };
  for (const element of elements) {
    const tie = tieOf(element);
    if (tie === undefined) continue;
    link(tie.port.minus, tie.port.plus, tie.voltage);
    link(tie.port.plus, tie.port.minus, -tie.voltage);
  }
  const voltages = new Map<NodeIndex, number>([[GROUND, 0]]);
  // A map iterates over what is added to it meanwhile: breadth first.
  for (const [node, voltage] of voltages) {
    for (const { to, step } of links.get(node) ?? []) {
      if (!voltages.has(to)) voltages.set(to, voltage + step + 0);
    }
  }
  return voltages;
}

function tieOf(element: Element): { port: Port; voltage: number } | undefined {
  switch (element.kind) {
    case 'voltageSource':
      return { port: element.port, voltage: element.voltage };
    case 'inductor':
      return { port: element.port, voltage: 0 };
    case 'resistor':
      return element.resistance === 0 ? { port: element.port, voltage: 0 } : undefined;
    default:
      return undefined;
  }
}
