/** Schematics in memory: sheets, symbols and libraries by file name. */

import type { Source } from '../../grammar/source.ts';
import type { Netlist } from '../../grammar/spice/tree.ts';
import { readNetlist } from '../../src/read-netlist.ts';
import { netlistJson } from '../../src/report/netlist-json.ts';

/** The lines of a schematic below its two first ones. */
export function sheet(...lines: readonly string[]): string {
  return ['Version 4', 'SHEET 1 880 680', ...lines, ''].join('\n');
}

/** A placed symbol; `attributes` as `InstName R1`. */
export function part(placement: string, ...attributes: readonly string[]): string {
  return [`SYMBOL ${placement}`, ...attributes.map((text) => `SYMATTR ${text}`)].join('\n');
}

export type Files = Readonly<Record<string, string>>;

export function readSheet(text: string, files: Files = {}): Netlist {
  const resolve = (path: string): Source | undefined => {
    const found = files[path];
    return found === undefined ? undefined : { name: path, text: found };
  };
  return readNetlist({ name: 'test.asc', text }, { resolve });
}

/** Nodes by element. */
export function nodesOf(netlist: Netlist): Readonly<Record<string, readonly string[]>> {
  const { elements } = netlistJson(netlist) as {
    elements: { name: string; nodes: readonly string[] }[];
  };
  return Object.fromEntries(elements.map(({ name, nodes }) => [name, nodes]));
}

/** `severity code` of every diagnostic. */
export function codesOf({ diagnostics }: Netlist): readonly string[] {
  return diagnostics.map(({ severity, code }) => `${severity} ${code}`);
}
