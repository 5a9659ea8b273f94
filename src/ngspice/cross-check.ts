/**
 * Our figures against those of ngspice. Gains and resistances are confirmed by unit excitations and by
 * an actual test source (AN1177 Figs. 5 and 9), each to 1e-9 of itself; voltages to 1e-9 of the largest
 * one. Three decks: nullors, op amp outputs held at 0 V, and the finite network at its operating point.
 * With non-linear elements the first two are decks of the linearised circuit, and the last one has ngspice's
 * own models of the devices.
 */

import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import { type Circuit, isLinear } from '../circuit/circuit.ts';
import type { Network } from '../mna/system.ts';
import { deckOf } from './deck.ts';
import {
  deviceQuestions,
  modelledCircuit,
  simulatorOptions,
  startedLines,
} from './device-questions.ts';
import type { Deck, Engine, Step } from './engine.ts';
import { type Claim, inquiries, type Question } from './questions.ts';

export interface CrossCheckRow {
  readonly quantity: string;
  readonly ours: number;
  readonly ngspice: number;
  readonly difference: number;
  readonly bound: number;
}

export interface CrossCheck {
  readonly engine: string;
  /** null when the engine gave no answer. */
  readonly agrees: boolean | null;
  /** Largest difference, relative to what its bound is a fraction of. */
  readonly worst: number | null;
  readonly reason?: string;
  readonly rows: readonly CrossCheckRow[];
}

/** Bound of a difference, relative. */
const RELATIVE = 1e-9;
/** A small figure beside a large one in the same solution is known to this fraction of the large one's bound. */
const OF_LARGEST = 1e-3;

interface Inquiry {
  readonly deck: Pick<Deck, 'elements' | 'nonlinear' | 'options'>;
  readonly label: string;
  readonly questions: readonly Question[];
}

/** `circuit` is the one that was given; what was analysed of it stands in `analysis`. */
export async function crossCheck(
  { circuit, analysis }: { circuit: Circuit; analysis: CircuitAnalysis },
  engine: Engine,
): Promise<CrossCheck> {
  const rows: CrossCheckRow[] = [];
  let worst = 0;
  for (const { deck, label, questions } of allInquiries(circuit, analysis)) {
    if (questions.length === 0) continue;
    const steps: Step[] = questions.map(({ analysis: kind, commands, vectors }, i) => ({
      label: `${label} ${i + 1}`,
      commands,
      vectors,
      ...(kind === undefined ? {} : { analysis: kind }),
    }));
    const outcome = await engine.run({ ...deck, steps });
    if (!outcome.ok)
      return { engine: engine.name, agrees: null, worst: null, reason: outcome.reason, rows: [] };
    for (const [i, { claims }] of questions.entries()) {
      const values = outcome.values[i] ?? [];
      const largest = Math.max(0, ...values.map(Math.abs));
      for (const claim of claims) {
        const row = compare(claim, claim.read(values), largest);
        worst = Math.max(worst, (row.difference / row.bound) * (claim.relative ?? RELATIVE) || 0);
        rows.push(row);
      }
    }
  }
  const agrees = rows.every(({ difference, bound }) => difference <= bound);
  return { engine: engine.name, agrees, worst, rows };
}

function allInquiries(circuit: Circuit, analysis: CircuitAnalysis): Inquiry[] {
  const linear = inquiries(analysis.circuit, analysis).map(({ network, questions }) => ({
    deck: { elements: linesOf(analysis.circuit, network) },
    label: network,
    questions,
  }));
  if (isLinear(circuit)) return linear;
  // The operating point is that of the devices; tangents can be too near to cancelling for doubles.
  const gainsOfTangents = linear.filter(({ label }) => label !== 'finite');
  const devices = deviceInquiry({ circuit, analysis }, { smallSignal: false });
  if (!hasSwitch(circuit)) return [...gainsOfTangents, devices];
  const tangents = deviceInquiry({ circuit, analysis }, { smallSignal: true });
  const [biased, ...gains] = tangents.questions;
  const smallSignal = {
    ...tangents,
    label: 'small signal',
    questions: biased === undefined ? [] : [{ ...biased, claims: [] }, ...gains],
  };
  const operatingPoint = { ...devices, questions: devices.questions.slice(0, 1) };
  return [...gainsOfTangents, operatingPoint, smallSignal];
}

/** ngspice's own models, at the operating point and for small deviations from it. */
function deviceInquiry(
  { circuit, analysis }: { circuit: Circuit; analysis: CircuitAnalysis },
  options: { readonly smallSignal: boolean },
): Inquiry {
  const modelled = modelledCircuit(circuit, analysis.circuit, options);
  return {
    deck: {
      elements: startedLines(linesOf(modelled, 'finite'), { circuit: modelled, analysis }),
      nonlinear: true,
      options: simulatorOptions(circuit),
    },
    label: 'devices',
    questions: deviceQuestions(modelled, analysis),
  };
}

function hasSwitch({ elements }: Circuit): boolean {
  return elements.some((element) => element.kind === 'device' && element.data.device === 'switch');
}

function linesOf(circuit: Circuit, network: Network): readonly string[] {
  return [...deckOf(circuit, network).lines, 'vone one 0 dc 0'];
}

function compare(
  { quantity, ours, scale, relative = RELATIVE }: Claim,
  ngspice: number,
  largest: number,
): CrossCheckRow {
  const bound = relative * ((scale ?? Math.abs(ours)) + OF_LARGEST * largest);
  return {
    quantity,
    ours,
    ngspice,
    difference: Math.abs(ours - ngspice),
    bound: Math.max(bound, Number.MIN_VALUE),
  };
}
