/** What becomes of a calculation sheet. */

import type { Diagnostic } from '../../../grammar/diagnostic.ts';
import type { Identity } from '../identity.ts';

/** `follows`: right by itself, but made of something wrong. */
export type StepStatus = 'holds' | 'wrong' | 'follows';

export interface SheetStep {
  /** The two terms with the sign between them, as written. */
  readonly text: string;
  readonly status: StepStatus;
  /** The left and the right side [SI]; null where the circuit does not have one. */
  readonly actual: number | null;
  readonly expected: number | null;
  readonly unit: string;
  /** Of two formulas. */
  readonly identity: Identity | null;
  /** Why it is wrong, or what to know about it. */
  readonly reason: string | null;
  /** The line whose mistake it follows from. */
  readonly from: number | null;
}

export interface SheetLine {
  readonly line: number;
  readonly text: string;
  /** `taken`: a value within the limits of a specification, or a name of the sheet's own. */
  readonly status: StepStatus | 'taken' | 'unread';
  readonly steps: readonly SheetStep[];
  /** What was taken, or why the line cannot be read. */
  readonly note: string | null;
}

export interface SheetResult {
  readonly file: string;
  readonly lines: readonly SheetLine[];
  /** The first wrong step. */
  readonly first: { readonly line: number; readonly text: string; readonly reason: string } | null;
  readonly diagnostics: readonly Diagnostic[];
}
