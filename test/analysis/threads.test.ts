// Samples drawn by several threads are those of one thread, bit by bit, whoever draws what.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Drawn, draw } from '../../src/analysis/monte-carlo/draw.ts';
import type { SampledCircuit } from '../../src/analysis/monte-carlo/sampled-circuit.ts';
import { BUCKETS } from '../../src/numeric/order-statistics.ts';
import type { SampleJob } from '../../src/numeric/sample-helper.ts';
import { createBrowserThreads } from '../../src/threads/browser-threads.ts';
import { createNodeThreads, type NodeThreads } from '../../src/threads/node-threads.ts';
import type { Threads } from '../../src/threads/threads.ts';
import { type BuiltWorker, buildWorker } from '../ngspice/built-worker.ts';
import { BALANCED_FEEDBACK, SPECIMENS, sampledFrom, textOf } from '../support/sampled-circuits.ts';

const HELPERS = 2;

let worker: BuiltWorker;
let threads: NodeThreads;

beforeAll(async () => {
  worker = await buildWorker('threads/node-sample-worker.ts');
  threads = createNodeThreads({ count: HELPERS, workerUrl: worker.url });
});

afterAll(async () => {
  await threads.close();
  await worker.remove();
});

/** Enough of them to be shared. */
const manyOf = ({ code }: SampledCircuit) => Math.ceil(5e8 / code.operations.length);

/** Threads, and how many samples each of them has drawn of the last job. */
function watched(inner: Threads): Threads & { readonly shares: () => number[] } {
  let last: SampleJob | undefined;
  return {
    count: inner.count,
    help(job) {
      last = job;
      inner.help(job);
    },
    shares: () =>
      Array.from({ length: inner.count + 1 }, (_, thread) =>
        (last?.memory.counts ?? new Int32Array(0))
          .subarray(thread * BUCKETS, (thread + 1) * BUCKETS)
          .reduce((sum, count) => sum + count, 0),
      ),
  };
}

function expectSame(one: Drawn, other: Drawn): void {
  expect(one.samples.length).toBe(other.samples.length);
  let different = 0;
  one.samples.forEach((x, i) => {
    if (!Object.is(x, other.samples[i])) different++;
  });
  expect(different).toBe(0);
  expect(other.counts).toEqual(one.counts);
  expect(other.moments).toEqual(one.moments);
  expect(other.solvedAgain).toBe(one.solvedAgain);
}

describe('threads of Node', () => {
  it.each(['uniform', 'normal'] as const)('%s samples are the same with help', (distribution) => {
    const sampled = sampledFrom(textOf(SPECIMENS[1]!, '1%'), distribution);
    const request = { samples: manyOf(sampled), seed: 7, solve: () => Number.NaN };
    const alone = draw(sampled, request);
    const together = watched(threads);
    // Threads that start may be late for their first job.
    for (let attempt = 0; attempt < 5; attempt++) {
      expectSame(alone, draw(sampled, { ...request, threads: together }));
      if (together.shares().every((share) => share > 0)) break;
    }
    expect(together.shares().every((share) => share > 0)).toBe(true);
  });

  it('samples that must be solved again are left to whoever asked', () => {
    const sampled = sampledFrom(textOf(BALANCED_FEEDBACK, '0.77%'), 'uniform');
    const request = {
      samples: manyOf(sampled),
      seed: 1,
      // Some latch.
      solve: (values: readonly number[]) => (values[0]! < 1 ? Number.NaN : 1 + values[0]!),
    };
    const alone = draw(sampled, request);
    expect(alone.solvedAgain).toBeGreaterThan(10);
    expect(alone.moments.count).toBeLessThan(request.samples);
    expectSame(alone, draw(sampled, { ...request, threads }));
  });

  it('few samples are not worth their help', () => {
    const sampled = sampledFrom(textOf(SPECIMENS[0]!, '1%'), 'uniform');
    const together = watched(threads);
    draw(sampled, { samples: 1000, seed: 1, solve: () => Number.NaN, threads: together });
    expect(together.shares()).toEqual([0, 0, 0]);
  });

  it('that cannot be started are no loss', () => {
    const sampled = sampledFrom(textOf(SPECIMENS[1]!, '1%'), 'uniform');
    const request = { samples: manyOf(sampled), seed: 3, solve: () => Number.NaN };
    const broken = createNodeThreads({
      count: 1,
      workerUrl: new URL('./none.mjs', import.meta.url),
    });
    expectSame(draw(sampled, request), draw(sampled, { ...request, threads: broken }));
  });
});

describe('other threads', () => {
  it('that take a portion and never finish it are not waited for', () => {
    const sampled = sampledFrom(textOf(SPECIMENS[1]!, '1%'), 'uniform');
    const request = { samples: manyOf(sampled), seed: 3, solve: () => Number.NaN };
    const lost: Threads = {
      count: 1,
      help: ({ memory }) => {
        Atomics.add(memory.progress, 0, 1);
      },
    };
    expectSame(draw(sampled, request), draw(sampled, { ...request, threads: lost }));
  });

  it('a page that is not isolated has none', () => {
    expect(createBrowserThreads().count).toBe(0);
  });
});
