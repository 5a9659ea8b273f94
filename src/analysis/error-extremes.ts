/**
 * The extremes of the error, output less ideal output, over all tolerances and spreads and over the ranges of the
 * sources together. The error is affine in the sources, so at its extremes each is at an end of its range; every
 * combination of ends is a scenario of its own, with the ideal output that belongs to it.
 */

import { sourceColumn } from '../mna/excitation.ts';
import type { Solver } from '../mna/solver.ts';
import type { PortForm } from '../numeric/port-form.ts';
import type { WorstCaseInput } from './box.ts';
import type { Gains } from './gains.ts';
import { outputValue } from './output.ts';
import { alongColumn } from './port-form.ts';
import { type ScenarioList, scenarios } from './scenario.ts';
import { type SourceMove, sourceMoves } from './source-moves.ts';
import { type SourceVariation, sourceValue } from './variation.ts';
import type { Scenario } from './variation-limits.ts';
import { type Extremes, extremesOver } from './worst-case.ts';

/** Sources: 2^6 combinations of their ends. */
export const MOST_RANGES = 6;

export interface IdealNetwork {
  /** The output at the values of the netlist [V or A]. */
  readonly output: number;
  readonly gains: Gains;
}

/** null without a range, and with more than `MOST_RANGES`; bias points are those of the specifications. */
export function errorExtremes(
  input: WorstCaseInput,
  { solver, ideal }: { readonly solver: Solver; readonly ideal: IdealNetwork },
): Extremes | null {
  const moves = sourceMoves(input.circuit, solver);
  if (moves.length === 0 || moves.length > MOST_RANGES) return null;
  const sources = moves.map(({ source, ends }): SourceVariation => {
    const u = sourceColumn(source, solver.system.unknowns) ?? [];
    return { kind: 'source', source, range: ends, u, v: [], w: 1 };
  });
  const question = {
    list: atAllEnds(scenarios(input.circuit), moves),
    reference: ({ sources: at }: Scenario) =>
      moves.reduce((sum, { source }) => {
        const gain = ideal.gains.sources.get(source) ?? 0;
        return sum + gain * ((at?.get(source) ?? sourceValue(source)) - sourceValue(source));
      }, ideal.output),
  };
  const form = withMoves(input, { moves, solver, ideal });
  return extremesOver({ ...input, variations: [...input.variations, ...sources], form }, question);
}

/** The form of the error, the sources behind the other variations: nothing depends on a product with them. */
function withMoves(
  { form, variations, output }: WorstCaseInput,
  { moves, solver, ideal }: { moves: readonly SourceMove[]; solver: Solver; ideal: IdealNetwork },
): PortForm {
  const { size: m } = form;
  const size = m + moves.length;
  const H = new Float64Array(size * size);
  for (let j = 0; j < m; j++) H.set(form.H.subarray(j * m, j * m + m), j * size);
  const r = Float64Array.from({ length: size }, (_, k) => form.r[k] ?? 0);
  const q = Float64Array.from({ length: size }, (_, k) => form.q[k] ?? -1);
  for (const [i, { source, solution }] of moves.entries()) {
    r[m + i] =
      outputValue(output, solution, solver.system) - (ideal.gains.sources.get(source) ?? 0);
    for (const [j, { v }] of variations.entries()) {
      H[j * size + m + i] = alongColumn(v, solution);
    }
  }
  return { size, value: form.value - ideal.output, r, q, H };
}

/** Every scenario and every cell with every combination of the ends of the ranges. */
function atAllEnds(list: ScenarioList, moves: readonly SourceMove[]): ScenarioList {
  let all: NonNullable<Scenario['sources']>[] = [new Map()];
  for (const { source, ends } of moves) {
    const values = [...new Set([ends.low, ends.high])];
    all = all.flatMap((sources) => values.map((value) => new Map([...sources, [source, value]])));
  }
  const crossed = <T>(items: readonly T[]) =>
    items.flatMap((item) => all.map((sources) => ({ ...item, sources })));
  return { ...list, scenarios: crossed(list.scenarios), cells: crossed(list.cells) };
}
