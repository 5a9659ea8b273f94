/**
 * Circuit -> deck for the referee, in our own node and element names and plain numbers. Written from the
 * circuit alone and shared with nothing in src/mna, so that a wrong stamp of ours shows as a
 * disagreement.
 *
 * The op amp is the behavioural source V(o) = V(o) + (row of theory D2), whose V(o) cancels: what is
 * left is the nullor row with its errors, exactly (theory section 4).
 */

import {
  type BehaviouralSource,
  type Circuit,
  type Control,
  type ControlledCurrent,
  type ControlledVoltage,
  controllingElements,
  type Element,
  GROUND,
  type NodeIndex,
  type OpAmp,
  type Port,
} from '../circuit/circuit.ts';
import { psrrPair } from '../circuit/specification.ts';
import type { Network } from '../mna/system.ts';
import { deviceLines } from './device-lines.ts';
import { formulaText } from './formula-text.ts';

/** Names in the deck by which steps alter sources and read vectors. */
export interface DeckNames {
  /** `v(n3)`; ground has none. */
  node(node: NodeIndex): string | undefined;
  /** The independent source, inductor or other branch of an element: `v4`, `i7`, `e2`. */
  element(element: Element): string;
  opAmp(opAmp: OpAmp): {
    /** V_OST [V] */
    readonly offset: string;
    /** I_BN, I_BI [A], out of the node into the pin. */
    readonly nonInverting: string;
    readonly inverting: string;
    /** V_o of the dead network [V]. */
    readonly output: string;
  };
}

/** The element lines of a network with every independent source at 0; steps set what they need. */
export function deckOf(circuit: Circuit, network: Network): { lines: string[]; names: DeckNames } {
  const index = new Map(circuit.elements.map((element, i) => [element, i + 1]));
  const byName = new Map(circuit.elements.map((element) => [element.name.toLowerCase(), element]));
  const sensed = new Set(
    circuit.elements.flatMap(controllingElements).map((name) => name.toLowerCase()),
  );
  const number = (element: Element) => index.get(element) ?? 0;
  const names: DeckNames = {
    node: (node) => (node === GROUND ? undefined : `v(${nodeName(node)})`),
    element: (element) => branchName(element, number(element)),
    opAmp: (opAmp) => {
      const k = number(opAmp);
      return { offset: `vos${k}`, nonInverting: `ibn${k}`, inverting: `ibi${k}`, output: `vo${k}` };
    },
  };
  const current = (name: string) => {
    const element = byName.get(name.toLowerCase());
    if (element === undefined) return '0';
    return sensed.has(name.toLowerCase()) && isControlled(element)
      ? `i(vs${number(element)})`
      : `i(${names.element(element)})`;
  };
  const lines = circuit.elements.flatMap((element) => {
    const written = { k: number(element), current, names, network, gmin: circuit.gmin };
    return sensed.has(element.name.toLowerCase()) && isControlled(element)
      ? withAmmeter(element, written)
      : elementLines(element, written);
  });
  return { lines, names };
}

interface Writing {
  readonly k: number;
  readonly current: (element: string) => string;
  readonly names: DeckNames;
  readonly network: Network;
  /** [S] */
  readonly gmin: number;
}

function nodeName(node: NodeIndex): string {
  return node === GROUND ? '0' : `n${node + 1}`;
}

/** A source whose current ngspice does not sense. */
function isControlled(element: Element): element is ControlledVoltage | BehaviouralSource {
  return (
    element.kind === 'controlledVoltage' ||
    (element.kind === 'behavioural' && element.quantity === 'V')
  );
}

function branchName(element: Element, k: number): string {
  switch (element.kind) {
    case 'voltageSource':
    case 'inductor':
      return `v${k}`;
    case 'resistor':
      return element.resistance === 0 ? `v${k}` : `r${k}`;
    case 'currentSource':
      return `i${k}`;
    default:
      return `b${k}`;
  }
}

/** ngspice senses the current of voltage sources only: a controlled one gets a 0 V source in series. */
function withAmmeter(element: ControlledVoltage | BehaviouralSource, written: Writing): string[] {
  const inner = `s${written.k}`;
  const ends = [inner, nodeName(element.port.minus)] as const;
  return [
    `vs${written.k} ${nodeName(element.port.plus)} ${inner} dc 0`,
    ...sourceLines(element, { ...written, ends }),
  ];
}

function elementLines(element: Element, written: Writing): string[] {
  const { k } = written;
  if (element.kind === 'opAmp') return opAmpLines(element, written);
  if (element.kind === 'device')
    return deviceLines(element, {
      k,
      node: nodeName,
      gmin: written.gmin,
      current: written.current,
    });
  const ends: [string, string] = [nodeName(element.port.plus), nodeName(element.port.minus)];
  switch (element.kind) {
    case 'capacitor':
      return [];
    case 'resistor':
      return element.resistance === 0
        ? [`v${k} ${ends.join(' ')} dc 0`]
        : [`r${k} ${ends.join(' ')} ${element.resistance}`];
    case 'inductor':
    case 'voltageSource':
      return [`v${k} ${ends.join(' ')} dc 0`];
    case 'currentSource':
      return [`i${k} ${ends.join(' ')} dc 0`];
    default:
      return sourceLines(element, { ...written, ends });
  }
}

/**
 * A linear controlled source as a behavioural one: any number of controls, and the constant of POLY apart; a
 * behavioural one in ngspice's words.
 */
function sourceLines(
  element: ControlledVoltage | ControlledCurrent | BehaviouralSource,
  { k, current, ends }: Writing & { ends: readonly [string, string] },
): string[] {
  const text = (control: Control) =>
    control.quantity === 'V' ? difference(control.port) : current(control.element);
  if (element.kind === 'behavioural') {
    const inputs = element.inputs.map(text);
    const { lines, expression } = formulaText(element.formula, { inputs, name: `f${k}` });
    return [...lines, `b${k} ${ends.join(' ')} ${element.quantity.toLowerCase()} = ${expression}`];
  }
  const terms = element.controls.map((control) => `${factor(control.gain)}*${text(control)}`);
  const quantity = element.kind === 'controlledVoltage' ? 'v' : 'i';
  // The POLY constant is scaled by its own source so that unit excitations see the linear part alone.
  const constant = element.offset === 0 ? [] : [`${factor(element.offset)}*v(one)`];
  return [`b${k} ${ends.join(' ')} ${quantity} = ${[...terms, ...constant].join(' + ') || '0'}`];
}

/**
 * ngspice reads the numbers of an expression to 11 digits: the rest stands beside them. A tangent's offset
 * and gains cancel each other, so that their last digits count.
 */
function factor(value: number): string {
  const head = Number(value.toPrecision(10));
  const rest = value - head;
  if (rest === 0 || !Number.isFinite(rest)) return `(${value})`;
  return `(${head} ${rest < 0 ? '-' : '+'} ${Math.abs(rest)})`;
}

function difference({ plus, minus }: Port): string {
  const parts = [voltage(plus), voltage(minus)];
  return `(${parts[0]} - ${parts[1]})`;
}

function voltage(node: NodeIndex): string {
  return node === GROUND ? '0' : `v(${nodeName(node)})`;
}

function opAmpLines(opAmp: OpAmp, { k, names, network }: Writing): string[] {
  const own = names.opAmp(opAmp);
  const output = `${nodeName(opAmp.output.plus)} ${nodeName(opAmp.output.minus)}`;
  const currents = [
    `${own.nonInverting} ${nodeName(opAmp.plus)} 0 dc 0`,
    `${own.inverting} ${nodeName(opAmp.minus)} 0 dc 0`,
  ];
  if (network === 'dead') return [`${own.output} ${output} dc 0`, ...currents];
  return [
    `b${k} ${output} v = ${difference(opAmp.output)} + ${drive(opAmp, { k, network })}`,
    `${own.offset} os${k} 0 dc 0`,
    ...currents,
  ];
}

/** Theory D2 with the V_OST of node os{k}: zero in the solution. */
function drive(opAmp: OpAmp, { k, network }: { k: number; network: Network }): string {
  const inputs = difference({ plus: opAmp.plus, minus: opAmp.minus });
  if (network === 'ideal') return `${inputs} + v(os${k})`;
  const { specification } = opAmp;
  const p = psrrPair(specification);
  const parts = [
    inputs,
    `${factor(specification.inverseCmrr.nominal / 2)}*(${voltage(opAmp.plus)} + ${voltage(opAmp.minus)})`,
    `${factor(-specification.inverseGain.nominal)}*${difference(opAmp.output)}`,
    `${factor(p.plus)}*${voltage(opAmp.positiveSupply ?? GROUND)}`,
    `${factor(p.minus)}*${voltage(opAmp.negativeSupply ?? GROUND)}`,
    `v(os${k})`,
  ];
  return parts.join(' + ');
}
