/** What the directives name: nodes, elements, the output and the input of the analysis. */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Probe } from '../../grammar/directive/tree.ts';
import type { Word } from '../../grammar/expression.ts';
import { didYouMean } from '../../grammar/suggest.ts';
import { type Element, GROUND, type Input, type NodeIndex, type Output } from './circuit.ts';
import type { PlacedDirective } from './flatten.ts';
import { influencedNodes, type Wiring } from './topology.ts';

/** Looks up nodes and elements by the names that directives use. */
export class NameTable {
  readonly #circuit: Wiring & { readonly floating: ReadonlySet<NodeIndex> };
  readonly #diagnostics: Diagnostics;
  readonly #nodes: ReadonlyMap<string, NodeIndex>;

  constructor(
    circuit: Wiring & { readonly floating: ReadonlySet<NodeIndex> },
    diagnostics: Diagnostics,
  ) {
    this.#circuit = circuit;
    this.#diagnostics = diagnostics;
    this.#nodes = new Map(circuit.nodes.map((name, index) => [name.toLowerCase(), index]));
  }

  find(name: string): NodeIndex | undefined {
    return this.#nodes.get(name.toLowerCase());
  }

  node(word: Word): NodeIndex | undefined {
    const key = word.text.toLowerCase();
    if (key === '0' || key === 'gnd') return GROUND;
    const index = this.#nodes.get(key);
    if (index !== undefined && this.#circuit.floating.has(index)) {
      this.#diagnostics.error(
        'floating_node',
        word.span,
        `Node "${word.text}" has no DC voltage: only capacitors connect it to the rest.`,
      );
      return undefined;
    }
    if (index !== undefined) return index;
    this.#diagnostics.error(
      'unknown_node',
      word.span,
      `There is no node "${word.text}" in the circuit${didYouMean(word.text, this.#circuit.nodes)}.`,
    );
    return undefined;
  }

  element(word: Word, kinds: readonly Element['kind'][]): Element | undefined {
    const key = word.text.toLowerCase();
    const element = this.#circuit.elements.find(({ name }) => name.toLowerCase() === key);
    if (element !== undefined && kinds.includes(element.kind)) return element;
    const candidates = this.#circuit.elements.filter(({ kind }) => kinds.includes(kind));
    this.#diagnostics.error(
      'unknown_element',
      word.span,
      element === undefined
        ? `There is no element "${word.text}" in the circuit${didYouMean(
            word.text,
            candidates.map(({ name }) => name),
          )}.`
        : `"${word.text}" cannot be used here.`,
    );
    return undefined;
  }
}

export function outputOf(
  circuit: Wiring,
  { names, others }: { readonly names: NameTable; readonly others: readonly PlacedDirective[] },
): Output | null {
  const stated = others.findLast(({ line }) => line.directive.kind === 'output')?.line.directive;
  return stated?.kind === 'output'
    ? probedOutput(stated.probe, names)
    : defaultOutput(circuit, names);
}

function probedOutput(probe: Probe, names: NameTable): Output | null {
  if (probe.quantity === 'I') {
    const kinds = ['voltageSource', 'inductor', 'controlledVoltage', 'resistor', 'opAmp'] as const;
    const element = names.element(probe.element, kinds);
    return element === undefined
      ? null
      : { quantity: 'I', element: element.name, label: `I(${probe.element.text})` };
  }
  const plus = names.node(probe.plus);
  const minus = probe.minus === undefined ? GROUND : names.node(probe.minus);
  if (plus === undefined || minus === undefined) return null;
  const label =
    probe.minus === undefined ? probe.plus.text : `${probe.plus.text},${probe.minus.text}`;
  return { quantity: 'V', port: { plus, minus }, label: `V(${label})` };
}

/** The node `out` or `vout`, else the output of the last op amp that drives no other (design section 4). */
function defaultOutput(circuit: Wiring, names: NameTable): Output | null {
  const opAmps = circuit.elements.filter((element) => element.kind === 'opAmp');
  const last = opAmps.findLast((opAmp) => {
    const reached = influencedNodes(circuit, opAmp.output.plus);
    return !opAmps.some(
      (other) => other !== opAmp && (reached.has(other.plus) || reached.has(other.minus)),
    );
  });
  const node = names.find('out') ?? names.find('vout') ?? last?.output.plus;
  if (node === undefined || node === GROUND) return null;
  return { quantity: 'V', port: { plus: node, minus: GROUND }, label: `V(${circuit.nodes[node]})` };
}

export function inputOf(names: NameTable, others: readonly PlacedDirective[]): Input | null {
  const stated = others.findLast(({ line }) => line.directive.kind === 'input')?.line.directive;
  if (stated?.kind !== 'input') return null;
  const sources = stated.sources.map((word) =>
    names.element(word, ['voltageSource', 'currentSource']),
  );
  const found = sources.filter((element) => element !== undefined);
  if (found.length !== sources.length) return null;
  const weights = found.length === 2 ? [0.5, -0.5] : [1];
  return {
    label: found.map(({ name }) => name).join(' - '),
    terms: found.map(({ name }, index) => ({ source: name, weight: weights[index] ?? 0 })),
  };
}
