// ngspice on whole netlists, hierarchy and `.param` included, which the referee never sends: the truth about what a text
// means. In a process of its own, which is replaced when it dies or hangs.

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

/** Node voltages `v(xa.n)` [V] and currents `i(v1)` [A]; or why there are none. */
export type RawOutcome =
  | { readonly vectors: ReadonlyMap<string, number> }
  | { readonly fault: string };

export interface RawOptions {
  /** `psa`, `ltpsa`: whose rules ngspice obeys; its own unless given. */
  readonly behaviour?: string;
  /** [ms] */
  readonly timeout?: number;
}

const PROGRAM = fileURLToPath(new URL('./raw-process.mjs', import.meta.url));
/** Loading ngspice on a busy machine [ms]. */
const START_TIMEOUT = 60_000;

/** The operating point of netlists, one after the other, for the tests of a file. */
export function useRawNgspice(): (text: string, options?: RawOptions) => Promise<RawOutcome> {
  let process: ChildProcess | undefined;
  let last: Promise<unknown> = Promise.resolve();
  afterAll(() => {
    process?.kill('SIGKILL');
  });

  async function started(): Promise<ChildProcess | string> {
    if (process?.connected === true) return process;
    process = fork(PROGRAM, { stdio: 'ignore', execArgv: [] });
    const reply = await nextReply(process, START_TIMEOUT);
    return reply === 'ready' ? process : 'ngspice does not start';
  }

  async function run(text: string, { behaviour, timeout = 5000 }: RawOptions): Promise<RawOutcome> {
    const child = await started();
    if (typeof child === 'string') return { fault: child };
    child.send({ text, behaviour });
    const reply = await nextReply(child, timeout);
    if (typeof reply === 'string' || ('lost' in reply && reply.lost === true)) {
      child.kill('SIGKILL');
      process = undefined;
    }
    if (typeof reply === 'string') return { fault: reply };
    return 'fault' in reply
      ? { fault: reply.fault }
      : { vectors: new Map(Object.entries(reply.vectors)) };
  }

  return (text, options = {}) => {
    const outcome = last.then(() => run(text, options));
    last = outcome;
    return outcome;
  };
}

type Reply =
  | string
  | { readonly vectors: Readonly<Record<string, number>> }
  /** `lost`: the process has to be replaced. */
  | { readonly fault: string; readonly lost?: boolean };

/** What the process says next; a word of our own when it ends or says nothing. */
function nextReply(child: ChildProcess, timeout: number): Promise<Reply> {
  return new Promise((resolve) => {
    const settle = (reply: Reply): void => {
      clearTimeout(timer);
      child.off('message', settle);
      child.off('exit', ended);
      resolve(reply);
    };
    const ended = (): void => settle('ngspice exited');
    const timer = setTimeout(() => settle('ngspice gave no answer'), timeout);
    child.on('message', settle);
    child.on('exit', ended);
  });
}
