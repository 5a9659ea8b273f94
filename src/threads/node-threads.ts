// Threads of Node that help to draw samples. They are started by the first job, and do not keep a process alive.

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SampleJob } from '../numeric/sample-helper.ts';
import type { Threads } from './threads.ts';

export interface NodeThreadsOptions {
  /** How many; default one less than the processor has cores, MOST_THREADS at most. */
  readonly count?: number;
  /** The worker's program; default `node-sample-worker.js` beside this file, as built. */
  readonly workerUrl?: URL;
}

/** More wait for memory rather than for the processor. */
const MOST_THREADS = 15;

export interface NodeThreads extends Threads {
  /** Ends them; a job that comes later has no help. */
  close(): Promise<void>;
}

export function createNodeThreads(options: NodeThreadsOptions = {}): NodeThreads {
  // Not `./node-sample-worker.ts`: Node 20 cannot run it.
  const url = options.workerUrl ?? new URL('./node-sample-worker.js', import.meta.url);
  const count = options.count ?? Math.min(MOST_THREADS, availableParallelism() - 1);
  let workers: readonly Worker[] | null = null;
  return {
    count,
    help(job: SampleJob) {
      workers ??= Array.from({ length: count }, (_, k) => spawn(url, k + 1)).filter(
        (worker) => worker !== undefined,
      );
      for (const worker of workers) worker.postMessage(job);
    },
    async close() {
      const ended = workers ?? [];
      workers = [];
      await Promise.all(ended.map((worker) => worker.terminate()));
    },
  };
}

/** A thread; undefined where there is none to be had: whoever asked draws all samples himself. */
function spawn(url: URL, thread: number): Worker | undefined {
  try {
    const worker = new Worker(url, { workerData: thread, execArgv: [] });
    // Of a thread that fails nothing is missing but its help.
    worker.on('error', () => {});
    worker.unref();
    return worker;
  } catch {
    return undefined;
  }
}
