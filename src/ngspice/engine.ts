// The referee as the rest of the program sees it: a deck goes in, numbers or a reason come out.
//
// A deck is a list of element lines and a list of steps. Every step alters sources, solves the operating
// point and reads vectors; alterations stay in force for the steps after it. Whatever goes wrong (a
// singular circuit, a crashed or hanging engine, a missing package) ends in `ok: false`, never in an
// exception, and one doubtful step spoils the whole run: a referee that guesses is worth nothing.

/** One question to the engine: set these sources, solve, read these vectors. */
export interface Step {
  /** What the step is called in a reason; never sent to the engine. */
  readonly label: string;
  /**
   * The operating point (unless said otherwise), or small deviations from it: per unit of the sources whose
   * `acmag` is set.
   */
  readonly analysis?: 'operating point' | 'small signal';
  /** ngspice commands before the solution, such as `alter v3 = 1`. */
  readonly commands: readonly string[];
  /** Node voltages `v(n1)` and currents through voltage-defining elements `i(v3)` (from + to -, inside). */
  readonly vectors: readonly string[];
}

/** A circuit in our own names and plain numbers (never the user's text) and what is asked of it. */
export interface Deck {
  /** Element, `.model` and `.nodeset` lines; no title, no `.end`. */
  readonly elements: readonly string[];
  readonly steps: readonly Step[];
  /** Diodes and transistors may need gmin or source stepping; in a linear circuit it means a singular matrix. */
  readonly nonlinear?: boolean;
  /** Simulator options beyond those of every deck: `reltol=1e-9`, `gmin=1e-15`. */
  readonly options?: readonly string[];
}

/** Values per step and per vector, in the order asked for [V] or [A]; or why there are none. */
export type RunOutcome =
  | {
      readonly ok: true;
      readonly values: readonly (readonly number[])[];
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly reason: string };

export interface RunOptions {
  /** Limit for this run, the engine's start and the runs before it not counted [s]. */
  readonly timeout?: number;
}

export interface Engine {
  /** Such as `ngspice-45.2 (WebAssembly)`; without the version before the engine has started. */
  readonly name: string;
  /** Starts the engine in the background, so that the first run need not wait for it. */
  start(): void;
  /** Runs a deck; runs asked for at the same time take turns. Never rejects. */
  run(deck: Deck, options?: RunOptions): Promise<RunOutcome>;
  /** Ends the engine; runs not yet answered end with a reason. */
  close(): Promise<void>;
}

/** The outcome of a run that cannot be believed. */
export function refusal(reason: string): RunOutcome {
  return { ok: false, reason };
}
