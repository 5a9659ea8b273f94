/** Nets -> names that a SPICE line can hold. */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { Board, Net } from './board.ts';
import { unused } from './unused.ts';

export type NodeNames = (net: Net) => string;

const GROUND = /^(?:0|gnd)$/i;
/** Names of grounds where no net is called GND, the likeliest first. */
const OTHER_GROUNDS = [/^agnd|^gnda/i, /gnd/i, /^(?:earth|0v|com)$/i, /^vss$/i];

/**
 * `0` for ground; KiCad's own names for the others, `/out` of the root sheet without its stroke where no other net is
 * called so. Signs that SPICE does not take are underscores, as in KiCad's export.
 */
export function nodeNames({ nets }: Pick<Board, 'nets'>, diagnostics: Diagnostics): NodeNames {
  const grounds = groundsOf(nets, diagnostics);
  const taken = new Set(['0', ...nets.map(({ name }) => writable(name).toLowerCase())]);
  const names = new Map<Net, string>();
  const used = new Map<string, number>();
  for (const net of nets) {
    if (grounds.has(net)) continue;
    const written = writable(net.name);
    const bare = /^\/[^/]+$/.test(written) ? written.slice(1) : written;
    const base = bare !== written && !taken.has(bare.toLowerCase()) ? bare : written;
    const name = unused(base, used);
    names.set(net, name);
  }
  return (net) => names.get(net) ?? '0';
}

function writable(name: string): string {
  const written = name.replace(/[\s(){}[\],;=*'"$\\]/g, '_');
  return written === '' || /^gnd$|^0$/i.test(written) ? `_${written}` : written;
}

function groundsOf(nets: readonly Net[], diagnostics: Diagnostics): ReadonlySet<Net> {
  const named = nets.filter(({ name }) => GROUND.test(name.replace(/^\//, '')));
  if (named.length > 0) return new Set(named);
  for (const pattern of OTHER_GROUNDS) {
    const found = nets.find(({ name }) => pattern.test(name.slice(name.lastIndexOf('/') + 1)));
    if (found === undefined) continue;
    const message = `No net is called GND; "${found.name}" is taken as ground.`;
    const hint = 'Place a GND symbol on the net that voltages are counted from.';
    diagnostics.warning('assumed_ground', found.span, message, hint);
    return new Set([found]);
  }
  return new Set();
}
