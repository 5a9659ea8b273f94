// Threads of a page that help to draw samples: web workers with the memory of the page in common, which a page has when
// it is isolated (`crossOriginIsolated`).

import type { SampleJob } from '../numeric/sample-helper.ts';
import type { Threads } from './threads.ts';

export interface BrowserThreadsOptions {
  /** How many; default one less than the processor has cores, MOST_THREADS at most. */
  readonly count?: number;
  /** The worker's program; default `browser-sample-worker.js` beside this file. */
  readonly workerUrl?: URL;
}

const MOST_THREADS = 7;

export interface BrowserThreads extends Threads {
  close(): void;
}

/** What is used of a page. */
interface Page {
  readonly crossOriginIsolated?: boolean;
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly Worker?: new (url: URL, options: { readonly type: 'module' }) => PageWorker;
}

interface PageWorker {
  postMessage(message: unknown): void;
  terminate(): void;
}

/** Started at once, so that they are there when samples are wanted; none where the page shares no memory. */
export function createBrowserThreads(options: BrowserThreadsOptions = {}): BrowserThreads {
  const page: Page = globalThis as Page;
  const url = options.workerUrl ?? new URL('./browser-sample-worker.js', import.meta.url);
  const cores = page.navigator?.hardwareConcurrency ?? 1;
  const wanted = options.count ?? Math.min(MOST_THREADS, cores - 1);
  const { Worker: PageWorkers } = page;
  const workers: PageWorker[] = [];
  if (page.crossOriginIsolated === true && PageWorkers !== undefined) {
    for (let thread = 1; thread <= wanted; thread++) {
      const worker = new PageWorkers(url, { type: 'module' });
      worker.postMessage(thread);
      workers.push(worker);
    }
  }
  return {
    count: workers.length,
    help(job: SampleJob) {
      for (const worker of workers) worker.postMessage(job);
    },
    close() {
      for (const worker of workers) worker.terminate();
    },
  };
}
