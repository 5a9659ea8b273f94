// The program of a thread of Node that helps to draw samples.

import { parentPort, workerData } from 'node:worker_threads';
import { helpWith, type SampleJob } from '../numeric/sample-helper.ts';

parentPort?.on('message', (job: SampleJob) => helpWith(job, Number(workerData)));
