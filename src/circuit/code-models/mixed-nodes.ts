/** Nodes that carry events and are connected to elements with voltages: a bridge is missing. */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { Word } from '../../../grammar/expression.ts';
import { type Element, type NodeIndex, sensedNodes, terminals } from '../circuit.ts';

export function reportMixedNodes(
  places: ReadonlyMap<NodeIndex, Word>,
  {
    elements,
    diagnostics,
  }: { readonly elements: readonly Element[]; readonly diagnostics: Diagnostics },
): void {
  if (places.size === 0) return;
  const told = new Set<NodeIndex>();
  for (const element of elements) {
    for (const node of [...terminals(element), ...sensedNodes(element)]) {
      const word = places.get(node);
      if (word === undefined || told.has(node)) continue;
      told.add(node);
      diagnostics.error(
        'mixed_node',
        word.span,
        `Node "${word.text}" is digital or real here, and "${element.name}" is connected to it.`,
        'Put an adc_bridge or dac_bridge between them.',
      );
    }
  }
}
