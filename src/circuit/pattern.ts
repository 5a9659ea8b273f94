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

export function lastComponent(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** `*` stands for any characters but the dot. Linear in the two lengths' product. */
function glob(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return pattern === text;
  const escaped = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('[^.]*?')}$`, 'u').test(text);
}
