/**
 * Pins written as a list of their own: compact (`+ - V+V-O`), as pairs (`1=+In`, `IN+(3)`), or one
 * numbered line per pin (`* 1 INVERTING INPUT`).
 */

import type { CommentLine, Description } from './description.ts';
import { pinDescribed } from './phrases.ts';
import { pinNamed, settle } from './pin-names.ts';
import type { Pin } from './pins.ts';
import { byPort, type Heuristic, sameName } from './reading.ts';

const COMPACT = /\b(?:connections?|pins?|nodes?|order)\s*[:=]\s*([-+VCEDSINOUT\s]+)$/i;
/** Longest first, so that `V+V-` is two pins and `-V` is none. */
const COMPACT_PIN = /\s*(V\+|V-|VCC|VEE|VDD|VSS|OUT|O|\+IN|-IN|IN\+|IN-|\+|-)\s*/iy;

/** `* CONNECTIONS:  + - V+V-O` (Linear Technology). */
export const compact: Heuristic = (description) => {
  for (const { text, line } of nearest(description)) {
    const list = COMPACT.exec(text)?.[1];
    const names = list === undefined ? undefined : split(list);
    if (names?.length !== description.ports.length) continue;
    return { pins: settle(names.map(pinNamed)), from: 'the compact pin list', line };
  }
  return undefined;
};

function split(list: string): string[] | undefined {
  const names: string[] = [];
  COMPACT_PIN.lastIndex = 0;
  for (let at = 0; at < list.length; at = COMPACT_PIN.lastIndex) {
    const name = COMPACT_PIN.exec(list)?.[1];
    if (name === undefined) return undefined;
    names.push(name);
  }
  return names;
}

/** `IN+(3)`; `3=+IN`, `3 -> +IN`, `+IN = 3`; `& INP 3`. */
const PAIRS: readonly { readonly pattern: RegExp; readonly portFirst: boolean }[] = [
  { pattern: /([^\s,;()]+)\s?\(\s*([^\s,;()]+)\s*\)/g, portFirst: false },
  { pattern: /([^\s,;=>:]+)\s*(?:=|-+>)\s*([^\s,;=>]+)/g, portFirst: true },
  { pattern: /^\s*&\s+(\S+)\s+(\S+)\s*$/g, portFirst: false },
];

/** Pairs of port and pin, all on one line or each on its own. */
export const pairs: Heuristic = (description) => {
  for (const { pattern, portFirst } of PAIRS) {
    const found: (readonly [string, Pin | undefined])[] = [];
    let first: number | undefined;
    for (const { text, line } of [...description.above, ...description.below]) {
      for (const [, left = '', right = ''] of text.matchAll(pattern)) {
        const ways = portFirst
          ? [[left, right] as const, [right, left] as const]
          : [[right, left] as const];
        const way = ways.find(
          ([port, name]) =>
            description.ports.some((other) => sameName(other, port)) && known(name) !== undefined,
        );
        if (way === undefined) continue;
        first ??= line;
        found.push([way[0], known(way[1])]);
      }
    }
    const pins = byPort(description.ports, found);
    if (pins !== undefined && first !== undefined) {
      return { pins, from: 'the list of port and pin', line: first };
    }
  }
  return undefined;
};

function known(name: string): Pin | undefined {
  const pin = pinNamed(name);
  return pin === undefined || 'either' in pin ? undefined : pin;
}

/** `* 1 INVERTING INPUT`, `* 1 - NON-INVERTING INPUT`, `* Pin 2: -IN`. The number is the name of the port. */
const NUMBERED =
  /^\s*(?:(?:pin|node|terminal)\s*#?\s*)?(\w+)\s*(?:[.:=)]\s*|-+>?\s+|\s)\s*(\S.*)$/i;

export const numbered: Heuristic = (description) => {
  const { ports } = description;
  for (const lines of [description.above, description.below]) {
    // The nearest block of consecutive list lines counts.
    for (const block of blocks(lines, ports)) {
      const pins = byPort(
        ports,
        block.map(({ port, pin }) => [port, pin] as const),
      );
      const [first] = block;
      if (pins !== undefined && first !== undefined) {
        return { pins, from: 'the numbered pin list', line: first.line };
      }
    }
  }
  return undefined;
};

interface Item {
  readonly port: string;
  readonly pin: Pin | undefined;
  readonly line: number;
}

/** Runs of list lines that describe pins, the last run first. */
function blocks(lines: readonly CommentLine[], ports: readonly string[]): Item[][] {
  const found: Item[][] = [];
  let block: Item[] = [];
  for (const { text, line } of lines) {
    const [, port = '', phrase = ''] = NUMBERED.exec(text) ?? [];
    const pin = pinDescribed(phrase);
    const listed = /^\d+$/.test(port) || ports.some((other) => sameName(other, port));
    if (listed && pin !== undefined) block.push({ port, pin, line });
    else {
      if (block.length > 0) found.push(block);
      block = [];
    }
  }
  if (block.length > 0) found.push(block);
  return found.reverse();
}

/** The comment lines, those next to `.subckt` first. */
export function nearest({ above, below }: Description): readonly CommentLine[] {
  return [...above.toReversed(), ...below];
}
