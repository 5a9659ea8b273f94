/**
 * Our figures against those of ngspice. Gains and resistances are confirmed by unit excitations and by
 * an actual test source (AN1177 Figs. 5 and 9), each to 1e-9 of itself; voltages to 1e-9 of the largest
 * one. Three decks: nullors, op amp outputs held at 0 V, and the finite network at its operating point.
 */

import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import type { LinearCircuit } from '../circuit/circuit.ts';
import { deckOf } from './deck.ts';
import type { Engine, Step } from './engine.ts';
import { type Claim, inquiries } from './questions.ts';

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
  /** Largest difference, relative to what its bound is 1e-9 of. */
  readonly worst: number | null;
  readonly reason?: string;
  readonly rows: readonly CrossCheckRow[];
}

/** Bound of a difference, relative. */
const RELATIVE = 1e-9;
/** A small figure beside a large one in the same solution is known to this fraction of the large one. */
const OF_LARGEST = 1e-12;
export async function crossCheck(
  { circuit, analysis }: { circuit: LinearCircuit; analysis: CircuitAnalysis },
  engine: Engine,
): Promise<CrossCheck> {
  const rows: CrossCheckRow[] = [];
  let worst = 0;
  for (const { network, questions } of inquiries(circuit, analysis)) {
    if (questions.length === 0) continue;
    const { lines } = deckOf(circuit, network);
    const steps: Step[] = questions.map(({ commands, vectors }, i) => ({
      label: `${network} ${i + 1}`,
      commands,
      vectors,
    }));
    const constant = 'vone one 0 dc 0';
    const outcome = await engine.run({ elements: [...lines, constant], steps });
    if (!outcome.ok)
      return { engine: engine.name, agrees: null, worst: null, reason: outcome.reason, rows: [] };
    for (const [i, { claims }] of questions.entries()) {
      const values = outcome.values[i] ?? [];
      const largest = Math.max(0, ...values.map(Math.abs));
      for (const claim of claims) {
        const row = compare(claim, claim.read(values), largest);
        worst = Math.max(worst, (row.difference / row.bound) * RELATIVE || 0);
        rows.push(row);
      }
    }
  }
  const agrees = rows.every(({ difference, bound }) => difference <= bound);
  return { engine: engine.name, agrees, worst, rows };
}

function compare(
  { quantity, ours, scale }: Claim,
  ngspice: number,
  largest: number,
): CrossCheckRow {
  const bound = RELATIVE * (scale ?? Math.abs(ours)) + OF_LARGEST * largest;
  return {
    quantity,
    ours,
    ngspice,
    difference: Math.abs(ours - ngspice),
    bound: Math.max(bound, Number.MIN_VALUE),
  };
}
