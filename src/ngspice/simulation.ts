// Drives one `Simulation` of eecircuit-engine: a deck in, an outcome out.
//
// To be used inside a worker of its own, Node's or a browser's: the engine may loop for ever, die without settling
// its promise, or trap in WebAssembly, and it takes over globals. The rules are those of
// facts/ngspice.md section 6, quoted by number.

import { type DeckOutput, readAnswer } from './deck-answer.ts';
import { deckFault, deckText, makeNonce, stepFile } from './deck-text.ts';
import type { Deck, RunOutcome } from './engine.ts';
import { refusal } from './engine.ts';

/** The part of eecircuit-engine's `Simulation` that is used (`commandList` is private in its types only). */
export interface SpiceSimulation {
  commandList: string[];
  start(): Promise<void>;
  setNetList(text: string): void;
  runSim(): Promise<unknown>;
  getInfo(): string;
  getInitInfo(): string;
  getError(): string[];
  __getSpiceModuleForTests(): object | null;
}

/** An outcome, and whether the engine can take another deck. */
export interface Answer {
  readonly outcome: RunOutcome;
  readonly usable: boolean;
}

/** A started engine. One deck at a time. */
export interface Spice {
  /** Such as `ngspice-45.2`. */
  readonly version: string;
  /** A WebAssembly trap leaves it unsettled: it is an unhandled rejection, for the worker to hear (rule 6). */
  run(deck: Deck): Promise<Answer>;
}

/** emscripten's in-memory file system. */
interface MemoryFiles {
  writeFile(path: string, text: string): void;
  readFile(path: string): Uint8Array;
  unlink(path: string): void;
}

// Rule 3: the engine reads out.raw after every run, and hangs without a valid one.
const EMPTY_RAW =
  'Title: none\nDate: none\nPlotname: none\nFlags: real\nNo. Variables: 0\nNo. Points: 0\nVariables:\nBinary:\n';

// What ngspice prints when it is about to exit without an answer.
const DEATH = /^.*(?:fatal error in ngspice, exit\(|can't allocate).*$/m;

// Rule 11, and about 4 kB of WebAssembly memory lost with every command line: 400 MB of the 2 GB.
const MOST_RUNS = 5000;
const MOST_COMMANDS = 100_000;

const POLL_INTERVAL = 10; // [ms]

/** Starts the engine. Rejects when it cannot start. */
export async function startSpice(simulation: SpiceSimulation): Promise<Spice> {
  console.error = () => {}; // every line of standard error goes there
  await simulation.start();
  const files = memoryFiles(simulation);
  let runs = 0;
  let commands = 0;

  async function run(deck: Deck): Promise<Answer> {
    const fault = deckFault(deck);
    if (fault !== null) return { outcome: refusal(fault), usable: true };

    const nonce = makeNonce();
    files.writeFile('/out.raw', EMPTY_RAW);
    deck.steps.forEach((_, i) => {
      take(files, stepFile(i + 1));
    });
    simulation.setNetList(deckText(deck, nonce));
    simulation.commandList = prompts(deck);
    const failure = await finish(simulation);
    if (failure !== null) return { outcome: refusal(failure), usable: false };

    const output: DeckOutput = {
      text: simulation.getInfo(),
      errors: simulation.getError(),
      files: deck.steps.map((_, i) => take(files, stepFile(i + 1))),
    };
    runs += 1;
    commands += simulation.commandList.length + deck.steps.reduce(countCommands, 0);
    const usable = runs < MOST_RUNS && commands < MOST_COMMANDS;
    return { outcome: readAnswer(deck, nonce, output), usable };
  }

  const version = /ngspice-[\w.]+/.exec(simulation.getInitInfo())?.[0] ?? 'ngspice';
  return { version, run };
}

/** What is typed at ngspice's prompt. The deck's own `.control` block runs when it is sourced. */
function prompts(deck: Deck): string[] {
  return [
    ' ',
    'unset interactive', // rule 4: an undefined parameter exits instead of asking for ever
    'set sourcepath = ( / )', // it grows with every run
    // Rule 5: a singular deck fails instead of ending in an invented solution. The second and third
    // number allow gmin and source stepping; the zeros after them forbid the transient solution.
    deck.nonlinear === true ? 'optran 1 1 1 0 0 0' : 'optran 1 0 0 0 0 0',
    'source test.cir',
    'destroy all',
    'remcirc',
  ];
}

/** Runs what was set; null when the engine came back to its prompt, else why it never will. */
function finish(simulation: SpiceSimulation): Promise<string | null> {
  return new Promise((resolve) => {
    const poll = setInterval(() => {
      const death = DEATH.exec(simulation.getInfo());
      if (death !== null) settle(lastWords(simulation));
    }, POLL_INTERVAL);
    const settle = (reason: string | null) => {
      clearInterval(poll);
      resolve(reason);
    };
    simulation.runSim().then(
      () => settle(null),
      (fault) => settle(`ngspice failed: ${fault}`),
    );
  });
}

/** What ngspice complained of before it exited: the first error line says more than the last. */
function lastWords(simulation: SpiceSimulation): string {
  const lines = simulation
    .getError()
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return `ngspice gave up: ${lines.slice(0, 3).join(' / ')}`;
}

/** Two lines around the step's own and the four of its solution (see deck-text). */
function countCommands(sum: number, step: Deck['steps'][number]): number {
  return sum + step.commands.length + 5;
}

function memoryFiles(simulation: SpiceSimulation): MemoryFiles {
  const module = simulation.__getSpiceModuleForTests();
  if (module === null || !('FS' in module)) throw new Error('the engine has no file system');
  return module.FS as MemoryFiles;
}

/** The file's bytes, and the file is gone; null when there is none. */
function take(files: MemoryFiles, path: string): Uint8Array | null {
  try {
    const bytes = files.readFile(path);
    files.unlink(path);
    return bytes;
  } catch {
    return null; // emscripten's ErrnoError: no such file
  }
}
