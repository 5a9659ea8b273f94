/**
 * What ngspice is asked about a circuit with non-linear elements: the operating point with its own device
 * models, and the small-signal gains there, which confirm our derivatives. The linearised circuit is
 * confirmed apart from this (questions.ts).
 */

import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import type { DeviceBias } from '../analysis/device-bias.ts';
import {
  type Circuit,
  type Element,
  type LinearCircuit,
  type NodeIndex,
  opAmpsOf,
  terminals,
} from '../circuit/circuit.ts';
import type { DeviceName } from '../devices/device.ts';
import { deckOf } from './deck.ts';
import { isModelled } from './device-lines.ts';
import { type Claim, nodeVectors, operatingPointCommands, type Question } from './questions.ts';
import { outputReader } from './readers.ts';

/** Two programs' models of one device agree to this part of a figure. */
const RELATIVE = 1e-6;
/** A circuit with very many sources is confirmed at so many of them. */
const MAXIMUM_STEPS = 100;

/** Tight enough that nothing of ngspice's own iteration is left in its figures. */
export function simulatorOptions({ gmin, elements }: Circuit): readonly string[] {
  const device = elements.find((element) => element.kind === 'device');
  const warmth = device === undefined ? [] : [`temp=${device.data.temperature}`];
  return ['reltol=1e-9', 'abstol=1e-16', 'vntol=1e-12', 'itl1=500', `gmin=${gmin}`, ...warmth];
}

/**
 * The circuit as ngspice models it: series resistances are inside its devices, and a device that it does not
 * have is the tangent that stands for it in `linear`. So is a switch in small-signal analyses: in those of
 * ngspice-45 every switch is off, whatever it is at the operating point (measured).
 */
export function modelledCircuit(
  circuit: Circuit,
  linear: LinearCircuit,
  { smallSignal }: { readonly smallSignal: boolean },
): Circuit {
  const inside = new Set<string>();
  const elements = circuit.elements.flatMap((element): readonly Element[] => {
    if (element.kind !== 'device') return [element];
    if (!isModelled(element.data) || (smallSignal && element.data.device === 'switch')) {
      const outlet = `${element.name} (`;
      return linear.elements.filter(({ name }) => name === element.name || name.startsWith(outlet));
    }
    for (const name of element.series) inside.add(name);
    return [element];
  });
  return { ...circuit, elements: elements.filter(({ name }) => !inside.has(name)) };
}

/**
 * The lines of a deck, begun at our operating point: of the solutions that a circuit may have ours is in
 * question, and where SPICE has MOSFETs begin, cut off, the equations around a nullor are singular. ngspice
 * lets go of these voltages before it is content. Nodes are not held around nullors, which hold some already.
 */
export function startedLines(
  lines: readonly string[],
  { circuit, analysis }: { readonly circuit: Circuit; readonly analysis: CircuitAnalysis },
): readonly string[] {
  const { devices, operatingPoint } = analysis;
  if (operatingPoint === null) return lines;
  const starts = new Map<string, string>();
  for (const [i, { name, kind }] of circuit.elements.entries()) {
    const bias = kind === 'device' ? devices.find((device) => device.name === name) : undefined;
    const voltages = bias === undefined ? undefined : channelVoltages(bias);
    if (voltages !== undefined) starts.set(`m${i + 1}`, `ic=${voltages.join(',')}`);
  }
  const { names } = deckOf(circuit, 'finite');
  const held = opAmpsOf(circuit).length > 0 ? new Set<NodeIndex>() : junctionNodes(circuit);
  const nodes = nodeVectors(circuit, { voltages: operatingPoint.nodes, names })
    .filter(({ node }) => held.has(node))
    .map(({ vector, ours }) => `.nodeset ${vector}=${ours}`);
  const begun = lines.map((line) => {
    const start = starts.get(line.slice(0, line.indexOf(' ')));
    return start === undefined ? line : `${line} ${start}`;
  });
  return [...begun, ...nodes];
}

/** Nodes at which ngspice can hold a voltage: those of junctions, whose conductance is on the diagonal. */
function junctionNodes({ elements }: Circuit): ReadonlySet<NodeIndex> {
  return new Set(
    elements.flatMap((element) =>
      element.kind === 'device' && JUNCTION_DEVICES.has(element.data.device)
        ? [...element.terminals.values()]
        : [],
    ),
  );
}

const JUNCTION_DEVICES: ReadonlySet<DeviceName> = new Set([
  'diode',
  'bipolar',
  'vbic',
  'jfet',
  'mesfet',
]);

/** vds, vgs and, where there is a bulk, vbs of a MOSFET; undefined for other devices. */
function channelVoltages({ device, terminals }: DeviceBias): readonly number[] | undefined {
  if (device !== 'mosfet' && device !== 'vdmos') return undefined;
  const at = (role: string) => terminals.find((terminal) => terminal.role === role)?.voltage;
  const source = at('source') ?? 0;
  return ['drain', 'gate', 'bulk'].flatMap((role) => {
    const voltage = at(role);
    return voltage === undefined ? [] : [voltage - source];
  });
}

/** `circuit` as ngspice models it; `analysis` is of the linearised one. */
export function deviceQuestions(circuit: Circuit, analysis: CircuitAnalysis): Question[] {
  const { operatingPoint, finiteGains } = analysis;
  if (operatingPoint === null) return [];
  const { names } = deckOf(circuit, 'finite');
  const present = presentNodes(circuit);
  const nodes = nodeVectors(circuit, { voltages: operatingPoint.nodes, names }).filter(({ node }) =>
    present.has(node),
  );
  const scale = Math.max(0, ...nodes.map(({ ours }) => Math.abs(ours)));
  const voltages = nodes.map(
    ({ name, ours }, i): Claim => ({
      quantity: `V(${name}) with ngspice's devices`,
      ours,
      scale,
      relative: RELATIVE,
      read: (values) => values[i] ?? Number.NaN,
    }),
  );
  const biased: Question = {
    commands: operatingPointCommands(circuit, { analysis, names }),
    vectors: nodes.map(({ vector }) => vector),
    claims: voltages,
  };
  if (circuit.output === null || finiteGains === null) return [biased];
  const output = outputReader(circuit, { output: circuit.output, names });
  const gain = (source: string, { quantity, ours }: { quantity: string; ours: number }) => ({
    source,
    claim: { quantity, ours, relative: RELATIVE, read: output.read },
  });
  const gains = [
    ...[...finiteGains.sources].map(([source, ours]) =>
      gain(names.element(source), { quantity: `small-signal gain of ${source.name}`, ours }),
    ),
    ...[...finiteGains.opAmps].flatMap(([opAmp, found]) => {
      const own = names.opAmp(opAmp);
      const of = (what: string) => `small-signal ${what} of ${opAmp.name}`;
      return [
        gain(own.offset, { quantity: of('noise gain'), ours: found.noiseGain }),
        gain(own.nonInverting, { quantity: of('Z_N'), ours: found.nonInverting }),
        gain(own.inverting, { quantity: of('Z_I'), ours: found.inverting }),
      ];
    }),
  ].slice(0, MAXIMUM_STEPS);
  return [
    biased,
    ...gains.map(({ source, claim }, i): Question => {
      const before = gains[i - 1]?.source;
      const off = before === undefined ? [] : [`alter ${before} acmag = 0`];
      return {
        analysis: 'small signal',
        commands: [...off, `alter ${source} acmag = 1`],
        // All nodes: a small gain beside large ones is known to a fraction of the large ones.
        vectors: [...output.vectors, ...nodes.map(({ vector }) => vector)],
        claims: [claim],
      };
    }),
  ];
}

/** The nodes that some line of the deck touches. */
function presentNodes({ elements }: Circuit): ReadonlySet<NodeIndex> {
  return new Set(
    elements.flatMap((element) =>
      element.kind === 'device' ? [...element.terminals.values()] : terminals(element),
    ),
  );
}
