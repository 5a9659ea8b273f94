/**
 * The corner that produces an extreme of the output as a netlist of its own: every element at its value there, every
 * op amp with its specifications, nothing left that varies. Capacitors are left out; numbers are written so that they
 * are read back unchanged.
 */

import { elementsAt } from '../analysis/corner.ts';
import type { ExtremeCorner, ExtremesStatus } from '../analysis/worst-case.ts';
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

/** The extreme of the output, or of its error over the ranges of the sources. */
export const SIDES = ['low', 'high', 'error-low', 'error-high'] as const;
export type Side = (typeof SIDES)[number];

/** null when the analysis has no such corner. */
export function cornerNetlist({ title, result }: Analysis, side: Side): string | null {
  const isOutput = side === 'low' || side === 'high';
  const isLow = side === 'low' || side === 'error-low';
  const extremes = isOutput ? result?.extremes : result?.errorExtremes;
  const corner = extremes?.[isLow ? 'low' : 'high'] ?? null;
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
  const label = circuit.output?.label ?? 'output';
  const what = isOutput ? label : `error of ${label}`;
  const { temperature } = corner.scenario;
  const moved = new Set<string>();
  for (const variation of corner.corner.keys()) {
    if (variation.kind === 'element') moved.add(variation.element.name);
    if (variation.kind === 'source') moved.add(variation.source.name);
  }
  const cards = elements.flatMap((element, i) => {
    const card = cardOf(element, names);
    const nominal = moved.has(element.name) ? nominalText(circuit.elements[i]) : '';
    return card === null ? [] : [`${card}${nominal}`];
  });
  const opAmps = elements.filter((element) => element.kind === 'opAmp');
  return [
    `${title.trim() || 'circuit'}, corner with the ${isLow ? 'lowest' : 'highest'} ${what}`,
    ...remarks(circuit, { what, corner, status: extremes?.status }),
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

function remarks(
  circuit: LinearCircuit,
  {
    what,
    corner: { value, scenario },
    status,
  }: { what: string; corner: ExtremeCorner; status: ExtremesStatus | undefined },
): string[] {
  const at = scenario.temperature === undefined ? '' : ` at ${scenario.temperature} deg C`;
  const text = number(value, outputUnit(circuit)).replace('\u00a0', ' ').replace('µ', 'u');
  const open = circuit.elements.some(({ kind }) => kind === 'capacitor');
  return [
    `* ${what} = ${text}${at} (${status}).`,
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
