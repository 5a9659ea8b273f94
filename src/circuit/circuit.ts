/**
 * The circuit: flat, numeric, free of text. Elements are plain data in a union tagged by `kind`; their
 * terminals have names. Units are SI; signs are those of SPICE (ARCHITECTURE.md).
 */

import type { Diagnostic } from '../../grammar/diagnostic.ts';
import type { Directive, PinRole } from '../../grammar/directive/tree.ts';
import type { Expression } from '../../grammar/expression.ts';
import type { Span } from '../../grammar/source.ts';
import type { DeviceData, Pair } from '../devices/device.ts';
import type { Formula } from '../devices/formula.ts';
import type { Ranges } from './ranges.ts';
import type { OpAmpSpecification } from './specification.ts';
import type { Statistics } from './statistics.ts';
import type { StatedTolerance, Tolerance } from './tolerance.ts';

/** Index into `Circuit.nodes`, or GROUND. */
export type NodeIndex = number;
export const GROUND: NodeIndex = -1;

/** An ordered pair of nodes: its voltage is V(plus) - V(minus), its current flows from plus to minus through the element. */
export interface Port {
  readonly plus: NodeIndex;
  readonly minus: NodeIndex;
}

interface ElementBase {
  /** Full hierarchical name in the user's spelling: `XA.R1`. */
  readonly name: string;
  /** The card. */
  readonly span: Span;
  /** What the card says of the tolerance of its value. */
  readonly stated?: StatedTolerance;
}

export interface Resistor extends ElementBase {
  readonly kind: 'resistor';
  readonly port: Port;
  /** [Ω], 0 is a short; never infinite. */
  readonly resistance: number;
}

/** Open at DC. */
export interface Capacitor extends ElementBase {
  readonly kind: 'capacitor';
  readonly port: Port;
}

/** A short at DC. */
export interface Inductor extends ElementBase {
  readonly kind: 'inductor';
  readonly port: Port;
}

export interface VoltageSource extends ElementBase {
  readonly kind: 'voltageSource';
  readonly port: Port;
  /** [V] */
  readonly voltage: number;
}

export interface CurrentSource extends ElementBase {
  readonly kind: 'currentSource';
  readonly port: Port;
  /** [A], from plus to minus through the source. */
  readonly current: number;
}

/** One linear term of a controlled source: a voltage, or the branch current of a named element. */
export type Control =
  | { readonly quantity: 'V'; readonly port: Port; readonly gain: number }
  /** `element` is the full name of one that carries a branch current. */
  | { readonly quantity: 'I'; readonly element: string; readonly gain: number };

/** E, H: V(port) = offset + sum gain * control [V]. */
export interface ControlledVoltage extends ElementBase {
  readonly kind: 'controlledVoltage';
  readonly port: Port;
  readonly controls: readonly Control[];
  readonly offset: number;
  /** Its gains are a law, as those of a line that joins two ports, and no values of the netlist. */
  readonly isLaw?: true;
}

/** F, G: I(port) = offset + sum gain * control [A]. */
export interface ControlledCurrent extends ElementBase {
  readonly kind: 'controlledCurrent';
  readonly port: Port;
  readonly controls: readonly Control[];
  readonly offset: number;
  /** Its gains are a law, as those of a line that joins two ports, and no values of the netlist. */
  readonly isLaw?: true;
}

/** A source whose value is a formula of the solution: V(port) = f(u) [V] or I(port) = f(u) [A], plus to minus through it. */
export interface BehaviouralSource extends ElementBase {
  readonly kind: 'behavioural';
  readonly quantity: 'V' | 'I';
  readonly port: Port;
  /** u: voltages between nodes, and currents of named elements; gains are 1. */
  readonly inputs: readonly Control[];
  readonly formula: Formula;
}

/** The op amp with DC errors of AN1177 Fig. 2, one row of the matrix (theory D2). */
export interface OpAmp extends ElementBase {
  readonly kind: 'opAmp';
  readonly plus: NodeIndex;
  readonly minus: NodeIndex;
  /** The output and the node it is referred to (ground, unless an E source says otherwise). */
  readonly output: Port;
  readonly positiveSupply?: NodeIndex;
  readonly negativeSupply?: NodeIndex;
  readonly specification: OpAmpSpecification;
  /** The subcircuit or part it was in the netlist. */
  readonly part: string;
  /** How it was found to be an op amp, for the report. */
  readonly evidence: string;
  /** What each node of its card is to it; absent for an E source. */
  readonly roles?: readonly PinRole[];
}

/** A diode, transistor or switch: currents that are functions of voltages of the circuit. */
export interface Device extends ElementBase {
  readonly kind: 'device';
  readonly data: DeviceData;
  /** The model that the card names. */
  readonly model: string;
  /** What the card connects, by role. */
  readonly terminals: ReadonlyMap<string, NodeIndex>;
  /** u (k): what the equations depend on; gains are 1. */
  readonly inputs: readonly Control[];
  /** Names of the resistors in series with its terminals, which are elements of their own. */
  readonly series: readonly string[];
  /** f (m): where the currents flow, from plus to minus. */
  readonly outputs: readonly { readonly port: Port; readonly pair: Pair }[];
}

/** What a linear system is made of. */
export type LinearElement =
  | Resistor
  | Capacitor
  | Inductor
  | VoltageSource
  | CurrentSource
  | ControlledVoltage
  | ControlledCurrent
  | OpAmp;

/** What a linear system cannot hold as it is. */
export type NonlinearElement = BehaviouralSource | Device;

export type Element = LinearElement | NonlinearElement;

/** What the errors are judged at: a voltage between two nodes, or the current of an element. */
export type Output =
  | { readonly quantity: 'V'; readonly port: Port; readonly label: string }
  | { readonly quantity: 'I'; readonly element: string; readonly label: string };

/** What errors are referred to: one source, or the difference of two (+1/2, -1/2). */
export interface Input {
  readonly label: string;
  readonly terms: readonly { readonly source: string; readonly weight: number }[];
}

/** Temperatures [deg C]; absent when the netlist says nothing. */
export interface Temperature {
  readonly nominal: number;
  readonly low: number;
  readonly high: number;
}

export type Expectation = Extract<Directive, { kind: 'expect' }> & {
  readonly span: Span;
  /** Dotted path in front of relative names: `` at top level, `XA.` inside a subcircuit instance. */
  readonly prefix: string;
  /** The parameters of the netlist that the formulas name, by lower-case name. */
  readonly parameters: ReadonlyMap<string, number>;
};

/** What the netlist declares of an element's value (`*@ let R4 = R2`): it follows a formula of others. */
export interface Declaration {
  /** Full name. */
  readonly element: string;
  readonly value: Expression;
  readonly span: Span;
  readonly prefix: string;
}

export interface Circuit {
  readonly title: string;
  /** Names of the nodes in the user's spelling, ground left out. */
  readonly nodes: readonly string[];
  readonly elements: readonly Element[];
  /** Nodes without a DC voltage on which nothing depends. */
  readonly floating: ReadonlySet<NodeIndex>;
  /** Node voltages from which the search for the operating point starts [V]. */
  readonly start: ReadonlyMap<NodeIndex, number>;
  /** Conductance across every junction [S]. */
  readonly gmin: number;
  readonly output: Output | null;
  /** Only when the netlist or the caller names one. */
  readonly input: Input | null;
  readonly temperature: Temperature | null;
  /** Over which values of sources and op amp voltages the circuit is used. */
  readonly ranges: Ranges;
  /** Of elements of the circuit, each at most once. */
  readonly tolerances: readonly Tolerance[];
  readonly statistics: Statistics;
  readonly expectations: readonly Expectation[];
  readonly declarations: readonly Declaration[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A circuit whose devices have been replaced by what they are for small deviations. */
export interface LinearCircuit extends Circuit {
  readonly elements: readonly LinearElement[];
}

export function isNonlinear(element: Element): element is NonlinearElement {
  return element.kind === 'device' || element.kind === 'behavioural';
}

export function isLinear(circuit: Circuit): circuit is LinearCircuit {
  return !circuit.elements.some(isNonlinear);
}

export function opAmpsOf(circuit: Circuit): readonly OpAmp[] {
  return circuit.elements.filter((element) => element.kind === 'opAmp');
}

export function nodeName(circuit: Circuit, node: NodeIndex): string {
  return circuit.nodes[node] ?? '0';
}

/** The two-terminal ports and single pins of an element at which DC current can enter it. */
export function terminals(element: Element): readonly NodeIndex[] {
  if (element.kind === 'opAmp') {
    return [element.plus, element.minus, element.output.plus, element.output.minus];
  }
  if (element.kind === 'device') {
    return element.outputs.flatMap(({ port }) => [port.plus, port.minus]);
  }
  return [element.port.plus, element.port.minus];
}

/** The nodes whose voltage an element senses without drawing current from its port terminals. */
export function sensedNodes(element: Element): readonly NodeIndex[] {
  switch (element.kind) {
    case 'controlledVoltage':
    case 'controlledCurrent':
    case 'device':
    case 'behavioural':
      return controlsOf(element).flatMap((control) =>
        control.quantity === 'V' ? [control.port.plus, control.port.minus] : [],
      );
    case 'opAmp':
      return [element.positiveSupply ?? GROUND, element.negativeSupply ?? GROUND];
    default:
      return [];
  }
}

/** Full names of the elements whose branch current controls this one. */
export function controllingElements(element: Element): readonly string[] {
  return controlsOf(element).flatMap((control) =>
    control.quantity === 'I' ? [control.element] : [],
  );
}

/** The voltages and currents that act on an element. */
export function controlsOf(element: Element): readonly Control[] {
  switch (element.kind) {
    case 'controlledVoltage':
    case 'controlledCurrent':
      return element.controls;
    case 'device':
    case 'behavioural':
      return element.inputs;
    default:
      return [];
  }
}
