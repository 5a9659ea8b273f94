// What the engine said and wrote about a deck -> values, or the reason why they cannot be believed.
//
// ngspice goes on after an error and happily hands out what an earlier step left behind, so nothing is taken on
// trust: every line it prints must be harmless, and every step's file must carry this run's title, the
// plot of an operating point, the step's own number at the witness, and a sane number for every vector.

import { readRawFile } from '../../grammar/raw/read.ts';
import { isSmallSignal, stepMarker, WITNESS } from './deck-text.ts';
import type { Deck, RunOutcome, Step } from './engine.ts';
import { refusal } from './engine.ts';

/** Everything the engine gave back for one deck. */
export interface DeckOutput {
  /** Standard output and standard error, interleaved as printed. */
  readonly text: string;
  /** The lines of standard error. */
  readonly errors: readonly string[];
  /** The raw file of each step; null where none was written. */
  readonly files: readonly (Uint8Array | null)[];
}

/** A good deck prints none of these (facts/ngspice.md section 6, rule 9; stdout is checked, too). */
const SUSPECT =
  /error|warning|singular|transient op|not a valid|too small|set to|ignored|fatal|can't|cannot|no such|unknown|undefined|failed|aborted/i;

/** What ngspice remarks on the parameters of a BSIM3 card and then computes with all the same, as our equations do. */
const REMARK =
  /^Checking parameters for BSIM 3|^Warning: (?:\w+ = \S+ (?:is|may be) |\w+ (?:should be specified with|is ignored because) k1)/;

/** The signs of continuation: a fault in a linear circuit, a note in a nonlinear one. */
const STEPPING = /stepping/i;

/** [V] or [A]; 1/0 in a B source comes back as 1e32 without a word. */
const LARGEST_VALUE = 1e30;

/** The engine keeps the last 2e6 characters of its output; a fault may have been in what is lost. */
const LONGEST_TEXT = 2e6 - 1;

/** The values of every step of `deck`, sent under the title `nonce`. */
export function readAnswer(deck: Deck, nonce: string, output: DeckOutput): RunOutcome {
  const complaint = findComplaint(deck, nonce, output);
  if (complaint !== null) return refusal(complaint);
  const values: number[][] = [];
  for (const [i, step] of deck.steps.entries()) {
    const read = readStep(output.files[i] ?? null, { nonce, number: i + 1, step });
    if (typeof read === 'string') return refusal(`ngspice, step "${step.label}": ${read}`);
    values.push(read);
  }
  const notes = output.text.split('\n').filter((line) => /^Note: (?!No compat)/.test(line));
  return { ok: true, values, notes };
}

/** The first line that a good run would not have printed, with the step it was printed in; or null. */
function findComplaint(deck: Deck, nonce: string, output: DeckOutput): string | null {
  if (output.text.length >= LONGEST_TEXT) return 'ngspice printed more than can be checked';
  const errors = new Set(output.errors.map((line) => line.trim()));
  errors.delete('');
  const isBad = (line: string) => {
    if (REMARK.test(line)) return false;
    if (STEPPING.test(line)) return deck.nonlinear !== true;
    return SUSPECT.test(line) || (errors.has(line) && !line.startsWith('Note: '));
  };
  let step = 0;
  const lines = output.text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  for (const [i, line] of lines.entries()) {
    if (line === stepMarker(nonce, step + 1)) step++;
    else if (isBad(line)) {
      const where = step === 0 ? '' : `, step "${deck.steps[step - 1]?.label}"`;
      const more = lines.slice(i + 1, i + 3).filter((next) => errors.has(next));
      return `ngspice${where}: ${[line, ...more].join(' / ')}`;
    }
  }
  // Standard error the text does not show as lines of its own (a prompt before it, for example).
  return [...errors].find(isBad) ?? null;
}

/** The values of a step's vectors in its file, or what is wrong with it. */
function readStep(
  file: Uint8Array | null,
  { nonce, number, step }: { nonce: string; number: number; step: Step },
): number[] | string {
  if (file === null) return 'no result was written';
  const plot = readRawFile(file, { smallSignal: isSmallSignal(step) });
  if ('fault' in plot) return `the result cannot be read: ${plot.fault}`;
  if (plot.points !== 1) return `the result has ${plot.points} points`;
  const found = new Map(plot.variables.map(({ name, value }) => [name.toLowerCase(), value]));
  if (plot.title !== nonce) return 'the result belongs to another deck';
  if (plot.plotName !== (isSmallSignal(step) ? 'AC Analysis' : 'Operating Point'))
    return `the result is the plot "${plot.plotName}"`;
  const witness = found.get(`v(${WITNESS})`);
  if (witness !== number) {
    return `the solution is misplaced or of another step (the witness is ${witness} V, not ${number} V)`;
  }

  const values: number[] = [];
  for (const vector of step.vectors) {
    const value = found.get(vector.toLowerCase());
    if (value === undefined) return `there is no vector ${vector}`;
    if (!(Math.abs(value) < LARGEST_VALUE)) return `${vector} is ${value}`;
    values.push(value);
  }
  return values;
}
