// The referee under Node: ngspice in a worker thread, replaced whenever it is lost.
//
// A thread lives in a session; a session ends for good by the first fault (crash, time-out, a deck that killed the
// engine, old age) and the next run opens another. The thread keeps the process alive only while a run
// waits for it.

import { Worker } from 'node:worker_threads';
import type { Deck, Engine, RunOutcome } from './engine.ts';
import { refusal } from './engine.ts';
import type { Answer } from './simulation.ts';
import { firstLine, type Reply, type Request } from './worker-protocol.ts';

export interface NodeEngineOptions {
  /** The worker's program; default `node-worker.js` beside this file, as built. */
  readonly workerUrl?: URL;
  /** Limit for a run that states none [s]. */
  readonly timeout?: number;
  /** Limit for loading and starting ngspice, about 0.6 s on an idle machine [s]. */
  readonly startTimeout?: number;
}

const defaults = { timeout: 60, startTimeout: 60 } as const;

/** Timers of more than 2^31 - 1 ms fire at once [ms]. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** One thread, from its start to its end. */
interface Session {
  readonly alive: boolean;
  /** ngspice's version, null before it has started. */
  readonly version: string | null;
  ask(deck: Deck, timeout: number): Promise<RunOutcome>;
  end(reason: string): Promise<void>;
}

/** ngspice in a worker thread, started by `start()` or the first run. */
export function createNodeEngine(options: NodeEngineOptions = {}): Engine {
  const limits = { ...defaults, ...options };
  // Not `./node-worker.ts`: Node 20 cannot run it.
  const url = options.workerUrl ?? new URL('./node-worker.js', import.meta.url);
  let session: Session | null = null;
  let closed = false;
  let version = 'ngspice';
  let lastRun: Promise<unknown> = Promise.resolve();

  function liveSession(): Session {
    if (session === null || !session.alive) session = openSession(url, limits.startTimeout);
    return session;
  }

  async function runNow(deck: Deck, timeout: number): Promise<RunOutcome> {
    if (closed) return refusal('the ngspice engine is closed');
    const current = liveSession();
    const outcome = await current.ask(deck, timeout);
    version = current.version ?? version;
    return outcome;
  }

  return {
    get name() {
      return `${session?.version ?? version} (WebAssembly)`;
    },
    start() {
      if (!closed) liveSession();
    },
    run(deck, { timeout = limits.timeout } = {}) {
      const outcome = lastRun.then(() => runNow(deck, timeout));
      lastRun = outcome;
      return outcome;
    },
    async close() {
      closed = true;
      await session?.end('the ngspice engine is closed');
    },
  };
}

function openSession(url: URL, startTimeout: number): Session {
  let version: string | null = null;
  let ended: string | null = null;
  let lastId = 0;
  /** Ends the wait for the start or an answer; null when nobody waits. */
  let wake: ((reply: Reply) => void) | null = null;

  const worker = spawn(url);
  if (typeof worker === 'string') ended = worker;
  else {
    worker.on('message', hear);
    worker.on('error', (fault) => end(`the ngspice worker failed: ${firstLine(fault)}`));
    worker.on('messageerror', () => end('the ngspice worker sent an unreadable answer'));
    worker.on('exit', (code) => end(`the ngspice worker ended with code ${code}`));
    worker.unref();
  }

  function hear(reply: Reply): void {
    if (reply.kind === 'failed') {
      end(reply.reason);
      return;
    }
    if (reply.kind === 'started') version = reply.version;
    if (reply.kind === 'answered' && !reply.answer.usable) {
      // The answer stands; only what comes next needs another thread.
      wake?.(reply);
      end('ngspice has to be started anew');
      return;
    }
    wake?.(reply);
  }

  async function end(reason: string): Promise<void> {
    ended ??= reason;
    wake?.({ kind: 'failed', reason: ended });
    if (typeof worker !== 'string') await worker.terminate();
  }

  /** The next reply; `limit` seconds without one end the session. */
  function nextReply(limit: number, silence: string): Promise<Reply> {
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => end(`${silence} within ${limit} s`),
        Math.min(1000 * limit, LONGEST_DELAY),
      );
      wake = (reply) => {
        wake = null;
        clearTimeout(timer);
        resolve(reply);
      };
    });
  }

  async function converse(thread: Worker, deck: Deck, timeout: number): Promise<Answer> {
    if (version === null) {
      const reply = await nextReply(startTimeout, 'ngspice did not start');
      if (reply.kind === 'failed') return { outcome: refusal(reply.reason), usable: false };
    }
    lastId += 1;
    const request: Request = { id: lastId, deck };
    thread.postMessage(request);
    const reply = await nextReply(timeout, 'ngspice gave no answer');
    if (reply.kind === 'answered' && reply.id === request.id) return reply.answer;
    const reason = reply.kind === 'failed' ? reply.reason : 'the ngspice worker lost its place';
    await end(reason);
    return { outcome: refusal(reason), usable: false };
  }

  return {
    get alive() {
      return ended === null;
    },
    get version() {
      return version;
    },
    async ask(deck, timeout) {
      if (ended !== null || typeof worker === 'string') return refusal(ended ?? 'no worker');
      worker.ref();
      const { outcome } = await converse(worker, deck, timeout);
      worker.unref();
      return outcome;
    },
    end,
  };
}

/** The thread, or why there is none. Its streams stay with it: nothing of ngspice's reaches the terminal. */
function spawn(url: URL): Worker | string {
  try {
    return new Worker(url, { stdout: true, stderr: true, execArgv: [] });
  } catch (fault) {
    return `the ngspice worker cannot be started: ${firstLine(fault)}`;
  }
}
