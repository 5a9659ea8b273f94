/**
 * The network of one quantity before its equations: dead sources are shorts, resistors that carry no current
 * are left out, and resistors in series or parallel are one. What stays is what the quantity depends on. Where that
 * is too much, stars become meshes whose resistances have names of their own.
 */

import {
  controllingElements,
  GROUND,
  type LinearCircuit,
  type LinearElement,
  type NodeIndex,
  type OpAmp,
  sensedNodes,
} from '../circuit/circuit.ts';
import { DisjointSets } from '../circuit/topology.ts';
import { TooLongError } from './determinant.ts';
import type { Symbols } from './symbols.ts';

/** What is asked of a network: d reading / d cause (theory D3-D6). */
export interface Question {
  /** Op amps as nullors, or every output driven. */
  readonly network: 'ideal' | 'dead';
  readonly cause: /** An independent source. */
    | { readonly kind: 'source'; readonly element: LinearElement }
    /** V_OST in series with the + pin. */
    | { readonly kind: 'offset'; readonly opAmp: OpAmp }
    /** A current drawn from a node into a pin. */
    | { readonly kind: 'pinCurrent'; readonly node: NodeIndex }
    /** The driven output of an op amp of the dead network. */
    | { readonly kind: 'output'; readonly opAmp: OpAmp };
  readonly reading:
    | { readonly kind: 'voltage'; readonly plus: NodeIndex; readonly minus: NodeIndex }
    | { readonly kind: 'current'; readonly element: string };
}

/** A resistor, or several that act as one, between nodes of the reduced network. */
export interface Resistance {
  readonly plus: NodeIndex;
  readonly minus: NodeIndex;
  readonly variable: number;
}

export interface ReducedNetwork {
  /** The node that stands for a node and all that are shorted to it. */
  nodeOf(node: NodeIndex): NodeIndex;
  readonly resistances: readonly Resistance[];
  /** All other elements with equations of their own. */
  readonly elements: readonly LinearElement[];
  /** How many stars were replaced by meshes. */
  readonly stars: number;
}

/** Larger networks are not reduced at all. */
export const MOST_RESISTORS = 500;

/** @throws {TooLongError} when there are too many resistors. */
export function reducedNetwork(
  circuit: LinearCircuit,
  { question, symbols, stars = 0 }: { question: Question; symbols: Symbols; stars?: number },
): ReducedNetwork {
  const kept = keptBranches(circuit, question);
  const shorts = new DisjointSets(circuit.nodes.length);
  for (const node of circuit.floating) shorts.join(node, GROUND);
  const elements: LinearElement[] = [];
  const resistors: { port: { plus: NodeIndex; minus: NodeIndex }; variable: number }[] = [];
  for (const element of circuit.elements) {
    const isKept = kept.has(element.name.toLowerCase());
    switch (element.kind) {
      case 'capacitor':
      case 'currentSource':
        break;
      case 'inductor':
      case 'voltageSource':
        if (isKept) elements.push(element);
        else shorts.join(element.port.plus, element.port.minus);
        break;
      case 'opAmp':
        if (isKept || question.network === 'ideal') elements.push(element);
        else shorts.join(element.output.plus, element.output.minus);
        break;
      case 'resistor':
        if (isKept) elements.push(element);
        else resistors.push({ port: element.port, variable: symbols.of(element) ?? 0 });
        break;
      default:
        elements.push(element);
    }
  }
  if (resistors.length > MOST_RESISTORS) throw new TooLongError();
  const ground = shorts.find(GROUND);
  const nodeOf = (node: NodeIndex) => {
    const root = shorts.find(node);
    return root === ground ? GROUND : root;
  };
  const observed = new Set(
    [...elements.flatMap((element) => nodesAt(element, question.network)), ...asked(question)].map(
      nodeOf,
    ),
  );
  const resistances = resistors.map(({ port, variable }) => ({
    plus: nodeOf(port.plus),
    minus: nodeOf(port.minus),
    variable,
  }));
  let reduced = combined(resistances, { observed, symbols });
  let replaced = 0;
  for (; replaced < stars; replaced++) {
    const mesh = withoutStar(reduced, { observed, symbols });
    if (mesh === undefined) break;
    reduced = combined(mesh, { observed, symbols });
  }
  return { nodeOf, resistances: reduced, elements, stars: replaced };
}

/** Elements whose branch has an equation: those that are driven, read, or control others. */
function keptBranches(
  { elements }: LinearCircuit,
  { cause, reading }: Question,
): ReadonlySet<string> {
  const names = elements.flatMap((element) => [...controllingElements(element)]);
  if (reading.kind === 'current') names.push(reading.element);
  if (cause.kind === 'source') names.push(cause.element.name);
  if (cause.kind === 'output') names.push(cause.opAmp.name);
  return new Set(names.map((name) => name.toLowerCase()));
}

function nodesAt(element: LinearElement, network: Question['network']): readonly NodeIndex[] {
  if (element.kind !== 'opAmp') {
    return [element.port.plus, element.port.minus, ...sensedNodes(element)];
  }
  const { output, plus, minus } = element;
  const inputs = network === 'ideal' ? [plus, minus] : [];
  return [output.plus, output.minus, ...inputs];
}

function asked({ cause, reading }: Question): readonly NodeIndex[] {
  const driven =
    cause.kind === 'pinCurrent'
      ? [cause.node]
      : cause.kind === 'source' && cause.element.kind === 'currentSource'
        ? [cause.element.port.plus, cause.element.port.minus]
        : [];
  return reading.kind === 'voltage' ? [...driven, reading.plus, reading.minus] : driven;
}

/** Series and parallel resistances combined, dangling and shorted ones left out, until nothing changes. */
function combined(
  resistances: readonly Resistance[],
  { observed, symbols }: { observed: ReadonlySet<NodeIndex>; symbols: Symbols },
): readonly Resistance[] {
  let list = inParallel(resistances, symbols);
  for (;;) {
    const next = inParallel(inSeries(list, { observed, symbols }), symbols);
    if (next.length === list.length) return next;
    list = next;
  }
}

function inParallel(resistances: readonly Resistance[], symbols: Symbols): readonly Resistance[] {
  const between = new Map<string, Resistance[]>();
  for (const resistance of resistances) {
    const { plus, minus } = resistance;
    if (plus === minus) continue;
    const key = plus < minus ? `${plus} ${minus}` : `${minus} ${plus}`;
    between.set(key, [...(between.get(key) ?? []), resistance]);
  }
  return [...between.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length === 1) return group;
    const variable = symbols.combined(
      'parallel',
      group.map((each) => each.variable),
    );
    return variable === undefined ? group : [{ ...first, variable }];
  });
}

/** One node without observers and with at most two resistances taken out. */
function inSeries(
  resistances: readonly Resistance[],
  { observed, symbols }: { observed: ReadonlySet<NodeIndex>; symbols: Symbols },
): readonly Resistance[] {
  for (const [node, [first, second, third]] of byNode(resistances)) {
    if (node === GROUND || observed.has(node) || third !== undefined || first === undefined)
      continue;
    const others = resistances.filter((each) => each !== first && each !== second);
    if (second === undefined) return others;
    const end = (each: Resistance) => (each.plus === node ? each.minus : each.plus);
    const variable = symbols.combined('series', [first.variable, second.variable]);
    if (variable === undefined) continue;
    return [...others, { plus: end(first), minus: end(second), variable }];
  }
  return resistances;
}

function byNode(resistances: readonly Resistance[]): ReadonlyMap<NodeIndex, readonly Resistance[]> {
  const at = new Map<NodeIndex, Resistance[]>();
  for (const resistance of resistances) {
    for (const node of [resistance.plus, resistance.minus]) {
      at.set(node, [...(at.get(node) ?? []), resistance]);
    }
  }
  return at;
}

/** The smallest star without an observer at its centre replaced by a mesh; undefined where there is none. */
function withoutStar(
  resistances: readonly Resistance[],
  { observed, symbols }: { observed: ReadonlySet<NodeIndex>; symbols: Symbols },
): readonly Resistance[] | undefined {
  const stars = [...byNode(resistances)].filter(([node]) => node !== GROUND && !observed.has(node));
  const [centre, star] = stars.reduce(
    (best, each) => (each[1].length < best[1].length ? each : best),
    stars[0] ?? [GROUND, []],
  );
  if (star.length === 0) return undefined;
  const end = (each: Resistance) => (each.plus === centre ? each.minus : each.plus);
  const mesh: Resistance[] = [];
  for (const [i, a] of star.entries()) {
    for (const b of star.slice(i + 1)) {
      const others = star.filter((each) => each !== a && each !== b);
      const variable = symbols.mesh([a, b, ...others].map((each) => each.variable));
      if (variable === undefined) return undefined;
      mesh.push({ plus: end(a), minus: end(b), variable });
    }
  }
  return [...resistances.filter((each) => !star.includes(each)), ...mesh];
}
