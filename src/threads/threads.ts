// What the program needs of a thread, wherever it comes from.

import type { SampleJob } from '../numeric/sample-helper.ts';

/** Other threads, which draw samples beside the one that asks. */
export interface Threads {
  /** How many there are. */
  readonly count: number;
  /** Hands them a job and goes on: thread t of it, from 1 on, takes portions as long as there are some. */
  help(job: SampleJob): void;
}
