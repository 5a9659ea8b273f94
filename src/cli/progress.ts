/** A word on the terminal when something takes longer than half a second; nothing where there is no terminal. */

/** How long something may take before it is named [ms]. */
const PATIENCE = 500;
/** A netlist beyond this takes longer than that; it is named at once, for the analysis yields no turn [characters]. */
const LARGE = 2_000_000;

/** Names what is going on once it takes long; the result ends it. */
export function showProgress(what: string): () => void {
  if (!process.stderr.isTTY) return () => {};
  let shown = false;
  const timer = setTimeout(() => {
    shown = true;
    process.stderr.write(`${what} ...`);
  }, PATIENCE);
  return () => {
    clearTimeout(timer);
    if (shown) erase(what);
  };
}

/** Names the analysis of a large netlist at once; the result ends it. */
export function showAnalysis(file: string, { length }: { readonly length: number }): () => void {
  if (!process.stderr.isTTY || length < LARGE) return () => {};
  const what = `analysing ${file}, ${Math.round(length / 1e6)} MB`;
  process.stderr.write(`${what} ...`);
  return () => erase(what);
}

function erase(what: string): void {
  process.stderr.write(`\r${' '.repeat(what.length + 4)}\r`);
}
