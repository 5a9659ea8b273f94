/** ngspice for the length of a command. */

import type { Engine } from '../index.ts';
import { showProgress } from './progress.ts';

/** Starts ngspice while the netlist is read, and ends it afterwards. */
export async function withEngine<T>(
  { check }: { readonly check: boolean },
  work: (engine: Engine | undefined) => Promise<T>,
): Promise<T> {
  if (!check) return work(undefined);
  const { createNodeEngine } = await import('../ngspice/node-engine.ts');
  const engine = createNodeEngine();
  engine.start();
  const stop = showProgress('asking ngspice');
  try {
    return await work(engine);
  } finally {
    stop();
    await engine.close();
  }
}
