/** ngspice for the length of a command, and a word on the terminal when it takes long. */

import type { Engine } from '../index.ts';

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

/** How long something may take before it is named on a terminal [ms]. */
const PATIENCE = 500;

/** Says what is going on when it takes long; nothing when standard error is no terminal. */
function showProgress(what: string): () => void {
  if (!process.stderr.isTTY) return () => {};
  let shown = false;
  const timer = setTimeout(() => {
    shown = true;
    process.stderr.write(`${what} ...`);
  }, PATIENCE);
  return () => {
    clearTimeout(timer);
    if (shown) process.stderr.write(`\r${' '.repeat(what.length + 4)}\r`);
  };
}
