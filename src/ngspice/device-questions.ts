/**
 * What ngspice is asked about a circuit with non-linear elements: the operating point with its own device
 * models, and the small-signal gains there, which confirm our derivatives. The linearised circuit is
 * confirmed apart from this (questions.ts).
 */

import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import {
  type Circuit,
  type Element,
  type LinearCircuit,
  type NodeIndex,
  terminals,
} from '../circuit/circuit.ts';
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
  // Every device of a circuit has the circuit's temperature unless it states its own.
  const ambient = elements.flatMap((element) =>
    element.kind === 'device' ? [`temp=${element.data.temperature}`] : [],
  );
  const tolerances = ['reltol=1e-9', 'abstol=1e-16', 'vntol=1e-12', 'itl1=500'];
  return [...tolerances, `gmin=${gmin}`, ...ambient.slice(0, 1)];
}

/**
 * The circuit as ngspice models it: series resistances are inside its devices, and a device that it does not
 * have is the tangent that stands for it in `linear`.
 */
export function modelledCircuit(circuit: Circuit, linear: LinearCircuit): Circuit {
  const inside = new Set<string>();
  const elements = circuit.elements.flatMap((element): readonly Element[] => {
    if (element.kind !== 'device') return [element];
    if (!isModelled(element.data)) {
      const outlet = `${element.name} (`;
      return linear.elements.filter(({ name }) => name === element.name || name.startsWith(outlet));
    }
    for (const name of element.series) inside.add(name);
    return [element];
  });
  return { ...circuit, elements: elements.filter(({ name }) => !inside.has(name)) };
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
