/**
 * What the wiring alone decides: islands without any path to the rest, inductors whose DC current is
 * undetermined, and which nodes a node can influence. Union-find and graph search; no numbers.
 */

import {
  type BehaviouralSource,
  type ControlledVoltage,
  controllingElements,
  type Element,
  GROUND,
  type NodeIndex,
  sensedNodes,
  terminals,
} from './circuit.ts';

/** The part of a circuit that questions of topology need. */
export interface Wiring {
  readonly nodes: readonly string[];
  readonly elements: readonly Element[];
}

/** Disjoint sets of 0 .. n-1, ground joined as n. */
export class DisjointSets {
  readonly #parent: Int32Array;

  constructor(nodes: number) {
    this.#parent = Int32Array.from({ length: nodes + 1 }, (_, index) => index);
  }

  find(node: NodeIndex): number {
    const parent = this.#parent;
    let root = node === GROUND ? parent.length - 1 : node;
    while (parent[root] !== root) {
      const next = parent[root] ?? root;
      parent[root] = parent[next] ?? next;
      root = parent[root] ?? root;
    }
    return root;
  }

  /** Joins two sets; false when they were one already. */
  join(a: NodeIndex, b: NodeIndex): boolean {
    const [first, second] = [this.find(a), this.find(b)];
    if (first === second) return false;
    this.#parent[first] = second;
    return true;
  }
}

export interface Reduced {
  readonly elements: readonly Element[];
  /** Nodes that nothing depends on and that have no DC voltage. */
  readonly floating: ReadonlySet<NodeIndex>;
  /** Inductors that close a loop of inductors: their current is undetermined and irrelevant. */
  readonly loopInductors: readonly Element[];
}

/**
 * Leaves out what cannot matter at DC (theory D1): groups of resistors and inductors that only
 * capacitors connect to the rest and that nobody senses, and inductors in parallel with inductors.
 */
export function reduce(nodeCount: number, elements: readonly Element[]): Reduced {
  const floating = floatingNodes(nodeCount, elements);
  const shorted = new DisjointSets(nodeCount);
  const loopInductors: Element[] = [];
  const controlling = new Set(
    elements.flatMap(controllingElements).map((name) => name.toLowerCase()),
  );
  const kept: Element[] = [];
  for (const element of elements) {
    if (terminals(element).some((node) => floating.has(node))) continue;
    if (element.kind === 'inductor' && !controlling.has(element.name.toLowerCase())) {
      if (!shorted.join(element.port.plus, element.port.minus)) {
        loopInductors.push(element);
        continue;
      }
    }
    kept.push(element);
  }
  return { elements: kept, floating, loopInductors };
}

function floatingNodes(nodeCount: number, elements: readonly Element[]): Set<NodeIndex> {
  const sets = new DisjointSets(nodeCount);
  const matters = new Set<NodeIndex>([GROUND]);
  for (const element of elements) {
    switch (element.kind) {
      case 'resistor':
      case 'inductor':
        sets.join(element.port.plus, element.port.minus);
        break;
      case 'capacitor':
        break;
      default:
        for (const node of terminals(element)) matters.add(node);
        // A supply pin draws nothing and moves nothing: a supply that no source feeds is no fault.
        if (element.kind !== 'opAmp') for (const node of sensedNodes(element)) matters.add(node);
    }
  }
  const live = new Set([...matters].map((node) => sets.find(node)));
  const floating = new Set<NodeIndex>();
  for (let node = 0; node < nodeCount; node++) {
    if (!live.has(sets.find(node))) floating.add(node);
  }
  return floating;
}

/**
 * The nodes whose voltage depends on the voltage of `start`, `start` itself left out unless a loop
 * leads back to it. A node that an ideal source or an op amp output holds is influenced only through
 * the inputs of what holds it; capacitors count as paths, so that an integrator has feedback.
 */
export function influencedNodes(
  { nodes, elements }: Wiring,
  start: NodeIndex,
): ReadonlySet<NodeIndex> {
  const graph = influences(nodes.length, elements);
  const seen = new Set<NodeIndex>();
  const queue = [start];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const next of graph.get(node) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return seen;
}

/** Directed edges: a change of the first node's voltage changes the second's. */
function influences(
  nodeCount: number,
  elements: readonly Element[],
): ReadonlyMap<NodeIndex, readonly NodeIndex[]> {
  const held = heldNodes(nodeCount, elements);
  const branches = new Map(elements.map((element) => [element.name.toLowerCase(), element]));
  const edges = new Map<NodeIndex, NodeIndex[]>();
  const edge = (from: NodeIndex, to: NodeIndex) => {
    if (from === GROUND || to === GROUND) return;
    const list = edges.get(from);
    if (list === undefined) edges.set(from, [to]);
    else list.push(to);
  };
  /** A passive path: it moves the far node unless something holds that one. */
  const path = (from: NodeIndex, to: NodeIndex) => {
    if (!held.has(to)) edge(from, to);
  };
  for (const element of elements) {
    if (element.kind === 'opAmp') {
      edge(element.plus, element.output.plus);
      edge(element.minus, element.output.plus);
      continue;
    }
    if (element.kind === 'device') {
      const joined = new Set([...terminals(element), ...sensedNodes(element)]);
      for (const from of joined) for (const to of joined) if (from !== to) path(from, to);
      continue;
    }
    const { plus, minus } = element.port;
    const currents = controllingElements(element).flatMap((name) => {
      const branch = branches.get(name.toLowerCase());
      return branch === undefined ? [] : terminals(branch);
    });
    for (const control of [...sensedNodes(element), ...currents]) {
      const drive = holdsVoltage(element) ? edge : path;
      drive(control, plus);
      drive(control, minus);
    }
    if (isCurrent(element)) continue;
    path(plus, minus);
    path(minus, plus);
  }
  return edges;
}

/** Nodes at which chains of ideal voltages from ground end, and op amp outputs. */
function heldNodes(nodeCount: number, elements: readonly Element[]): ReadonlySet<NodeIndex> {
  const sets = new DisjointSets(nodeCount);
  for (const element of elements) {
    if (element.kind === 'opAmp') sets.join(element.output.plus, element.output.minus);
    else if (element.kind === 'voltageSource' || holdsVoltage(element)) {
      sets.join(element.port.plus, element.port.minus);
    }
  }
  const ground = sets.find(GROUND);
  const held = new Set<NodeIndex>();
  for (let node = 0; node < nodeCount; node++) if (sets.find(node) === ground) held.add(node);
  return held;
}

/** A source that holds the voltage of its port, whatever it depends on. */
function holdsVoltage(element: Element): element is ControlledVoltage | BehaviouralSource {
  return (
    element.kind === 'controlledVoltage' ||
    (element.kind === 'behavioural' && element.quantity === 'V')
  );
}

/** A source without any conductance between its terminals. */
function isCurrent(element: Element): boolean {
  return (
    element.kind === 'currentSource' ||
    element.kind === 'controlledCurrent' ||
    (element.kind === 'behavioural' && element.quantity === 'I')
  );
}
