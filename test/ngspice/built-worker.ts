// Workers as JavaScript, above all that of the ngspice engine, for tests that run from source (Node 20 runs no TypeScript).

import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';
import type { Engine } from '../../src/ngspice/engine.ts';
import { createNodeEngine } from '../../src/ngspice/node-engine.ts';

export interface BuiltWorker {
  readonly url: URL;
  readonly remove: () => Promise<void>;
}

/** Bundles a worker of src into a directory of its own, below node_modules so that it finds the packages. */
export async function buildWorker(entry: string): Promise<BuiltWorker> {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const directory = mkdtempSync(join(cache, 'worker-'));
  const outfile = join(directory, 'worker.mjs');
  await build({
    entryPoints: [join(root, 'src', entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['eecircuit-engine'],
    logLevel: 'error',
  });
  return {
    url: pathToFileURL(outfile),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** The engine of a test file, there from its first test to its last, and the worker it runs. */
export function useEngine(): { readonly engine: Engine; readonly workerUrl: URL } {
  let worker: BuiltWorker | undefined;
  let engine: Engine | undefined;
  beforeAll(async () => {
    worker = await buildWorker('ngspice/node-worker.ts');
    engine = createNodeEngine({ workerUrl: worker.url });
    engine.start();
  });
  afterAll(async () => {
    await engine?.close();
    await worker?.remove();
  });
  const started = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('The engine starts before the first test of a file.');
    return value;
  };
  return {
    get engine() {
      return started(engine);
    },
    get workerUrl() {
      return started(worker).url;
    },
  };
}
