/**
 * The corner that produces an extreme of the output as a netlist of its own: every element at its value there, every
 * op amp with its specifications, nothing left that varies. Capacitors are left out; numbers are written so that they
 * are read back unchanged.
 */

import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import { elementsAt } from '../analysis/corner.ts';
import type { ExtremeCorner } from '../analysis/worst-case.ts';
import type { Analysis } from '../analyze.ts';
import {
  GROUND,
  type LinearCircuit,
  type LinearElement,
  nodeName,
  type OpAmp,
} from '../circuit/circuit.ts';
import type { BiasPoint } from '../mna/excitation.ts';
import { type CardNames, controlledCard, controlledLetter, portText } from './controlled-card.ts';
import { number, outputUnit } from './figures.ts';
import { isBare, opAmpCard, opAmpDefinitions, opAmpDirective } from './op-amp-card.ts';

export type Side = 'low' | 'high';

/** null when the analysis has no such corner. */
export function cornerNetlist({ title, result }: Analysis, side: Side): string | null {
  const corner = result?.extremes?.[side] ?? null;
  if (result === null || corner === null) return null;
  const { circuit } = result;
  const biasPoints = new Map<OpAmp, BiasPoint>();
  for (const { opAmp, biasPoint } of result.opAmps) {
    if (biasPoint !== null) biasPoints.set(opAmp, biasPoint);
  }
  const { elements, points } = elementsAt(corner.corner, {
    elements: circuit.elements,
    biasPoints,
  });
  const names = namesOf(circuit);
  const { temperature } = corner.scenario;
  const factors = new Map<string, number>();
  for (const [variation, value] of corner.corner) {
    if (variation.kind === 'element') factors.set(variation.element.name, value);
  }
  const cards = elements.flatMap((element, i) => {
    const card = cardOf(element, names);
    const nominal = factors.has(element.name) ? nominalText(circuit.elements[i]) : '';
    return card === null ? [] : [`${card}${nominal}`];
  });
  const opAmps = elements.filter((element) => element.kind === 'opAmp');
  return [
    `${title.trim() || 'circuit'}, corner with the ${side === 'low' ? 'lowest' : 'highest'} ${circuit.output?.label ?? 'output'}`,
    ...remarks(result, corner),
    ...cards,
    ...opAmpDefinitions(opAmps),
    ...opAmps.map((opAmp) =>
      opAmpDirective(opAmp, { point: points.get(opAmp), names, temperature }),
    ),
    ...probes(circuit, names),
    '.op',
    '.end',
    '',
  ].join('\n');
}

function remarks({ circuit, extremes }: CircuitAnalysis, corner: ExtremeCorner): string[] {
  const { value, scenario } = corner;
  const unit = outputUnit(circuit);
  const at = scenario.temperature === undefined ? '' : ` at ${scenario.temperature} deg C`;
  const text = number(value, unit).replace('\u00a0', ' ').replace('µ', 'u');
  const open = circuit.elements.some(({ kind }) => kind === 'capacitor');
  return [
    `* ${circuit.output?.label ?? 'output'} = ${text}${at} (${extremes?.status}).`,
    ...(open ? ['* Capacitors are left out, inductors are shorts: an operating point.'] : []),
  ];
}

/** `; nominal 10000`, behind what is off. */
function nominalText(element: LinearElement | undefined): string {
  switch (element?.kind) {
    case 'resistor':
      return ` ; nominal ${element.resistance}`;
    case 'voltageSource':
      return ` ; nominal ${element.voltage}`;
    case 'currentSource':
      return ` ; nominal ${element.current}`;
    default:
      return '';
  }
}

function namesOf(circuit: LinearCircuit): CardNames {
  const elements = new Map(
    circuit.elements.map((element) => [
      element.name.toLowerCase(),
      withLetter(element.name, letterOf(element)),
    ]),
  );
  return {
    node: (index) => (index === GROUND ? '0' : nodeName(circuit, index)),
    element: (name) => elements.get(name.toLowerCase()) ?? name,
  };
}

/** `R.XA.R1` for R1 in XA, as ngspice calls it. */
function withLetter(name: string, letter: string): string {
  return name[0]?.toUpperCase() === letter ? name : `${letter}.${name}`;
}

function letterOf(element: LinearElement): string {
  switch (element.kind) {
    case 'resistor':
      return 'R';
    case 'capacitor':
      return 'C';
    case 'inductor':
      return 'L';
    case 'voltageSource':
      return 'V';
    case 'currentSource':
      return 'I';
    case 'opAmp':
      return isBare(element) ? 'E' : 'X';
    case 'controlledVoltage':
    case 'controlledCurrent':
      return controlledLetter(element);
  }
}

function cardOf(element: LinearElement, names: CardNames): string | null {
  const name = names.element(element.name);
  switch (element.kind) {
    case 'resistor':
      return `${name} ${portText(element.port, names)} ${element.resistance}`;
    case 'inductor':
      return `${name} ${portText(element.port, names)} 1u`;
    case 'voltageSource':
      return `${name} ${portText(element.port, names)} ${element.voltage}`;
    case 'currentSource':
      return `${name} ${portText(element.port, names)} ${element.current}`;
    case 'controlledVoltage':
    case 'controlledCurrent':
      return controlledCard(element, names);
    case 'opAmp':
      return opAmpCard(element, names);
    case 'capacitor':
      return null;
  }
}

function probes({ output, input }: LinearCircuit, names: CardNames): string[] {
  const lines: string[] = [];
  if (output?.quantity === 'I') lines.push(`*@ output I(${names.element(output.element)})`);
  if (output?.quantity === 'V') {
    const { plus, minus } = output.port;
    const [first, second] = [names.node(plus), names.node(minus)];
    lines.push(`*@ output V(${minus === GROUND ? first : `${first},${second}`})`);
  }
  const sources = (input?.terms ?? []).toSorted((a, b) => b.weight - a.weight);
  if (sources.length > 0) {
    lines.push(`*@ input ${sources.map(({ source }) => names.element(source)).join(' ')}`);
  }
  return lines;
}
