/**
 * The ladder comment: one line per pin, each with a bar more (above `.subckt`) or a bar less (below it)
 * than the one before. Bars are counted, not measured, because editors have shifted many of them.
 *
 * ```
 * * connections: non-inverting input          .SUBCKT NAME 1 2 3
 * *              | inverting input            * | | Output
 * *              | | output                   * | Inverting Input
 * .subckt NAME   1 2 3                        * Non-inverting Input
 * ```
 */

import type { CommentLine, Description } from './description.ts';
import { pinDescribed } from './phrases.ts';
import type { Heuristic, Reading } from './reading.ts';

/** A line with bars; the first rung has none and is looked for beside the others. */
interface Rung {
  readonly bars: number;
  readonly text: string;
  readonly line: number;
}

const RUNG = /^\s*((?:[|!\u00a6]\s*)+)(.*)$/;
/** `connections:`, `Node assignments`, `1.` in front of the first pin. */
const LABEL =
  /^.*?\b(?:connections?|assignments?|nodes?|pins?|pin-?out|order|terminals?)\b\s*[:=-]?\s+(?=\S)/i;

export const ladder: Heuristic = (description) =>
  climbing(description.above, description) ?? climbing(description.below, description);

export const ladderDown: Heuristic = (description) =>
  descending(description.below, description) ?? descending(description.above, description);

function rungOf({ text, line }: CommentLine): Rung {
  const [, bars = '', item = ''] = RUNG.exec(text) ?? [];
  // The right-hand border of a box, and the fork of a pin that has two ports.
  const shown = bars === '' ? text : item.replace(/\s*[|!]\s*$/, '').replace(/^\/\s*\\$/, '');
  return { bars: bars.replace(/\s/g, '').length, text: shown.trim(), line };
}

/** The ladder nearest to the `.subckt` line below it. */
function climbing(lines: readonly CommentLine[], { ports }: Description): Reading | undefined {
  const rungs = lines.map(rungOf);
  for (let first = rungs.length - 1; first > 0; first--) {
    if (rungs[first]?.bars !== 1 || rungs[first]?.text === '') continue;
    const top = rungs[first - 1];
    if (top === undefined || top.bars !== 0) continue;
    const items = [top.text.replace(LABEL, '')];
    let at = first;
    for (; at < rungs.length; at++) {
      const rung = rungs[at];
      if (rung === undefined || rung.bars === 0) break;
      if (rung.text === '') continue;
      if (rung.bars !== items.length) break;
      items.push(rung.text);
    }
    const reading = readItems(items, {
      ports,
      lines: lines.slice(first),
      from: 'the ladder comment',
    });
    if (reading !== undefined) return { ...reading, line: top.line };
  }
  return undefined;
}

function descending(lines: readonly CommentLine[], { ports }: Description): Reading | undefined {
  const rungs = lines.map(rungOf);
  for (const [first, top] of rungs.entries()) {
    if (top.bars !== ports.length - 1 || top.text === '') continue;
    const items = [top.text];
    for (let at = first + 1; at < rungs.length && items.length < ports.length; at++) {
      const rung = rungs[at];
      if (rung?.bars !== ports.length - 1 - items.length || rung.text === '') break;
      items.push(rung.bars === 0 ? rung.text.replace(LABEL, '') : rung.text);
    }
    const reading = readItems(items.reverse(), {
      ports,
      lines: [],
      from: 'the ladder comment below .subckt',
    });
    if (reading !== undefined) return { ...reading, line: top.line };
  }
  return undefined;
}

/** A ladder with more or fewer items than there are ports is stale or of another definition. */
function readItems(
  items: readonly string[],
  { ports, lines, from }: { ports: readonly string[]; lines: readonly CommentLine[]; from: string },
): Reading | undefined {
  // `| | | | | / \`: the last item stands for two ports.
  const forked = lines.some(({ text }) => /[|!]\s*\/\s*\\\s*$/.test(text));
  const last = items.at(-1);
  const all = forked && last !== undefined ? [...items, last] : items;
  if (all.length !== ports.length || all.length < 3) return undefined;
  return { pins: all.map(pinDescribed), from };
}
