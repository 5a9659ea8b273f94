/**
 * Names in directives. A target is a full dotted path, a pattern (`*` matches within one level), a bare
 * last component, or the name of a subcircuit; an exact name beats a pattern, and that beats a
 * subcircuit (design section 4).
 */

/** How well a target fits: a higher rank wins. */
export type Rank = 0 | 1 | 2 | 3;
export const NO_MATCH: Rank = 0;
const SUBCIRCUIT: Rank = 1;
const PATTERN: Rank = 2;
const EXACT: Rank = 3;

/** The rank of `target` for an element called `path`, an instance of `subcircuit` (or none). */
export function rank(target: string, path: string, subcircuit?: string): Rank {
  const wanted = target.toLowerCase();
  const found = path.toLowerCase();
  if (wanted === found) return EXACT;
  const scope = wanted.includes('.') ? found : lastComponent(found);
  if (glob(wanted, scope)) return PATTERN;
  return subcircuit !== undefined && glob(wanted, subcircuit.toLowerCase()) ? SUBCIRCUIT : NO_MATCH;
}

function lastComponent(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** `*` stands for any characters but the dot. In time of the product of the two lengths at most. */
function glob(pattern: string, text: string): boolean {
  const patterns = pattern.split('.');
  const texts = text.split('.');
  return (
    patterns.length === texts.length && patterns.every((part, i) => level(part, texts[i] ?? ''))
  );
}

/** Greedy match of one level: the last `*` takes one character more whenever what follows does not fit. */
function level(pattern: string, text: string): boolean {
  let p = 0;
  let star = -1;
  let taken = 0;
  for (let t = 0; t < text.length; ) {
    if (pattern[p] === '*') {
      star = p++;
      taken = t;
    } else if (pattern[p] === text[t]) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++taken;
    } else return false;
  }
  return [...pattern.slice(p)].every((character) => character === '*');
}
