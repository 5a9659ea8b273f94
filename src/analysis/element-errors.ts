/** What the tolerances of the elements do at the output as the sources move, row by row of the budget. */

import type { LinearCircuit } from '../circuit/circuit.ts';
import type { PortForm } from '../numeric/port-form.ts';
import { type AffineError, NOTHING } from './calibration-share.ts';
import { elementContributions } from './element-budget.ts';
import type { Direction, InputSweep } from './input-sweep.ts';
import { alongColumn } from './port-form.ts';
import type { Varying } from './tolerance-analysis.ts';

export interface RowErrors {
  readonly cause: string;
  readonly element?: string;
  readonly opAmp?: string;
  readonly errors: readonly AffineError[];
  /** Whether it is there, and the same, when the circuit is trimmed. */
  readonly isTrimmed: boolean;
}

/** What comes after the trim. */
const LATER: ReadonlySet<string> = new Set(['temperature', 'ageing']);

export function elementErrors(
  { variations, form }: Varying,
  { sweep, circuit }: { readonly sweep: InputSweep; readonly circuit: LinearCircuit },
): readonly RowErrors[] {
  const slopesOf = (direction: Direction): Float64Array =>
    Float64Array.from(variations, (variation) =>
      direction.reduce((sum, { source, weight, solution }) => {
        const isOwn = variation.kind === 'element' && variation.element.name === source.name;
        // The tolerance of a source is a part of its value, which moves: q = -value/nominal.
        if (isOwn) return variation.value === 0 ? sum : sum - weight / variation.value;
        return sum + weight * alongColumn(variation.v, solution);
      }, 0),
    );
  // A change of the output is linear in q = v'x - w, so it is taken apart with the q of each move.
  const changesWith = (q: Float64Array) => {
    const moved: PortForm = { ...form, value: 0, q };
    return elementContributions(moved, { variations, circuit });
  };
  const input = slopesOf(sweep.input);
  const atStart = changesWith(form.q.map((q, k) => q + sweep.start * (input[k] ?? 0)));
  const along = changesWith(input);
  const moves = sweep.moves.map(({ direction }) => changesWith(slopesOf(direction)));
  return atStart.map(({ cause, element, changes }, row) => ({
    cause,
    element,
    isTrimmed: !LATER.has(cause),
    errors: changes.map((offset, i) => ({
      offset,
      along: along[row]?.changes[i] ?? 0,
      slopes: moves.map((move) => move[row]?.changes[i] ?? 0),
      rest: NOTHING,
    })),
  }));
}
