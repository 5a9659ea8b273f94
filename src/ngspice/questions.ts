/**
 * What ngspice is asked: three decks with their steps, and which of our figures each step confirms. The
 * excitations are written from the circuit alone, not taken from the solver.
 */

import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import {
  type Circuit,
  type LinearCircuit,
  type NodeIndex,
  type OpAmp,
  terminals,
} from '../circuit/circuit.ts';
import { biasCurrents, psrrPair } from '../circuit/specification.ts';
import type { BiasPoint } from '../mna/excitation.ts';
import { type DeckNames, deckOf } from './deck.ts';
import type { Step } from './engine.ts';
import { outputReader, pinReader } from './readers.ts';

/** A circuit with very many sources is confirmed at so many of them. */
const MAXIMUM_STEPS = 600;

/** A quantity to confirm: our value, and how to read it off the vectors of a step. */
export interface Claim {
  readonly quantity: string;
  readonly ours: number;
  readonly read: (values: readonly number[]) => number;
  /** What the bound is a fraction of when that is not our value itself. */
  readonly scale?: number;
  /** That fraction when it is not 1e-9. */
  readonly relative?: number;
}

export interface Question {
  readonly analysis?: Step['analysis'];
  readonly commands: readonly string[];
  readonly vectors: readonly string[];
  readonly claims: readonly Claim[];
}

export function inquiries(circuit: LinearCircuit, analysis: CircuitAnalysis) {
  return [
    { network: 'finite' as const, questions: operatingPointQuestions(circuit, analysis) },
    {
      network: 'dead' as const,
      questions: resistanceQuestions(circuit, analysis).slice(0, MAXIMUM_STEPS),
    },
    {
      network: 'ideal' as const,
      questions: gainQuestions(circuit, analysis).slice(0, MAXIMUM_STEPS),
    },
  ];
}

/** `alter` commands that make each question's excitation the only one. */
function unitExcitations(
  questions: readonly (Omit<Question, 'commands'> & { readonly source: string })[],
): Question[] {
  return questions.map(({ source, ...question }, i) => {
    const before = questions[i - 1]?.source;
    const off = before === undefined ? [] : [`alter ${before} = 0`];
    return { ...question, commands: [...off, `alter ${source} = 1`] };
  });
}

/** Nullors, one unit excitation at a time: signal gains, noise gains, transresistances. */
function gainQuestions(circuit: LinearCircuit, analysis: CircuitAnalysis): Question[] {
  const { names } = deckOf(circuit, 'ideal');
  if (analysis.ideal === null) return [];
  const output =
    circuit.output === null ? undefined : outputReader(circuit, { output: circuit.output, names });
  const found: (Omit<Question, 'commands'> & { source: string })[] = [];
  for (const { opAmp, noiseGain, noiseGainToOutput, transresistance } of analysis.opAmps) {
    const own = names.opAmp(opAmp);
    const reader = outputReader(circuit, {
      output: { quantity: 'V', port: opAmp.output, label: '' },
      names,
    });
    if (noiseGain !== null) {
      found.push({
        source: own.offset,
        vectors: [...reader.vectors, ...(output?.vectors ?? [])],
        claims: [
          { quantity: `${opAmp.name} noise gain`, ours: noiseGain, read: reader.read },
          ...(output === undefined || noiseGainToOutput === null
            ? []
            : [
                {
                  quantity: `${opAmp.name} noise gain to output`,
                  ours: noiseGainToOutput,
                  read: (values: readonly number[]) =>
                    output.read(values.slice(reader.vectors.length)),
                },
              ]),
        ],
      });
    }
    if (output === undefined || transresistance === null) continue;
    found.push(
      {
        source: own.nonInverting,
        vectors: output.vectors,
        claims: [
          { quantity: `${opAmp.name} Z_N`, ours: transresistance.nonInverting, read: output.read },
        ],
      },
      {
        source: own.inverting,
        vectors: output.vectors,
        claims: [
          { quantity: `${opAmp.name} Z_I`, ours: transresistance.inverting, read: output.read },
        ],
      },
    );
  }
  for (const [source, gain] of analysis.gains?.sources ?? []) {
    if (output === undefined) break;
    found.push({
      source: names.element(source),
      // Its own ends, too: where 1 V is in the solution, a gain is known to a fraction of 1.
      vectors: [...output.vectors, ...terminals(source).flatMap((node) => names.node(node) ?? [])],
      claims: [{ quantity: `gain of ${source.name}`, ours: gain, read: output.read }],
    });
  }
  return unitExcitations(found);
}

/** Op amp outputs at 0 V: a test current at each input pin (R_NEQ, R_IEQ), a volt at each output (betas). */
function resistanceQuestions(circuit: LinearCircuit, analysis: CircuitAnalysis): Question[] {
  const { names } = deckOf(circuit, 'dead');
  return unitExcitations(
    analysis.opAmps.flatMap(({ opAmp, resistance, feedback }) => {
      const own = names.opAmp(opAmp);
      const pins = pinReader(opAmp, names);
      return [
        {
          source: own.nonInverting,
          vectors: pins.vectors,
          claims: [
            {
              quantity: `${opAmp.name} R_NEQ`,
              ours: resistance.nonInverting,
              read: (v: readonly number[]) => pins.minus(v) - pins.plus(v),
            },
          ],
        },
        {
          source: own.inverting,
          vectors: pins.vectors,
          claims: [
            {
              quantity: `${opAmp.name} R_IEQ`,
              ours: resistance.inverting,
              read: (v: readonly number[]) => pins.plus(v) - pins.minus(v),
            },
          ],
        },
        {
          source: own.output,
          vectors: pins.vectors,
          claims: [
            { quantity: `${opAmp.name} beta plus`, ours: feedback.plus, read: pins.plus },
            { quantity: `${opAmp.name} beta minus`, ours: feedback.minus, read: pins.minus },
          ],
        },
      ];
    }),
  );
}

/** Everything at its value: every node voltage, the output and the error at the output. */
function operatingPointQuestions(circuit: LinearCircuit, analysis: CircuitAnalysis): Question[] {
  const { operatingPoint, ideal, error } = analysis;
  if (operatingPoint === null) return [];
  const { names } = deckOf(circuit, 'finite');
  const nodes = nodeVectors(circuit, { voltages: operatingPoint.nodes, names });
  const scale = Math.max(0, ...nodes.map(({ ours }) => Math.abs(ours)));
  const output =
    circuit.output === null ? undefined : outputReader(circuit, { output: circuit.output, names });
  const claims: Claim[] = nodes.map(({ name, ours }, i) => ({
    quantity: `V(${name})`,
    ours,
    scale,
    read: (values) => values[i] ?? Number.NaN,
  }));
  const rest = (values: readonly number[]) => values.slice(nodes.length);
  if (output !== undefined && circuit.output?.quantity === 'I' && operatingPoint.output !== null) {
    claims.push({
      quantity: circuit.output.label,
      ours: operatingPoint.output,
      read: (values) => output.read(rest(values)),
    });
  }
  const idealOutput = ideal?.output;
  if (output !== undefined && error !== null && typeof idealOutput === 'number') {
    claims.push({
      quantity: 'V_OE',
      ours: error.output,
      scale: Math.max(scale, Math.abs(idealOutput)),
      read: (values) => output.read(rest(values)) - idealOutput,
    });
  }
  return [
    {
      commands: operatingPointCommands(circuit, { analysis, names }),
      vectors: [...nodes.map(({ vector }) => vector), ...(output?.vectors ?? [])],
      claims,
    },
  ];
}

/** Every node that has a voltage, our value of it, and its vector. */
export function nodeVectors(
  circuit: Circuit,
  { voltages, names }: { voltages: Readonly<Record<string, number | null>>; names: DeckNames },
): { name: string; node: NodeIndex; ours: number; vector: string }[] {
  return circuit.nodes.flatMap((name, node) => {
    const ours = voltages[name];
    const vector = names.node(node);
    return typeof ours === 'number' && vector !== undefined ? [{ name, node, ours, vector }] : [];
  });
}

export function operatingPointCommands(
  circuit: Circuit,
  { analysis, names }: { analysis: CircuitAnalysis; names: DeckNames },
): string[] {
  const set = (source: string, value: number) =>
    value === 0 ? [] : [`alter ${source} = ${value}`];
  const sources = circuit.elements.flatMap((element) => {
    if (element.kind === 'voltageSource') return set(names.element(element), element.voltage);
    if (element.kind === 'currentSource') return set(names.element(element), element.current);
    return [];
  });
  const errors = analysis.opAmps.flatMap(({ opAmp, biasPoint }) => {
    const own = names.opAmp(opAmp);
    const currents = biasCurrents(opAmp.specification);
    return [
      ...set(own.offset, biasPoint === null ? 0 : knownDrive(opAmp, biasPoint)),
      ...set(own.nonInverting, currents.nonInverting),
      ...set(own.inverting, currents.inverting),
    ];
  });
  return [...sources, ...errors, 'alter vone = 1'];
}

/** The constant part of theory D2 [V], written out again rather than shared with the solver. */
function knownDrive({ specification }: OpAmp, at: BiasPoint): number {
  const { plus, minus } = psrrPair(specification);
  return (
    specification.offsetVoltage.nominal +
    at.temperatureStep * specification.drift.nominal +
    at.output * specification.inverseGain.nominal -
    at.commonMode * specification.inverseCmrr.nominal -
    at.positiveSupply * plus -
    at.negativeSupply * minus
  );
}
